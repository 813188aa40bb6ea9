"""Photos of a few people of the demo: drawn figures, since no real face belongs into a demo."""

from datetime import time
from io import BytesIO

from PIL import Image, ImageDraw

from forum.demo import DELEGATE_ACCOUNT, DemoContext
from forum.uploads import PHOTO, take_in
from registration.actions.consents import give_consent
from registration.actions.pictures import keep_picture
from registration.enums import ConsentPurpose, PictureKind, RegistrationState
from registration.models import ConsentDocument, Registration

MOST = 12
SIZE = (480, 640)
COATS = ("#2C5F86", "#5A6873", "#7A4B2A", "#3C6E57", "#6A3F5E", "#1F262D")
HAIR = ("#2A211C", "#5B4330", "#8A6A45", "#3B3B3F", "#A9A39A")


def build_photos(context: DemoContext) -> None:
    """The delegate of the sign-in page first, then whoever was confirmed early."""
    document = ConsentDocument.objects.filter(forum=context.forum, purpose=ConsentPurpose.PHOTO).first()
    rows = Registration.objects.filter(
        forum=context.forum, state=RegistrationState.CONFIRMED, category__takes_photos=True
    ).select_related("person", "forum", "category")
    people = sorted(rows.order_by("pk")[: MOST * 4], key=lambda one: one.person.email != DELEGATE_ACCOUNT)[:MOST]
    for number, registration in enumerate(people if document else []):
        with context.at(context.moment(-24, time(10 + number % 8, number))):
            give_consent(registration, document=document, language=registration.language, by=None)  # type: ignore[arg-type]
            drawn = take_in(_figure(number), name="photo.jpg", declared="image/jpeg", rule=PHOTO)
            keep_picture(registration, kind=PictureKind.PHOTO, picture=drawn, by=None)


def _figure(number: int) -> bytes:
    """Head and shoulders before a light wall."""
    image = Image.new("RGB", SIZE, "#E8ECEF")
    pen = ImageDraw.Draw(image)
    pen.ellipse((30, 430, 450, 900), fill=COATS[number % len(COATS)])
    pen.rectangle((205, 370, 275, 470), fill="#D9B79A")
    pen.ellipse((140, 90, 340, 330), fill=HAIR[number % len(HAIR)])
    pen.ellipse((155, 130, 325, 410), fill="#E3C3A6")
    for x in (205, 262):
        pen.ellipse((x, 250, x + 14, 264), fill="#2A323A")
    pen.arc((205, 290, 275, 350), 20, 160, fill="#8C5A48", width=6)
    out = BytesIO()
    image.save(out, "JPEG", quality=92)
    return out.getvalue()

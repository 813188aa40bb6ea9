"""Pictures of people: whether they are asked for, and for what place they are sealed."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Case, Count, Exists, OuterRef, Subquery, When

from forum.models import Forum
from forum.queries import files
from registration.enums import ConsentPurpose, PictureKind
from registration.models import Consent, PersonPicture, Registration
from registration.queries.documents import OVER, needs_of_one, pictures_of

PURPOSES = {PictureKind.PHOTO: ConsentPurpose.PHOTO, PictureKind.SCAN: ConsentPurpose.DOCUMENT}
"""Which consent covers which picture."""


def is_taken(registration: Registration, kind: PictureKind) -> bool:
    """A photo where the category takes photos; the picture of a document only where something needs the document, too."""
    if registration.state in OVER:
        return False
    if kind == PictureKind.PHOTO:
        return registration.category.takes_photos
    return registration.category.takes_scans and bool(needs_of_one(registration).open)


def seal_of(registration: Registration, kind: PictureKind) -> str:
    """The place for which the file is sealed: this person's picture of this kind, and no other."""
    return f"registration_personpicture.{kind.value}:{registration.ref}"


def picture_of(registration: Registration, kind: PictureKind) -> PersonPicture | None:
    """What was handed in."""
    return pictures_of(registration).filter(kind=kind).first()


def handed_in(forum: Forum) -> dict[int, dict[str, int]]:
    """How many pictures of each kind are kept, by category. One query."""
    rows = PersonPicture.objects.filter(registration__forum=forum).order_by()
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for category, kind, number in rows.values_list("registration__category", "kind").annotate(number=Count("pk")):
        found[category][kind] = number
    return found


def with_photo(registrations: Iterable[Registration]) -> set[int]:
    """Keys of the applications whose people have handed in a photo."""
    rows = PersonPicture.objects.filter(registration__in=registrations, kind=PictureKind.PHOTO)
    return set(rows.values_list("registration_id", flat=True))


def photo_to_show() -> Case:
    """Of a registration the key of the photo that badge and desk show: an expression, null where there is none.

    Only while the category takes photos and a consent to the photo is live. A new photo has a new key.
    """
    agreed = Consent.objects.filter(
        person=OuterRef(OuterRef("person")), document__purpose=ConsentPurpose.PHOTO, withdrawal=None
    )
    photos = PersonPicture.objects.filter(registration=OuterRef("pk"), kind=PictureKind.PHOTO).order_by()
    return Case(When(category__takes_photos=True, then=Subquery(photos.filter(Exists(agreed)).values("pk")[:1])))


def content_of_picture(picture: PersonPicture) -> bytes:
    """The opened bytes, for whoever has written the look down. Raises `FileNotFoundError` when they have just been erased."""
    return files.content_of(picture.file, sealed_for=seal_of(picture.registration, PictureKind(picture.kind)))

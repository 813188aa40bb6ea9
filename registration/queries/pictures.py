"""Pictures of people: whether they are asked for, and for what place they are sealed."""

from registration.enums import ConsentPurpose, PictureKind
from registration.models import PersonPicture, Registration
from registration.queries.documents import OVER, needs_of_one, pictures_of

PURPOSES = {PictureKind.PHOTO: ConsentPurpose.PHOTO, PictureKind.SCAN: ConsentPurpose.DOCUMENT}
"""Which consent covers which picture."""


def is_taken(registration: Registration, kind: PictureKind) -> bool:
    """A photo where the forum takes photos; the picture of a document only where something needs the document, too."""
    if registration.state in OVER:
        return False
    if kind == PictureKind.PHOTO:
        return registration.forum.takes_photos
    return registration.forum.takes_scans and bool(needs_of_one(registration).open)


def seal_of(registration: Registration, kind: PictureKind) -> str:
    """The place for which the file is sealed: this person's picture of this kind, and no other."""
    return f"registration_personpicture.{kind.value}:{registration.ref}"


def picture_of(registration: Registration, kind: PictureKind) -> PersonPicture | None:
    """What was handed in."""
    return pictures_of(registration).filter(kind=kind).first()

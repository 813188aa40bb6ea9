"""Pictures that a person hands in: kept sealed, shown to few, removed at any time."""

from django.db import transaction
from django.utils.translation import gettext as _

from forum.actions.files import give_up_file, store_sealed
from forum.errors import DomainError
from forum.models import Account
from forum.uploads import Picture
from registration.actions.documents import note
from registration.actions.state import lock, refuse_stopped
from registration.enums import PictureKind
from registration.models import PersonPicture, Registration
from registration.queries.documents import has_consented, needs_of_one
from registration.queries.pictures import PURPOSES, content_of_picture, is_taken, seal_of
from registration.signals import picture_dropped

STORED_AS = "person_picture"


def keep_picture(
    registration: Registration, *, kind: PictureKind, picture: Picture, by: Account | None
) -> PersonPicture:
    """Keep a picture that was drawn anew; an earlier one of its kind goes.

    Raises `DomainError` where the forum takes none of this kind, or the person has not consented.
    """
    _refuse_unasked(registration, kind)
    stored = store_sealed(
        picture.content,
        sealed_for=seal_of(registration, kind),
        purpose=STORED_AS,
        name=f"{kind}.jpg",
        content_type=picture.content_type,
        owner=by,
    )
    with transaction.atomic():
        registration = lock(registration)
        _refuse_unasked(registration, kind)
        remove(registration, kind)
        kept = PersonPicture.objects.create(
            registration=registration,
            kind=kind,
            file=stored,
            erase_after=needs_of_one(registration).erase_after(registration.forum),
        )
        note(registration, "registration.picture_taken", by=by, changed=[kind])
    return kept


def _refuse_unasked(registration: Registration, kind: PictureKind) -> None:
    refuse_stopped(registration)
    if not is_taken(registration, kind):
        raise DomainError("picture.not_taken", _("The organisers do not ask for this picture."))
    if not has_consented(registration, PURPOSES[kind]):
        raise DomainError("picture.no_consent", _("First read the consent to this picture and agree to it."))


def remove(registration: Registration, kind: PictureKind) -> bool:
    """Without a word in the log: the caller says why. The caller holds the person's lock."""
    old = PersonPicture.objects.filter(registration=registration, kind=kind).select_related("file").first()
    if old is None:
        return False
    drop(old, registration=registration)
    return True


def drop(picture: PersonPicture, *, registration: Registration) -> None:
    """The row and its bytes; what was drawn from them follows (`picture_dropped`). The caller holds the person's lock."""
    key = picture.pk
    picture.delete()
    give_up_file(picture.file)
    picture_dropped.send(Registration, registration=registration, kind=PictureKind(picture.kind), key=key)


@transaction.atomic(durable=True)
def remove_picture(registration: Registration, *, kind: PictureKind, by: Account | None) -> bool:
    """The person takes it back: the bytes go at once. Removing twice is removing once."""
    registration = lock(registration)
    if not remove(registration, kind):
        return False
    note(registration, "registration.picture_removed", by=by, changed=[kind])
    return True


@transaction.atomic
def look_at_picture(picture: PersonPicture, *, by: Account | None, reason: str = "") -> bytes:
    """The bytes; the look stands in the log. Raises `FileNotFoundError` when they have just been erased."""
    registration = picture.registration
    note(registration, "registration.picture_looked", by=by, changed=[picture.kind], reason=reason)
    return content_of_picture(picture)

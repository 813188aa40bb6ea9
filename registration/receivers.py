"""What follows from our own news, inside the transaction that brings it."""

from typing import Any

from django.dispatch import receiver

from forum.models import Account
from registration.actions import checks
from registration.actions.changes import end_requests
from registration.actions.documents import follow_application, follow_citizenship
from registration.actions.erasing import erase_document
from registration.enums import HOLDS_PLACE, ConsentPurpose, ErasureBasis, PictureKind, RegistrationState
from registration.models import Registration
from registration.queries.documents import OVER
from registration.signals import consent_changed, person_changed, registration_moved

_ERASES: dict[ConsentPurpose, tuple[PictureKind, ...]] = {
    ConsentPurpose.PROCESSING: tuple(PictureKind),
    ConsentPurpose.DOCUMENT: (PictureKind.SCAN,),
    ConsentPurpose.PHOTO: (PictureKind.PHOTO,),
}
"""Pictures that go with a withdrawn consent; the document goes with all of these but the photo's."""


@receiver(registration_moved, dispatch_uid="registration.documents_follow_move")
def follow_move(*, registration: Registration, was: RegistrationState, to: RegistrationState, **_more: Any) -> None:
    """Ended: its number is free for others and the term begins. Taken up again: the number counts again."""
    if (was in OVER) != (to in OVER):
        follow_application(registration, to=to)


@receiver(registration_moved, dispatch_uid="registration.checks_follow_move")
def look_anew(*, registration: Registration, was: RegistrationState, to: RegistrationState, **_more: Any) -> None:
    """What has changed hands is checked anew; whoever does not come asks for nothing."""
    checks.follow_move(registration, was=was, to=to)
    if was in HOLDS_PLACE and to not in HOLDS_PLACE:
        end_requests(registration)


@receiver(consent_changed, dispatch_uid="registration.documents_follow_consent")
def follow_consent(
    *, registration: Registration, purpose: ConsentPurpose, given: bool, by: Account | None, **_more: Any
) -> None:
    """A withdrawn consent erases at once what was kept under it."""
    if given or purpose not in _ERASES:
        return
    erase_document(
        registration,
        basis=ErasureBasis.CONSENT,
        pictures=_ERASES[purpose],
        document=purpose != ConsentPurpose.PHOTO,
        by=by,
    )


@receiver(person_changed, dispatch_uid="registration.documents_follow_person")
def follow_person(*, registration: Registration, **_more: Any) -> None:
    """An officer may have corrected which country issued the document."""
    follow_citizenship(registration)

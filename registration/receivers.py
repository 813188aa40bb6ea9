"""What follows from our own news, inside the transaction that brings it."""

from typing import Any

from django.dispatch import receiver

from forum.models import Account
from registration.actions.documents import follow_application, follow_citizenship
from registration.actions.erasing import erase_document
from registration.actions.hand_over_ends import end_with
from registration.enums import ConsentPurpose, ErasureBasis, PictureKind, RegistrationState
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


@receiver(registration_moved, dispatch_uid="registration.hand_overs_follow_move")
def follow_hand_over(
    *, registration: Registration, was: RegistrationState, to: RegistrationState, by: Account | None, **_more: Any
) -> None:
    """A place that is no longer confirmed goes to nobody by itself; a substitute who does not come leaves it where it is."""
    if was == RegistrationState.CONFIRMED or to in OVER:
        end_with(registration, to=to, by=by)


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

"""What follows from our own news, inside the transaction that brings it."""

from typing import Any

from django.dispatch import receiver

from forum.models import Account, Organisation
from registration.actions import checks, entrance_use
from registration.actions.changes import end_requests
from registration.actions.disclosures import recall
from registration.actions.documents import follow_application, follow_citizenship
from registration.actions.entrances import decline_with_consent
from registration.actions.erasing import erase_document
from registration.actions.hand_over_ends import end_with
from registration.actions.merge_memory import forget_memories
from registration.actions.visa_following import follow_document
from registration.actions.visa_following import follow_move as follow_move_abroad
from registration.actions.visa_following import follow_person as follow_person_abroad
from registration.enums import HOLDS_PLACE, UNDER_WAY, ConsentPurpose, ErasureBasis, PictureKind, RegistrationState
from registration.models import Registration
from registration.queries.documents import OVER
from registration.signals import (
    consent_changed,
    document_changed,
    person_changed,
    person_erased,
    registration_moved,
)

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
    entrance_use.follow_move(registration, was=was, to=to)


@receiver(registration_moved, dispatch_uid="registration.checks_follow_move")
def look_anew(*, registration: Registration, was: RegistrationState, to: RegistrationState, **_more: Any) -> None:
    """What has changed hands is checked anew; whoever does not come asks for nothing."""
    checks.follow_move(registration, was=was, to=to)
    if was in UNDER_WAY and to not in UNDER_WAY:
        end_requests(registration)


@receiver(registration_moved, dispatch_uid="registration.hand_overs_follow_move")
def follow_hand_over(
    *, registration: Registration, was: RegistrationState, to: RegistrationState, by: Account | None, **_more: Any
) -> None:
    """A place that is no longer confirmed goes to nobody by itself; a substitute who does not come, or has a place already,
    leaves it where it is.
    """
    if was == RegistrationState.CONFIRMED or to in OVER or to in HOLDS_PLACE:
        end_with(registration, was=was, to=to, by=by)


@receiver(consent_changed, dispatch_uid="registration.documents_follow_consent")
def follow_consent(
    *, registration: Registration, purpose: ConsentPurpose, given: bool, by: Account | None, **_more: Any
) -> None:
    """A withdrawn consent erases at once what was kept under it."""
    if given or purpose not in _ERASES:
        return
    if purpose == ConsentPurpose.PROCESSING:
        decline_with_consent(registration)
        forget_memories(registration)
    erase_document(
        registration,
        basis=ErasureBasis.CONSENT,
        pictures=_ERASES[purpose],
        document=purpose != ConsentPurpose.PHOTO,
        by=by,
    )


@receiver(consent_changed, dispatch_uid="registration.receivers_follow_consent")
def recall_from_receivers(
    *,
    registration: Registration,
    purpose: ConsentPurpose,
    receiver: Organisation | None,
    given: bool,
    by: Account | None,
    **_more: Any,
) -> None:
    """Whoever got data under a withdrawn consent has to be told; without the consent to processing everybody who got some."""
    if given:
        return
    if purpose == ConsentPurpose.PROCESSING:
        recall(registration, by=by)
    elif receiver is not None:
        recall(registration, purpose=purpose, receiver=receiver, by=by)


@receiver(person_erased, dispatch_uid="registration.receivers_follow_erasure")
def recall_of_erased(*, registration: Registration, basis: ErasureBasis, by: Account | None, **_more: Any) -> None:
    """Whoever asks to be deleted is struck off everywhere; after the term the receivers have terms of their own."""
    if basis == ErasureBasis.ASKED:
        recall(registration, by=by)


@receiver(person_changed, dispatch_uid="registration.documents_follow_person")
def follow_person(*, registration: Registration, **_more: Any) -> None:
    """An officer may have corrected which country issued the document."""
    follow_citizenship(registration)


@receiver(registration_moved, dispatch_uid="registration.visas_follow_move")
def move_visa(
    *, registration: Registration, was: RegistrationState, to: RegistrationState, by: Account | None, **_more: Any
) -> None:
    """Who has a place may need a visa; who comes no more has no valid letter."""
    follow_move_abroad(registration, was=was, to=to, by=by)


@receiver(person_changed, dispatch_uid="registration.visas_follow_person")
def correct_visa(*, registration: Registration, **_more: Any) -> None:
    """A letter names the person, and the rules go by citizenship."""
    follow_person_abroad(registration)


@receiver(document_changed, dispatch_uid="registration.visas_follow_document")
def fill_visa(*, registration: Registration, erased: bool, by: Account | None, **_more: Any) -> None:
    """Perhaps everything is there now. What was erased has been seen to already."""
    if not erased:
        follow_document(registration, by=by)

"""News from registration, heard inside the transaction of the move."""

from typing import Any

from django.dispatch import receiver

from agenda.actions.seating import give_back_everything
from agenda.actions.speakers import follow_consent, leave_stage
from forum.models import Account
from registration.enums import ConsentPurpose, ErasedData, ErasureBasis, RegistrationState
from registration.models import Registration
from registration.signals import consent_changed, person_erased, registration_moved


@receiver(registration_moved, dispatch_uid="agenda.follow_move")
def follow_move(*, registration: Registration, was: RegistrationState, by: Account | None, **kwargs: Any) -> None:
    """Cancelled, replaced, blocked: nobody who does not come keeps a place in a session or a visit."""
    if was == RegistrationState.CONFIRMED:
        give_back_everything(registration, by=by)


@receiver(consent_changed, dispatch_uid="agenda.follow_consent")
def follow_publication(
    *, registration: Registration, purpose: ConsentPurpose, given: bool, by: Account | None, **kwargs: Any
) -> None:
    """Who takes back the consent to be named, or to all processing, leaves every public page at once."""
    if purpose == ConsentPurpose.PUBLICATION or (purpose == ConsentPurpose.PROCESSING and not given):
        follow_consent(registration.person, given=given, by=by)


@receiver(person_erased, dispatch_uid="agenda.follow_erasure")
def follow_erasure(
    *, registration: Registration, basis: ErasureBasis, by: Account | None, kinds: list[str], **kwargs: Any
) -> None:
    """Whoever asks to be deleted leaves the stage too; the programme of a past forum keeps those who agreed to be named."""
    if basis == ErasureBasis.ASKED and leave_stage(registration.person, by=by):
        kinds.append(ErasedData.STAGE)

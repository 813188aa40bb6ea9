"""News from registration, heard inside the transaction of the move."""

from typing import Any

from django.dispatch import receiver

from agenda.actions.filming import end_wishes, erase_wishes
from agenda.actions.plant_consents import leave_plant
from agenda.actions.plant_lists import leave_lists
from agenda.actions.seating import give_back_everything
from agenda.actions.speakers import follow_consent, leave_stage
from forum.models import Account, Organisation
from registration.enums import HOLDS_PLACE, ConsentPurpose, ErasedData, ErasureBasis, RegistrationState
from registration.models import Registration
from registration.signals import consent_changed, document_changed, person_erased, registration_moved


@receiver(registration_moved, dispatch_uid="agenda.follow_move")
def follow_move(
    *, registration: Registration, was: RegistrationState, to: RegistrationState, by: Account | None, **kwargs: Any
) -> None:
    """Cancelled, replaced, blocked: nobody who does not come keeps a place in a session or a visit, or films."""
    if was == RegistrationState.CONFIRMED:
        give_back_everything(registration, by=by)
    if was in HOLDS_PLACE and to not in HOLDS_PLACE:
        end_wishes(registration, by=by)


@receiver(consent_changed, dispatch_uid="agenda.follow_consent")
def follow_publication(
    *, registration: Registration, purpose: ConsentPurpose, given: bool, by: Account | None, **kwargs: Any
) -> None:
    """Who takes back the consent to be named, or to all processing, leaves every public page at once."""
    if purpose == ConsentPurpose.PUBLICATION or (purpose == ConsentPurpose.PROCESSING and not given):
        follow_consent(registration.person, given=given, by=by)


@receiver(consent_changed, dispatch_uid="agenda.follow_plant_consent")
def follow_plant(
    *,
    registration: Registration,
    purpose: ConsentPurpose,
    receiver: Organisation | None,
    given: bool,
    by: Account | None,
    **kwargs: Any,
) -> None:
    """Who takes back the consent to a plant goes there no more, the place is somebody else's, and no file of ours for that
    plant names the person; without the consent to document data none for any plant does.
    """
    if given:
        return
    if purpose == ConsentPurpose.PLANT_ACCESS and receiver is not None:
        leave_plant(registration, receiver=receiver, by=by)
        leave_lists(registration, plant=receiver, tell=True, by=by)
    elif purpose in (ConsentPurpose.PROCESSING, ConsentPurpose.DOCUMENT):
        leave_lists(registration, tell=True, by=by)


@receiver(document_changed, dispatch_uid="agenda.lists_follow_document")
def follow_document(*, registration: Registration, erased: bool, by: Account | None, **kwargs: Any) -> None:
    """What was made of an erased document goes too. Plants are told of what a person took back; a term they have of their own."""
    if erased:
        leave_lists(registration, tell=kwargs.get("basis") != ErasureBasis.TERM, by=by)


@receiver(person_erased, dispatch_uid="agenda.follow_erasure")
def follow_erasure(
    *, registration: Registration, basis: ErasureBasis, by: Account | None, kinds: list[str], **kwargs: Any
) -> None:
    """Whoever asks to be deleted leaves the stage too; the programme of a past forum keeps those who agreed to be named.
    Wishes to film go like the list of equipment.
    """
    if erase_wishes(registration):
        kinds.append(ErasedData.FILMING)
    if basis == ErasureBasis.ASKED and leave_stage(registration.person, by=by):
        kinds.append(ErasedData.STAGE)

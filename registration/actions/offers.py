"""Freed places of a category or a quota go to the waiting list by offer: what the line asks us, and what people answer.

One step: who accepts is approved and confirmed. Registered as the policy of these pools (`registration.policies`).
"""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from forum.actions.audit import record
from forum.actions.patience import busy_in_words
from forum.errors import DomainError
from forum.models import Account
from registration.actions.applications import withdraw
from registration.actions.line import claim_of_link
from registration.actions.notices import tell_of_end, tell_of_offer
from registration.actions.places import live_claim, take_place
from registration.actions.state import lock, move
from registration.enums import ClaimState, RegistrationState
from registration.models import Claim, Registration
from registration.policies import PoolPolicy
from registration.queries.line import line_moves, offered_until

OFFER_LAPSED = "offer_not_answered"
"""Note of the move of somebody who did not answer; pages show a sentence for it."""


def registration_of(claim: Claim) -> Registration | None:
    """The application of the person of a claim that this place is, or was, for."""
    return _of(claim).order_by("-pk").first()


def _of(claim: Claim) -> QuerySet[Registration]:
    rows = Registration.objects.filter(person=claim.person_id, category__pool=claim.root_id)
    return rows.select_related("forum", "person", "category__pool", "delegation__region")


def may_be_offered(claim: Claim) -> bool:
    """Asked anew for each freed place: only whoever still waits, and has not taken the consent to processing back."""
    waiting = _of(claim).filter(state=RegistrationState.WAITLISTED, person__processing_stopped_at=None)
    return waiting.exists()


def make_offer(claim: Claim, secret: str) -> None:
    """Tell the person, with the link that answers."""
    registration = _of(claim).get(state=RegistrationState.WAITLISTED)
    _note("registration.offered", registration)
    tell_of_offer(registration, claim, secret=secret)


def end_offer(claim: Claim) -> None:
    """Nobody answered, or the list was closed: the person leaves the line and is told."""
    registration = registration_of(claim)
    if registration is None or registration.state != RegistrationState.WAITLISTED:
        return
    registration = lock(registration)
    move(registration, RegistrationState.CANCELLED, by=None, note=OFFER_LAPSED, tell=False)
    tell_of_end(registration, claim)


POLICY = PoolPolicy(
    eligible=may_be_offered,
    offer_until=lambda claim: offered_until(claim.pool),
    offered=make_offer,
    lapsed=end_offer,
    moves=line_moves,
)


@busy_in_words
@transaction.atomic(durable=True)
def accept_offer(registration: Registration, *, by: Account | None = None) -> Registration:
    """The person takes the place: approved and confirmed in one step. Accepting twice is accepting once.

    Raises `DomainError("places.offer_gone")` (410) where no place is offered, `places.offer_over` after its end, and
    `places.line_closed` when the list was closed meanwhile.
    """
    registration = lock(registration)
    claim = live_claim(registration.category.pool, person=registration.person)
    if claim and claim.state == ClaimState.HELD and registration.state == RegistrationState.CONFIRMED:
        return registration
    if claim is None or claim.state != ClaimState.OFFERED:
        raise gone()
    if not line_moves(claim.pool):
        raise DomainError("places.line_closed", _("Registration has closed, and this offer with it."), status=410)
    take_place(claim.pool, person=registration.person)
    move(registration, RegistrationState.APPROVED, by=by, as_applicant=True, tell=False)
    move(registration, RegistrationState.CONFIRMED, by=by, as_applicant=True)
    return registration


def decline_offer(registration: Registration, *, by: Account | None = None) -> bool:
    """The person does not come: withdrawn, and the place goes to the next in line. False when no place is offered."""
    claim = live_claim(registration.category.pool, person=registration.person)
    if claim is None or claim.state != ClaimState.OFFERED:
        return False
    withdraw(registration, by=by)
    return True


def accept_link(secret: str) -> Registration:
    """The link in the letter accepts; asked again it gives the same place. Raises as `accept_offer`."""
    return accept_offer(_of_link(secret))


def decline_link(secret: str) -> bool:
    """The link in the letter declines. A place that was accepted stays."""
    return decline_offer(_of_link(secret))


def _of_link(secret: str) -> Registration:
    """Whose link this is; a claim that has ended opens nothing, though the same person may have a newer one."""
    claim = claim_of_link(secret)
    registration = registration_of(claim) if claim and claim.state in (ClaimState.OFFERED, ClaimState.HELD) else None
    if registration is None:
        raise gone()
    return registration


def gone() -> DomainError:
    """The refusal of an answer that comes to nothing."""
    message = _("This offer is no longer open: it was answered, or the place went to the next person in line.")
    return DomainError("places.offer_gone", message, status=410)


def _note(action: str, registration: Registration) -> None:
    record(action, on=("registration", registration.ref), forum=registration.forum)

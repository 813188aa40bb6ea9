"""Freed places of sessions and visits go to the line by offer: what the line asks us, and what people answer.

Registered as the policies of our pools (`registration.policies`). An offer stands for a day, never beyond the moment at
which the place is of no use any more: the plant's deadline for this person's document, the start of the session.
"""

from datetime import datetime, timedelta

from django.utils.timezone import now
from django.utils.translation import gettext as _

from agenda.actions.bookings import give_back, take
from agenda.actions.place_letters import tell_of_end, tell_of_offer
from agenda.actions.visit_states import move_booking
from agenda.enums import BookingState
from agenda.queries.bookables import Bookable, bookable_of_pool
from agenda.queries.eligibility import ground_of, occupied_rows, reasons_against, terms_of
from forum.actions.audit import record
from forum.errors import DomainError
from registration.actions.line import claim_of_link
from registration.enums import ClaimState, RegistrationState
from registration.models import Claim, Registration
from registration.policies import PoolPolicy

OFFER_LIFE = timedelta(hours=24)


def registration_of(claim: Claim) -> Registration | None:
    """The confirmed application of the person of a claim."""
    rows = Registration.objects.select_related("forum", "person", "category", "delegation__region")
    return rows.filter(person_id=claim.person_id, state=RegistrationState.CONFIRMED).first()


def may_be_offered(claim: Claim) -> bool:
    """Asked anew for each freed place: a clash, a passed deadline or a withdrawn application passes the person over."""
    place, registration = bookable_of_pool(claim.pool), registration_of(claim)
    if place is None or registration is None:
        return False
    rows, ground = occupied_rows(claim.person), ground_of(place.forum)
    return not reasons_against(place, registration=registration, ground=ground, rows=rows, at=now())


def offer_until(claim: Claim) -> datetime:
    """When the offer ends. The claim has just been found eligible."""
    place = _place(claim)
    last = place.starts
    if place.slot:
        last = min(last, terms_of(place.slot, person=claim.person, ground=ground_of(place.forum)).list_until)
    return min(now() + OFFER_LIFE, last)


def make_offer(claim: Claim, secret: str) -> None:
    """Tell the person, with the link that accepts."""
    place, registration = _place(claim), registration_of(claim)
    if registration is None:
        return
    _note("place.offered", place, registration)
    tell_of_offer(place, registration, claim, secret=secret)


def end_offer(claim: Claim) -> None:
    """Nobody answered: the person leaves the line and is told."""
    move_booking(claim, BookingState.LAPSED)
    place, registration = bookable_of_pool(claim.pool), registration_of(claim)
    if place and registration:
        _note("place.offer_over", place, registration)
        tell_of_end(place, registration, claim)


POLICY = PoolPolicy(eligible=may_be_offered, offer_until=offer_until, offered=make_offer, lapsed=end_offer)


def accept_offer(secret: str) -> Claim:
    """The link in the letter accepts once; asked again it returns the same place.

    Raises `DomainError("places.offer_gone")` (410) for a link that is unknown, used up or passed on, and whatever
    `take` refuses.
    """
    claim, place, registration = _of_link(secret)
    if claim.state not in (ClaimState.OFFERED, ClaimState.HELD):
        raise gone()
    return take(place, registration=registration)


def decline_offer(secret: str) -> None:
    """The link in the letter declines: the place goes to the next person. A place that was accepted stays."""
    claim, place, registration = _of_link(secret)
    if claim.state == ClaimState.OFFERED:
        give_back(place, registration=registration)


def _of_link(secret: str) -> tuple[Claim, Bookable, Registration]:
    claim = claim_of_link(secret)
    place = bookable_of_pool(claim.pool) if claim else None
    registration = registration_of(claim) if claim else None
    if claim is None or place is None or registration is None:
        raise gone()
    return claim, place, registration


def gone() -> DomainError:
    """The refusal of a link that is good for nothing any more."""
    message = _("This offer is no longer open: it was answered, or the place went to the next person in line.")
    return DomainError("places.offer_gone", message, status=410)


def _place(claim: Claim) -> Bookable:
    place = bookable_of_pool(claim.pool)
    if place is None:
        raise gone()
    return place


def _note(action: str, place: Bookable, registration: Registration) -> None:
    record(action, on=("registration", registration.ref), forum=place.forum, place=place.key)

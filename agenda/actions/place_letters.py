"""Letters about places in sessions and visits, in the language of the application."""

from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from agenda.queries.bookables import Bookable
from agenda.queries.plant_consents import owes_consent
from forum.actions.messages import queue_message
from registration.actions.notices import letter_context
from registration.models import Claim, Registration

SEAT, VISIT = "agenda.seat_confirmed", "agenda.visit_confirmed"
OFFERED, LAPSED = "agenda.place_offered", "agenda.offer_over"
TAKEN_BACK, MOVED, RETIMED = "agenda.place_taken_back", "agenda.visit_moved", "agenda.session_moved"
LABELS = {
    SEAT: _("Place in a session"),
    VISIT: _("Place in a plant visit"),
    OFFERED: _("Offer of a free place"),
    LAPSED: _("Offer over"),
    TAKEN_BACK: _("Place taken back"),
    MOVED: _("Moved to another visit"),
    RETIMED: _("Session moved"),
}
"""What the team calls each letter."""


def tell_of_place(place: Bookable, registration: Registration, claim: Claim) -> None:
    """“You have a place.”"""
    asks = place.slot is not None and owes_consent(place.slot.programme, registration)
    _tell(VISIT if place.slot else SEAT, place, registration, occasion=f"held:{claim.public_id}", asks=asks)


def tell_of_offer(place: Bookable, registration: Registration, claim: Claim, *, secret: str) -> None:
    """“A place is free for you until …” The link works once."""
    with translation.override(registration.language):
        link = reverse("places:offer", args=[secret])
    until = claim.offer_until.isoformat() if claim.offer_until else ""
    _tell(OFFERED, place, registration, occasion=f"offer:{claim.public_id}", offer_link=link, until=until)


def tell_of_end(place: Bookable, registration: Registration, claim: Claim) -> None:
    """“The offer is over.”"""
    _tell(LAPSED, place, registration, occasion=f"over:{claim.public_id}")


def tell_of_taking_back(
    place: Bookable, registration: Registration, claim: Claim, *, held: bool, note: str = ""
) -> None:
    """“The organisers had to take your place back.” `held` is False for somebody who was only in line."""
    _tell(TAKEN_BACK, place, registration, occasion=f"back:{claim.public_id}", held=held, note=note)


def tell_of_move(was: Bookable, place: Bookable, registration: Registration, claim: Claim, *, note: str) -> None:
    """“You go with another group.”"""
    with translation.override(registration.language):
        facts = {"was": was.name, "was_periods": _periods(was), "rule": str(place.slot.rule) if place.slot else ""}
    _tell(MOVED, place, registration, occasion=f"moved:{claim.public_id}", note=note, **facts)


def tell_of_new_time(was: Bookable, place: Bookable, registration: Registration, claim: Claim) -> None:
    """“The session you have a place in has moved.”"""
    occasion = f"release:{place.release}:{claim.public_id}"
    with translation.override(registration.language):
        facts = {"was_hall": was.hall_name, "was_periods": _periods(was)}
    _tell(RETIMED, place, registration, occasion=occasion, **facts)


def _tell(reason: str, place: Bookable, registration: Registration, *, occasion: str, **facts: Any) -> None:
    """One message in the transaction of the action. People without an address are told by the desk."""
    if not registration.person.email:
        return
    with translation.override(registration.language):
        context = letter_context(registration) | facts
        context |= {"what": place.name, "hall": place.hall_name, "periods": _periods(place)}
    queue_message(
        reason,
        about=("registration", registration.ref),
        occasion=occasion,
        to=registration.person.email,
        language=registration.language,
        forum=place.forum,
        context=context,
    )


def _periods(place: Bookable) -> list[list[str]]:
    """Start and end of each stretch as ISO text; templates name the zone."""
    return [[stretch.starts.isoformat(), stretch.ends.isoformat()] for stretch in place.stretches]

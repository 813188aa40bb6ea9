"""Places of the demo's delegates, taken by the same actions that the pages call: full things, lines, one open offer."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.utils.timezone import now

from agenda.actions.bookings import Answers, give_back, take, wait_for
from agenda.queries.bookables import Bookable, bookable_sessions, bookable_visits
from forum.demo import DELEGATE_ACCOUNT, DemoContext
from forum.errors import DomainError
from registration.actions.line import serve_line
from registration.enums import ClaimState, RegistrationState
from registration.models import Claim, Registration

SEATS = {
    "rou-guidebook": 12,
    "rou-transfer": 10,
    "reception": 15,
    "rou-twocity": 8,
    "int-multilang": 9,
    "men-tables": 52,
}
"""Session -> how many ask for a place; the mentoring tables have fewer places than that."""
VISITS = {
    "azot-d1": 45,
    "azot-d2": 12,
    "kru-mach-d1": 14,
    "kru-plat-d2": 17,
    "shs-d2": 6,
    "zsmk-roll-d2": 9,
    "zsmk-mus-d2": 5,
}
"""Run -> how many ask; more want to see the chemistry than fit."""
OFFERED = "azot-d1"
"""Somebody has given a place back here, and the offer to the first in line is open."""
OWN = ("rou-transfer", "kru-plat-d2")
"""What the delegate of the sign-in page has."""


def build_places(context: DemoContext) -> None:
    """After the releases and the delegates. Nothing in an edition without people."""
    everybody = _confirmed(context)
    if not everybody:
        return
    for sessions, wanted in ((bookable_sessions(context.forum), SEATS), (bookable_visits(context.forum), VISITS)):
        for place in sessions:
            _fill(context, place, asking=wanted.get(_slug(place), 0), everybody=everybody)
    _offer(context, next(place for place in bookable_visits(context.forum) if _slug(place) == OFFERED))


def _slug(place: Bookable) -> str:
    return place.slot.slug if place.slot else place.key


def _confirmed(context: DemoContext) -> list[Registration]:
    rows = Registration.objects.filter(forum=context.forum, state=RegistrationState.CONFIRMED)
    return list(rows.select_related("forum", "person", "category").order_by("pk"))


def _fill(context: DemoContext, place: Bookable, *, asking: int, everybody: Sequence[Registration]) -> None:
    own = [one for one in everybody if one.person.email == DELEGATE_ACCOUNT and _slug(place) in OWN]
    others = [one for one in everybody if one.person.email != DELEGATE_ACCOUNT]
    for registration in [*own, *context.rng.sample(others, k=min(asking, len(others)))]:
        with context.at(_moment(context, place)):
            _ask(context, place, registration)


def _moment(context: DemoContext, place: Bookable) -> datetime:
    """In the last weeks before the forum; for visits while the lists are open."""
    day = -context.rng.randint(22, 34) if place.slot else -context.rng.randint(3, 34)
    return context.moment(day, time(context.rng.randint(9, 20), context.rng.randint(0, 59)))


def _ask(context: DemoContext, place: Bookable, registration: Registration) -> None:
    """What stands against it is no fault of the demo: then this person goes elsewhere."""
    born = date(context.rng.randint(1955, 2004), context.rng.randint(1, 12), context.rng.randint(1, 28))
    answers = Answers(birth_date=born, rule_accepted=True)
    try:
        take(place, registration=registration, answers=answers)
    except DomainError as refusal:
        if refusal.code == "places.full":
            wait_for(place, registration=registration, answers=answers)


def _offer(context: DemoContext, place: Bookable) -> None:
    """One gives back, the next is offered the place a short while ago."""
    held = Claim.objects.filter(pool=place.pool, state=ClaimState.HELD).order_by("pk").first()
    registration = (
        Registration.objects.filter(person=held.person, state=RegistrationState.CONFIRMED).first() if held else None
    )
    if registration is None or not place.pool.claims.in_line().exists():
        return
    with context.at(min(now(), place.starts) - timedelta(hours=3)):
        give_back(place, registration=registration)
        serve_line(pool_id=place.pool.pk)

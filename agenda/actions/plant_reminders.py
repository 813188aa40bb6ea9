"""Asking visitors for what the list of their plant still lacks: once a day at most, whoever presses."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import translation
from django.utils.timezone import localdate

from agenda.queries.bookables import Bookable
from agenda.queries.plant_lists import OWN, REMINDER, Gap, Listed, host_of
from forum.actions.audit import record
from forum.actions.bell import hurry_lane
from forum.actions.messages import queue_message
from forum.enums import Lane
from forum.models import Account, Message
from registration.actions.notices import letter_context
from registration.models import Registration


def can_be_asked(one: Listed) -> bool:
    """Has an address, and lacks something that the person can mend."""
    return bool(one.registration.person.email) and not OWN.isdisjoint(one.gaps)


def asked_today(place: Bookable) -> set[str]:
    """References of those who have had this letter today, by the forum's clock."""
    letters = Message.objects.filter(forum=place.forum, reason=REMINDER, occasion=_occasion(place))
    return set(letters.values_list("subject_id", flat=True))


def _occasion(place: Bookable) -> str:
    today = localdate(timezone=ZoneInfo(place.forum.timezone))
    return f"{place.slot.public_id if place.slot else ''}:{today.isoformat()}"


@transaction.atomic(durable=True)
def ask_for_data(place: Bookable, people: Sequence[Listed], *, by: Account) -> int:
    """Write to each in their own language, with the way to what is missing. Returns how many letters were written now."""
    before = asked_today(place)
    written = [one for one in people if can_be_asked(one) and one.registration.ref not in before]
    for one in written:
        _ask(place, one.registration, one.gaps, by=by)
    if written:
        hurry_lane(Lane.BULK)
    return len(written)


def _ask(place: Bookable, registration: Registration, gaps: Sequence[Gap], *, by: Account) -> None:
    with translation.override(registration.language):
        context = letter_context(registration) | {
            "what": place.name,
            "plant": host_of(place).name,
            "gaps": [gap.value for gap in gaps if gap in OWN],
            "periods": [[stretch.starts.isoformat(), stretch.ends.isoformat()] for stretch in place.stretches],
            "hall": "",
        }
    queue_message(
        REMINDER,
        about=("registration", registration.ref),
        occasion=_occasion(place),
        to=registration.person.email,
        language=registration.language,
        forum=place.forum,
        context=context,
        lane=Lane.BULK,
        hurry=False,
    )
    record("registration.plant_data_asked", on=("registration", registration.ref), forum=place.forum, by=by)

"""Places on their way to a substitute: which one is open, until when one may begin, whose place somebody is waiting for."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import BigIntegerField, QuerySet
from django.utils.timezone import now

from forum.models import Forum
from forum.queries.compiled import Compiled, Slot
from registration.enums import RegistrationState
from registration.models import HandOver, Registration


def is_late(forum: Forum, *, at: datetime | None = None) -> bool:
    """From the forum's first day on, in its own zone, nobody hands over by themselves: the desk replaces."""
    return (at or now()).astimezone(ZoneInfo(forum.timezone)).date() >= forum.starts_on


def may_hand_over(registration: Registration) -> bool:
    """Only a confirmed place changes hands; before that one withdraws and the next in line is served."""
    return registration.state == RegistrationState.CONFIRMED and not is_late(registration.forum)


def open_hand_over(registration: Registration) -> HandOver | None:
    """Of the one who gives."""
    return open_hand_overs().filter(registration=registration).first()


def open_hand_overs() -> QuerySet[HandOver]:
    """All of them, with both applications and their people."""
    related = ("registration__person", "registration__forum", "registration__category__pool", "substitute__person")
    return HandOver.objects.filter(ended_at=None).select_related(*related)


def giver_of(substitute: Registration) -> Registration | None:
    """Whose place `substitute` is to get; None once that is over, or too late."""
    found = _TO.first(substitute=substitute.pk)
    if found is None or not may_hand_over(found.registration):
        return None
    return found.registration


_TO: Compiled[HandOver] = Compiled(
    lambda: open_hand_overs().filter(substitute=Slot("substitute", BigIntegerField()))[:1]
)

"""Our parts of the home page: sessions of one day and the plants. Nothing before the programme is public."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils.timezone import now
from django.utils.translation import get_language

from agenda.engine.programme import Item, Programme
from agenda.engine.texts import Text
from agenda.enums import Admission, SessionKind
from agenda.queries.programme import released_programme
from agenda.queries.visits import Visit, visits
from forum.models import Forum
from forum.registry import Panel

SHOWN = 6
TEASERS = frozenset(
    {
        SessionKind.PLENARY,
        SessionKind.PANEL,
        SessionKind.CASE_SESSION,
        SessionKind.ROUND_TABLE,
        SessionKind.WORKSHOP,
        SessionKind.TELEBRIDGE,
        SessionKind.CEREMONY,
    }
)
"""Kinds a guest would come for."""


@dataclass
class Plant:
    """A plant with its visits."""

    name: Text
    city: Text
    drawing: str
    min_age: int
    visits: list[Visit]

    @property
    def days(self) -> list[date]:
        """Days on which it receives guests."""
        return sorted({run.day for visit in self.visits for run in visit.runs})


def programme_context(request: HttpRequest, forum: Forum) -> dict[str, Any]:
    """Sessions of today, of tomorrow, or of the first day: whichever comes."""
    programme = released_programme(forum, language=get_language() or "ru") if forum.programme_public else None
    if programme is None:
        return {"programme": None}
    day = teaser_day(programme, forum=forum, at=now())
    return {"programme": programme, "day": day, "items": teasers(programme.on(day)), "count": len(programme.on(day))}


def teaser_day(programme: Programme, *, forum: Forum, at: datetime) -> date:
    """Today while it has sessions to come, else tomorrow, else the first day of the forum."""
    local = at.astimezone(ZoneInfo(programme.zone))
    today, days = local.date(), programme.days
    if any(item.ends > at for item in programme.on(today)):
        return today
    wished = (today + timedelta(days=1), *forum.days, *days)
    return next(day for day in wished if day in days)


def teasers(items: Iterable[Item]) -> list[Item]:
    """The first sessions that are open to guests of the forum."""
    open_to_guests = (Admission.OPEN, Admission.SEAT_BOOKING)
    return [item for item in items if item.kind in TEASERS and item.admission in open_to_guests][:SHOWN]


def plants_context(request: HttpRequest, forum: Forum) -> dict[str, Any]:
    """One card per plant, whatever the number of its visits."""
    found = visits(forum, language=get_language() or "ru", at=now()) if forum.programme_public else []
    return {"plants": plants(found)}


def plants(found: Iterable[Visit]) -> list[Plant]:
    """Visits gathered by plant, in the order in which they were written down."""
    gathered: dict[str, Plant] = {}
    for visit in found:
        plant = gathered.setdefault(visit.host, Plant(visit.plant, visit.city, visit.drawing, visit.min_age, []))
        plant.visits.append(visit)
        plant.min_age = min(plant.min_age, visit.min_age)
    return list(gathered.values())


PANELS = [
    Panel("agenda.programme", "agenda/home_programme.html", 20, "", programme_context),
    Panel("agenda.plants", "agenda/home_plants.html", 30, "", plants_context),
]

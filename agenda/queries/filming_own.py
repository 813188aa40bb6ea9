"""One's own wishes to film: who may state them, where and until when, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from agenda.engine.deadlines import ProductionCalendar, list_deadline
from agenda.enums import FilmingMeans, FilmingState
from agenda.models import FilmingWish, VisitProgramme, VisitSlot
from agenda.queries.people import shown_name
from agenda.queries.visits import lead_times, production_calendar
from forum.models import Forum
from registration.enums import HOLDS_PLACE
from registration.models import Equipment, Person, Registration
from registration.queries.equipment import line_of, outlet_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

TONES = {
    FilmingState.ASKED: "wait",
    FilmingState.PUT: "wait",
    FilmingState.ALLOWED: "ok",
    FilmingState.ALLOWED_IF: "ask",
    FilmingState.REFUSED: "no",
    FilmingState.WITHDRAWN: "off",
}


def may_film(registration: Registration) -> bool:
    """Who brings equipment and has a place; plants are public by then."""
    comes = registration.state in HOLDS_PLACE and registration.forum.programme_public
    return registration.category.lists_equipment and comes


def wishes_of(registration: Registration) -> list[FilmingWish]:
    """By day; one query."""
    rows = FilmingWish.objects.filter(registration=registration)
    return list(rows.select_related("programme__host", "slot", "registration__person", "registration__sent_by"))


def asked_until(
    programme: VisitProgramme, day: date, *, person: Person, calendar: ProductionCalendar | None = None
) -> datetime:
    """As for the list of visitors of that plant: the country of the document decides."""
    return list_deadline(
        day,
        country=person.citizenship,
        lead=lead_times(programme),
        calendar=calendar or production_calendar(),
        zone=programme.forum.timezone,
    )


@dataclass(frozen=True, kw_only=True)
class Chance:
    """A plant and a day on which one may ask to film: with a run, or alone. `until`: when asking ends."""

    programme: VisitProgramme
    slot: VisitSlot | None
    day: date
    until: datetime

    @property
    def key(self) -> str:
        """For forms."""
        return f"{self.programme.slug}/{self.slot.slug if self.slot else self.day.isoformat()}"


def chances(forum: Forum, *, person: Person, at: datetime) -> list[Chance]:
    """What is still open, plant by plant; three queries. Days without a run are those of the forum."""
    calendar = production_calendar()
    rows = VisitProgramme.objects.filter(forum=forum).select_related("host", "forum").prefetch_related("slots")
    found = [chance for programme in rows for chance in _of_plant(programme, person=person, calendar=calendar)]
    return [chance for chance in found if chance.until > at]


def _of_plant(programme: VisitProgramme, *, person: Person, calendar: ProductionCalendar) -> Iterable[Chance]:
    pairs: list[tuple[VisitSlot | None, date]] = [(slot, slot.day) for slot in programme.slots.all()]
    for slot, day in [*pairs, *((None, day) for day in programme.forum.days)]:
        until = asked_until(programme, day, person=person, calendar=calendar)
        yield Chance(programme=programme, slot=slot, day=day, until=until)


def device_lines(wish: FilmingWish) -> list[str]:
    """With what, in the language in use."""
    return [
        line_of(Equipment(**{name: one[name] for name in ("kind", "model", "serial", "count")})) for one in wish.devices
    ]


def means_words(wish: FilmingWish) -> "list[str | _StrPromise]":
    """How, in the language in use."""
    return [FilmingMeans(means).label for means in wish.means]


def told(wish: FilmingWish) -> dict[str, Any]:
    """A wish as pages and lists show it."""
    state = FilmingState(wish.state)
    return {
        "wish": wish,
        "means": ", ".join(str(word) for word in means_words(wish)),
        "devices": device_lines(wish),
        "tone": TONES[state],
        "state": state.label,
        "name": shown_name(wish.registration.person),
        "outlet": outlet_of(wish.registration),
    }

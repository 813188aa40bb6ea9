"""Plant visits as the public reads them: constant queries, whatever the number of plants, runs and legs."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch

from agenda.engine.deadlines import LeadTimes, ProductionCalendar, list_deadline
from agenda.engine.route import Step, busy_windows, with_gaps
from agenda.engine.texts import Text, in_language
from agenda.enums import UnionStatePolicy
from agenda.models import SlotLeg, VisitProgramme, VisitSlot
from agenda.queries.texts import texts_of
from forum.models import CalendarDay, Forum, Organisation

DOCUMENTS = {"russian": "RU", "belarusian": "BY", "other": ""}
"""The three kinds of documents a reader looks for, with a country that stands for each."""


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """Until when a document of this kind (`DOCUMENTS`) can still be put on the list."""

    document: str
    until: datetime
    passed: bool


@dataclass(frozen=True, kw_only=True)
class Run:
    """A dated run of a visit. `windows` are the times a visitor is occupied, free time between them left out."""

    slug: str
    day: date
    steps: list[Step]
    windows: list[tuple[datetime, datetime]]
    taken: int
    places: int
    deadlines: list[Deadline]

    @property
    def is_closed(self) -> bool:
        """Nobody can be put on the list any more."""
        return all(deadline.passed for deadline in self.deadlines)


@dataclass(frozen=True, kw_only=True)
class Visit:
    """What one plant shows and demands. `host` is its full name, `plant` the one people use."""

    slug: str
    host: Text
    plant: Text
    title: Text
    city: Text
    drawing: str
    min_age: int
    photo_policy: str
    dress_code: list[str]
    needed_fields: list[str]
    lent_by_host: list[str]
    step_free: bool
    may_be_cancelled: bool
    runs: list[Run]


def production_calendar() -> ProductionCalendar:
    """Weekends and the exceptions that are written down."""
    return ProductionCalendar(dict(CalendarDay.objects.values_list("day", "is_working")))


def lead_times(programme: VisitProgramme) -> LeadTimes:
    """What the plant demands, as the engine wants it."""
    return LeadTimes(
        russian_working_days=programme.russian_working_days,
        foreign_calendar_days=programme.foreign_calendar_days,
        union_state_policy=UnionStatePolicy(programme.union_state_policy),
    )


def visits(forum: Forum, *, language: str, at: datetime) -> list[Visit]:
    """All plant visits with their runs, deadlines as of `at`, and places."""
    calendar = production_calendar()
    slots = VisitSlot.objects.select_related("pool").prefetch_related(
        Prefetch("legs", SlotLeg.objects.order_by("period"))
    )
    programmes = forum.visit_programmes.select_related("host").prefetch_related(Prefetch("slots", slots))
    return [_visit(programme, forum=forum, calendar=calendar, language=language, at=at) for programme in programmes]


def _visit(
    programme: VisitProgramme, *, forum: Forum, calendar: ProductionCalendar, language: str, at: datetime
) -> Visit:
    lead = lead_times(programme)

    def run(slot: VisitSlot) -> Run:
        legs = [_step(leg, language=language) for leg in slot.legs.all()]
        deadlines = [
            _deadline(document, slot.day, lead=lead, calendar=calendar, zone=forum.timezone, at=at)
            for document in DOCUMENTS
        ]
        return Run(
            slug=slot.slug,
            day=slot.day,
            steps=with_gaps(legs),
            windows=busy_windows(legs),
            taken=slot.pool.taken,
            places=slot.pool.places,
            deadlines=deadlines,
        )

    return Visit(
        slug=programme.slug,
        host=in_language(texts_of(programme.host, "name"), language),
        plant=_short_name(programme.host, language=language),
        title=in_language(texts_of(programme, "title"), language),
        city=in_language(texts_of(programme, "city"), language),
        drawing=programme.drawing,
        min_age=programme.min_age,
        photo_policy=programme.photo_policy,
        dress_code=programme.dress_code,
        needed_fields=programme.needed_fields,
        lent_by_host=programme.lent_by_host,
        step_free=programme.step_free,
        may_be_cancelled=programme.may_be_cancelled,
        runs=[run(slot) for slot in programme.slots.all()],
    )


def _short_name(host: Organisation, *, language: str) -> Text:
    """The short name in `language`; else the full one in it, before a short one in another language."""
    short = texts_of(host, "short_name")
    return in_language(short if language in short else texts_of(host, "name"), language)


def _step(leg: SlotLeg, *, language: str) -> Step:
    title = in_language(texts_of(leg, "title"), language)
    return Step(kind=leg.kind, title=title, starts=leg.period.lower, ends=leg.period.upper)


def _deadline(
    document: str, day: date, *, lead: LeadTimes, calendar: ProductionCalendar, zone: str, at: datetime
) -> Deadline:
    until = list_deadline(day, country=DOCUMENTS[document], lead=lead, calendar=calendar, zone=zone)
    return Deadline(document=document, until=until, passed=until <= at)

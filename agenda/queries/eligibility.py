"""The facts for `agenda.engine.eligibility`: what takes a person up, until when the list of a run is open for them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language

from agenda.engine.deadlines import ProductionCalendar, list_deadline
from agenda.engine.eligibility import Candidate, Reason, Stretch, Travel, VisitTerms, seat_reasons, visit_reasons
from agenda.engine.texts import in_language
from agenda.enums import SessionKind
from agenda.models import OccupiedTime, VisitSlot
from agenda.queries.bookables import Bookable
from agenda.queries.released import Released, released, travel_times
from agenda.queries.texts import texts_of
from agenda.queries.visits import lead_times, production_calendar
from forum.models import Forum
from registration.enums import RegistrationState
from registration.models import Person, Registration


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What does not depend on the person: read once for a whole page of places."""

    forum: Forum
    travel: Travel
    calendar: ProductionCalendar
    plenaries: Sequence[Stretch]


def ground_of(forum: Forum, *, programme: Released | None = None) -> Ground:
    """At most four queries."""
    programme = programme or released(forum)
    return Ground(
        forum=forum, travel=travel_times(forum), calendar=production_calendar(), plenaries=_plenaries(programme)
    )


def _plenaries(programme: Released) -> list[Stretch]:
    """Nothing is booked beside a plenary session, whoever asks."""
    language = get_language() or "ru"
    return [
        Stretch(starts=known.starts, ends=known.ends, what=in_language(known.title, language), fixed=True)
        for known in programme.sessions.values()
        if known.kind == SessionKind.PLENARY
    ]


def occupied_rows(person: Person) -> list[OccupiedTime]:
    """What takes a person up, earliest first, with all that names it; one query."""
    rows = OccupiedTime.objects.filter(person=person).order_by("during")
    return list(rows.select_related("claim__pool__session", "claim__pool__visit_slot__programme"))


def name_of_time(row: OccupiedTime) -> str:
    """The session or the visit, in the language in use."""
    pool, language = row.claim.pool, get_language() or "ru"
    if slot := getattr(pool, "visit_slot", None):
        return in_language(texts_of(slot.programme, "title"), language)
    return in_language(texts_of(pool.session, "title"), language)


def stretch_of(row: OccupiedTime) -> Stretch:
    """A row as the engine wants it."""
    return Stretch(
        starts=row.during.lower,
        ends=row.during.upper,
        starts_at=row.starts_at_id,
        ends_at=row.ends_at_id,
        what=name_of_time(row),
    )


def reasons_against(
    place: Bookable,
    *,
    registration: Registration,
    ground: Ground,
    rows: Iterable[OccupiedTime],
    at: datetime,
    but: Iterable[int] = (),
    birth_date: date | None = None,
) -> list[Reason]:
    """Every reason why `registration` cannot have this place; no query.

    `rows` are the person's occupied times; those of the place itself and of the pools `but` do not count.
    """
    left_out = {place.pool.pk, *but}
    busy = [stretch_of(row) for row in rows if row.claim.pool_id not in left_out] if place.takes_time else []
    beside = [plenary for plenary in ground.plenaries if plenary.what != place.name] if place.takes_time else []
    candidate = Candidate(
        is_confirmed=registration.state == RegistrationState.CONFIRMED,
        comes_in_person=registration.category.prints_badge,
        birth_date=birth_date or registration.person.birth_date,
        busy=[*busy, *beside],
    )
    if place.slot is None:
        return seat_reasons(candidate, place.stretches, travel=ground.travel, at=at)
    terms = terms_of(place.slot, person=registration.person, ground=ground)
    return visit_reasons(candidate, place.stretches, terms=terms, travel=ground.travel, at=at)


def terms_of(slot: VisitSlot, *, person: Person, ground: Ground) -> VisitTerms:
    """What the run demands of this person: the country of the document shown decides the deadline."""
    until = list_deadline(
        slot.day,
        country=person.citizenship,
        lead=lead_times(slot.programme),
        calendar=ground.calendar,
        zone=ground.forum.timezone,
    )
    return VisitTerms(day=slot.day, min_age=slot.programme.min_age, list_until=until)


def codes(reasons: Iterable[Reason]) -> list[str]:
    """The codes alone, for tests and the audit."""
    return [reason.code.value for reason in reasons]

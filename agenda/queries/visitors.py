"""Who goes to which plant, for the coordinator; who sits in which session, for its editor."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from agenda.engine.deadlines import group_of, list_deadline
from agenda.enums import DocumentGroup
from agenda.models import OccupiedTime, Session, VisitBooking, VisitSlot
from agenda.queries.bookables import Bookable, bookable_visits, of_slot, visit_slots
from agenda.queries.eligibility import Ground, ground_of, reasons_against, terms_of
from agenda.queries.reasons import Words, in_words
from agenda.queries.visibility import sessions_editable_by
from agenda.queries.visits import DOCUMENTS, lead_times
from forum.enums import Role
from forum.models import Forum
from forum.queries.access import User, has_role
from registration.enums import ClaimState, PoolKind, RegistrationState
from registration.models import Claim, Registration
from registration.queries.searching import matching

WITH_ALL = ("person", "category", "delegation__region", "forum")


@dataclass(frozen=True, kw_only=True)
class SlotRow:
    """A line of the room: places, and until when each kind of document can be added."""

    place: Bookable
    waiting: int
    offered: int
    deadlines: list[tuple[str, datetime, bool]]

    @property
    def held(self) -> int:
        """People who go; offered places are taken but not answered yet."""
        return self.place.pool.taken - self.offered


def slots_visible_to(user: User, forum: Forum) -> list[VisitSlot]:
    """Runs whose visitors the coordinator may see; nobody else's business."""
    return list(visit_slots(forum)) if has_role(user, Role.VISIT_COORDINATOR) else []


def slot_visible_to(user: User, forum: Forum, *, public_id: UUID | str) -> Bookable | None:
    """One of them as a place; None for those who may not see it."""
    if not has_role(user, Role.VISIT_COORDINATOR):
        return None
    found = next(iter(visit_slots(forum).filter(public_id=public_id)), None)
    return of_slot(found, forum=forum) if found else None


def visit_room(forum: Forum, *, at: datetime) -> list[SlotRow]:
    """All runs with their numbers; constant queries."""
    ground, counts = ground_of(forum), _counts_by_pool()
    return [
        SlotRow(
            place=place,
            waiting=counts.get((place.pool.pk, ClaimState.WAITING), 0),
            offered=counts.get((place.pool.pk, ClaimState.OFFERED), 0),
            deadlines=deadlines_of(place, ground=ground, at=at),
        )
        for place in bookable_visits(forum)
    ]


def _counts_by_pool() -> dict[tuple[int, str], int]:
    rows = Claim.objects.live().filter(pool__kind=PoolKind.VISIT).order_by()
    counted = rows.values_list("pool_id", "state").annotate(number=Count("pk"))
    return {(pool, state): number for pool, state, number in counted}


def deadlines_of(place: Bookable, *, ground: Ground, at: datetime) -> list[tuple[str, datetime, bool]]:
    """(document of `agenda.queries.visits.DOCUMENTS`, until, passed)."""
    if place.slot is None:
        return []
    lead, day = lead_times(place.slot.programme), place.slot.day
    found = [
        (document, list_deadline(day, country=country, lead=lead, calendar=ground.calendar, zone=ground.forum.timezone))
        for document, country in DOCUMENTS.items()
    ]
    return [(document, until, until <= at) for document, until in found]


def visitors(place: Bookable, *, query: str = "") -> QuerySet[Registration]:
    """People with a place in a run, by the Russian dictionary; found by any spelling."""
    rows = Registration.objects.filter(
        person__claims__pool=place.pool,
        person__claims__state=ClaimState.HELD,
        state=RegistrationState.CONFIRMED,
    )
    if query.strip():
        rows = matching(rows, query)
    return rows.select_related(*WITH_ALL).order_by("person__sort_key", "pk")


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """A line of the list: how days are counted for the document, and until when."""

    registration: Registration
    group: DocumentGroup
    until: datetime


def visitor_rows(place: Bookable, registrations: Iterable[Registration]) -> list[Visitor]:
    """Each with the deadline of the document; no query for each."""
    ground = ground_of(place.forum)
    return [_visitor(place, registration, ground=ground) for registration in registrations]


def _visitor(place: Bookable, registration: Registration, *, ground: Ground) -> Visitor:
    slot = place.slot
    if slot is None:
        raise ValueError("only a run of a visit has visitors")
    person = registration.person
    lead = lead_times(slot.programme)
    return Visitor(
        registration=registration,
        group=group_of(person.citizenship, policy=lead.union_state_policy),
        until=terms_of(slot, person=person, ground=ground).list_until,
    )


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Somebody in line: offered a place until `claim.offer_until`, or waiting; `words` say why the line passes by."""

    claim: Claim
    registration: Registration | None
    position: int
    words: list[Words]


def line_of(place: Bookable, *, at: datetime) -> list[Waiting]:
    """Offered first, then those who wait, in their order; constant queries."""
    pending = [ClaimState.OFFERED, ClaimState.WAITING]
    rows = Claim.objects.filter(pool=place.pool, state__in=pending).select_related("person")
    claims = sorted(rows, key=lambda claim: (claim.state != ClaimState.OFFERED, claim.rank, claim.pk))
    persons = [claim.person_id for claim in claims]
    confirmed = Registration.objects.filter(person__in=persons, state=RegistrationState.CONFIRMED)
    registrations = {row.person_id: row for row in confirmed.select_related(*WITH_ALL)}
    busy: dict[int, list[OccupiedTime]] = {}
    occupied = OccupiedTime.objects.filter(person__in=persons).order_by("during")
    for row in occupied.select_related("claim__pool__session", "claim__pool__visit_slot__programme"):
        busy.setdefault(row.person_id, []).append(row)
    ground = ground_of(place.forum)
    return [
        Waiting(
            claim=claim,
            registration=registrations.get(claim.person_id),
            position=position,
            words=_words(place, registrations.get(claim.person_id), busy.get(claim.person_id, []), ground, at=at),
        )
        for position, claim in enumerate(claims, start=1)
    ]


def _words(
    place: Bookable, registration: Registration | None, rows: list[OccupiedTime], ground: Ground, *, at: datetime
) -> list[Words]:
    if registration is None:
        return []
    found = reasons_against(place, registration=registration, ground=ground, rows=rows, at=at)
    return [in_words(reason, forum=place.forum) for reason in found]


def booking_of(place: Bookable, *, ref: str) -> VisitBooking | None:
    """The booking of somebody who has a place, or waits for one."""
    rows = VisitBooking.objects.filter(claim__pool=place.pool, registration__ref=ref)
    live = rows.exclude(claim__state=ClaimState.RELEASED)
    return live.select_related("claim", *(f"registration__{name}" for name in WITH_ALL)).first()


def sessions_with_seats_visible_to(user: User) -> QuerySet[Session]:
    """Sessions with limited places: all for the programme editor, those hosted by their region for a partner."""
    rows = sessions_editable_by(user).filter(pool__isnull=False, cancelled_at=None)
    return rows.select_related("pool", "host_region", "hall__venue", "forum")


def seated(session: Session) -> QuerySet[Registration]:
    """People with a place in a session. A partner is shown name, organisation and category, nothing else."""
    rows = Registration.objects.filter(
        person__claims__pool=session.pool, person__claims__state=ClaimState.HELD, state=RegistrationState.CONFIRMED
    )
    return rows.select_related("person", "category").order_by("person__sort_key", "pk")


def seats_in_line(session: Session) -> dict[str, int]:
    """How many wait and how many have an offer."""
    rows = Claim.objects.live().filter(pool=session.pool).order_by()
    return dict(rows.values_list("state").annotate(number=Count("pk")))

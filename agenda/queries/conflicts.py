"""What stands against a session at a time and in a hall, before anybody proposes or accepts it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q, QuerySet

from agenda.engine.hours import outside_hours
from agenda.enums import BLOCKING, ConflictKind, SessionKind
from agenda.models import Hall, HallClosure, Session, SessionSpeaker, Speaker
from agenda.queries.fitness import unfit
from agenda.queries.snapshot import halls_of


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where and when a session would be."""

    hall: Hall
    linked: tuple[Hall, ...] = ()
    starts: datetime
    ends: datetime

    @property
    def halls(self) -> tuple[Hall, ...]:
        """Every hall it would occupy."""
        return (self.hall, *self.linked)

    @property
    def period(self) -> DateTimeTZRange:
        """Half-open: back to back is legal."""
        return DateTimeTZRange(self.starts, self.ends)


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """One thing that stands against a place. `other` may be a session that the reader must not see: then it is *occupied*."""

    kind: ConflictKind
    hall: Hall | None = None
    speaker: Speaker | None = None
    other: Session | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    text: str = ""
    zone: str = ""

    @property
    def blocks(self) -> bool:
        """Whether it stops an acceptance."""
        return self.kind in BLOCKING


def place_of(session: Session) -> Place:
    """Where the draft has it."""
    linked = tuple(halls_of(session)[1:])
    return Place(hall=session.hall, linked=linked, starts=session.period.lower, ends=session.period.upper)


def conflicts(session: Session, *, at: Place) -> list[Conflict]:
    """Everything against `session` being `at` this place, what blocks first. Four queries, whatever it finds."""
    cast = list(session.cast.select_related("speaker__region"))
    found = [
        *_unfit(session, at=at, cast=cast),
        *_halls(session, at=at),
        *_closures(at),
        *_speakers(session, at=at, cast=cast),
        *_zone(session, at=at),
        *_hours(session, at=at, cast=cast),
    ]
    return sorted(found, key=lambda conflict: not conflict.blocks)


def _unfit(session: Session, *, at: Place, cast: Iterable[SessionSpeaker]) -> Iterator[Conflict]:
    problems = unfit(
        hall=at.hall,
        linked=at.linked,
        starts=at.starts,
        ends=at.ends,
        interpretation=session.interpretation,
        has_remote=any(row.speaker.remote for row in cast),
        places=session.pool.places if session.pool else None,
    )
    for problem in problems:
        yield Conflict(kind=ConflictKind.UNFIT, hall=at.hall, text=problem.message)


def _meanwhile(session: Session, *, at: Place) -> QuerySet[Session]:
    if at.ends <= at.starts:
        return Session.objects.none()
    others = Session.objects.filter(forum=session.forum_id, cancelled_at=None, period__overlap=at.period)
    return others.exclude(pk=session.pk).select_related("hall__venue", "host_region")


def _halls(session: Session, *, at: Place) -> Iterator[Conflict]:
    """Drafts count: the next release would be refused."""
    wanted = {hall.pk: hall for hall in at.halls}
    linked = Session.objects.filter(linked_halls__in=wanted).order_by().values("pk")
    taken = Q(hall__in=wanted) | Q(pk__in=linked)
    for other in _meanwhile(session, at=at).filter(taken).prefetch_related("linked_halls"):
        for hall in halls_of(other):
            if hall.pk in wanted:
                yield _overlap(ConflictKind.HALL, other, at=at, hall=wanted[hall.pk])


def _closures(at: Place) -> Iterator[Conflict]:
    if at.ends <= at.starts:
        return
    found = HallClosure.objects.filter(hall__in=at.halls, period__overlap=at.period).select_related("hall__venue")
    for closure in found:
        starts, ends = closure.period.lower, closure.period.upper
        yield Conflict(kind=ConflictKind.CLOSED, hall=closure.hall, starts=starts, ends=ends, text=closure.reason)


def _speakers(session: Session, *, at: Place, cast: Iterable[SessionSpeaker]) -> Iterator[Conflict]:
    speakers = {row.speaker_id: row.speaker for row in cast}
    meanwhile = _meanwhile(session, at=at).values("pk")
    for row in SessionSpeaker.objects.filter(speaker__in=speakers, session__in=meanwhile).select_related("session"):
        yield _overlap(ConflictKind.SPEAKER, row.session, at=at, speaker=speakers[row.speaker_id])


def _zone(session: Session, *, at: Place) -> Iterator[Conflict]:
    """Badges open zones: whoever may enter the old hall may be stopped at the new one."""
    if at.hall.zone_id != session.hall.zone_id:
        yield Conflict(kind=ConflictKind.ZONE, hall=at.hall, text=at.hall.zone.name)


def _hours(session: Session, *, at: Place, cast: Iterable[SessionSpeaker]) -> Iterator[Conflict]:
    """Only lines to other places have two clocks to look at."""
    remote = [row.speaker.region.timezone for row in cast if row.speaker.remote]
    if not (at.linked or remote or session.kind == SessionKind.TELEBRIDGE):
        return
    zones = [*(hall.venue.timezone for hall in at.halls), *remote]
    for zone in outside_hours(at.starts, at.ends, zones=zones):
        yield Conflict(kind=ConflictKind.HOURS, starts=at.starts, ends=at.ends, zone=zone)


def _overlap(
    kind: ConflictKind, other: Session, *, at: Place, hall: Hall | None = None, speaker: Speaker | None = None
) -> Conflict:
    starts, ends = max(at.starts, other.period.lower), min(at.ends, other.period.upper)
    return Conflict(kind=kind, hall=hall, speaker=speaker, other=other, starts=starts, ends=ends)

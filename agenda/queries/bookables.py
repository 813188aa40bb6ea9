"""What one can have a place in: a session with limited seats or a run of a plant visit, in one shape."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.utils.translation import get_language

from agenda.engine.eligibility import Stretch
from agenda.engine.route import Step, busy_windows
from agenda.engine.texts import NOTHING, Text, in_language
from agenda.enums import Admission
from agenda.models import Session, SlotLeg, VisitSlot
from agenda.queries.released import TAKES_NO_TIME, Released, ReleasedSession, released
from agenda.queries.texts import texts_of
from forum.models import Forum
from registration.models import Pool


@dataclass(frozen=True, kw_only=True)
class Bookable:
    """A thing with places. `stretches`: the times it takes, earliest first; `release`: what they were read from.

    `takes_time` is False for meals and the like: they overlap whatever they like.
    """

    forum: Forum
    pool: Pool
    key: str
    title: Mapping[str, str]
    hall: Mapping[str, str]
    stretches: tuple[Stretch, ...]
    release: int
    takes_time: bool = True
    session: Session | None = None
    slot: VisitSlot | None = None

    @property
    def starts(self) -> datetime:
        """When it begins."""
        return self.stretches[0].starts

    @property
    def ends(self) -> datetime:
        """When the last stretch ends."""
        return self.stretches[-1].ends

    @property
    def name(self) -> Text:
        """The title in the language in use."""
        return in_language(self.title, get_language() or "ru")

    @property
    def hall_name(self) -> Text:
        """The hall of a session in the language in use; empty for a visit."""
        return in_language(self.hall, get_language() or "ru")


def bookable_sessions(forum: Forum, *, programme: Released | None = None) -> list[Bookable]:
    """Released sessions with limited places, earliest first; nothing before the programme is public."""
    if not forum.programme_public:
        return []
    programme = programme or released(forum)
    slugs = [slug for slug, known in programme.sessions.items() if known.admission == Admission.SEAT_BOOKING]
    rows = Session.objects.filter(forum=forum, slug__in=slugs, cancelled_at=None, pool__isnull=False)
    found = [
        of_session(session, session.pool, programme.sessions[session.slug], forum=forum, release=programme.number)
        for session in rows.select_related("pool")
        if session.pool
    ]
    return sorted(found, key=lambda bookable: (bookable.starts, bookable.key))


def bookable_session(forum: Forum, *, slug: str) -> Bookable | None:
    """One of `bookable_sessions`, or None."""
    return next((found for found in bookable_sessions(forum) if found.key == slug), None)


def of_session(session: Session, pool: Pool, known: ReleasedSession, *, forum: Forum, release: int) -> Bookable:
    """A session as one release has it."""
    stretch = Stretch(
        starts=known.starts, ends=known.ends, starts_at=known.venue, ends_at=known.venue, what=session.slug
    )
    return Bookable(
        forum=forum,
        pool=pool,
        key=session.slug,
        title=known.title,
        hall=known.hall,
        stretches=(stretch,),
        release=release,
        takes_time=known.kind not in TAKES_NO_TIME,
        session=session,
    )


def visit_slots(forum: Forum) -> QuerySet[VisitSlot]:
    """Runs of the edition with all that a booking asks for; two queries."""
    legs = Prefetch("legs", SlotLeg.objects.order_by("period"))
    rows = VisitSlot.objects.filter(programme__forum=forum).select_related("pool", "programme__host")
    return rows.prefetch_related(legs).order_by("day", "pk")


def bookable_visits(forum: Forum) -> list[Bookable]:
    """Every run, earliest first."""
    found = [of_slot(slot, forum=forum) for slot in visit_slots(forum)]
    return sorted(found, key=lambda bookable: (bookable.starts, bookable.slot.pk if bookable.slot else 0))


def of_slot(slot: VisitSlot, *, forum: Forum) -> Bookable:
    """One run of a visit; its busy windows are the times it takes."""
    return Bookable(
        forum=forum,
        pool=slot.pool,
        key=f"{slot.programme.slug}/{slot.slug}",
        title=texts_of(slot.programme, "title"),
        hall={},
        stretches=tuple(_windows(slot)),
        release=0,
        slot=slot,
    )


def _windows(slot: VisitSlot) -> Iterable[Stretch]:
    """A window begins where its first leg begins, and ends where its last one ends."""
    legs = list(slot.legs.all())
    steps = [Step(kind=leg.kind, title=NOTHING, starts=leg.period.lower, ends=leg.period.upper) for leg in legs]
    starts_at = {leg.period.lower: leg.starts_at_id for leg in legs}
    ends_at = {leg.period.upper: leg.ends_at_id for leg in legs}
    for starts, ends in busy_windows(steps):
        yield Stretch(
            starts=starts, ends=ends, starts_at=starts_at[starts], ends_at=ends_at[ends], what=str(slot.public_id)
        )


def bookable_of_pool(pool: Pool) -> Bookable | None:
    """The session or the run that this number of places belongs to; None when it is not offered (any more)."""
    slot = VisitSlot.objects.filter(pool=pool).select_related("pool", "programme__forum", "programme__host").first()
    if slot is not None:
        return of_slot(slot, forum=slot.programme.forum)
    session = Session.objects.filter(pool=pool).select_related("forum").first()
    return bookable_session(session.forum, slug=session.slug) if session else None

"""The waiting list: how long it moves, and who stands where in it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.timezone import now

from forum.models import Forum
from forum.queries.access import User
from registration.engine.offer_deadlines import offer_deadline
from registration.enums import PARTICIPATION, ClaimState, RegistrationState
from registration.models import Category, Claim, Pool, Registration
from registration.queries.applications import registrations_visible_to


def category_of_pool(pool: Pool) -> Category:
    """The category whose places these are, also where a quota keeps them."""
    return Category.objects.select_related("forum", "pool").get(pool=pool.root_id)


def line_closes(category: Category, pool: Pool) -> datetime | None:
    """When the waiting list stops by its date; None where no date was set."""
    return min((date for date in (pool.closes_at, category.pool.closes_at) if date), default=None)


def line_moves(pool: Pool) -> bool:
    """Whether places are offered now: until the date that was set, else as long as applications are open; never after the
    forum (complaint CAP-5).
    """
    return _moves(category_of_pool(pool), pool)


def _moves(category: Category, pool: Pool) -> bool:
    closes = line_closes(category, pool)
    is_open = closes > now() if closes else category.forum.applications_open
    return is_open and now() < _ends(category.forum)


def offered_until(pool: Pool) -> datetime:
    """When an offer made now is over: it never outlives the list."""
    category = category_of_pool(pool)
    zone = ZoneInfo(category.forum.timezone)
    deadline = offer_deadline(now().astimezone(zone), starts=datetime.combine(category.forum.starts_on, time(), zone))
    return min(deadline, _ends(category.forum), line_closes(category, pool) or deadline)


def _ends(forum: Forum) -> datetime:
    return datetime.combine(forum.ends_on + timedelta(days=1), time(), ZoneInfo(forum.timezone))


@dataclass(frozen=True)
class Standing:
    """A line and one's place in it, counted from 1."""

    pool: Pool
    position: int
    length: int


@dataclass(frozen=True)
class InLine:
    """How somebody waits: the claim, the lines it stands in (one's own first), and whether they move."""

    claim: Claim
    standings: Sequence[Standing]
    moves: bool

    @property
    def is_offered(self) -> bool:
        """A place is kept and waits for the answer."""
        return self.claim.state == ClaimState.OFFERED


def in_line(registrations: Iterable[Registration]) -> dict[int, InLine]:
    """By key of the registration: those on the waiting list. The number of queries does not grow with them."""
    waiting = {r.person_id: r for r in registrations if r.state == RegistrationState.WAITLISTED}
    if not waiting:
        return {}
    rows = Claim.objects.filter(person__in=waiting, state__in=[ClaimState.WAITING, ClaimState.OFFERED])
    groups = ("pool__quota__delegation__region", "pool__quota__organisation", "root__category__forum")
    claims = rows.filter(pool__kind__in=PARTICIPATION).select_related(*groups)
    lines = _lines({claim.root_id for claim in claims})
    return {
        waiting[claim.person_id].pk: InLine(
            claim, list(_standings(claim, lines)), _moves(claim.root.category, claim.pool)
        )
        for claim in claims
    }


def waiting_list(user: User, *, forum: Forum, category: str = "") -> QuerySet[Claim]:
    """Who waits in the order of the lines, for those who may see people: offers first, then by rank and time."""
    seen = registrations_visible_to(user).filter(forum=forum, state=RegistrationState.WAITLISTED)
    rows = Claim.objects.filter(
        root__category__forum=forum,
        person__in=seen.order_by().values("person"),
        state__in=[ClaimState.WAITING, ClaimState.OFFERED],
    )
    if category:
        rows = rows.filter(root__category__code=category)
    return rows.order_by("root__category__seniority", "root__category", "state", "rank", "pk")


def registrations_of(user: User, claims: Iterable[Claim]) -> list[Registration]:
    """Their applications, in the same order; two queries."""
    persons = [claim.person_id for claim in claims]
    rows = registrations_visible_to(user).filter(person__in=persons, state=RegistrationState.WAITLISTED)
    found = {row.person_id: row for row in rows}
    return [found[person] for person in persons if person in found]


def _lines(roots: Iterable[int]) -> dict[int, list[int]]:
    """Claims in the order of each line, by key of the pool."""
    lines: dict[int, list[int]] = defaultdict(list)
    rows = Claim.objects.in_line().filter(root__in=roots)
    for claim, pool, root, overflows in rows.values_list("pk", "pool_id", "root_id", "pool__overflows"):
        lines[pool].append(claim)
        if overflows:
            lines[root].append(claim)
    return lines


def _standings(claim: Claim, lines: dict[int, list[int]]) -> Iterable[Standing]:
    own = [claim.pool, claim.root] if claim.pool.overflows else [claim.pool]
    for pool in own:
        if claim.pk in lines[pool.pk]:
            yield Standing(pool, lines[pool.pk].index(claim.pk) + 1, len(lines[pool.pk]))

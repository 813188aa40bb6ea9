"""May this person have a place here? Pure functions over plain facts; every refusal is a code with its facts.

Sources: domain rules of choosing a site visit. The country of the document shown at the gate decides the deadline, the
age counts on the day of the visit, periods are half-open: back to back is legal, one minute of overlap is not.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from agenda.enums import Refusal


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """A time that takes a person up, from one venue to another (keys; None where the way is of no account).

    `what` names it. `fixed`: it stands for everybody, as a plenary session does, and no way to it is reckoned.
    """

    starts: datetime
    ends: datetime
    starts_at: int | None = None
    ends_at: int | None = None
    what: str = ""
    fixed: bool = False


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why not. `facts` are what the sentence needs: moments, minutes, ages, names of other bookings."""

    code: Refusal
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Who wants the place. `busy`: everything that takes them up already, the wanted place itself left out."""

    is_confirmed: bool
    comes_in_person: bool
    birth_date: date | None
    busy: Sequence[Stretch] = ()


@dataclass(frozen=True, kw_only=True)
class VisitTerms:
    """What a run of a visit demands of this person: `list_until` is the deadline for their document."""

    day: date
    min_age: int
    list_until: datetime


Travel = Mapping[tuple[int, int], int]
"""Minutes between two venues, under both orders."""


def seat_reasons(candidate: Candidate, wanted: Sequence[Stretch], *, travel: Travel, at: datetime) -> list[Reason]:
    """Every reason against a seat in a session; empty when there is none."""
    return [*_about_participation(candidate), *_about_time(candidate, wanted, travel=travel, at=at)]


def visit_reasons(
    candidate: Candidate, wanted: Sequence[Stretch], *, terms: VisitTerms, travel: Travel, at: datetime
) -> list[Reason]:
    """Every reason against a place in a visit; empty when there is none."""
    return [
        *_about_participation(candidate),
        *_about_age(candidate, terms),
        *_about_the_list(terms, at=at),
        *_about_time(candidate, wanted, travel=travel, at=at),
    ]


def age_on(day: date, *, born: date) -> int:
    """Full years on `day`. Whoever was born on 29 February is a year older on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _about_participation(candidate: Candidate) -> Iterator[Reason]:
    if not candidate.is_confirmed:
        yield Reason(code=Refusal.NOT_CONFIRMED)
    elif not candidate.comes_in_person:
        yield Reason(code=Refusal.ONLINE_ONLY)


def _about_age(candidate: Candidate, terms: VisitTerms) -> Iterator[Reason]:
    if candidate.birth_date is None:
        yield Reason(code=Refusal.BIRTH_DATE_MISSING, facts={"min_age": terms.min_age})
        return
    age = age_on(terms.day, born=candidate.birth_date)
    if age < terms.min_age:
        yield Reason(code=Refusal.TOO_YOUNG, facts={"age": age, "min_age": terms.min_age, "day": terms.day})


def _about_the_list(terms: VisitTerms, *, at: datetime) -> Iterator[Reason]:
    if terms.list_until <= at:
        yield Reason(code=Refusal.LIST_CLOSED, facts={"until": terms.list_until})


def _about_time(candidate: Candidate, wanted: Sequence[Stretch], *, travel: Travel, at: datetime) -> Iterator[Reason]:
    if not wanted or min(stretch.starts for stretch in wanted) <= at:
        yield Reason(code=Refusal.OVER)
    clashing = [busy for busy in candidate.busy if any(_overlap(busy, stretch) for stretch in wanted)]
    yield from (Reason(code=Refusal.CLASH, facts=_facts(busy)) for busy in _each_once(clashing))
    if not clashing:
        yield from _about_the_way(candidate.busy, wanted, travel=travel)


def _about_the_way(busy: Sequence[Stretch], wanted: Sequence[Stretch], *, travel: Travel) -> Iterator[Reason]:
    """From the last thing before and to the first thing after each stretch. The first gap that is too short is told."""
    movable = [stretch for stretch in busy if not stretch.fixed]
    for stretch in wanted:
        before = max((b for b in movable if b.ends <= stretch.starts), key=lambda b: b.ends, default=None)
        after = min((b for b in movable if b.starts >= stretch.ends), key=lambda b: b.starts, default=None)
        for first, second, neighbour in ((before, stretch, before), (stretch, after, after)):
            if first is None or second is None or neighbour is None:
                continue
            gap = gap_between(first, second, travel=travel)
            if gap.needed > gap.minutes:
                yield Reason(
                    code=Refusal.TRAVEL, facts=_facts(neighbour) | {"needed": gap.needed, "minutes": gap.minutes}
                )
                return


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Minutes between two stretches, and how many the way takes."""

    minutes: int
    needed: int


def gap_between(first: Stretch, second: Stretch, *, travel: Travel) -> Gap:
    """What lies between the end of `first` and the start of `second`."""
    ways = (first.ends_at, second.starts_at)
    needed = 0 if ways[0] is None or ways[1] is None or ways[0] == ways[1] else travel.get((ways[0], ways[1]), 0)
    return Gap(minutes=(second.starts - first.ends) // timedelta(minutes=1), needed=needed)


def _overlap(one: Stretch, other: Stretch) -> bool:
    return one.starts < other.ends and other.starts < one.ends


def _facts(stretch: Stretch) -> dict[str, Any]:
    return {"what": stretch.what, "starts": stretch.starts, "ends": stretch.ends, "fixed": stretch.fixed}


def _each_once(stretches: Iterable[Stretch]) -> list[Stretch]:
    """A visit with two windows is one thing to give back."""
    return list({stretch.what: stretch for stretch in reversed(list(stretches))}.values())[::-1]

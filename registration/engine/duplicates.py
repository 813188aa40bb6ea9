"""Which applications may be one person's: pure, over plain facts. A suspicion, never a verdict: namesakes exist."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from registration.enums import Likeness

WEIGHTS = {Likeness.DOCUMENT: 8, Likeness.BIRTH_DATE: 4, Likeness.EMAIL: 2, Likeness.NAME: 1}
BORN_APART = -4
"""Two birth dates that differ speak against it, but one may be mistyped."""


@dataclass(frozen=True)
class Facts:
    """What is compared of one application. `names`: surname and given name folded, in every script that was given."""

    pk: int
    names: frozenset[tuple[str, str]]
    patronymic: str = ""
    birth_date: date | None = None
    email: str = ""
    document: bytes | None = None


@dataclass(frozen=True)
class Pair:
    """Two applications, the lower key first, and what is the same; the strongest first."""

    first: int
    second: int
    same: tuple[Likeness, ...]
    born_apart: bool

    @property
    def strength(self) -> int:
        """The higher, the likelier it is one person."""
        return sum(WEIGHTS[one] for one in self.same) + (BORN_APART if self.born_apart else 0)


def pairs(people: Sequence[Facts], *, apart: Collection[tuple[int, int]] = ()) -> list[Pair]:
    """Every pair with one name or one document, but those in `apart`; the strongest first, then by key."""
    known, found = {one.pk: one for one in people}, []
    for first, second in _candidates(people) - set(apart):
        pair = _compared(known[first], known[second])
        if pair:
            found.append(pair)
    return sorted(found, key=lambda pair: (-pair.strength, pair.first, pair.second))


def _candidates(people: Iterable[Facts]) -> set[tuple[int, int]]:
    alike: dict[object, list[int]] = defaultdict(list)
    for one in people:
        for key in one.names:
            alike[key].append(one.pk)
        if one.document:
            alike[one.document].append(one.pk)
    return {(min(pair), max(pair)) for keys in alike.values() for pair in combinations(keys, 2)}


def _compared(one: Facts, other: Facts) -> Pair | None:
    """None for namesakes whose patronymics differ, where nothing else is the same."""
    same = tuple(_same(one, other))
    differ = bool(one.patronymic and other.patronymic and one.patronymic != other.patronymic)
    if same == (Likeness.NAME,) and differ:
        return None
    born_apart = bool(one.birth_date and other.birth_date and one.birth_date != other.birth_date)
    return Pair(one.pk, other.pk, same, born_apart)


def _same(one: Facts, other: Facts) -> Iterator[Likeness]:
    if one.document and one.document == other.document:
        yield Likeness.DOCUMENT
    if one.birth_date and one.birth_date == other.birth_date:
        yield Likeness.BIRTH_DATE
    if one.email and one.email == other.email:
        yield Likeness.EMAIL
    if one.names & other.names:
        yield Likeness.NAME

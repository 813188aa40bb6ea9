"""Who comes from where, in which category, and how far each application has got. Pure functions of a random generator."""

from dataclasses import dataclass
from random import Random
from typing import TypeVar

from registration.enums import RegistrationState

S = RegistrationState
Choice = TypeVar("Choice")
WEIGHTS = {"UZ": 26, "BY": 24, "RU-SPE": 28, "RU-KEM": 34, "RU-TOM": 16, "RU-NVS": 16, "RU-MOW": 14}
"""How many of a hundred times ten people; every other region counts as `USUAL`."""
USUAL = 10
CATEGORIES = {
    "RU-KEM": [("host_rep", 6), ("organiser", 8), ("volunteer", 8), ("guide", 4), ("technical", 3), ("delegate", 5)],
    "RU-SPE": [("partner_team", 5), ("speaker", 5), ("delegate", 14), ("school", 2), ("interpreter", 2)],
}
FOREIGN = [("delegate_intl", 17), ("speaker", 3), ("official", 2), ("interpreter", 1)]
GUESTS = [("delegate", 14), ("school", 3), ("speaker", 2), ("official", 2), ("media", 1), ("online", 1)]
STATES = [
    (S.CONFIRMED, 68),
    (S.APPROVED, 8),
    (S.SUBMITTED, 10),
    (S.NEEDS_CHANGES, 3),
    (S.WAITLISTED, 2),
    (S.REJECTED, 2),
    (S.CANCELLED, 3),
    (S.DRAFT, 3),
    (S.BLOCKED, 1),
]


@dataclass(frozen=True)
class Planned:
    """One delegate to be invented."""

    delegation: str
    citizenship: str
    category: str
    state: RegistrationState


LINE = "delegate_intl"
"""The one quota of the demo that is used up, so that somebody waits."""


def plan(rng: Random, *, count: int, regions: list[str]) -> list[Planned]:
    """`count` delegates; the first from each region is confirmed, so that no delegation stays empty.

    Those who will wait come last, when the quota of `LINE` is used up.
    """
    firsts = [_planned(rng, code, S.CONFIRMED) for code in regions][:count]
    weights = [WEIGHTS.get(code, USUAL) for code in regions]
    others = rng.choices(regions, weights=weights, k=count - len(firsts))
    planned = firsts + [_planned(rng, code, _pick(rng, STATES)) for code in others]
    return sorted(planned, key=lambda p: p.state == S.WAITLISTED)


def _planned(rng: Random, delegation: str, state: RegistrationState) -> Planned:
    if state == S.WAITLISTED:
        foreign = rng.choice(["UZ", "BY"])
        return Planned(foreign, foreign, LINE, state)
    citizenship = delegation if delegation in ("UZ", "BY") else "RU"
    choices = FOREIGN if citizenship != "RU" else CATEGORIES.get(delegation, GUESTS)
    return Planned(delegation, citizenship, _pick(rng, choices), state)


def _pick(rng: Random, weighted: list[tuple[Choice, int]]) -> Choice:
    values, weights = zip(*weighted, strict=True)
    return rng.choices(values, weights=weights)[0]

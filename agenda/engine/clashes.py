"""What cannot happen at once. Periods are half-open: back to back is legal, one minute of overlap is not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations


@dataclass(frozen=True, kw_only=True)
class Use:
    """`what` (kind and key: a hall, a speaker) is needed by `session` from `starts` to `ends`."""

    what: tuple[str, str]
    session: str
    starts: datetime
    ends: datetime


@dataclass(frozen=True, kw_only=True)
class Clash:
    """Two sessions that need the same thing at the same time; the period is their overlap."""

    what: tuple[str, str]
    sessions: tuple[str, str]
    starts: datetime
    ends: datetime


def clashes(uses: Iterable[Use]) -> list[Clash]:
    """Every pair of different sessions that overlap on the same thing, earliest first."""
    ordered = sorted(uses, key=lambda use: (use.starts, use.session))
    found = [_clash(first, second) for first, second in combinations(ordered, 2) if _overlap(first, second)]
    return sorted(found, key=lambda clash: (clash.starts, clash.sessions))


def _overlap(first: Use, second: Use) -> bool:
    same = first.what == second.what and first.session != second.session
    return same and first.starts < second.ends and second.starts < first.ends


def _clash(first: Use, second: Use) -> Clash:
    return Clash(
        what=first.what,
        sessions=(first.session, second.session),
        starts=max(first.starts, second.starts),
        ends=min(first.ends, second.ends),
    )

"""The run of a visit: legs in order, and the free hours between two busy windows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from agenda.engine.texts import NOTHING, Text

FREE, PAUSE = "free", "pause"
LONG_GAP = timedelta(minutes=60)
"""A shorter gap is a pause between two legs; a longer one is time of one's own, as on the southern route."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """A leg, or `FREE` time or a `PAUSE` between two legs (then without a title)."""

    kind: str
    title: Text
    starts: datetime
    ends: datetime

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return int((self.ends - self.starts).total_seconds() // 60)


def with_gaps(legs: Sequence[Step]) -> list[Step]:
    """`legs` with a step for every gap between them, so that their minutes add up to the whole way."""
    steps: list[Step] = []
    for leg in legs:
        if steps and (gap := leg.starts - steps[-1].ends):
            kind = FREE if gap >= LONG_GAP else PAUSE
            steps.append(Step(kind=kind, title=NOTHING, starts=steps[-1].ends, ends=leg.starts))
        steps.append(leg)
    return steps


def busy_windows(legs: Iterable[Step]) -> list[tuple[datetime, datetime]]:
    """When the visitor is occupied: legs run together unless a long gap parts them."""
    windows: list[tuple[datetime, datetime]] = []
    for leg in legs:
        if windows and leg.starts - windows[-1][1] < LONG_GAP:
            windows[-1] = (windows[-1][0], max(windows[-1][1], leg.ends))
        else:
            windows.append((leg.starts, leg.ends))
    return windows

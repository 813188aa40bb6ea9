"""One's own day as a strip: what one does, the ways between, the free time, and what cannot be both."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from agenda.engine.eligibility import Stretch, Travel, gap_between

SHORTEST_FREE = timedelta(minutes=15)
"""A shorter pause is not worth a line."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Something one does; `about` is whatever the page wants to show of it."""

    stretch: Stretch
    about: Any


@dataclass(frozen=True, kw_only=True)
class Block:
    """A line of the strip: `entry`, `way` (with `needed` minutes of `minutes`) or `free`."""

    kind: str
    starts: datetime
    ends: datetime
    entry: Entry | None = None
    needed: int = 0
    clashes: bool = False

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return (self.ends - self.starts) // timedelta(minutes=1)

    @property
    def too_short(self) -> bool:
        """The way takes longer than there is time."""
        return self.needed > self.minutes


def days(entries: Iterable[Entry], *, travel: Travel, zone: tzinfo) -> list[tuple[date, list[Block]]]:
    """The strip of each day on which there is something, in the time of `zone`."""
    ordered = sorted(entries, key=lambda entry: (entry.stretch.starts, entry.stretch.ends))
    by_day: dict[date, list[Entry]] = {}
    for entry in ordered:
        by_day.setdefault(entry.stretch.starts.astimezone(zone).date(), []).append(entry)
    return [(day, _strip(own, travel=travel)) for day, own in by_day.items()]


def _strip(entries: Sequence[Entry], *, travel: Travel) -> list[Block]:
    blocks: list[Block] = []
    last: Entry | None = None
    for entry in entries:
        clashes = last is not None and last.stretch.ends > entry.stretch.starts
        if last is not None and not clashes:
            blocks += _between(last.stretch, entry.stretch, travel=travel)
        blocks.append(_block(entry, clashes=clashes))
        # Of two at once the longer one decides what comes after.
        last = entry if last is None or entry.stretch.ends >= last.stretch.ends else last
    return blocks


def _block(entry: Entry, *, clashes: bool) -> Block:
    stretch = entry.stretch
    return Block(kind="entry", starts=stretch.starts, ends=stretch.ends, entry=entry, clashes=clashes)


def _between(first: Stretch, second: Stretch, *, travel: Travel) -> list[Block]:
    gap = gap_between(first, second, travel=travel)
    if gap.needed:
        return [Block(kind="way", starts=first.ends, ends=second.starts, needed=gap.needed)]
    if second.starts - first.ends >= SHORTEST_FREE:
        return [Block(kind="free", starts=first.ends, ends=second.starts)]
    return []

"""Where a session stands on the board of one day: halls are columns, moments at which something changes are lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from agenda.engine.programme import ALONE, Hall


class Event(Protocol):
    """Whatever takes a hall for a time: a session, or in the team's room a period of which no more may be said."""

    @property
    def kind(self) -> str:
        """The form of a session; empty when nobody may know."""

    @property
    def hall(self) -> Hall:
        """Where."""

    @property
    def linked(self) -> tuple[Hall, ...]:
        """Where else at the same time."""

    @property
    def starts(self) -> datetime:
        """From."""

    @property
    def ends(self) -> datetime:
        """Until."""

    @property
    def is_for_everybody(self) -> bool:
        """Meals and the like."""


@dataclass(frozen=True)
class Placed:
    """A session, or its reflection in a linked hall: lines `row`–`row_end`, columns `column`–`column_end` (from 1)."""

    item: Event
    row: int
    row_end: int
    column: int
    column_end: int
    is_link: bool = False

    @property
    def is_across(self) -> bool:
        """Over several halls; then the session names its own."""
        return self.column_end - self.column > 1


@dataclass(frozen=True)
class Line:
    """A moment on the time axis and the minutes until the next one; `placed` are the sessions that start at it."""

    row: int
    at: datetime
    minutes: int
    placed: tuple[Placed, ...]

    @property
    def quarters(self) -> int:
        """Minutes in quarters of an hour, 1 to 12: how tall the line is at least."""
        return min(max(round(self.minutes / 15), 1), 12)

    @property
    def starts_something(self) -> bool:
        """Whether a session starts here; else the line only ends one."""
        return any(not spot.is_link for spot in self.placed)


@dataclass(frozen=True)
class Board:
    """One day."""

    halls: tuple[Hall, ...]
    lines: tuple[Line, ...]


def board(items: Sequence[Event]) -> Board:
    """Halls get a column when a session is held there; what is for everybody lies across the columns free at that time.

    A linked hall shows a session's reflection where it has a column of its own; else the session names it.
    """
    across = bands(items)
    held = [item for item in items if item not in across]
    halls = columns(held)
    moments = sorted({moment for item in items for moment in (item.starts, item.ends)})
    rows = {moment: row for row, moment in enumerate(moments, start=1)}
    placed = [_across(item, held=held, halls=halls, rows=rows) for item in across]
    placed += [spot for item in held for spot in _in_halls(item, halls=halls, rows=rows)]
    placed.sort(key=lambda spot: spot.column)
    lines = [
        Line(row, at, _minutes(at, moments[row : row + 1]), tuple(spot for spot in placed if spot.row == row))
        for at, row in rows.items()
    ]
    return Board(tuple(halls), tuple(lines))


def columns(held: Sequence[Event]) -> list[Hall]:
    """Halls in the order of the venue."""
    return sorted({item.hall for item in held}, key=lambda hall: (hall.position, hall.key))


def bands(items: Sequence[Event]) -> list[Event]:
    """Sessions that lie across the board: plenaries with nothing beside them, and meals where columns are free below.

    Not over one another; and none when nothing else happens, for then their halls are the columns.
    """
    chosen: list[Event] = []
    for item in items:
        if item.is_for_everybody or _is_alone(item, items=items):
            chosen += [] if any(_meanwhile(item, other) for other in chosen) else [item]
    held = [item for item in items if item not in chosen]
    return [item for item in chosen if _free_columns(item, held=held, halls=columns(held))]


def _is_alone(item: Event, *, items: Sequence[Event]) -> bool:
    return item.kind in ALONE and not any(_meanwhile(item, other) for other in items if other is not item)


def _across(item: Event, *, held: Sequence[Event], halls: list[Hall], rows: dict[datetime, int]) -> Placed:
    free = _free_columns(item, held=held, halls=halls)
    return Placed(item, rows[item.starts], rows[item.ends], free.start, free.stop)


def _in_halls(item: Event, *, halls: list[Hall], rows: dict[datetime, int]) -> list[Placed]:
    row, row_end = rows[item.starts], rows[item.ends]
    own = halls.index(item.hall) + 1
    links = [halls.index(hall) + 1 for hall in item.linked if hall in halls]
    return [
        Placed(item, row, row_end, own, own + 1),
        *(Placed(item, row, row_end, column, column + 1, is_link=True) for column in links),
    ]


def _free_columns(band: Event, *, held: Sequence[Event], halls: list[Hall]) -> range:
    """The widest run of columns in which nothing else happens meanwhile; empty when there is none."""
    busy = {hall for item in held if _meanwhile(item, band) for hall in (item.hall, *item.linked)}
    runs, start = [range(0)], 1
    for column, hall in enumerate([*halls, None], start=1):
        if hall is None or hall in busy:
            runs.append(range(start, column))
            start = column + 1
    return max(runs, key=len)


def _meanwhile(one: Event, other: Event) -> bool:
    return one.starts < other.ends and other.starts < one.ends


def _minutes(at: datetime, following: list[datetime]) -> int:
    return int((following[0] - at).total_seconds() // 60) if following else 0

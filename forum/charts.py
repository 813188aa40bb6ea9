"""Geometry of the pictures: pure functions from numbers to places. Templates draw them as inline SVG.

Shares are percentages of the picture's width, so a picture fits any screen while its text keeps its size.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, cos, pi, sin

TILE = 100
GAP = 8
LEVELS = 4
NICE_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000)


@dataclass(frozen=True)
class RegionCount:
    """A region on the tile map: its place in the grid and how many people it has."""

    code: str
    name: str
    x: int
    y: int
    count: int
    role: str = "guest"
    """`guest`, `partner` or `host`; the host is drawn apart and left out of the steps of colour."""


@dataclass(frozen=True)
class Tile:
    """One drawn region, in units of the picture."""

    region: RegionCount
    left: int
    top: int
    level: int

    @property
    def middle(self) -> int:
        """Where its texts are centred."""
        return self.left + TILE // 2


@dataclass(frozen=True)
class LevelRange:
    """One step of the legend: counts from `low` to `high`, both included."""

    level: int
    low: int
    high: int


@dataclass(frozen=True)
class TileMap:
    """Regions as equal tiles: the eye compares numbers, not areas of land."""

    width: int
    height: int
    tiles: list[Tile]
    legend: list[LevelRange]


def level_ranges(counts: Iterable[int]) -> list[LevelRange]:
    """At most four equal steps from 1 to the largest count; empty when nobody is there yet."""
    top = max(counts, default=0)
    if top == 0:
        return []
    step = ceil(top / LEVELS)
    lows = range(1, top + 1, step)
    return [LevelRange(level, low, min(low + step - 1, top)) for level, low in enumerate(lows, start=1)]


def tile_map(regions: Iterable[RegionCount]) -> TileMap:
    """Places the tiles. The grid is cut to the tiles it has, so an empty edge takes no room."""
    rows = list(regions)
    if not rows:
        return TileMap(0, 0, [], [])
    legend = level_ranges(row.count for row in rows if row.role != "host")
    west, north = min(row.x for row in rows), min(row.y for row in rows)
    columns, lines = max(row.x for row in rows) - west + 1, max(row.y for row in rows) - north + 1
    pitch = TILE + GAP
    tiles = [
        Tile(row, (row.x - west) * pitch, (row.y - north) * pitch, level_of(row.count, legend=legend))
        for row in sorted(rows, key=lambda row: (row.y, row.x))
    ]
    return TileMap(columns * pitch - GAP, lines * pitch - GAP, tiles, legend)


def level_of(count: int, *, legend: Sequence[LevelRange]) -> int:
    """The step of colour of a count: 0 for nobody, the last step for more than the legend knows."""
    if count <= 0 or not legend:
        return 0
    return next((step.level for step in legend if count <= step.high), legend[-1].level)


@dataclass(frozen=True)
class Bar:
    """A bar: left edge and width in per cent of the picture, top and height in pixels."""

    label: str
    value: int
    left: float
    width: float
    top: float
    height: float
    marked: bool
    labelled: bool


@dataclass(frozen=True)
class Tick:
    """A line of the scale, `y` pixels from the top."""

    value: int
    y: float


@dataclass(frozen=True)
class BarChart:
    """Bars over equal steps of time. `plot` is the height of the bars' field in pixels, `edges` label the axis."""

    plot: int
    bars: list[Bar]
    ticks: list[Tick]
    total: int


def nice_top(largest: int, *, lines: int = 4) -> tuple[int, int]:
    """The top of the scale and its step, so that at most `lines` round steps hold the largest value."""
    step = next((step for step in NICE_STEPS if step * lines >= largest), ceil(largest / lines))
    return step * max(1, ceil(largest / step)), step


def bar_chart(points: Sequence[tuple[str, int]], *, marked: str = "", every: int = 1, plot: int = 160) -> BarChart:
    """Bars for (label, value) in order; `marked` (now) is set off, every `every`-th bar has its label under the axis."""
    if not points:
        return BarChart(plot, [], [], 0)
    top, step = nice_top(max(value for _, value in points))
    share = 100 / len(points)
    bars = [
        Bar(
            label=label,
            value=value,
            left=round(index * share + share * 0.12, 3),
            width=round(share * 0.76, 3),
            top=round(plot - plot * value / top, 1),
            height=round(plot * value / top, 1),
            marked=bool(marked) and label == marked,
            labelled=index % every == 0,
        )
        for index, (label, value) in enumerate(points)
    ]
    ticks = [Tick(value, round(plot - plot * value / top, 1)) for value in range(0, top + 1, step)]
    return BarChart(plot, bars, ticks, sum(value for _, value in points))


@dataclass(frozen=True)
class Leg:
    """A part of a plant visit: what (`bus`, `gate`, `induction`, `tour`, `museum`, …), its title and minutes."""

    kind: str
    title: str
    minutes: int
    start: str = ""


@dataclass(frozen=True)
class Segment:
    """A leg on the strip, in per cent of its width."""

    leg: Leg
    left: float
    width: float


def route_strip(legs: Sequence[Leg]) -> list[Segment]:
    """Legs beside one another, as wide as they are long. Legs without minutes take no room."""
    total = sum(leg.minutes for leg in legs) or 1
    segments, left = [], 0.0
    for leg in legs:
        width = 100 * leg.minutes / total
        segments.append(Segment(leg, round(left, 3), round(width, 3)))
        left += width
    return segments


def fill_share(taken: int, *, places: int) -> float:
    """How full something is, in per cent, never past its edges; nothing to fill counts as full."""
    if places <= 0:
        return 100.0
    return round(min(100.0, max(0.0, 100 * taken / places)), 1)


def ring_arc(share: float, *, radius: float, centre: float) -> str:
    """The path of an arc from twelve o'clock, clockwise, for `share` per cent; empty for nothing.

    A full circle cannot be one arc, so it stops just short of closing.
    """
    if share <= 0:
        return ""
    turn = 2 * pi * min(share, 99.999) / 100
    x, y = centre + radius * sin(turn), centre - radius * cos(turn)
    large = 1 if turn > pi else 0
    return f"M{centre:g} {centre - radius:g}A{radius:g} {radius:g} 0 {large} 1 {x:.3f} {y:.3f}"

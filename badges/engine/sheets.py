"""A print run: any number of badges in one PDF, each on a page of its own or four to an A4 sheet with cut marks.

Badges are drawn and written one by one, so memory does not grow with their number. A badge that must not be printed is
reported and left out; the others are printed.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from badges.engine.checks import problems_of
from badges.engine.drawing.front import HEIGHT, WIDTH
from badges.engine.drawing.palette import SLATE
from badges.engine.facts import BadgeFacts, Problem
from badges.engine.layout import A6, TITLE, draw_badge
from forum.pdf import MM, StreamingCanvas
from forum.pdf.document import Writable

Sheet = Literal["a6", "a4"]
A4 = (210 * MM, 297 * MM)
PROGRESS_EVERY = 20
_ROW = 297 / 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Flagged:
    """A badge left out: its place among the facts, from 0, and why."""

    index: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class BatchReport:
    """What a print run holds. `pages` are sides of paper."""

    printed: int
    pages: int
    flagged: tuple[Flagged, ...]


def render_batch(
    facts: Iterable[BadgeFacts],
    out: Writable,
    *,
    sheet: Sheet = "a6",
    sides: Literal[1, 2] = 1,
    on_progress: Callable[[int], object] | None = None,
) -> BatchReport:
    """Write all badges to `out` as one PDF; `facts` is read once, as it is needed.

    `on_progress` is told, every `PROGRESS_EVERY` badges and at the end, how many are done, flagged ones included; what it
    raises stops the run. Two sides: backs follow their fronts, mirrored on A4 for turning over the long edge. When no
    badge may be printed, nothing is written.
    """
    run = _Run(out, sheet=sheet, sides=sides, on_progress=on_progress or (lambda done: None))
    return run.render(facts)


class _Run:
    def __init__(self, out: Writable, *, sheet: Sheet, sides: int, on_progress: Callable[[int], object]) -> None:
        self._out, self._sheet, self._sides, self._on_progress = out, sheet, sides, on_progress
        self._canvas: StreamingCanvas | None = None
        self._flagged: list[Flagged] = []
        self._done = self._pages = 0

    def render(self, facts: Iterable[BadgeFacts]) -> BatchReport:
        printable = self._printable(facts)
        places = _PLACES[self._sheet]
        printed = 0
        while group := list(islice(printable, len(places))):
            self._draw(group, places)
            printed += len(group)
        if self._canvas:
            self._canvas.save()
        self._on_progress(self._done)
        return BatchReport(printed=printed, pages=self._pages, flagged=tuple(self._flagged))

    def _printable(self, facts: Iterable[BadgeFacts]) -> Iterator[BadgeFacts]:
        """Facts without problems; the others are flagged on the way."""
        for index, badge in enumerate(facts):
            if problems := problems_of(badge):
                self._flagged.append(Flagged(index=index, problems=problems))
            else:
                yield badge
            self._done += 1
            if self._done % PROGRESS_EVERY == 0:
                self._on_progress(self._done)

    def _draw(self, group: Sequence[BadgeFacts], places: Sequence[tuple[float, float]]) -> None:
        """One sheet, both sides."""
        canvas = self._canvas = self._canvas or self._open(group[0])
        for back in (False, True)[: self._sides]:
            for badge, (x, y) in zip(group, places, strict=False):
                mirrored = A4[0] - A6[0] - x if back and self._sheet == "a4" else x
                draw_badge(canvas, badge, x=mirrored, y=y, back=back)
            if self._sheet == "a4":
                _cut_marks(canvas)
            canvas.showPage()
            self._pages += 1

    def _open(self, first: BadgeFacts) -> StreamingCanvas:
        pagesize = A6 if self._sheet == "a6" else A4
        return StreamingCanvas(self._out, pagesize=pagesize, title=TITLE, author=first.forum_title)


def _a4_places() -> Iterator[tuple[float, float]]:
    """Four A6 in reading order; each stands in the middle of its quarter, half a millimetre is left between rows."""
    spare = (_ROW - HEIGHT) / 2
    for row in (1, 0):
        for column in (0, 1):
            yield column * WIDTH * MM, (row * _ROW + spare) * MM


_PLACES: dict[Sheet, tuple[tuple[float, float], ...]] = {"a6": ((0, 0),), "a4": tuple(_a4_places())}


def _cut_marks(canvas: StreamingCanvas) -> None:
    """Where to cut: short lines at the edges, inside what office printers can print, and a cross in the middle."""
    width, height, middle = 210.0, 297.0, 105.0
    canvas.setStrokeColor(SLATE)
    canvas.setLineWidth(0.3)
    for start, end in ((5, 9), (_ROW - 4, _ROW + 4), (height - 9, height - 5)):
        canvas.line(middle * MM, start * MM, middle * MM, end * MM)
    for start, end in ((5, 9), (middle - 4, middle + 4), (width - 9, width - 5)):
        canvas.line(start * MM, _ROW * MM, end * MM, _ROW * MM)

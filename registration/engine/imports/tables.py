"""The table in a file: where its heads stand, its rows with the numbers that the spreadsheet shows, every cell as text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from registration.engine.imports.columns import guess, knows
from registration.engine.imports.files import ImportFileError

MOST_ROWS = 10_000
MOST_COLUMNS = 60
_SEARCHED = 10
"""Lines among which the heads are looked for: a title often stands above them."""
_MOST_BLANK = 2_000
"""Formatted empty rows below a table run on to the millionth; after so many there is nothing more."""

Lines = Iterable[tuple[int, Sequence[object]]]


@dataclass(frozen=True)
class Table:
    """`rows`: (number as the spreadsheet shows it, one text for each head). Blank rows are left out."""

    heads: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    encoding: str = ""
    delimiter: str = ""


def table_of(lines: Lines, *, encoding: str = "", delimiter: str = "") -> Table:
    """Find the heads, take the rows below. `lines` are numbered from 1.

    Raises `ImportFileError`: `file.no_rows`, `file.no_header`, `file.many_rows`, `file.many_columns`.
    """
    filled = _filled(lines)
    top = [line for _nothing, line in zip(range(_SEARCHED), filled, strict=False)]
    if not top:
        raise ImportFileError("file.no_rows")
    at = _head_line(top)
    heads = top[at][1]
    rows = [(number, _fitted(cells, len(heads))) for number, cells in top[at + 1 :]]
    for number, cells in filled:
        rows.append((number, _fitted(cells, len(heads))))
        if len(rows) > MOST_ROWS:
            raise ImportFileError("file.many_rows", most=MOST_ROWS)
    if not rows:
        raise ImportFileError("file.no_rows")
    return Table(heads, tuple(rows), encoding, delimiter)


def _filled(lines: Lines) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Lines that say something, each cell as text, without the empty cells at the end."""
    blank = 0
    for number, cells in lines:
        texts = [as_text(cell) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if len(texts) > MOST_COLUMNS:
            raise ImportFileError("file.many_columns", most=MOST_COLUMNS)
        blank = 0 if texts else blank + 1
        if texts:
            yield number, tuple(texts)
        elif blank > _MOST_BLANK:
            return


def _head_line(top: Sequence[tuple[int, tuple[str, ...]]]) -> int:
    """The line with most known heads; without any, the first line, as long as it looks like heads at all."""
    known = [0 if _has_address(cells) else sum(map(bool, guess(cells))) for _number, cells in top]
    best = max(range(len(top)), key=lambda at: (known[at], -at))
    if known[best]:
        return best
    first = top[0][1]
    if len(first) < 2 or any(_is_value(cell) for cell in first):
        raise ImportFileError("file.no_header")
    return 0


def _has_address(cells: Sequence[str]) -> bool:
    return any("@" in cell for cell in cells)


def _is_value(text: str) -> bool:
    return "@" in text or any(char.isdigit() for char in text) or (bool(text) and not knows(text) and len(text) > 60)


def _fitted(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return (cells + ("",) * width)[:width]


def as_text(cell: object) -> str:
    """What a cell says. A day is written as ISO; a whole number without its `.0`."""
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()

"""A numbered list on A4, drawn with our fonts. Words come in ready; nothing here knows the language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from forum.pdf.document import MM, new_canvas
from forum.pdf.fonts import BOLD, REGULAR, SEMIBOLD
from forum.pdf.text import fit_or_cut, fit_text

PAGE = landscape(A4)
LEFT, TOP, BOTTOM = 15 * MM, PAGE[1] - 14 * MM, 16 * MM
FULL = 267
"""Millimetres between the margins: what the columns of a list come to."""
SIZE, SMALL, LEADING, PADDING = 9.5, 7.0, 1.25, 1.6 * MM


@dataclass(frozen=True, kw_only=True)
class ListSheet:
    """Everything that is printed. `widths` of the columns in millimetres; `whole` are those that are shrunk but never cut.
    `page_words` holds the places `%(page)s` and `%(pages)s`.
    """

    letterhead: tuple[str, str]
    title: str
    facts: tuple[tuple[str, str], ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    whole: tuple[int, ...]
    foot: str
    page_words: str
    sign: tuple[str, str]
    nobody: str
    lines: int = 3
    """At most in one cell."""


@dataclass(frozen=True)
class _Row:
    """Fitted cells (lines and size) and the height of the highest one."""

    cells: tuple[tuple[tuple[str, ...], float], ...]
    height: float


def draw_list(out: IO[bytes], sheet: ListSheet) -> int:
    """Draw the whole document and return its number of pages."""
    canvas = new_canvas(out, pagesize=PAGE, title=sheet.title)
    pages = _pages([_fitted(row, sheet) for row in sheet.rows], sheet)
    for number, rows in enumerate(pages, start=1):
        y = _head(canvas, sheet) if number == 1 else TOP
        y = _rows(canvas, sheet, rows, y)
        if number == len(pages):
            _signatures(canvas, sheet, y)
        _foot(canvas, sheet, sheet.page_words % {"page": number, "pages": len(pages)})
        canvas.showPage()
    canvas.save()
    return len(pages)


def _fitted(row: Sequence[str], sheet: ListSheet) -> _Row:
    cells = []
    for column, (text, width) in enumerate(zip(row, sheet.widths, strict=True)):
        fit = fit_text if column in sheet.whole else fit_or_cut
        box = width * MM - 2 * PADDING
        fitted = fit(
            text, font=REGULAR, width=box, max_size=SIZE, min_size=SMALL, max_lines=sheet.lines, one_line_from=8
        )
        cells.append((fitted.lines, fitted.size))
    return _Row(tuple(cells), max(len(lines) * size * LEADING for lines, size in cells) + 2 * PADDING)


def _head_height(sheet: ListSheet) -> float:
    return (28 + 6 * len(sheet.facts)) * MM


def _pages(rows: Sequence[_Row], sheet: ListSheet) -> list[list[_Row]]:
    """As many rows on a page as fit; the signatures stand under the last ones."""
    pages: list[list[_Row]] = [[]]
    head, signs = 8 * MM, 22 * MM
    room = TOP - BOTTOM - _head_height(sheet) - head
    for number, row in enumerate(rows, start=1):
        needed = row.height + (signs if number == len(rows) else 0)
        if needed > room and pages[-1]:
            pages.append([])
            room = TOP - BOTTOM - head
        pages[-1].append(row)
        room -= row.height
    return pages


def _head(canvas: Canvas, sheet: ListSheet) -> float:
    y = TOP
    for text, font, size in ((sheet.letterhead[0], SEMIBOLD, 11.0), (sheet.letterhead[1], REGULAR, 8.5)):
        canvas.setFont(font, size)
        canvas.drawString(LEFT, y - size, text)
        y -= size * 1.45
    canvas.setLineWidth(0.8)
    canvas.line(LEFT, y - 2 * MM, LEFT + FULL * MM, y - 2 * MM)
    canvas.setFont(BOLD, 16)
    canvas.drawString(LEFT, y - 11 * MM, sheet.title)
    y -= 14 * MM
    for label, value in sheet.facts:
        canvas.setFont(SEMIBOLD, SIZE)
        canvas.drawString(LEFT, y - 4 * MM, label)
        fitted = fit_or_cut(value, font=REGULAR, width=210 * MM, max_size=SIZE, min_size=SMALL, max_lines=1)
        canvas.setFont(REGULAR, fitted.size)
        canvas.drawString(LEFT + 30 * MM, y - 4 * MM, fitted.lines[0] if fitted.lines else "")
        y -= 6 * MM
    return TOP - _head_height(sheet)


def _rows(canvas: Canvas, sheet: ListSheet, rows: Sequence[_Row], y: float) -> float:
    y = _heads(canvas, sheet, y)
    if not rows:
        canvas.setFont(REGULAR, SIZE)
        canvas.drawString(LEFT, y - 6 * MM, sheet.nobody)
        return y - 8 * MM
    for row in rows:
        x = LEFT
        for (lines, size), width in zip(row.cells, sheet.widths, strict=True):
            canvas.setFont(REGULAR, size)
            for line, text in enumerate(lines):
                canvas.drawString(x + PADDING, y - PADDING - size - line * size * LEADING, text)
            x += width * MM
        y -= row.height
        canvas.setLineWidth(0.3)
        canvas.line(LEFT, y, LEFT + FULL * MM, y)
    return y


def _heads(canvas: Canvas, sheet: ListSheet, y: float) -> float:
    x = LEFT
    canvas.setFont(SEMIBOLD, 8.5)
    for text, width in zip(sheet.heads, sheet.widths, strict=True):
        canvas.drawString(x + PADDING, y - 5 * MM, text)
        x += width * MM
    canvas.setLineWidth(0.8)
    canvas.line(LEFT, y - 7 * MM, LEFT + FULL * MM, y - 7 * MM)
    return y - 7 * MM


def _signatures(canvas: Canvas, sheet: ListSheet, y: float) -> None:
    canvas.setFont(REGULAR, SIZE)
    for column, text in enumerate(sheet.sign):
        x = LEFT + column * 130 * MM
        canvas.drawString(x, y - 14 * MM, text)
        canvas.line(x + 28 * MM, y - 14.5 * MM, x + 110 * MM, y - 14.5 * MM)


def _foot(canvas: Canvas, sheet: ListSheet, page: str) -> None:
    canvas.setFont(REGULAR, 8)
    canvas.drawString(LEFT, 9 * MM, sheet.foot)
    canvas.drawRightString(LEFT + FULL * MM, 9 * MM, page)

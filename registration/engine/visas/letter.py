"""The invitation letter on one sheet of A4, Russian beside English. Words come in ready; nothing here knows a language."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from forum.pdf import BOLD, MEDIUM, MM, REGULAR, SEMIBOLD, draw_code, fit_or_cut, fit_text, new_canvas, wrap

LEFT, RIGHT, GAP = 18 * MM, A4[0] - 18 * MM, 8 * MM
WIDTH = RIGHT - LEFT
COLUMN = (WIDTH - GAP) / 2
SIZE, SMALL, LEADING = 9.5, 7.5, 1.35
LABEL = 66 * MM
QR = 27 * MM
INK, SLATE, LINE, STEEL = HexColor("#1F262D"), HexColor("#5A6873"), HexColor("#C6D1DA"), HexColor("#2C5F86")


@dataclass(frozen=True, kw_only=True)
class Words:
    """One language of the letter: whose it is, what it is, to whom, what it asks, what to know, who signs."""

    organiser: str
    contacts: str
    title: str
    numbered: str
    addressee: str
    request: Sequence[str]
    remarks: Sequence[str]
    sign: str
    check: str


@dataclass(frozen=True, kw_only=True)
class LetterSheet:
    """Everything that is printed. `facts` are (label, value) in both languages at once. `name`: of the document's title,
    nothing personal. `address` stands in the square code, `code` beside it.
    """

    left: Words
    right: Words
    facts: Sequence[tuple[str, str]]
    name: str
    address: str
    code: str


Part = Callable[[Canvas, Words, float, float], float]
"""Draws a part of one column from the top `y` at `x`; gives where it ends."""


def draw_letter(out: IO[bytes], sheet: LetterSheet) -> None:
    """One page; the same sheet gives the same bytes."""
    canvas = new_canvas(out, pagesize=A4, title=sheet.name)
    y = A4[1] - 16 * MM
    y = _both(canvas, sheet, _head, y) - 7 * MM
    y = _both(canvas, sheet, _opening, y) - 4 * MM
    y = _facts(canvas, sheet.facts, y) - 6 * MM
    y = _both(canvas, sheet, _closing, y)
    _signature(canvas, sheet, min(y - 10 * MM, 62 * MM))
    _foot(canvas, sheet)
    canvas.showPage()
    canvas.save()


def _both(canvas: Canvas, sheet: LetterSheet, part: Part, y: float) -> float:
    """A part in both columns; where the longer one ends."""
    return min(part(canvas, sheet.left, LEFT, y), part(canvas, sheet.right, LEFT + COLUMN + GAP, y))


def _head(canvas: Canvas, words: Words, x: float, y: float) -> float:
    y = _paragraph(canvas, words.organiser, x, y, font=SEMIBOLD, size=10)
    return _paragraph(canvas, words.contacts, x, y, size=SMALL, colour=SLATE)


def _opening(canvas: Canvas, words: Words, x: float, y: float) -> float:
    y = _paragraph(canvas, words.title, x, y, font=BOLD, size=16) - 0.5 * MM
    y = _paragraph(canvas, words.numbered, x, y, font=MEDIUM, size=SIZE, colour=STEEL) - 3 * MM
    if words.addressee:
        y = _paragraph(canvas, words.addressee, x, y, font=MEDIUM) - 3 * MM
    return _paragraphs(canvas, words.request, x, y)


def _closing(canvas: Canvas, words: Words, x: float, y: float) -> float:
    return _paragraphs(canvas, words.remarks, x, y)


def _paragraphs(canvas: Canvas, texts: Sequence[str], x: float, y: float) -> float:
    for text in texts:
        y = _paragraph(canvas, text, x, y) - 1.8 * MM
    return y


def _paragraph(
    canvas: Canvas, text: str, x: float, y: float, *, font: str = REGULAR, size: float = SIZE, colour: HexColor = INK
) -> float:
    """Wrapped into the column, its top at `y`; where it ends."""
    canvas.setFillColor(colour)
    canvas.setFont(font, size)
    for line in wrap(text, font=font, size=size, width=COLUMN):
        y -= size * LEADING
        canvas.drawString(x, y, line)
    return y


def _facts(canvas: Canvas, facts: Sequence[tuple[str, str]], y: float) -> float:
    """A table over both columns: every fact once, named in both languages."""
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.5)
    canvas.line(LEFT, y, RIGHT, y)
    for label, value in facts:
        y = _fact(canvas, label, value, y)
    return y


def _fact(canvas: Canvas, label: str, value: str, y: float) -> float:
    named = fit_or_cut(label, font=REGULAR, width=LABEL - 3 * MM, max_size=8, min_size=7, max_lines=2, one_line_from=8)
    # What a consulate compares is never cut: long texts get smaller, then more lines.
    said = fit_text(value, font=SEMIBOLD, width=WIDTH - LABEL, max_size=10, min_size=7, max_lines=3, one_line_from=9)
    height = max(len(named.lines) * named.size, len(said.lines) * said.size) * 1.25 + 2 * MM
    for fitted, font, x, colour in ((named, REGULAR, LEFT, SLATE), (said, SEMIBOLD, LEFT + LABEL, INK)):
        canvas.setFillColor(colour)
        canvas.setFont(font, fitted.size)
        top = y - (height - len(fitted.lines) * fitted.size * 1.25) / 2
        for place, line in enumerate(fitted.lines):
            canvas.drawString(x, top - fitted.size - place * fitted.size * 1.25, line)
    canvas.line(LEFT, y - height, RIGHT, y - height)
    return y - height


def _signature(canvas: Canvas, sheet: LetterSheet, y: float) -> None:
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(0.6)
    for words, x in ((sheet.left, LEFT), (sheet.right, LEFT + COLUMN + GAP)):
        canvas.setFillColor(INK)
        canvas.setFont(REGULAR, 8.5)
        canvas.drawString(x, y, words.sign)
        canvas.line(x, y - 9 * MM, x + COLUMN, y - 9 * MM)


def _foot(canvas: Canvas, sheet: LetterSheet) -> None:
    """The square code with its letters, and what it is for."""
    y = 10 * MM
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.5)
    canvas.line(LEFT, y + QR + 2 * MM, RIGHT, y + QR + 2 * MM)
    # The quiet zone of the code reaches into the margin, so that its dark part stands flush.
    draw_code(canvas, sheet.address, x=LEFT - 3 * MM, y=y, side=QR)
    x = LEFT + QR
    canvas.setFillColor(INK)
    canvas.setFont(BOLD, 13)
    canvas.drawString(x, y + QR - 8 * MM, sheet.code)
    canvas.setFillColor(SLATE)
    line = y + QR - 13 * MM
    for words in (sheet.left, sheet.right):
        for text in wrap(words.check, font=REGULAR, size=8, width=RIGHT - x):
            canvas.setFont(REGULAR, 8)
            canvas.drawString(x, line, text)
            line -= 3.6 * MM

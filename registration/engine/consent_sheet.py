"""A consent to be signed by hand, on A4: the text, then lines for the person and the witness. Words come in ready."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from forum.pdf import BOLD, MM, REGULAR, SEMIBOLD, new_canvas, wrap
from registration.engine.texts import Part

LEFT, RIGHT, TOP, BOTTOM = 20 * MM, A4[0] - 18 * MM, A4[1] - 18 * MM, 20 * MM
WIDTH = RIGHT - LEFT
SIZE, SMALL, LEADING, GAP = 10.0, 8.0, 1.4, 2 * MM
FIELD = 15 * MM
"""Height of one line to write on."""
INDENT = 5 * MM


@dataclass(frozen=True, kw_only=True)
class ConsentSheet:
    """Everything that is printed. `fields` are lines to write on, with what belongs there; `page_words` holds `%(page)s`."""

    letterhead: str
    title: str
    version: str
    parts: Sequence[Part]
    agreed: str
    fields: Sequence[str]
    foot: str
    page_words: str


@dataclass(frozen=True)
class Line:
    """One line of text; `space` stands above it, `room` has to be left below it on the page."""

    text: str
    font: str = REGULAR
    size: float = SIZE
    indent: float = 0
    space: float = 0
    room: float = 0


def draw_consent_sheet(out: IO[bytes], sheet: ConsentSheet) -> int:
    """Draw it and return its number of pages. The lines to write on stand together."""
    canvas = new_canvas(out, pagesize=A4, title=sheet.title)
    y = TOP
    for line in _lines(sheet):
        y -= line.space + line.size * LEADING
        if y - line.room < BOTTOM:
            y = _next_page(canvas, sheet) - line.size * LEADING
        canvas.setFont(line.font, line.size)
        canvas.drawString(LEFT + line.indent, y, line.text)
    if y - len(sheet.fields) * FIELD < BOTTOM:
        y = _next_page(canvas, sheet)
    _fields(canvas, sheet.fields, y)
    pages = int(canvas.getPageNumber())
    _next_page(canvas, sheet)
    canvas.save()
    return pages


def _lines(sheet: ConsentSheet) -> Iterator[Line]:
    yield from _wrapped(sheet.letterhead, font=SEMIBOLD)
    yield from _wrapped(sheet.title, font=BOLD, size=14.0, space=4 * MM)
    yield from _wrapped(sheet.version, size=SMALL)
    for part in sheet.parts:
        if part.kind == "heading":
            yield from _wrapped(part.text, font=SEMIBOLD, size=11.0, space=2 * GAP, room=3 * SIZE * LEADING)
        for item in part.items:
            yield from _wrapped(f"– {item}", indent=INDENT, space=GAP / 2)
        if part.kind == "paragraph":
            yield from _wrapped(part.text, space=GAP)
    yield from _wrapped(sheet.agreed, font=SEMIBOLD, space=3 * GAP)


def _wrapped(
    text: str, *, font: str = REGULAR, size: float = SIZE, indent: float = 0, space: float = 0, room: float = 0
) -> Iterator[Line]:
    for number, line in enumerate(wrap(text, font=font, size=size, width=WIDTH - indent)):
        yield Line(line, font, size, indent, 0 if number else space, room)


def _fields(canvas: Canvas, fields: Sequence[str], y: float) -> None:
    canvas.setLineWidth(0.6)
    for words in fields:
        y -= FIELD
        canvas.line(LEFT, y, RIGHT, y)
        canvas.setFont(REGULAR, SMALL)
        canvas.drawString(LEFT, y - 3.4 * MM, words)


def _next_page(canvas: Canvas, sheet: ConsentSheet) -> float:
    """Close the page with its foot; where the next one begins."""
    canvas.setFont(REGULAR, SMALL)
    canvas.drawString(LEFT, 10 * MM, sheet.foot)
    canvas.drawRightString(RIGHT, 10 * MM, sheet.page_words % {"page": canvas.getPageNumber()})
    canvas.showPage()
    return TOP

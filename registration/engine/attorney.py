"""A power of attorney to collect badges, on A4, drawn with our fonts. Words come in ready; nothing here knows the language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from forum.pdf import BOLD, MM, REGULAR, SEMIBOLD, fit_or_cut, fit_text, new_canvas

LEFT, RIGHT, TOP, BOTTOM = 22 * MM, A4[0] - 15 * MM, A4[1] - 18 * MM, 20 * MM
WIDTH = RIGHT - LEFT
SIZE, SMALL, ROW = 10.5, 7.5, 7.5 * MM
COLUMNS = (0.0, 12 * MM, 128 * MM)
"""Where number, name and reference begin."""
SIGN = 15 * MM
"""Height of one line to sign on."""


@dataclass(frozen=True, kw_only=True)
class Attorney:
    """Everything that is printed. `people` are names and references; `page_words` holds `%(page)s` and `%(pages)s`."""

    letterhead: tuple[str, str]
    title: str
    place_and_day: str
    paragraphs: tuple[str, ...]
    heads: tuple[str, str, str]
    people: tuple[tuple[str, str], ...]
    signs: tuple[tuple[str, str], ...]
    foot: str
    page_words: str


def draw_attorney(out: IO[bytes], paper: Attorney) -> int:
    """Draw the whole document and return its number of pages. The signatures never stand alone on a page."""
    canvas = new_canvas(out, pagesize=A4, title=paper.title)
    pages = _pages(paper)
    for number, rows in enumerate(pages, start=1):
        y = _head(canvas, paper) if number == 1 else TOP
        y = _table(canvas, paper, rows, y)
        if number == len(pages):
            _signatures(canvas, paper, y)
        _foot(canvas, paper, paper.page_words % {"page": number, "pages": len(pages)})
        canvas.showPage()
    canvas.save()
    return len(pages)


def _text_lines(text: str) -> Sequence[str]:
    return fit_text(text, font=REGULAR, width=WIDTH, max_size=SIZE, min_size=SIZE, max_lines=6).lines


def _head_height(paper: Attorney) -> float:
    lines = sum(len(_text_lines(text)) for text in paper.paragraphs)
    return 45 * MM + lines * SIZE * 1.4 + len(paper.paragraphs) * 3 * MM


def _pages(paper: Attorney) -> list[list[tuple[int, str, str]]]:
    signs = len(paper.signs) * SIGN + 4 * MM
    room = TOP - BOTTOM - _head_height(paper) - ROW
    pages: list[list[tuple[int, str, str]]] = [[]]
    for number, (name, ref) in enumerate(paper.people, start=1):
        needed = ROW + (signs if number == len(paper.people) else 0)
        if needed > room and pages[-1]:
            pages.append([])
            room = TOP - BOTTOM - ROW
        pages[-1].append((number, name, ref))
        room -= ROW
    return pages


def _head(canvas: Canvas, paper: Attorney) -> float:
    y = TOP
    for text, font, size in ((paper.letterhead[0], SEMIBOLD, 11.0), (paper.letterhead[1], REGULAR, 8.5)):
        fitted = fit_or_cut(text, font=font, width=WIDTH, max_size=size, min_size=SMALL, max_lines=1)
        canvas.setFont(font, fitted.size)
        canvas.drawString(LEFT, y - size, fitted.lines[0] if fitted.lines else "")
        y -= size * 1.45
    canvas.setLineWidth(0.8)
    canvas.line(LEFT, y - 2 * MM, RIGHT, y - 2 * MM)
    canvas.setFont(BOLD, 15)
    canvas.drawString(LEFT, y - 14 * MM, paper.title)
    canvas.setFont(REGULAR, SIZE)
    canvas.drawString(LEFT, y - 22 * MM, paper.place_and_day)
    y -= 30 * MM
    for text in paper.paragraphs:
        for line in _text_lines(text):
            canvas.drawString(LEFT, y, line)
            y -= SIZE * 1.4
        y -= 3 * MM
    return TOP - _head_height(paper)


def _table(canvas: Canvas, paper: Attorney, rows: Sequence[tuple[int, str, str]], y: float) -> float:
    canvas.setFont(SEMIBOLD, 8.5)
    for text, x in zip(paper.heads, COLUMNS, strict=True):
        canvas.drawString(LEFT + x, y - 5 * MM, text)
    canvas.setLineWidth(0.8)
    y -= ROW
    canvas.line(LEFT, y, RIGHT, y)
    canvas.setLineWidth(0.3)
    for number, name, ref in rows:
        fitted = fit_text(
            name, font=REGULAR, width=COLUMNS[2] - COLUMNS[1] - 3 * MM, max_size=SIZE, min_size=SMALL, max_lines=1
        )
        canvas.setFont(REGULAR, SIZE)
        canvas.drawString(LEFT, y - 5 * MM, str(number))
        canvas.drawString(LEFT + COLUMNS[2], y - 5 * MM, ref)
        canvas.setFont(REGULAR, fitted.size)
        canvas.drawString(LEFT + COLUMNS[1], y - 5 * MM, fitted.lines[0] if fitted.lines else "")
        y -= ROW
        canvas.line(LEFT, y, RIGHT, y)
    return y


def _signatures(canvas: Canvas, paper: Attorney, y: float) -> None:
    """A line for the signature and one for the name, with what belongs there."""
    y -= 4 * MM
    for who, what in paper.signs:
        y -= SIGN
        canvas.setFont(REGULAR, SIZE)
        canvas.drawString(LEFT, y + 1.5 * MM, who)
        canvas.line(LEFT + 62 * MM, y, LEFT + 108 * MM, y)
        canvas.line(LEFT + 113 * MM, y, RIGHT, y)
        canvas.setFont(REGULAR, SMALL)
        canvas.drawString(LEFT + 62 * MM, y - 3.2 * MM, what)


def _foot(canvas: Canvas, paper: Attorney, page: str) -> None:
    canvas.setFont(REGULAR, 8)
    canvas.drawString(LEFT, 10 * MM, paper.foot)
    canvas.drawRightString(RIGHT, 10 * MM, page)

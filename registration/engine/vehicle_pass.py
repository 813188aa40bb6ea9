"""The vehicle pass on a landscape sheet of A5: large enough to be read through a windscreen. Words come in ready."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A5, landscape
from reportlab.pdfgen.canvas import Canvas

from forum.pdf import BOLD, MM, REGULAR, SEMIBOLD, draw_code, fit_or_cut, new_canvas, wrap

PAGE = landscape(A5)
LEFT, RIGHT = 12 * MM, PAGE[0] - 12 * MM
WIDTH = RIGHT - LEFT
QR = 32 * MM
INK, SLATE, LINE = HexColor("#1F262D"), HexColor("#5A6873"), HexColor("#C6D1DA")


@dataclass(frozen=True, kw_only=True)
class PassSheet:
    """Everything that is printed. `zones`: (letter, colour, name). `address` stands in the square code, `code` beside it."""

    event: str
    title: str
    number: str
    plate: str
    make: str
    group: str
    days: str
    days_label: str
    zones: Sequence[tuple[str, str, str]]
    rules: Sequence[str]
    check: str
    address: str
    code: str


def draw_vehicle_pass(out: IO[bytes], sheet: PassSheet) -> None:
    """One page; the same sheet gives the same bytes."""
    canvas = new_canvas(out, pagesize=PAGE, title=f"{sheet.title} {sheet.number}")
    _head(canvas, sheet)
    y = _plate(canvas, sheet, PAGE[1] - 30 * MM)
    y = _line(canvas, f"{sheet.make}, {sheet.group}" if sheet.make else sheet.group, y - 2 * MM, font=SEMIBOLD, size=12)
    y = _line(canvas, f"{sheet.days_label}: {sheet.days}", y - 2 * MM, font=BOLD, size=15)
    _zones(canvas, sheet.zones, y - 3 * MM)
    _foot(canvas, sheet)
    canvas.showPage()
    canvas.save()


def _head(canvas: Canvas, sheet: PassSheet) -> None:
    top = PAGE[1] - 12 * MM
    canvas.setFillColor(SLATE)
    event = fit_or_cut(sheet.event, font=REGULAR, width=WIDTH, max_size=9, min_size=7, max_lines=1)
    canvas.setFont(REGULAR, event.size)
    canvas.drawString(LEFT, top - 2 * MM, event.lines[0] if event.lines else "")
    canvas.setFillColor(INK)
    canvas.setFont(BOLD, 20)
    canvas.drawString(LEFT, top - 11 * MM, sheet.title)
    canvas.drawRightString(RIGHT, top - 11 * MM, sheet.number)
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(1.2)
    canvas.line(LEFT, top - 14 * MM, RIGHT, top - 14 * MM)


def _plate(canvas: Canvas, sheet: PassSheet, y: float) -> float:
    """The plate in a frame over the whole width: it is what the guard compares."""
    height = 27 * MM
    canvas.setLineWidth(2)
    canvas.roundRect(LEFT, y - height, WIDTH, height, 3 * MM)
    fitted = fit_or_cut(sheet.plate, font=BOLD, width=WIDTH - 8 * MM, max_size=58, min_size=24, max_lines=1)
    canvas.setFont(BOLD, fitted.size)
    canvas.drawCentredString(PAGE[0] / 2, y - height / 2 - fitted.size * 0.36, fitted.lines[0])
    return y - height


def _line(canvas: Canvas, text: str, y: float, *, font: str, size: float) -> float:
    fitted = fit_or_cut(text, font=font, width=WIDTH, max_size=size, min_size=8, max_lines=1)
    canvas.setFillColor(INK)
    canvas.setFont(font, fitted.size)
    canvas.drawString(LEFT, y - fitted.size, fitted.lines[0] if fitted.lines else "")
    return y - fitted.size * 1.2


def _zones(canvas: Canvas, zones: Sequence[tuple[str, str, str]], y: float) -> None:
    """Letter on colour with the name beside it: never colour alone. Many zones share the width."""
    side, step = 10 * MM, WIDTH / max(len(zones), 3)
    for place, (letter, colour, name) in enumerate(zones):
        x = LEFT + place * step
        canvas.setFillColor(HexColor(colour))
        canvas.roundRect(x, y - side, side, side, 1.5 * MM, stroke=0, fill=1)
        canvas.setFillColor(HexColor("#FFFFFF"))
        canvas.setFont(BOLD, 18)
        canvas.drawCentredString(x + side / 2, y - side / 2 - 6.4, letter)
        fitted = fit_or_cut(name, font=REGULAR, width=step - side - 4 * MM, max_size=10, min_size=6.5, max_lines=3)
        canvas.setFillColor(INK)
        canvas.setFont(REGULAR, fitted.size)
        top = y - side / 2 + len(fitted.lines) * fitted.size * 0.6
        for row, text in enumerate(fitted.lines):
            canvas.drawString(x + side + 2 * MM, top - fitted.size * (1 + 1.2 * row), text)


def _foot(canvas: Canvas, sheet: PassSheet) -> None:
    """What to do with it, and how anybody checks it."""
    y = 8 * MM
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.5)
    canvas.line(LEFT, y + QR + 1 * MM, RIGHT, y + QR + 1 * MM)
    # The quiet zone of the code reaches into the margin, so that its dark part stands flush.
    draw_code(canvas, sheet.address, x=LEFT - 3 * MM, y=y, side=QR)
    x, line = LEFT + QR, y + QR - 6 * MM
    canvas.setFillColor(INK)
    canvas.setFont(BOLD, 12)
    canvas.drawString(x, line, sheet.code)
    canvas.setFillColor(SLATE)
    canvas.setFont(REGULAR, 8)
    for text in (sheet.check, *sheet.rules):
        for part in wrap(text, font=REGULAR, size=8, width=RIGHT - x):
            line -= 3.8 * MM
            canvas.drawString(x, line, part)

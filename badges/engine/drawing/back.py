"""The back: badges turn on their cords, so name and code are here too, with what a person needs in a hurry."""

from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas

from badges.engine.drawing.palette import INK, LINE, SLATE, STEEL
from badges.engine.drawing.pieces import caption, spaced_code, write, zone_box
from badges.engine.facts import BadgeFacts
from badges.engine.qr import SIDE, draw_qr
from forum.pdf import BOLD, MEDIUM, MM, REGULAR, SEMIBOLD, ellipsize, fit_or_cut
from forum.pdf.qr import QUIET_ZONE

_LEFT, _RIGHT = 8.0, 97.0
_ROOM = (_RIGHT - _LEFT) * MM
_COLUMN = 42.0
QR_SIDE = 42.0
_QR_X = _RIGHT - QR_SIDE + QR_SIDE / SIDE * QUIET_ZONE
# Its quiet zone ends below the second line of a long name.
_QR_Y = 62.6


def draw_back(canvas: Canvas, facts: BadgeFacts, *, qr: Sequence[str]) -> None:
    """Everything but the fixed artwork."""
    _name(canvas, facts)
    draw_qr(canvas, qr, x=_QR_X * MM, y=_QR_Y * MM, side=QR_SIDE * MM)
    spaced_code(canvas, facts.short_code, centre=_QR_X + QR_SIDE / 2, y=_QR_Y - 3.4, size=12)
    _zones(canvas, facts)
    canvas.setFillColor(LINE)
    canvas.rect(_LEFT * MM, 57.4 * MM, _ROOM, 0.25 * MM, stroke=0, fill=1)
    words = facts.words
    _column(canvas, words.emergency_title, words.emergency_lines, x=_LEFT)
    _column(canvas, words.programme_title, words.programme_lines, x=_LEFT + _COLUMN + 5)
    y = 27.4
    for line in ellipsize(words.rules, font=REGULAR, size=7, width=_ROOM, max_lines=3):
        write(canvas, line, x=_LEFT, y=y, font=REGULAR, size=7, colour=SLATE)
        y -= 2.9


def _name(canvas: Canvas, facts: BadgeFacts) -> None:
    """Name in one or two lines: the person is the same from behind."""
    name = " ".join(filter(None, (facts.surname, facts.given, facts.patronymic)))
    fitted = fit_or_cut(name, font=BOLD, width=_ROOM, max_size=14, min_size=9, one_line_from=11)
    y = 113.0
    for line in fitted.lines:
        write(canvas, line, x=_LEFT, y=y, font=BOLD, size=fitted.size, colour=INK)
        y -= fitted.size * 1.1 / MM


def _zones(canvas: Canvas, facts: BadgeFacts) -> None:
    """The letters explained."""
    if not facts.zones:
        return
    caption(canvas, facts.words.zones, x=_LEFT, y=101.0)
    step = min(6.4, 36.0 / len(facts.zones))
    for place, zone in enumerate(facts.zones):
        y = 99.2 - (place + 1) * step
        zone_box(canvas, zone, x=_LEFT, y=y, side=step - 1)
        name = fit_or_cut(
            zone.name, font=MEDIUM, width=(_QR_X + 2 - _LEFT - step) * MM, max_size=8, min_size=6, max_lines=1
        )
        write(canvas, name.lines[0], x=_LEFT + step + 1, y=y + (step - 1) / 2 - 1, font=MEDIUM, size=name.size)


def _column(canvas: Canvas, title: str, lines: tuple[str, ...], *, x: float) -> None:
    y = 52.6
    for line in ellipsize(title, font=SEMIBOLD, size=9, width=_COLUMN * MM, max_lines=2):
        write(canvas, line, x=x, y=y, font=SEMIBOLD, size=9, colour=STEEL)
        y -= 4.0
    for text in lines:
        for line in ellipsize(text, font=REGULAR, size=8, width=_COLUMN * MM, max_lines=2):
            write(canvas, line, x=x, y=y, font=REGULAR, size=8)
            y -= 3.5

"""The front of a badge: A6 portrait. The name is read from two metres, the category from one."""

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from badges.engine.drawing.palette import FURNACE, INK, LINE, SLATE, STEEL
from badges.engine.drawing.pieces import CAP, caption, pill, spaced_code, write, zone_box
from badges.engine.facts import BadgeFacts
from badges.engine.qr import QUIET_ZONE, SIDE, draw_qr
from forum.pdf import BOLD, MEDIUM, REGULAR, SEMIBOLD, Fitted, ellipsize, fit_text

WIDTH, HEIGHT = 105.0, 148.0
HEADER, BAND = 29.0, 18.0
_LEFT, _RIGHT = 8.0, 97.0
_ROOM = (_RIGHT - _LEFT) * mm
# 25 modules of 1.09 mm: the code itself measures 27 mm, 36 mm with its quiet zone.
QR_SIDE = 36.0
_QR_X = _RIGHT - QR_SIDE + QR_SIDE / SIDE * QUIET_ZONE
_CODE_Y = BAND + 3.2
# Above the capitals of the short code: nothing may stand in the quiet zone.
_QR_Y = _CODE_Y + 3.2
_RULE = 79.5
_NAME_TOP = HEIGHT - HEADER - 2.5


def fitted_name(facts: BadgeFacts) -> dict[str, Fitted]:
    """The three lines of the name at their sizes; by field, for the check that they fit."""
    given, latin = " ".join(filter(None, (facts.given, facts.patronymic))), facts.name_latin
    return {
        "surname": fit_text(facts.surname, font=BOLD, width=_ROOM, max_size=36, min_size=14, one_line_from=24),
        "given": fit_text(given, font=SEMIBOLD, width=_ROOM, max_size=20, min_size=12, one_line_from=15),
        "name_latin": fit_text(latin, font=MEDIUM, width=_ROOM, max_size=12.5, min_size=8, one_line_from=9.5),
    }


def draw_front(canvas: Canvas, facts: BadgeFacts, *, qr: list[str]) -> None:
    """Everything but the fixed artwork."""
    _name(canvas, fitted_name(facts))
    canvas.setFillColor(LINE)
    canvas.rect(_LEFT * mm, _RULE * mm, _ROOM, 0.25 * mm, stroke=0, fill=1)
    canvas.setFillColor(FURNACE)
    canvas.rect(_LEFT * mm, (_RULE - 0.2) * mm, 12 * mm, 0.65 * mm, stroke=0, fill=1)
    _work(canvas, facts)
    _left_column(canvas, facts)
    draw_qr(canvas, qr, x=_QR_X * mm, y=_QR_Y * mm, side=QR_SIDE * mm)
    spaced_code(canvas, facts.short_code, centre=_QR_X + QR_SIDE / 2, y=_CODE_Y, size=11)


def _name(canvas: Canvas, name: dict[str, Fitted]) -> None:
    """The three parts, centred as one block between header and rule."""
    parts = [
        (name["surname"], BOLD, INK, 0.0),
        (name["given"], SEMIBOLD, INK, 3.4),
        (name["name_latin"], MEDIUM, STEEL, 3.4),
    ]
    parts = [part for part in parts if part[0].lines != ("",)]
    height = sum(_height(fitted) + (gap if place else 0) for place, (fitted, _, _, gap) in enumerate(parts))
    y = (_NAME_TOP + _RULE) / 2 + height / 2
    for place, (fitted, font, colour, gap) in enumerate(parts):
        y -= gap if place else 0
        baseline = y - fitted.size * CAP / mm
        for line in fitted.lines:
            write(canvas, line, x=_LEFT, y=baseline, font=font, size=fitted.size, colour=colour)
            baseline -= fitted.size * 1.06 / mm
        y -= _height(fitted)


def _height(fitted: Fitted) -> float:
    """From the top of the first line's capitals to the last baseline, in millimetres."""
    return (fitted.size * CAP + (len(fitted.lines) - 1) * fitted.size * 1.06) / mm


def _work(canvas: Canvas, facts: BadgeFacts) -> None:
    """Organisation and position, each cut to two lines."""
    y = _RULE - 5.4
    for line in ellipsize(facts.organisation, font=SEMIBOLD, size=11.5, width=_ROOM, max_lines=2):
        write(canvas, line, x=_LEFT, y=y, font=SEMIBOLD, size=11.5)
        y -= 4.7
    y += 0.5
    for line in ellipsize(facts.position, font=REGULAR, size=9, width=_ROOM, max_lines=2):
        write(canvas, line, x=_LEFT, y=y, font=REGULAR, size=9, colour=SLATE)
        y -= 3.8


def _left_column(canvas: Canvas, facts: BadgeFacts) -> None:
    """Region, languages, School, zones, beside the code."""
    room = (_QR_X - _LEFT) * mm
    region = fit_text(facts.region, font=SEMIBOLD, width=room, max_size=12, min_size=8, one_line_from=10)
    y = 55.8
    for line in region.lines:
        write(canvas, line, x=_LEFT, y=y, font=SEMIBOLD, size=region.size, colour=STEEL)
        y -= region.size * 1.12 / mm
    _marks(canvas, facts)
    if facts.zones:
        caption(canvas, facts.words.zones, x=_LEFT, y=32.4)
        side = min(8.4, (room / mm + 1.2) / len(facts.zones) - 1.2)
        for place, zone in enumerate(facts.zones):
            zone_box(canvas, zone, x=_LEFT + place * (side + 1.2), y=30.8 - side, side=side)


def _marks(canvas: Canvas, facts: BadgeFacts) -> None:
    """Languages spoken and the School mark, in one row."""
    x = _LEFT
    if facts.languages:
        caption(canvas, facts.words.languages, x=_LEFT, y=45.4)
    for language in facts.languages:
        x = pill(canvas, language.upper(), x=x, y=38.8)
    if facts.school_mark:
        pill(canvas, facts.school_mark, x=x, y=38.8)

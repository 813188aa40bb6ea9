"""The front of a badge: A6 portrait. The name is read from two metres, the category from one."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from reportlab.lib.colors import Color
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from badges.engine import photo
from badges.engine.drawing.palette import FURNACE, INK, LINE, SLATE, STEEL
from badges.engine.drawing.pieces import CAP, caption, pills, spaced_code, write, zone_box
from badges.engine.facts import BadgeFacts
from badges.engine.qr import SIDE, draw_qr
from forum.pdf import BOLD, MEDIUM, MM, REGULAR, SEMIBOLD, Fitted, ellipsize, fit_or_cut, fit_text, printable
from forum.pdf.qr import QUIET_ZONE

WIDTH, HEIGHT = 105.0, 148.0
HEADER, BAND = 29.0, 18.0
_LEFT, _RIGHT = 8.0, 97.0
_ROOM = (_RIGHT - _LEFT) * MM
# 25 modules of 1.09 MM: the code itself measures 27 MM, 36 mm with its quiet zone.
QR_SIDE = 36.0
_QR_X = _RIGHT - QR_SIDE + QR_SIDE / SIDE * QUIET_ZONE
_CODE_Y = BAND + 3.2
# Above the capitals of the short code: nothing may stand in the quiet zone.
_QR_Y = _CODE_Y + 3.2
_RULE = 79.5
# From 2 mm above the rule to 2.5 mm below the header.
NAME_ROOM = HEIGHT - HEADER - 2.5 - _RULE - 2
_PHOTO_Y = 22.4
"""From the foot of the zones to the capitals of the region."""
_SCALES = (1, 0.9, 0.8, 0.7, 0.6)
_LEADING = 1.06


@dataclass(frozen=True, slots=True)
class NamePart:
    """One part of the name at the size at which it is printed; `gap` is the space above it in millimetres."""

    field: str
    fitted: Fitted
    font: str
    colour: Color
    gap: float

    @property
    def height(self) -> float:
        """From the top of the first line's capitals to the last baseline, in millimetres."""
        return (self.fitted.size * CAP + (len(self.fitted.lines) - 1) * self.fitted.size * _LEADING) / MM


def fitted_name(facts: BadgeFacts) -> tuple[NamePart, ...]:
    """The parts of the name, together as large as the room between header and rule allows."""
    given = " ".join(filter(None, (facts.given, facts.patronymic)))
    return _fitted(facts.surname, given, facts.name_latin)


# Looked at before printing, then drawn on one side or two.
@lru_cache(maxsize=8)
def _fitted(surname: str, given: str, latin: str) -> tuple[NamePart, ...]:
    for scale in _SCALES:
        parts = _name_parts(surname, given, latin, scale)
        if block_height(parts) <= NAME_ROOM:
            break
    return parts


def block_height(parts: Sequence[NamePart]) -> float:
    """Height of all parts in millimetres."""
    return sum(part.height + part.gap for part in parts) - (parts[0].gap if parts else 0)


def _name_parts(surname: str, given: str, latin: str, scale: float) -> tuple[NamePart, ...]:
    rows = (
        ("surname", surname, BOLD, INK, 36 * scale, 12, 24),
        ("given", given, SEMIBOLD, INK, 20 * scale, 12, 15),
        ("name_latin", latin, MEDIUM, STEEL, max(12.5 * scale, 8), 8, 9.5),
    )
    return tuple(
        NamePart(field, _fit(text, font, largest, smallest, prefer), font, colour, 3.4 * scale)
        for field, text, font, colour, largest, smallest, prefer in rows
        if printable(text)
    )


def _fit(text: str, font: str, largest: float, smallest: float, prefer: float) -> Fitted:
    return fit_text(
        text, font=font, width=_ROOM, max_size=largest, min_size=smallest, max_lines=3, one_line_from=prefer
    )


def draw_front(canvas: Canvas, facts: BadgeFacts, *, qr: Sequence[str]) -> None:
    """Everything but the fixed artwork."""
    _name(canvas, fitted_name(facts))
    canvas.setFillColor(LINE)
    canvas.rect(_LEFT * MM, _RULE * MM, _ROOM, 0.25 * MM, stroke=0, fill=1)
    canvas.setFillColor(FURNACE)
    canvas.rect(_LEFT * MM, (_RULE - 0.2) * MM, 12 * MM, 0.65 * MM, stroke=0, fill=1)
    _work(canvas, facts)
    _left_column(canvas, facts)
    draw_qr(canvas, qr, x=_QR_X * MM, y=_QR_Y * MM, side=QR_SIDE * MM)
    spaced_code(canvas, facts.short_code, centre=_QR_X + QR_SIDE / 2, y=_CODE_Y, size=11)


def _name(canvas: Canvas, parts: Sequence[NamePart]) -> None:
    """The parts as one block, centred in its room."""
    y = _RULE + 2 + (NAME_ROOM + block_height(parts)) / 2 + (parts[0].gap if parts else 0)
    for part in parts:
        y -= part.gap
        size = part.fitted.size
        for place, line in enumerate(part.fitted.lines):
            baseline = y - (size * CAP + place * size * _LEADING) / MM
            write(canvas, line, x=_LEFT, y=baseline, font=part.font, size=size, colour=part.colour)
        y -= part.height


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
    """Region, languages, School, zones, beside the code; the photo, where there is one, takes the left half of it."""
    left = _LEFT
    if facts.photo:
        _photo(canvas, facts.photo)
        left += photo.WIDTH + 3
    room = (_QR_X - left) * MM
    region = fit_or_cut(facts.region, font=SEMIBOLD, width=room, max_size=12, min_size=8, one_line_from=10)
    y = 54.6
    for line in region.lines:
        write(canvas, line, x=left, y=y, font=SEMIBOLD, size=region.size, colour=STEEL)
        y -= region.size * 1.12 / MM
    _marks(canvas, facts, left=left)
    if facts.zones:
        caption(canvas, facts.words.zones, x=left, y=32.4)
        side = min(8.4, (room / MM + 1.2) / len(facts.zones) - 1.2)
        for place, zone in enumerate(facts.zones):
            zone_box(canvas, zone, x=left + place * (side + 1.2), y=30.8 - side, side=side)


def _photo(canvas: Canvas, content: bytes) -> None:
    """As it is, without being decoded and packed anew, in a thin frame."""
    x, y, width, height = _LEFT * MM, _PHOTO_Y * MM, photo.WIDTH * MM, photo.HEIGHT * MM
    canvas.drawImage(ImageReader(BytesIO(content)), x, y, width=width, height=height)
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.5)
    canvas.rect(x, y, width, height, stroke=1, fill=0)


def _marks(canvas: Canvas, facts: BadgeFacts, *, left: float) -> None:
    """Languages spoken and the School mark, in one row."""
    if facts.languages:
        caption(canvas, facts.words.languages, x=left, y=45.4)
    words = [*(language.upper() for language in facts.languages), *filter(None, (facts.school_mark,))]
    pills(canvas, words, x=left, y=38.8, width=_QR_X - left)

"""Small things drawn on both sides of a badge. Positions in millimetres, sizes of type in points."""

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from badges.engine.drawing.palette import GRAPHITE, INK, LINE, MIST, SLATE, SNOW, readable_on
from badges.engine.facts import BadgeFacts, CategoryFact, ZoneFact
from forum.pdf import BOLD, MEDIUM, SEMIBOLD, ellipsize, fit_text, printable, text_width

# Height of a capital letter in Fira Sans, as a part of the size.
CAP = 0.69


def write(canvas: Canvas, text: str, *, x: float, y: float, font: str, size: float, colour: Color = INK) -> None:
    """One line, its baseline starting at `x`, `y`."""
    canvas.setFillColor(colour)
    canvas.setFont(font, size)
    canvas.drawString(x * mm, y * mm, text)


def caption(canvas: Canvas, text: str, *, x: float, y: float, colour: Color = SLATE) -> None:
    """A small heading above a group."""
    write(canvas, printable(text), x=x, y=y, font=MEDIUM, size=6.5, colour=colour)


def centred_capital(canvas: Canvas, letter: str, *, x: float, y: float, size: float, colour: Color) -> None:
    """A capital with its middle at `x`, `y`."""
    canvas.setFillColor(colour)
    canvas.setFont(BOLD, size)
    canvas.drawCentredString(x * mm, y * mm - size * CAP / 2, letter)


def zone_box(canvas: Canvas, zone: ZoneFact, *, x: float, y: float, side: float) -> None:
    """A coloured square with the zone's letter."""
    colour = HexColor(zone.colour)
    canvas.setFillColor(colour)
    canvas.roundRect(x * mm, y * mm, side * mm, side * mm, 0.9 * mm, stroke=0, fill=1)
    centred_capital(canvas, zone.letter, x=x + side / 2, y=y + side / 2, size=side * 1.95, colour=readable_on(colour))


def pill(canvas: Canvas, text: str, *, x: float, y: float, size: float = 8.5) -> float:
    """A word in a thin frame; returns the x after it."""
    width = text_width(text, font=SEMIBOLD, size=size) / mm + 3.2
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.8)
    canvas.roundRect(x * mm, y * mm, width * mm, 5 * mm, 1 * mm, stroke=1, fill=0)
    write(canvas, text, x=x + 1.6, y=y + 2.5 - size * CAP / 2 / mm, font=SEMIBOLD, size=size)
    return x + width + 1.4


def spaced_code(canvas: Canvas, code: str, *, centre: float, y: float, size: float) -> None:
    """A short code in two groups on a fixed pitch, so that every character stands alone and is read alone."""
    pitch, gap = size * 0.74 / mm, size * 0.55 / mm
    half = len(code) // 2
    start = centre - (pitch * len(code) + gap) / 2 + pitch / 2
    canvas.setFillColor(INK)
    canvas.setFont(SEMIBOLD, size)
    for place, character in enumerate(code):
        canvas.drawCentredString((start + place * pitch + (gap if place >= half else 0)) * mm, y * mm, character)


def category_band(canvas: Canvas, category: CategoryFact, *, width: float, height: float) -> None:
    """The colour of the category over the full width, with its letter in a white field and its name in words."""
    colour = HexColor(category.colour)
    canvas.setFillColor(colour)
    canvas.rect(0, 0, width * mm, height * mm, stroke=0, fill=1)
    side = height - 6
    canvas.setFillColor(SNOW)
    canvas.roundRect(8 * mm, 3 * mm, side * mm, side * mm, 1.2 * mm, stroke=0, fill=1)
    centred_capital(canvas, category.letter, x=8 + side / 2, y=height / 2, size=side * 2.1, colour=GRAPHITE)
    _category_name(
        canvas, category, x=8 + side + 4, width=width - 16 - side - 4, middle=height / 2, colour=readable_on(colour)
    )


def _category_name(
    canvas: Canvas, category: CategoryFact, *, x: float, width: float, middle: float, colour: Color
) -> None:
    """The name as large as the band allows, the second language below, both centred on `middle`."""
    name = fit_text(category.name, font=BOLD, width=width * mm, max_size=17, min_size=9, one_line_from=9.5)
    if len(name.lines) > 1:
        name = fit_text(category.name, font=BOLD, width=width * mm, max_size=10.5, min_size=7)
    second = ellipsize(category.second_name, font=MEDIUM, size=8.5, width=width * mm)
    leading, below = name.size * 1.1 / mm, 4.4
    block = name.size * CAP / mm + leading * (len(name.lines) - 1) + (below if second else 0)
    y = middle + block / 2 - name.size * CAP / mm
    for place, line in enumerate(name.lines):
        write(canvas, line, x=x, y=y - place * leading, font=BOLD, size=name.size, colour=colour)
    for line in second:
        write(canvas, line, x=x, y=middle - block / 2, font=MEDIUM, size=8.5, colour=colour)


def wordmark(canvas: Canvas, facts: BadgeFacts, *, y: float, left: float, right: float) -> None:
    """Forum on the left, place and dates on the right of the graphite header, above the drawing."""
    where = " · ".join(filter(None, (printable(facts.forum_place), printable(facts.forum_dates))))
    canvas.setFont(MEDIUM, 7.5)
    canvas.setFillColor(MIST)
    canvas.drawRightString(right * mm, y * mm, where)
    room = (right - left - 5) * mm - text_width(where, font=MEDIUM, size=7.5)
    title = fit_text(facts.forum_title, font=SEMIBOLD, width=room, max_size=11, min_size=6, max_lines=1)
    if title.size < 9:
        title = fit_text(facts.forum_title, font=SEMIBOLD, width=room, max_size=8.5, min_size=6, one_line_from=8.5)
    y += (len(title.lines) - 1) * 1.6
    for place, line in enumerate(title.lines[:2]):
        write(canvas, line, x=left, y=y - place * 3.2, font=SEMIBOLD, size=title.size, colour=SNOW)

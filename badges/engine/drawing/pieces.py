"""Small things drawn on both sides of a badge. Positions in millimetres, sizes of type in points."""

from collections.abc import Sequence

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from badges.engine.drawing.palette import GRAPHITE, INK, LINE, MIST, SLATE, SNOW, readable_on
from badges.engine.facts import BadgeFacts, CategoryFact, ZoneFact
from forum.pdf import BOLD, MEDIUM, MM, SEMIBOLD, ellipsize, fit_or_cut, fit_text, printable, text_width

# Height of a capital letter in Fira Sans, as a part of the size.
CAP = 0.69


def write(canvas: Canvas, text: str, *, x: float, y: float, font: str, size: float, colour: Color = INK) -> None:
    """One line, its baseline starting at `x`, `y`."""
    canvas.setFillColor(colour)
    canvas.setFont(font, size)
    canvas.drawString(x * MM, y * MM, text)


def caption(canvas: Canvas, text: str, *, x: float, y: float, colour: Color = SLATE) -> None:
    """A small heading above a group."""
    write(canvas, printable(text), x=x, y=y, font=MEDIUM, size=6.5, colour=colour)


def capital_in_square(canvas: Canvas, letter: str, *, x: float, y: float, side: float, colour: Color) -> None:
    """A capital, or two, in the middle of the square whose lower left corner is `x`, `y`."""
    size = min(side * 2.05, side * 0.78 * MM / text_width(letter or "M", font=BOLD, size=1))
    canvas.setFillColor(colour)
    canvas.setFont(BOLD, size)
    canvas.drawCentredString((x + side / 2) * MM, (y + side / 2) * MM - size * CAP / 2, letter)


def zone_box(canvas: Canvas, zone: ZoneFact, *, x: float, y: float, side: float) -> None:
    """A coloured square with the zone's letter."""
    colour = HexColor(zone.colour)
    canvas.setFillColor(colour)
    canvas.roundRect(x * MM, y * MM, side * MM, side * MM, 0.9 * MM, stroke=0, fill=1)
    capital_in_square(canvas, zone.letter, x=x, y=y, side=side, colour=readable_on(colour))


def pills(canvas: Canvas, words: Sequence[str], *, x: float, y: float, width: float) -> None:
    """Words in thin frames side by side, smaller when there are many of them; what still does not fit is left out."""
    sizes = (8.5, 7.5, 6.5, 5.5)
    size = next((size for size in sizes if sum(_pill_width(word, size) for word in words) <= width), sizes[-1])
    end = x + width
    for word in words:
        step = _pill_width(word, size)
        if x + step > end + 0.1:
            return
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.8)
        canvas.roundRect(x * MM, y * MM, (step - 1.4) * MM, 5 * MM, 1 * MM, stroke=1, fill=0)
        write(canvas, word, x=x + 1.6, y=y + 2.5 - size * CAP / 2 / MM, font=SEMIBOLD, size=size)
        x += step


def _pill_width(word: str, size: float) -> float:
    """Frame and the gap after it, in millimetres."""
    return text_width(word, font=SEMIBOLD, size=size) / MM + 3.2 + 1.4


def spaced_code(canvas: Canvas, code: str, *, centre: float, y: float, size: float) -> None:
    """A short code in two groups on a fixed pitch, so that every character stands alone and is read alone."""
    pitch, gap = size * 0.74 / MM, size * 0.55 / MM
    half = len(code) // 2
    start = centre - (pitch * len(code) + gap) / 2 + pitch / 2
    canvas.setFillColor(INK)
    canvas.setFont(SEMIBOLD, size)
    for place, character in enumerate(code):
        canvas.drawCentredString((start + place * pitch + (gap if place >= half else 0)) * MM, y * MM, character)


def category_band(canvas: Canvas, category: CategoryFact, *, width: float, height: float) -> None:
    """The colour of the category over the full width, with its letter in a white field and its name in words."""
    colour = HexColor(category.colour)
    canvas.setFillColor(colour)
    canvas.rect(0, 0, width * MM, height * MM, stroke=0, fill=1)
    side = height - 6
    canvas.setFillColor(SNOW)
    canvas.roundRect(8 * MM, 3 * MM, side * MM, side * MM, 1.2 * MM, stroke=0, fill=1)
    capital_in_square(canvas, category.letter, x=8, y=3, side=side, colour=GRAPHITE)
    _category_name(
        canvas, category, x=8 + side + 4, width=width - 16 - side - 4, middle=height / 2, colour=readable_on(colour)
    )


def _category_name(
    canvas: Canvas, category: CategoryFact, *, x: float, width: float, middle: float, colour: Color
) -> None:
    """The name as large as the band allows, the second language below, both centred on `middle`."""
    name = fit_text(category.name, font=BOLD, width=width * MM, max_size=17, min_size=9.5, max_lines=1)
    if not name.fits:
        name = fit_or_cut(category.name, font=BOLD, width=width * MM, max_size=10.5, min_size=7, one_line_from=10.5)
    second = ellipsize(category.second_name, font=MEDIUM, size=8.5, width=width * MM)
    leading, below = name.size * 1.1 / MM, 4.4
    block = name.size * CAP / MM + leading * (len(name.lines) - 1) + (below if second else 0)
    y = middle + block / 2 - name.size * CAP / MM
    for place, line in enumerate(name.lines):
        write(canvas, line, x=x, y=y - place * leading, font=BOLD, size=name.size, colour=colour)
    for line in second:
        write(canvas, line, x=x, y=middle - block / 2, font=MEDIUM, size=8.5, colour=colour)


def wordmark(canvas: Canvas, facts: BadgeFacts, *, y: float, left: float, right: float) -> None:
    """Forum on the left, place and dates on the right of the graphite header, above the drawing."""
    where = " · ".join(filter(None, (printable(facts.forum_place), printable(facts.forum_dates))))
    canvas.setFont(MEDIUM, 7.5)
    canvas.setFillColor(MIST)
    canvas.drawRightString(right * MM, y * MM, where)
    room = (right - left - 5) * MM - text_width(where, font=MEDIUM, size=7.5)
    title = fit_text(facts.forum_title, font=SEMIBOLD, width=room, max_size=11, min_size=9, max_lines=1)
    if not title.fits:
        title = fit_or_cut(facts.forum_title, font=SEMIBOLD, width=room, max_size=8.5, min_size=6, one_line_from=8.5)
    y += (len(title.lines) - 1) * 1.6
    for place, line in enumerate(title.lines):
        write(canvas, line, x=left, y=y - place * 3.2, font=SEMIBOLD, size=title.size, colour=SNOW)

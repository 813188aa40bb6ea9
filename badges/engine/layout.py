"""One badge on a canvas, or as a PDF of its own."""

import hashlib
import io

from reportlab.pdfgen.canvas import Canvas

from badges.engine.checks import problems_of
from badges.engine.drawing.art import draw_header
from badges.engine.drawing.back import draw_back
from badges.engine.drawing.front import BAND, HEADER, HEIGHT, WIDTH, draw_front
from badges.engine.drawing.pieces import category_band, wordmark
from badges.engine.facts import BadgeError, BadgeFacts
from badges.engine.qr import qr_path
from forum.pdf import MM, new_canvas

A6 = (WIDTH * MM, HEIGHT * MM)
TITLE = "Badges"


def draw_badge(canvas: Canvas, facts: BadgeFacts, *, x: float = 0, y: float = 0, back: bool = False) -> None:
    """Draw one side with its lower left corner at `x`, `y` (points). The caller has seen to `problems_of`."""
    artwork = _artwork(canvas, facts)
    canvas.saveState()
    canvas.translate(x, y)
    canvas.doForm(artwork)
    (draw_back if back else draw_front)(canvas, facts, qr=qr_path(facts.token))
    canvas.restoreState()


def render_badge(facts: BadgeFacts, *, sides: int = 1) -> bytes:
    """One badge as a PDF with one or two A6 pages. Raises `BadgeError`."""
    if problems := problems_of(facts):
        raise BadgeError(problems)
    out = io.BytesIO()
    canvas = new_canvas(out, pagesize=A6, title=TITLE, author=facts.forum_title)
    for back in (False, True)[:sides]:
        draw_badge(canvas, facts, back=back)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _artwork(canvas: Canvas, facts: BadgeFacts) -> str:
    """Header and category band, kept once in a document for each category; returns the name to draw it by."""
    fixed = (facts.category, facts.forum_title, facts.forum_dates, facts.forum_place)
    name = "badge" + hashlib.sha256(repr(fixed).encode()).hexdigest()[:12]
    if not canvas.hasForm(name):
        canvas.beginForm(name, 0, 0, *A6)
        canvas.saveState()
        canvas.translate(0, (HEIGHT - HEADER) * MM)
        canvas.scale(MM, MM)
        draw_header(canvas)
        canvas.restoreState()
        wordmark(canvas, facts, y=HEIGHT - 7, left=8, right=97)
        category_band(canvas, facts.category, width=WIDTH, height=BAND)
        canvas.endForm()
    return name

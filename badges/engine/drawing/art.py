"""The header's line drawing: a mining and steel region in the snow, and the route through it. Our own drawing.

All numbers are millimetres from the lower left corner of the header; the canvas is scaled to millimetres.
"""

from collections.abc import Sequence

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from badges.engine.drawing.palette import FURNACE, GRAPHITE, MIST, SNOW

Points = Sequence[tuple[float, float]]
WIDTH, HEIGHT = 105.0, 29.0
_FINE, _LINE = 0.22, 0.38


def draw_header(canvas: Canvas) -> None:
    """Graphite sky, line drawing, snow that becomes the white of the badge."""
    canvas.setFillColor(GRAPHITE)
    # The snow covers the lower edge, so that no dark line shines through below it.
    canvas.rect(0, 2, WIDTH, HEIGHT - 2, stroke=0, fill=1)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    _hills(canvas)
    for part in (_headframe, _conveyor, _chimneys, _cooling_tower, _furnace, _excavator):
        part(canvas)
    _snow(canvas)
    _route(canvas)


def _pen(canvas: Canvas, colour: Color = MIST, width: float = _LINE, opacity: float = 1) -> None:
    canvas.setStrokeColor(colour)
    canvas.setStrokeAlpha(opacity)
    canvas.setLineWidth(width)


def _polyline(canvas: Canvas, points: Points, *, solid: bool = False) -> None:
    """A line; a solid one hides what stands behind it, as if it were filled with the dark of the sky."""
    canvas.setFillColor(GRAPHITE)
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    canvas.drawPath(path, stroke=1, fill=int(solid))


def _curve(canvas: Canvas, start: tuple[float, float], *segments: tuple[float, ...]) -> None:
    path = canvas.beginPath()
    path.moveTo(*start)
    for segment in segments:
        path.curveTo(*segment)
    canvas.drawPath(path, stroke=1, fill=0)


def _hills(canvas: Canvas) -> None:
    """The Alatau far behind: faint, so that the plants stand in front of it."""
    _pen(canvas, MIST, _FINE, 0.45)
    _polyline(canvas, [(0, 7.4), (6, 9.6), (10, 8.2), (17, 11.8), (23, 8.6), (28, 10.2), (35, 7.2), (44, 9), (52, 7.6)])
    _polyline(canvas, [(58, 7.8), (66, 10.2), (71, 8.8), (79, 12.4), (85, 9.2), (91, 11.0), (97, 8.6), (105, 10.4)])


def _headframe(canvas: Canvas) -> None:
    """A pit headframe: two legs, a strut, the wheel."""
    _pen(canvas)
    _polyline(canvas, [(10.4, 3), (12.2, 13.2), (14.8, 13.2), (16.6, 3)])
    _polyline(canvas, [(14.6, 13.2), (22.4, 3)])
    for left, right, y in ((10.9, 16.1, 6), (11.4, 15.6, 8.8), (11.9, 15.1, 11.4)):
        _polyline(canvas, [(left, y), (right, y)])
    _pen(canvas, MIST, _FINE)
    _polyline(canvas, [(10.9, 6), (15.6, 8.8)])
    _polyline(canvas, [(11.4, 8.8), (15.1, 11.4)])
    _pen(canvas)
    canvas.circle(13.5, 14.7, 1.5, stroke=1, fill=0)
    _pen(canvas, MIST, _FINE)
    for dx, dy in ((1.5, 0), (0, 1.5), (1.06, 1.06), (1.06, -1.06)):
        canvas.line(13.5 - dx, 14.7 - dy, 13.5 + dx, 14.7 + dy)


def _conveyor(canvas: Canvas) -> None:
    """The inclined gallery from the pit to the washing plant."""
    _pen(canvas)
    for x in (23, 27):
        _polyline(canvas, [(x, 3), (x, 5.4 + (x - 19.4) * 0.431)])
    _polyline(canvas, [(19.4, 5.4), (31, 10.4), (31, 11.8), (19.4, 6.8), (19.4, 5.4)], solid=True)
    _polyline(canvas, [(31, 3), (31, 13), (34, 14.6), (37, 13), (37, 3)], solid=True)
    _polyline(canvas, [(31, 13), (37, 13)])
    _pen(canvas, MIST, _FINE)
    for y in (5.6, 8, 10.4):
        _polyline(canvas, [(32.4, y), (35.6, y)])


def _chimneys(canvas: Canvas) -> None:
    """Three stacks with their bands, and thin smoke in the frost."""
    for x, top in ((41.2, 15.6), (44.4, 13.8), (47.4, 12)):
        _pen(canvas)
        _polyline(canvas, [(x - 0.8, 3), (x - 0.5, top), (x + 0.5, top), (x + 0.8, 3)], solid=True)
        _pen(canvas, MIST, _FINE)
        _polyline(canvas, [(x - 0.55, top - 1.2), (x + 0.55, top - 1.2)])
        _polyline(canvas, [(x - 0.57, top - 2.2), (x + 0.57, top - 2.2)])
    _pen(canvas, MIST, _FINE, 0.55)
    _curve(canvas, (41.2, 16.1), (42.4, 17.4, 43.6, 15.8, 45, 16.9), (46.4, 18, 48, 16.4, 50, 17.5))
    _curve(canvas, (44.4, 14.3), (45.4, 15.3, 46.6, 14.1, 47.8, 14.9), (49, 15.6, 50.6, 14.6, 52, 15.2))


def _cooling_tower(canvas: Canvas) -> None:
    _pen(canvas)
    canvas.setFillColor(GRAPHITE)
    path = canvas.beginPath()
    path.moveTo(53.6, 3)
    path.curveTo(55.4, 7, 55.6, 10, 55, 12.6)
    path.lineTo(62, 12.6)
    path.curveTo(61.4, 10, 61.6, 7, 63.4, 3)
    canvas.drawPath(path, stroke=1, fill=1)
    canvas.ellipse(55, 12.1, 62, 13.1, stroke=1, fill=1)
    _pen(canvas, MIST, _FINE)
    _curve(canvas, (54.6, 5.4), (57, 4.6, 60, 4.6, 62.4, 5.4))


def _furnace(canvas: Canvas) -> None:
    """A blast furnace with its stoves; the tap hole is the one warm point of the picture."""
    _pen(canvas)
    body = [(73.2, 3), (72.6, 6.4), (74, 11.6), (74.6, 15), (77.4, 15), (78, 11.6), (79.4, 6.4), (78.8, 3)]
    _polyline(canvas, body, solid=True)
    _polyline(canvas, [(74.8, 15), (76, 17.2), (77.2, 15)])
    _polyline(canvas, [(76, 17.2), (70.6, 12.4), (70.6, 3)])
    for x in (66.6, 68.6):
        canvas.setFillColor(GRAPHITE)
        canvas.roundRect(x - 0.8, 1, 1.6, 9.2, 0.8, stroke=1, fill=1)
    _pen(canvas, MIST, _FINE)
    _polyline(canvas, [(72.7, 6.4), (79.3, 6.4)])
    _polyline(canvas, [(74, 11.6), (78, 11.6)])
    canvas.setFillColor(FURNACE)
    canvas.circle(76, 5, 0.85, stroke=0, fill=1)


def _excavator(canvas: Canvas) -> None:
    """A dragline of the open pit: house, mast, boom, bucket on its ropes."""
    _pen(canvas)
    _polyline(canvas, [(86, 4.6), (86, 7.8), (91.4, 7.8), (91.4, 4.6), (86, 4.6)], solid=True)
    _polyline(canvas, [(85.4, 3.6), (92, 3.6)])
    _polyline(canvas, [(90.4, 7.8), (101.6, 16)])
    _polyline(canvas, [(91.4, 6.4), (101.6, 16)])
    _pen(canvas, MIST, _FINE)
    _polyline(canvas, [(88, 7.8), (90, 13.4), (101.6, 16)])
    _polyline(canvas, [(86.6, 7.8), (90, 13.4)])
    _polyline(canvas, [(101.6, 16), (100.6, 7.2)])
    _pen(canvas)
    _polyline(canvas, [(99.4, 7.2), (101.8, 7.2), (101.2, 5.2), (99.6, 5.2), (99.4, 7.2)], solid=True)


def _snow(canvas: Canvas) -> None:
    """Drifts in front of everything: the lower edge of the header is not a straight cut."""
    canvas.setFillColor(SNOW)
    path = canvas.beginPath()
    path.moveTo(0, 0)
    path.lineTo(0, 4.4)
    path.curveTo(12, 2, 22, 4.8, 36, 3.4)
    path.curveTo(50, 2, 60, 4.6, 74, 3.2)
    path.curveTo(86, 2, 94, 4.6, 105, 3.6)
    path.lineTo(105, 0)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def _route(canvas: Canvas) -> None:
    """The route: a thin line over the snow with its stops, the last one warm."""
    _pen(canvas, MIST, 0.3)
    canvas.setDash(0.9, 0.8)
    _curve(canvas, (8, 1.5), (24, -0.2, 34, 2.4, 49, 1.1), (62, 0, 72, 2.2, 97, 1.2))
    canvas.setDash()
    for x, y, colour in ((8, 1.5, MIST), (49, 1.1, MIST), (97, 1.2, FURNACE)):
        _pen(canvas, colour, 0.4)
        canvas.setFillColor(SNOW)
        canvas.circle(x, y, 0.75, stroke=1, fill=1)

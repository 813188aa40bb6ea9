"""The QR code as few rectangles, drawn as one path.

A fixed mask saves the search for the best one, four fifths of the time; any mask is legal, and for random tokens none
is worse than another. Rectangles in whole module units keep the file small; one path leaves no hairlines between them.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from qrcode.constants import ERROR_CORRECT_Q
from qrcode.main import QRCode
from qrcode.util import MODE_ALPHA_NUM, QRData
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

# 29 alphanumeric characters fit version 2 at level Q: 25 modules. Never Micro QR, which phones do not read.
VERSION = 2
MODULES = 17 + 4 * VERSION
MASK = 3
# Light modules that must surround the code, on each side.
QUIET_ZONE = 4
SIDE = MODULES + 2 * QUIET_ZONE


def qr_matrix(token: str) -> list[list[bool]]:
    """Dark modules by row from the top. `token` is at most 29 characters of the alphanumeric set."""
    code = QRCode(version=VERSION, error_correction=ERROR_CORRECT_Q, border=0, mask_pattern=MASK)
    code.add_data(QRData(token, mode=MODE_ALPHA_NUM))
    code.make(fit=False)
    return [[bool(module) for module in row] for row in code.modules]


def rectangles(matrix: list[list[bool]]) -> Iterator[tuple[int, int, int, int]]:
    """Dark modules merged: column, row from the top, width, height. They never overlap and together are the matrix."""
    growing: dict[tuple[int, int], int] = {}
    for row, modules in enumerate([*matrix, []]):
        runs = set(_runs(modules))
        for (column, width), top in [item for item in growing.items() if item[0] not in runs]:
            del growing[column, width]
            yield column, top, width, row - top
        for run in runs:
            growing.setdefault(run, row)


# Both sides of a badge, or of the four on a sheet, carry the same code.
@lru_cache(maxsize=8)
def qr_path(token: str) -> tuple[str, ...]:
    """PDF operators that draw the code in module units, the lower left corner of the quiet zone at 0, 0."""
    top = QUIET_ZONE + MODULES
    return tuple(
        f"{QUIET_ZONE + x} {top - y - rows} {columns} {rows} re" for x, y, columns, rows in rectangles(qr_matrix(token))
    )


def draw_qr(canvas: Canvas, path: Sequence[str], *, x: float, y: float, side: float) -> None:
    """Draw a path of `qr_path`; `x`, `y` is the corner and `side` the width in points, quiet zone included."""
    canvas.saveState()
    canvas.translate(x, y)
    canvas.scale(side / SIDE, side / SIDE)
    canvas.setFillGray(0)
    canvas.drawPath(PDFPathObject(code=list(path)), stroke=0, fill=1)
    canvas.restoreState()


def _runs(modules: list[bool]) -> Iterator[tuple[int, int]]:
    start = None
    for column, dark in enumerate([*modules, False]):
        if dark and start is None:
            start = column
        elif not dark and start is not None:
            yield start, column - start
            start = None

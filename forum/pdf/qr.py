"""Square codes on paper: dark modules merged into rectangles, drawn as one path."""

import re
from collections.abc import Iterator

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode
from reportlab.pdfgen.canvas import Canvas

DARK = re.compile("1+")
QUIET_ZONE = 4
"""Light modules that must surround a code, on each side."""


def rectangles(rows: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Dark modules merged: column, row from the top, width, height. They never overlap and together are the code."""
    growing: dict[tuple[int, int], int] = {}
    for row, modules in enumerate([*rows, ""]):
        runs = {run.span() for run in DARK.finditer(modules)}
        for (start, end), top in [item for item in growing.items() if item[0] not in runs]:
            del growing[start, end]
            yield start, top, end - start, row - top
        for run in runs:
            growing.setdefault(run, row)


def draw_code(canvas: Canvas, text: str, *, x: float, y: float, side: float) -> None:
    """Any text as a code of the size it needs; `x`, `y` is the lower left corner and `side` the width in points, with the
    quiet zone. One path leaves no hairlines between the modules.
    """
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    rows = ["".join("1" if module else "0" for module in row) for row in code.modules]
    module = side / (len(rows) + 2 * QUIET_ZONE)
    path = canvas.beginPath()
    for column, row, width, height in rectangles(rows):
        left, top = QUIET_ZONE + column, QUIET_ZONE + len(rows) - row
        path.rect(x + left * module, y + (top - height) * module, width * module, height * module)
    canvas.setFillGray(0)
    canvas.drawPath(path, stroke=0, fill=1)

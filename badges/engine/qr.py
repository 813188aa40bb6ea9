"""The QR code as few rectangles, drawn as one path.

A fixed mask saves the search for the best one, four fifths of the time; any mask is legal, and for random tokens none
is worse than another. Rectangles in whole module units keep the file small; one path leaves no hairlines between them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from qrcode.constants import ERROR_CORRECT_Q
from qrcode.main import QRCode
from qrcode.util import MODE_ALPHA_NUM, QRData
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from forum.pdf.qr import QUIET_ZONE, rectangles

# 29 alphanumeric characters fit version 2 at level Q: 25 modules. Never Micro QR, which phones do not read.
VERSION = 2
MODULES = 17 + 4 * VERSION
MASK = 3
CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
"""The alphanumeric set in the order of its values."""
GROUP_BITS = {1: 6, 2: 11}
SIDE = MODULES + 2 * QUIET_ZONE


def qr_rows(token: str) -> list[str]:
    """The code by row from the top, dark modules as “1”, light ones as “0”.

    `token` is at most 29 characters of the alphanumeric set: raises `DataOverflowError` for a longer one, `ValueError` for
    other characters.
    """
    codes = _codes(len(token))
    modules = codes.bare
    for group, columns in zip(_groups(token), codes.columns, strict=True):
        for bit, column in enumerate(columns):
            if group >> bit & 1:
                modules ^= column
    text = f"{modules:0{MODULES * MODULES}b}"
    return [text[start : start + MODULES] for start in range(0, len(text), MODULES)]


@dataclass(frozen=True, slots=True)
class _Codes:
    """All codes of one length: the one of zeros, and the modules that turn with each bit of each group of characters.

    With one mask, version and level every module is a sum (modulo 2) of data bits, the correction's included, since
    Reed-Solomon codes are linear (ISO/IEC 18004, 7.5). So a code is a few exclusive ors instead of a millisecond of
    polynomials, and equal to what `qrcode` makes, which makes these.
    """

    bare: int
    columns: tuple[tuple[int, ...], ...]


@cache
def _codes(length: int) -> _Codes:
    bare = _made("0" * length)
    groups = [2] * (length // 2) + [1] * (length % 2)
    columns = []
    for place, size in enumerate(groups):
        texts = (_with_group(length, place, size, 1 << bit) for bit in range(GROUP_BITS[size]))
        columns.append(tuple(_made(text) ^ bare for text in texts))
    return _Codes(bare, tuple(columns))


def _with_group(length: int, place: int, size: int, value: int) -> str:
    """Zeros, but for one group of this value."""
    high, low = divmod(value, len(CHARACTERS))
    group = CHARACTERS[low] if size == 1 else CHARACTERS[high] + CHARACTERS[low]
    return "0" * 2 * place + group + "0" * (length - 2 * place - size)


def _groups(token: str) -> Iterator[int]:
    """Characters are coded in pairs, a last one alone."""
    values = [CHARACTERS.index(character) for character in token]
    for place in range(0, len(values) - 1, 2):
        yield values[place] * len(CHARACTERS) + values[place + 1]
    if len(values) % 2:
        yield values[-1]


def _made(text: str) -> int:
    """The modules of a code as one number, the first row first."""
    code = QRCode(version=VERSION, error_correction=ERROR_CORRECT_Q, border=0, mask_pattern=MASK)
    code.add_data(QRData(text, mode=MODE_ALPHA_NUM))
    code.make(fit=False)
    return int("".join("1" if module else "0" for row in code.modules for module in row), 2)


# Both sides of a badge, or of the four on a sheet, carry the same code.
@lru_cache(maxsize=8)
def qr_path(token: str) -> tuple[str, ...]:
    """PDF operators that draw the code in module units, the lower left corner of the quiet zone at 0, 0."""
    top = QUIET_ZONE + MODULES
    return tuple(
        f"{QUIET_ZONE + x} {top - y - rows} {columns} {rows} re" for x, y, columns, rows in rectangles(qr_rows(token))
    )


def draw_qr(canvas: Canvas, path: Sequence[str], *, x: float, y: float, side: float) -> None:
    """Draw a path of `qr_path`; `x`, `y` is the corner and `side` the width in points, quiet zone included."""
    canvas.saveState()
    canvas.translate(x, y)
    canvas.scale(side / SIDE, side / SIDE)
    canvas.setFillGray(0)
    canvas.drawPath(PDFPathObject(code=list(path)), stroke=0, fill=1)
    canvas.restoreState()

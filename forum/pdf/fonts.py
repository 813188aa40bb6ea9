"""Fira Sans for paper: Russian, Belarusian and Uzbek in both scripts, embedded as a subset.

The PDF base fonts have no Cyrillic, and reportlab draws a box for what a font lacks: texts are checked before drawing.
"""

import importlib.util
import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

LIGHT, REGULAR, MEDIUM, SEMIBOLD, BOLD = (
    "FiraSans-Light",
    "FiraSans-Regular",
    "FiraSans-Medium",
    "FiraSans-SemiBold",
    "FiraSans-Bold",
)
_FONTS = (LIGHT, REGULAR, MEDIUM, SEMIBOLD, BOLD)
# Fira lacks the no-break hyphen and the narrow no-break space (Babel writes one before "г."): same look, known glyphs.
_STAND_INS = str.maketrans(
    {
        "\u2011": "-",
        "\u2010": "-",
        "\u202f": "\u00a0",
        "\u2007": "\u00a0",
        "\u2060": None,
        "\ufeff": None,
        "\u00ad": None,
    }
)
_BREAKING_SPACES = re.compile(r"[^\S\u00a0]+")
_UNSEEN = frozenset(" \u00a0")


def printable(text: str) -> str:
    """`text` as it goes to paper: composed, on one line, with stand-ins for signs that only differ in breaking."""
    return _BREAKING_SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(_STAND_INS)).strip()


# Most of what stands on a thousand badges is the same on all of them.
@lru_cache(maxsize=256)
def missing_glyphs(text: str, font: str = REGULAR) -> frozenset[str]:
    """Characters of `text` that `font` would draw as a box. Empty means safe to print."""
    glyphs = _font(font).face.charToGlyph
    return frozenset(char for char in printable(text) if ord(char) not in glyphs and char not in _UNSEEN)


def text_width(text: str, *, font: str, size: float) -> float:
    """Width in points of `text` as `printable` leaves it."""
    widths, fallback = _widths(font)
    return sum(widths.get(ord(char), fallback) for char in text) * size / 1000


def font_path(font: str) -> Path:
    """The TrueType file. The package is found, not imported: its registry would be read for nothing."""
    spec = importlib.util.find_spec("fontpkg_fira_sans")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the package fontpkg-fira-sans is not installed")
    return Path(spec.origin).parent / "files" / f"{font}.ttf"


@cache
def register_fonts() -> None:
    """Make the fonts known to reportlab, once per process (about 30 ms)."""
    for name in _FONTS:
        pdfmetrics.registerFont(TTFont(name, str(font_path(name))))


def _font(name: str) -> TTFont:
    register_fonts()
    return pdfmetrics.getFont(name)


@cache
def _widths(name: str) -> tuple[dict[int, float], float]:
    """Advance of every character in thousandths of the size, and the one of an unknown character."""
    face = _font(name).face
    return face.charWidths, face.defaultWidth

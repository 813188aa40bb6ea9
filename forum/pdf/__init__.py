"""PDF kit: embedded fonts, text that fits and is never a box, documents of any length in flat memory."""

from forum.pdf.document import MM, StreamingCanvas, new_canvas
from forum.pdf.fonts import (
    BOLD,
    LIGHT,
    MEDIUM,
    REGULAR,
    SEMIBOLD,
    font_path,
    missing_glyphs,
    printable,
    register_fonts,
    text_width,
)
from forum.pdf.qr import draw_code
from forum.pdf.text import Fitted, ellipsize, fit_or_cut, fit_text, wrap

__all__ = [
    "BOLD",
    "LIGHT",
    "MEDIUM",
    "MM",
    "REGULAR",
    "SEMIBOLD",
    "Fitted",
    "StreamingCanvas",
    "draw_code",
    "ellipsize",
    "fit_or_cut",
    "fit_text",
    "font_path",
    "missing_glyphs",
    "new_canvas",
    "printable",
    "register_fonts",
    "text_width",
    "wrap",
]

"""Colours of the badge: an industrial region under clean snow, with one warm accent."""

from reportlab.lib.colors import Color, HexColor

GRAPHITE = HexColor("#1F262D")
INK = HexColor("#2A323A")
SLATE = HexColor("#5A6873")
STEEL = HexColor("#2C5F86")
MIST = HexColor("#8FB0C8")
LINE = HexColor("#C6D1DA")
SNOW = HexColor("#FFFFFF")
FURNACE = HexColor("#E8622C")


def readable_on(background: Color) -> Color:
    """White or graphite, whichever has the higher WCAG contrast on `background`."""
    return max((SNOW, GRAPHITE), key=lambda text: contrast(text, background))


def contrast(one: Color, other: Color) -> float:
    """WCAG contrast ratio, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.rgb())
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)

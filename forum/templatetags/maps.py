"""From rows of the apps (dicts or objects) to what the pictures draw."""

import re
from collections.abc import Mapping
from datetime import tzinfo
from typing import Any

from forum.charts import Leg, RegionCount
from forum.templatetags.times import hour_text

# Words that say what kind of region it is; on a tile only its own name has room.
_KIND_WORDS = re.compile(
    r"\b(Республика|Рэспубліка|область|вобласць|край|автономный округ|Republic of|Republic|Oblast|Region|Krai|"
    r"Respublikasi|viloyati|oʻlkasi)\b",
    re.IGNORECASE,
)
_FIT = 11
LEG_ICONS = {
    "transfer": "bus",
    "transfer_excursion": "bus",
    "bus": "bus",
    "gate_control": "gate",
    "gate": "gate",
    "induction": "helmet",
    "ppe": "helmet",
    "tour": "plant",
    "museum": "museum",
    "lunch": "cup",
    "break": "cup",
}


def value(row: Any, *names: str, default: Any = "") -> Any:
    """The first of `names` that the row has, as key or attribute."""
    for name in names:
        if isinstance(row, Mapping):
            if name in row:
                return row[name]
        elif hasattr(row, name):
            return getattr(row, name)
    return default


def region_count(row: Any) -> RegionCount:
    """A row with code, name, tile_x, tile_y, count and role (guest, partner, host) as the map wants it."""
    if isinstance(row, RegionCount):
        return row
    return RegionCount(
        str(value(row, "code")),
        str(value(row, "name")),
        value(row, "tile_x", "x"),
        value(row, "tile_y", "y"),
        int(value(row, "count", default=0)),
        str(value(row, "role", default="guest")),
    )


def leg(row: Any, *, zone: str | tzinfo | None = None) -> Leg:
    """A row with kind, title and either a period or minutes and start (a text such as 14:10) as the strip wants it."""
    if isinstance(row, Leg):
        return row
    kind, title = str(value(row, "kind")), str(value(row, "title"))
    if period := value(row, "period", default=None):
        minutes = round((period.upper - period.lower).total_seconds() / 60)
        return Leg(kind, title, minutes, hour_text(period.lower, zone=zone))
    return Leg(kind, title, int(value(row, "minutes", default=0)), str(value(row, "start")))


def leg_icon(kind: str) -> str:
    """The icon of a kind of leg; an unknown kind is a point of the route."""
    return LEG_ICONS.get(kind, "pin")


def tile_label(region: RegionCount) -> dict[str, Any]:
    """What a tile says: its short code for small screens, its own name where it fits, in two lines if need be."""
    own = " ".join(_KIND_WORDS.sub("", region.name.split("—")[0].split("–")[0]).split()) or region.name
    lines = own.replace("-", "-\n", 1).split("\n") if len(own) > _FIT and "-" in own else own.split(" ", 1)
    return {"code": region.code.rpartition("-")[2], "lines": lines, "long": max(map(len, lines)) > _FIT}


def ink_on(colour: str) -> str:
    """Black or white, whichever has more contrast on `colour` (#rrggbb)."""
    light = luminance(colour)
    return "#ffffff" if 1.05 / (light + 0.05) >= (light + 0.05) / 0.05 else "#000000"


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, 0 (black) to 1 (white), as WCAG defines it."""
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    """An sRGB channel (0–1) as linear light."""
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

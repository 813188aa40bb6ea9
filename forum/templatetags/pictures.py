"""Numbers as pictures: from values to what their templates draw."""

from collections.abc import Iterable, Sequence
from typing import Any

from forum import charts
from forum.templatetags import maps, times


def fill_bar(taken: int, places: int, label: str = "") -> dict[str, Any]:
    """How many of how many places are taken, with the words “n of m”."""
    return {
        "taken": taken,
        "places": places,
        "label": label,
        "share": charts.fill_share(taken, places=places),
        "left": max(0, places - taken),
    }


def ring(done: int, total: int, label: str) -> dict[str, Any]:
    """A ring of how many of how many, such as people on a bus."""
    share = charts.fill_share(done, places=total)
    return {"done": done, "total": total, "label": label, "arc": charts.ring_arc(share, radius=42, centre=50)}


def tile_map(regions: Iterable[Any], caption: str = "") -> dict[str, Any]:
    """Regions as tiles with counts. Rows: dicts or objects with code, name, tile_x, tile_y, count and role."""
    rows = [maps.region_count(region) for region in regions]
    ranked = sorted((row for row in rows if row.role != "host"), key=lambda row: (-row.count, row.name))
    drawn = charts.tile_map(rows)
    return {
        "map": drawn,
        "labels": [(tile, maps.tile_label(tile.region)) for tile in drawn.tiles],
        "ranked": ranked,
        "hosts": [row for row in rows if row.role == "host"],
        "caption": caption,
        "side": charts.TILE,
    }


def bar_chart(points: Sequence[tuple[str, int]], caption: str, now: str = "", every: int = 4) -> dict[str, Any]:
    """Bars for (label, value); every `every`-th label stands under the axis, `now` names the bar of this moment."""
    return {"chart": charts.bar_chart(points, marked=now, every=every), "caption": caption}


def route_strip(legs: Iterable[Any], zone: Any = None) -> dict[str, Any]:
    """A plant visit as bus → gate → induction → tour → bus. Rows: kind, title, and period or minutes and start."""
    segments = charts.route_strip([maps.leg(row, zone=zone) for row in legs])
    return {
        "segments": [(segment, maps.leg_icon(segment.leg.kind)) for segment in segments],
        "total": times.minutes_text(sum(segment.leg.minutes for segment in segments)),
    }

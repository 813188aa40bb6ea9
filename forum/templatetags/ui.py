"""The design system as template tags: `{% load ui %}`. How to use them: docs/design-system.md."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.urls import translate_url
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from forum import charts
from forum.templatetags import art, fields, maps, times

register = template.Library()
COMPONENTS = "forum/components/"
THEMES = ("light", "dark")
DARK_MEDIA = {"dark": "screen", "light": "not all", "auto": "screen and (prefers-color-scheme: dark)"}

# --- pictures ------------------------------------------------------------------------------------------------------
register.simple_tag(art.icon_svg, name="icon")
register.simple_tag(art.drawing_svg, name="drawing")


# --- the page: theme, languages, where one is --------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def theme_choice(context: Mapping[str, Any]) -> str:
    """The reader's colours from the cookie `theme`: light, dark, or auto (as the device says)."""
    request = context.get("request")
    chosen = request.COOKIES.get("theme", "") if request else ""
    return chosen if chosen in THEMES else "auto"


@register.simple_tag(takes_context=True)
def dark_media(context: Mapping[str, Any]) -> str:
    """When the dark colours apply. Never in print."""
    return DARK_MEDIA[theme_choice(context)]


@register.simple_tag(takes_context=True)
def language_choices(context: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The languages with their own names; `url` is this page in it, empty where the address carries no language."""
    request = context.get("request")
    path = request.get_full_path() if request else "/"
    current = get_language() or settings.LANGUAGE_CODE
    codes = [code for code, _name in settings.LANGUAGES]
    carried = path.split("/", 2)[1:2] == [current]
    return [language_choice(code, request=request, path=path, carried=carried, current=code == current) for code in codes]


def language_choice(code: str, *, request: Any, path: str, carried: bool, current: bool) -> dict[str, Any]:
    """One language; a query string stays, since a filtered list has the same filters in every language."""
    url = (path if current else translate_url(path, code)) if carried else ""
    name = get_language_info(code)["name_local"]
    return {"code": code, "name": name[:1].upper() + name[1:], "url": url, "current": current,
            "absolute_url": request.build_absolute_uri(url) if request and url else url}  # fmt: skip


@register.simple_tag(takes_context=True)
def current(context: Mapping[str, Any], url: str) -> str:
    """`aria-current` when the page is `url` or lies below it."""
    request = context.get("request")
    if request is None or not url or not request.path.startswith(url):
        return ""
    return SafeString(' aria-current="page"')


# --- times -----------------------------------------------------------------------------------------------------------------
@register.simple_tag
def when(moment: datetime | None, zone: Any = None, end: datetime | None = None) -> str:
    """A moment or a period with its zone: when dt "Europe/Moscow" end=stop."""
    if moment is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(), times.when_text(moment, zone=zone, end=end))


@register.simple_tag
def hour(moment: datetime | None, zone: Any = None) -> str:
    """Hours and minutes, where day and zone already stand."""
    if moment is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(), times.hour_text(moment, zone=zone))


@register.simple_tag
def day(value: Any) -> str:
    """A day: “20 мая, чт”."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), times.day_text(value))


@register.simple_tag
def clock_now(zone: str) -> str:
    """The time of a zone now; clocks.js keeps it going."""
    now = timezone.now()
    return format_html('<time datetime="{}" data-clock="{}">{}</time>', now.isoformat(), zone, times.hour_text(now, zone=zone))


# --- forms -----------------------------------------------------------------------------------------------------------------
@register.inclusion_tag(COMPONENTS + "field.html")
def field(bound: BoundField, label: str = "", hint: str = "", width: str = "", optional: bool = False) -> dict[str, Any]:
    """A whole form field: label, hint, input, errors. `width`: short, medium or empty (full)."""
    return fields.field_context(bound, label=label, hint=hint, width=width, optional=optional)


@register.inclusion_tag(COMPONENTS + "form_errors.html")
def form_errors(form: BaseForm) -> dict[str, Any]:
    """What is wrong, at the top of the form, each with a link to its field."""
    return {"errors": fields.form_errors(form)}


# --- words with a shape ------------------------------------------------------------------------------------------------------
TONES = {"ok": "check", "wait": "clock", "ask": "question", "no": "cross", "off": "minus", "new": "dot"}
TOASTS = {"success": "check", "warning": "warning", "error": "cross", "info": "info", "debug": "info"}


@register.inclusion_tag(COMPONENTS + "chip.html")
def chip(tone: str, word: str) -> dict[str, str]:
    """A state: colour, shape and word. Tones: ok, wait, ask, no, off, new; KeyError for another."""
    return {"tone": tone, "word": word, "shape": TONES[tone]}


@register.inclusion_tag(COMPONENTS + "zone_badge.html")
def zone_badge(letter: str, colour: str, name: str = "", small: bool = False) -> dict[str, Any]:
    """A zone's letter on its colour (#rrggbb); the ink is black or white, whichever reads better."""
    return {"letter": letter, "colour": colour, "name": name, "small": small, "ink": maps.ink_on(colour)}


@register.filter
def toast_icon(level: str) -> str:
    """The icon of a message level."""
    return TOASTS.get(level, "info")


@register.filter
def toast_word(level: str) -> str:
    """The level said in a word, for those who do not see the colour."""
    words = {"success": _("Done"), "warning": _("Attention"), "error": _("Not done")}
    return words.get(level, _("Note"))


# --- lists -----------------------------------------------------------------------------------------------------------------
@register.inclusion_tag(COMPONENTS + "pager.html", takes_context=True)
def pager(context: template.Context, page: Any) -> dict[str, Any]:
    """Pages of a list with filters kept; `page` is a Django `Page`. Draws nothing for a single page."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"request": context["request"], "page": page, "numbers": list(numbers), "gap": page.paginator.ELLIPSIS}


@register.inclusion_tag(COMPONENTS + "steps.html")
def steps(labels: Sequence[str], now: int) -> dict[str, Any]:
    """A way in steps: `labels` in order, `now` counted from 1."""
    states = ["done" if n < now else "current" if n == now else "todo" for n in range(1, len(labels) + 1)]
    return {"steps": list(zip(labels, states, strict=True)), "now": now, "total": len(labels), "label": labels[now - 1]}


# --- numbers as pictures ------------------------------------------------------------------------------------------------------
@register.inclusion_tag(COMPONENTS + "fill_bar.html")
def fill_bar(taken: int, places: int, label: str = "") -> dict[str, Any]:
    """How many of how many places are taken, with the words “n of m”."""
    return {"taken": taken, "places": places, "label": label, "share": charts.fill_share(taken, places=places),
            "left": max(0, places - taken)}  # fmt: skip


@register.inclusion_tag(COMPONENTS + "ring.html")
def ring(done: int, total: int, label: str) -> dict[str, Any]:
    """A ring of how many of how many, such as people on a bus."""
    share = charts.fill_share(done, places=total)
    return {"done": done, "total": total, "label": label, "arc": charts.ring_arc(share, radius=42, centre=50)}


@register.inclusion_tag(COMPONENTS + "tile_map.html")
def tile_map(regions: Iterable[Any], caption: str = "") -> dict[str, Any]:
    """Regions as tiles with counts. Rows: dicts or objects with code, name, tile_x, tile_y, count and role."""
    rows = [maps.region_count(region) for region in regions]
    ranked = sorted((row for row in rows if row.role != "host"), key=lambda row: (-row.count, row.name))
    drawn = charts.tile_map(rows)
    return {"map": drawn, "labels": [(tile, maps.tile_label(tile.region)) for tile in drawn.tiles], "ranked": ranked,
            "hosts": [row for row in rows if row.role == "host"], "caption": caption, "side": charts.TILE}  # fmt: skip


@register.inclusion_tag(COMPONENTS + "bar_chart.html")
def bar_chart(points: Sequence[tuple[str, int]], caption: str, now: str = "", every: int = 4) -> dict[str, Any]:
    """Bars for (label, value); every `every`-th label stands under the axis, `now` names the bar of this moment."""
    return {"chart": charts.bar_chart(points, marked=now, every=every), "caption": caption}


@register.inclusion_tag(COMPONENTS + "route_strip.html")
def route_strip(legs: Iterable[Any], zone: Any = None) -> dict[str, Any]:
    """A plant visit as bus → gate → induction → tour → bus. Rows: kind, title, and period or minutes and start."""
    segments = charts.route_strip([maps.leg(row, zone=zone) for row in legs])
    return {"segments": [(segment, maps.leg_icon(segment.leg.kind)) for segment in segments],
            "total": times.minutes_text(sum(segment.leg.minutes for segment in segments))}  # fmt: skip


@register.inclusion_tag(COMPONENTS + "host_mark.html")
def host_mark(role: str, name: str) -> dict[str, str]:
    """Whose session it is: `host` (a house), `partner` (a diamond) or `joint` (both), with the region's name."""
    return {"role": role, "name": name}


@register.filter
def duration(minutes: int) -> str:
    """Minutes as people say them: 45 min, 1 h 15 min."""
    return times.minutes_text(minutes)


# --- frames with a body --------------------------------------------------------------------------------------------------------
@register.simple_block_tag
def page_header(content: str, title: str, lead: str = "", above: str = "", back: str = "", back_label: str = "") -> str:
    """The head of a page; its body holds the actions. `above` is a short line over the title, `back` an address."""
    return render_to_string(COMPONENTS + "page_header.html", {
        "title": title, "lead": lead, "above": above, "back": back, "back_label": back_label, "body": content})  # fmt: skip


@register.simple_block_tag
def panel(content: str, title: str = "", hint: str = "", anchor: str = "", level: int = 2) -> str:
    """A framed part of a page."""
    return render_to_string(COMPONENTS + "panel.html", {
        "title": title, "hint": hint, "anchor": anchor, "level": level, "body": content})  # fmt: skip


@register.simple_block_tag
def empty(content: str, title: str, text: str = "", drawing: str = "") -> str:
    """What stands where nothing is yet: what to do about it; the body holds the action."""
    return render_to_string(COMPONENTS + "empty.html", {"title": title, "text": text, "drawing": drawing, "body": content})


@register.simple_block_tag
def alert(content: str, tone: str = "new", title: str = "") -> str:
    """A standing notice inside a page; tones as of `chip`."""
    return render_to_string(COMPONENTS + "alert.html", {"tone": tone, "title": title, "shape": TONES[tone], "body": content})


@register.simple_block_tag
def confirm(content: str, label: str, title: str, button: str = "quiet", icon: str = "") -> str:
    """A button that asks before it acts: the body holds the explanation and the form. Works without JavaScript."""
    return render_to_string(COMPONENTS + "confirm.html", {
        "label": label, "title": title, "button": button, "icon": icon, "body": content})  # fmt: skip


@register.simple_block_tag
def dialog(content: str, anchor: str, title: str) -> str:
    """A dialog with the id `anchor`, opened by a button with `data-opens` of the same name."""
    return render_to_string(COMPONENTS + "dialog.html", {"anchor": anchor, "title": title, "body": content})

"""The design system as template tags: `{% load ui %}`. How to use them: docs/design-system.md."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import pgettext

from forum.templatetags import art, fields, frames, heads, maps, pictures, shell, times
from forum.web.undo import way_back

register = template.Library()
COMPONENTS = frames.COMPONENTS

register.simple_tag(art.icon_svg, name="icon")
register.simple_tag(art.drawing_svg, name="drawing")
for page_tag in (shell.theme_choice, shell.dark_media, shell.language_choices, shell.current):
    register.simple_tag(page_tag, takes_context=True)
register.simple_tag(heads.page_address, takes_context=True)
for head in (heads.page_title, heads.page_description):
    register.simple_block_tag(head)
for picture in (pictures.fill_bar, pictures.ring, pictures.tile_map, pictures.bar_chart, pictures.route_strip):
    register.inclusion_tag(f"{COMPONENTS}{picture.__name__}.html")(picture)
for frame in (frames.page_header, frames.panel, frames.empty, frames.alert, frames.confirm, frames.dialog):
    register.simple_block_tag(frame)


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


register.filter("zone_place", times.place_of)


@register.simple_tag
def clock_now(zone: str) -> str:
    """The time of a zone now; clocks.js keeps it going."""
    now = timezone.now()
    return format_html(
        '<time datetime="{}" data-clock="{}">{}</time>', now.isoformat(), zone, times.hour_text(now, zone=zone)
    )


# --- forms -----------------------------------------------------------------------------------------------------------------
@register.inclusion_tag(COMPONENTS + "field.html")
def field(
    bound: BoundField, label: str = "", hint: str = "", width: str = "", optional: bool = False
) -> dict[str, Any]:
    """A whole form field: label, hint, input, errors. `width`: short, medium or empty (full)."""
    return fields.field_context(bound, label=label, hint=hint, width=width, optional=optional)


@register.inclusion_tag(COMPONENTS + "form_errors.html")
def form_errors(form: BaseForm, whole: bool = False) -> dict[str, Any]:
    """What is wrong, at the top of the form, each with a link to its field; `whole`: only what concerns the whole form."""
    return {"errors": [error for error in fields.form_errors(form) if not (whole and error.anchor)]}


# --- words with a shape ------------------------------------------------------------------------------------------------------
TOASTS = {"success": "check", "warning": "warning", "error": "cross", "info": "info", "debug": "info"}


@register.inclusion_tag(COMPONENTS + "chip.html")
def chip(tone: str, word: str) -> dict[str, str]:
    """A state: colour, shape and word. Tones: ok, wait, ask, no, off, new; KeyError for another."""
    return {"tone": tone, "word": word, "shape": frames.TONES[tone]}


@register.inclusion_tag(COMPONENTS + "zone_badge.html")
def zone_badge(letter: str, colour: str, name: str = "", small: bool = False) -> dict[str, Any]:
    """A zone's letter on its colour (#rrggbb); the ink is black or white, whichever reads better."""
    return {"letter": letter, "colour": colour, "name": name, "small": small, "ink": maps.ink_on(colour)}


register.filter("way_back", way_back)


@register.filter
def toast_icon(level: str) -> str:
    """The icon of a message level."""
    return TOASTS.get(level, "info")


@register.filter
def toast_word(level: str) -> str:
    """The level said in a word, for those who do not see the colour."""
    words = {
        "success": pgettext("message level", "Done"),
        "warning": pgettext("message level", "Attention"),
        "error": pgettext("message level", "Not done"),
    }
    return words.get(level, pgettext("message level", "Note"))


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


# --- what needs no more than its template ------------------------------------------------------------------------------
@register.inclusion_tag(COMPONENTS + "host_mark.html")
def host_mark(role: str, name: str) -> dict[str, str]:
    """Whose session it is: `host` (a house), `partner` (a diamond) or `joint` (both), with the region's name."""
    return {"role": role, "name": name}


@register.filter
def duration(minutes: int) -> str:
    """Minutes as people say them: 45 min, 1 h 15 min."""
    return times.minutes_text(minutes)

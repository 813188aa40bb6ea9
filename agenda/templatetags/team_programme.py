"""Words of the team's programme room: times on both clocks, states. `{% load team_programme %}`."""

from collections.abc import Sequence
from datetime import datetime

from django import template

from forum.templatetags.times import day_text, hour_text, place_of, zone_of

register = template.Library()


@register.simple_tag
def both_clocks(starts: datetime | str, ends: datetime | str, zones: Sequence[str]) -> str:
    """A period on every clock that matters: “20 мая, чт, 16:00–17:30 (Кемерово), 12:00–13:30 (Москва)”.

    Moments may come as ISO text, as letters and proposals carry them.
    """
    first, last = _moment(starts), _moment(ends)
    return _on_clocks(first, [f"{hour_text(first, zone=zone)}–{hour_text(last, zone=zone)}" for zone in zones], zones)


@register.filter
def deadline(moment: datetime | str, zones: Sequence[str]) -> str:
    """A moment on every clock that matters: “20 мая, чт, 23:00 (Кемерово), 19:00 (Москва)”."""
    at = _moment(moment)
    return _on_clocks(at, [hour_text(at, zone=zone) for zone in zones], zones)


def _on_clocks(first: datetime, hours: Sequence[str], zones: Sequence[str]) -> str:
    """Hours with their place; the day is said again only where it differs."""
    parts, shown = [], None
    for text, zone in zip(hours, zones, strict=True):
        day = first.astimezone(zone_of(zone)).date()
        place = f"{text} ({place_of(zone_of(zone))})"
        parts.append(place if day == shown else f"{day_text(day)}, {place}")
        shown = day
    return ", ".join(parts)


def _moment(value: datetime | str) -> datetime:
    return datetime.fromisoformat(value) if isinstance(value, str) else value

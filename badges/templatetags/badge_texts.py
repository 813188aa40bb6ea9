"""Words of badge pages and letters that templates cannot put together: `{% load badge_texts %}`."""

from datetime import datetime

from django import template

from badges.engine.token import format_short_code
from forum.templatetags.times import when_text

register = template.Library()
register.filter("short_code", format_short_code)


@register.filter
def moment_text(moment: datetime | str, zone: str) -> str:
    """A moment, or its ISO text out of a letter's context, as plain words with its zone."""
    return when_text(datetime.fromisoformat(moment) if isinstance(moment, str) else moment, zone=zone)

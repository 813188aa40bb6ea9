"""The forum's days and zone in words. `{% load edition %}`."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from babel.dates import format_interval
from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forum.models import Forum
from forum.templatetags import times

register = template.Library()
MOSCOW = ZoneInfo("Europe/Moscow")


@register.simple_tag
def forum_days(forum: Forum) -> str:
    """The days as one: “20–21 мая 2027 г.”."""
    text = format_interval(forum.starts_on, forum.ends_on, "yMMMMd", locale=times.reader_locale())
    # The narrow space of the language data is missing in our font.
    return format_html(
        '<time datetime="{}">{}</time>',
        forum.starts_on.isoformat(),
        text.replace("\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"),
    )


@register.simple_tag
def forum_zone(forum: Forum) -> str:
    """The zone as place, distance to UTC and distance to Moscow on the first day."""
    zone = ZoneInfo(forum.timezone)
    moment = datetime.combine(forum.starts_on, time(12), zone)
    hours = round(moment.utcoffset().total_seconds() / 3600)  # type: ignore[union-attr]
    ahead = hours - round(moment.astimezone(MOSCOW).utcoffset().total_seconds() / 3600)  # type: ignore[union-attr]
    words = _("%(city)s time, UTC%(sign)s%(hours)s") % {
        "city": times.place_of(zone), "sign": "+" if hours >= 0 else "−", "hours": abs(hours)}  # fmt: skip
    if ahead <= 0:
        return words
    more = ngettext("%(number)s hour ahead of Moscow", "%(number)s hours ahead of Moscow", ahead) % {"number": ahead}
    return f"{words}, {more}"

"""The forum's days and zone in words. `{% load edition %}`."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from babel.dates import format_date
from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forum.models import Forum
from forum.templatetags import times

register = template.Library()
MOSCOW = ZoneInfo("Europe/Moscow")


# First and last day of one month: the month is said once. Other spans say both days in full.
ONE_MONTH = {"ru": "{first}–{last} {month}", "be": "{first}–{last} {month}", "uz": "{year}-yil {first}–{last}-{name}",
             "en": "{first}–{last} {month}"}  # fmt: skip
FULL = {"ru": "d MMMM y", "be": "d MMMM y", "uz": "y-'yil' d-MMMM", "en": "d MMMM y"}


@register.simple_tag
def forum_days(forum: Forum) -> str:
    """The days as one: “20–21 мая 2027”."""
    return format_html(
        '<time datetime="{}">{}</time>', forum.starts_on.isoformat(), days_text(forum.starts_on, forum.ends_on)
    )


def days_text(first: date, last: date) -> str:
    """A span of days in the reader's language."""
    locale = times.reader_locale()
    language = locale.language if locale.language in FULL else "en"
    if (first.year, first.month) != (last.year, last.month):
        return " – ".join(format_date(day, FULL[language], locale=locale) for day in (first, last))
    if first == last:
        return format_date(first, FULL[language], locale=locale)
    return ONE_MONTH[language].format(
        first=first.day,
        last=last.day,
        month=format_date(last, "d MMMM y", locale=locale).partition(" ")[2],
        name=format_date(last, "MMMM", locale=locale),
        year=last.year,
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

"""Times as people read them: “20 мая, чт, 10:00 (Кемерово)”. The zone is always named."""

from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date, get_timezone_location
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

# Order of day, month and weekday differs by language.
DAY = {"ru": "d MMMM, EEE", "be": "d MMMM, EEE", "uz": "d-MMMM, EEE", "en": "EEE, d MMMM"}
DAY_YEAR = {"ru": "d MMMM y, EEE", "be": "d MMMM y, EEE", "uz": "y-'yil' d-MMMM, EEE", "en": "EEE, d MMMM y"}


def reader_locale() -> Locale:
    """The Babel locale of the language in use; English where Babel has none."""
    try:
        return Locale.parse((get_language() or "en").replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def day_text(day: date, *, today: date | None = None) -> str:
    """“20 мая, чт”; with the year only when it is not this one."""
    locale = reader_locale()
    today = today or timezone.localdate()
    patterns = DAY if day.year == today.year else DAY_YEAR
    return format_date(day, patterns.get(locale.language, patterns["en"]), locale=locale)


def zone_of(zone: str | tzinfo | None) -> tzinfo:
    """The zone asked for, by IANA name or as an object; the current one when none is."""
    if zone is None or zone == "":
        return timezone.get_current_timezone()
    return ZoneInfo(zone) if isinstance(zone, str) else zone


def place_of(zone: tzinfo) -> str:
    """A zone's name as a place. The forum's zone is called by its city, not by the city of the zone database."""
    name = str(zone)
    if name == "Asia/Novokuznetsk":
        return pgettext("city of the forum", "Kemerovo")
    if "/" not in name:
        return name
    return get_timezone_location(name, locale=reader_locale(), return_city=True)


def when_text(moment: datetime, *, zone: str | tzinfo | None = None, end: datetime | None = None) -> str:
    """A moment or a period with its day, its time and its zone; an end on another day gets its own day."""
    chosen = zone_of(zone)
    start = moment.astimezone(chosen)
    text = f"{day_text(start.date())}, {start:%H:%M}"
    if end is not None:
        stop = end.astimezone(chosen)
        text += f"–{stop:%H:%M}" if stop.date() == start.date() else f" – {day_text(stop.date())}, {stop:%H:%M}"
    return f"{text} ({place_of(chosen)})"


def hour_text(moment: datetime, *, zone: str | tzinfo | None = None) -> str:
    """Hours and minutes alone, for places where day and zone already stand."""
    return f"{moment.astimezone(zone_of(zone)):%H:%M}"


def minutes_text(minutes: int) -> str:
    """A length of time in hours and minutes, without zeros, never broken over two lines."""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(_("{hours} h").format(hours=hours))
    if rest or not hours:
        parts.append(_("{minutes} min").format(minutes=rest))
    return " ".join(parts).replace(" ", "\N{NO-BREAK SPACE}")

"""Working hours on both ends of a line. A telebridge fits where they overlap: 13:00–18:00 in Kemerovo with Saint Petersburg."""

from collections.abc import Iterable
from datetime import datetime, time
from zoneinfo import ZoneInfo

OPENS, CLOSES = time(9), time(18)
"""Local time everywhere (domain rules, “common working hours”)."""


def outside_hours(starts: datetime, ends: datetime, *, zones: Iterable[str]) -> list[str]:
    """Those of `zones` in which the period is not within one working day, in their order, each once."""
    return [zone for zone in dict.fromkeys(zones) if not _within(starts, ends, ZoneInfo(zone))]


def _within(starts: datetime, ends: datetime, zone: ZoneInfo) -> bool:
    first, last = starts.astimezone(zone), ends.astimezone(zone)
    return first.date() == last.date() and first.time() >= OPENS and last.time() <= CLOSES

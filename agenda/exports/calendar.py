"""Calendar files (RFC 5545): entries in the zone of the forum, whose rules travel in the file."""

from collections.abc import Iterable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

from agenda.engine.calendar import Entry

REFRESH = timedelta(hours=1)
"""How often a subscribed calendar should look again; most look more rarely."""


def calendar_file(entries: Iterable[Entry], *, name: str, zone: str, language: str) -> bytes:
    """A file for a calendar or a phone. Folding, escaping and line ends are the library's."""
    found = list(entries)
    calendar = Calendar()
    calendar.add("prodid", f"-//Industrial Tourism Forum//{language.upper()}")
    calendar.add("version", "2.0")
    for key in ("name", "x-wr-calname"):
        calendar.add(key, name)
    calendar.add("x-wr-timezone", zone)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    if found:
        calendar.add_component(_timezone(zone, found))
    for entry in found:
        calendar.add_component(_event(entry, zone=ZoneInfo(zone)))
    return calendar.to_ical()


def _timezone(zone: str, entries: list[Entry]) -> Timezone:
    """The rules of `zone` for the years of `entries`, one to spare on either side."""
    years = [moment.year for entry in entries for moment in (entry.starts, entry.ends)]
    first, last = date(min(years) - 1, 1, 1), date(max(years) + 2, 1, 1)
    timezone = Timezone.from_tzid(zone, first_date=first, last_date=last)
    timezone.pop("COMMENT", None)
    return timezone


def _event(entry: Entry, *, zone: ZoneInfo) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("dtstart", entry.starts.astimezone(zone))
    event.add("dtend", entry.ends.astimezone(zone))
    event.add("summary", entry.title)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("location", entry.place)
    if entry.lines or entry.url:
        event.add("description", "\n".join([*entry.lines, *([entry.url] if entry.url else [])]))
    if entry.url:
        event.add("url", entry.url)
    return event

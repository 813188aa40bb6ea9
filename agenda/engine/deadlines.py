"""Until when a plant must have a visitor's data (domain rules of clearance lists).

Russian documents: working days back from the visit. Foreign ones: calendar days back, then rolled back to a working
day. A document of Belarus is counted as the plant decides. Every deadline ends at 18:00 in the zone of the site.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from agenda.enums import DocumentGroup, UnionStatePolicy

ENDS_AT = time(18)
SATURDAY = 5


@dataclass(frozen=True)
class ProductionCalendar:
    """Weekends are off, weekdays are not; `exceptions` says otherwise for single days (True means working)."""

    exceptions: Mapping[date, bool] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        """Whether offices of the plant work on `day`."""
        return self.exceptions.get(day, day.weekday() < SATURDAY)


@dataclass(frozen=True)
class LeadTimes:
    """What one plant demands."""

    russian_working_days: int
    foreign_calendar_days: int
    union_state_policy: UnionStatePolicy


def working_days_back(day: date, *, days: int, calendar: ProductionCalendar) -> date:
    """The `days`-th working day before `day`; `day` itself for 0."""
    while days > 0:
        day -= timedelta(days=1)
        days -= calendar.is_working(day)
    return day


def rolled_back(day: date, *, calendar: ProductionCalendar) -> date:
    """`day`, or the last working day before it."""
    while not calendar.is_working(day):
        day -= timedelta(days=1)
    return day


def group_of(country: str, *, policy: UnionStatePolicy) -> DocumentGroup:
    """How a document of `country` (ISO 3166-1) is counted: only the country of the document shown at the gate matters."""
    if country == "RU" or (country == "BY" and policy == UnionStatePolicy.AS_RF):
        return DocumentGroup.RUSSIAN
    return DocumentGroup.FOREIGN


def list_due(visit: date, *, country: str, lead: LeadTimes, calendar: ProductionCalendar) -> date:
    """The last day on which data of a document of `country` are taken."""
    if group_of(country, policy=lead.union_state_policy) == DocumentGroup.RUSSIAN:
        return working_days_back(visit, days=lead.russian_working_days, calendar=calendar)
    return rolled_back(visit - timedelta(days=lead.foreign_calendar_days), calendar=calendar)


def list_deadline(visit: date, *, country: str, lead: LeadTimes, calendar: ProductionCalendar, zone: str) -> datetime:
    """The moment after which nobody with a document of `country` can be added: 18:00 in `zone` (IANA name)."""
    return datetime.combine(list_due(visit, country=country, lead=lead, calendar=calendar), ENDS_AT, ZoneInfo(zone))

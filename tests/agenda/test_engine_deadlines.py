"""Deadlines of the clearance lists: vectors retyped from the demo data of the client."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from agenda.engine.deadlines import LeadTimes, ProductionCalendar, group_of, list_deadline, list_due, working_days_back
from agenda.enums import DocumentGroup, UnionStatePolicy

CALENDAR = ProductionCalendar({date(2027, 5, 3): False, date(2027, 5, 10): False})
AS_RF, AS_FOREIGN = UnionStatePolicy.AS_RF, UnionStatePolicy.AS_FOREIGN
AZOT = LeadTimes(10, 30, AS_FOREIGN)
PIT = LeadTimes(5, 20, AS_RF)
SHAFT = LeadTimes(3, 10, AS_RF)
ROLLING = LeadTimes(10, 45, AS_FOREIGN)
MUSEUM = LeadTimes(1, 3, AS_RF)


@pytest.mark.parametrize(
    ("lead", "visit", "russian", "foreign"),
    [
        pytest.param(AZOT, date(2027, 5, 20), date(2027, 5, 5), date(2027, 4, 20), id="azot-d1"),
        pytest.param(AZOT, date(2027, 5, 21), date(2027, 5, 6), date(2027, 4, 21), id="azot-d2"),
        pytest.param(PIT, date(2027, 5, 20), date(2027, 5, 13), date(2027, 4, 30), id="kru-mach-d1"),
        pytest.param(PIT, date(2027, 5, 21), date(2027, 5, 14), date(2027, 4, 30), id="kru-plat-d2"),
        pytest.param(SHAFT, date(2027, 5, 21), date(2027, 5, 18), date(2027, 5, 11), id="shs-d2"),
        pytest.param(ROLLING, date(2027, 5, 21), date(2027, 5, 6), date(2027, 4, 6), id="zsmk-roll-d2"),
        pytest.param(MUSEUM, date(2027, 5, 21), date(2027, 5, 20), date(2027, 5, 18), id="zsmk-mus-d2"),
    ],
)
def test_due_days_of_the_demo_runs(lead: LeadTimes, visit: date, russian: date, foreign: date) -> None:
    """Working days back for a Russian document, calendar days back and rolled back for a foreign one."""
    assert list_due(visit, country="RU", lead=lead, calendar=CALENDAR) == russian
    assert list_due(visit, country="UZ", lead=lead, calendar=CALENDAR) == foreign


@pytest.mark.parametrize(("lead", "due"), [(AZOT, date(2027, 4, 20)), (PIT, date(2027, 5, 13))])
def test_belarusian_document_follows_the_policy_of_the_plant(lead: LeadTimes, due: date) -> None:
    """One plant counts Belarus as foreign, another as Russian."""
    assert list_due(date(2027, 5, 20), country="BY", lead=lead, calendar=CALENDAR) == due


@pytest.mark.parametrize(
    ("country", "policy", "group"),
    [
        ("RU", AS_FOREIGN, DocumentGroup.RUSSIAN),
        ("BY", AS_RF, DocumentGroup.RUSSIAN),
        ("BY", AS_FOREIGN, DocumentGroup.FOREIGN),
        ("UZ", AS_RF, DocumentGroup.FOREIGN),
        ("KZ", AS_RF, DocumentGroup.FOREIGN),
    ],
)
def test_group_depends_on_the_country_of_the_document(
    country: str, policy: UnionStatePolicy, group: DocumentGroup
) -> None:
    """The union state is Russia and Belarus, nobody else."""
    assert group_of(country, policy=policy) == group


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, date(2027, 5, 11)), (1, date(2027, 5, 7)), (2, date(2027, 5, 6)), (5, date(2027, 4, 30))],
)
def test_working_days_skip_weekends_and_holidays(days: int, expected: date) -> None:
    """10 May is a holiday, 8 and 9 a weekend, 3 May a holiday after another weekend."""
    assert working_days_back(date(2027, 5, 11), days=days, calendar=CALENDAR) == expected


def test_working_saturday_counts() -> None:
    """An exception may also turn a weekend into a working day."""
    calendar = ProductionCalendar({date(2027, 5, 15): True})
    assert working_days_back(date(2027, 5, 17), days=1, calendar=calendar) == date(2027, 5, 15)


def test_deadline_ends_at_six_in_the_zone_of_the_site() -> None:
    """18:00 in Kemerovo is 14:00 in Saint Petersburg."""
    deadline = list_deadline(date(2027, 5, 20), country="RU", lead=AZOT, calendar=CALENDAR, zone="Asia/Novokuznetsk")
    assert deadline == datetime(2027, 5, 5, 14, tzinfo=ZoneInfo("Europe/Moscow"))

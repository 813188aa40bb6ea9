"""May this person have a place here: every refusal with its facts."""

from datetime import UTC, date, datetime, timedelta

import pytest

from agenda.engine.eligibility import (
    Candidate,
    Reason,
    Stretch,
    VisitTerms,
    age_on,
    gap_between,
    seat_reasons,
    visit_reasons,
)
from agenda.enums import Refusal

KEMEROVO, SOUTH, PLANT = 1, 2, 3
TRAVEL = {(KEMEROVO, SOUTH): 210, (SOUTH, KEMEROVO): 210}
DAY = date(2027, 5, 21)
NOW = datetime(2027, 4, 1, tzinfo=UTC)


def clock(text: str) -> datetime:
    hours, minutes = map(int, text.split(":"))
    return datetime(DAY.year, DAY.month, DAY.day, hours, minutes, tzinfo=UTC)


def stretch(starts: str, ends: str, places: tuple[int | None, int | None] = (None, None), **more: object) -> Stretch:
    return Stretch(starts=clock(starts), ends=clock(ends), starts_at=places[0], ends_at=places[1], **more)


SOUTHERN = (
    stretch("06:30", "13:40", (KEMEROVO, SOUTH), what="s"),
    stretch("16:45", "20:15", (SOUTH, KEMEROVO), what="s"),
)


def candidate(*busy: Stretch, born: date | None = date(1990, 1, 1), **changes: bool) -> Candidate:
    return Candidate(**{"is_confirmed": True, "comes_in_person": True} | changes, birth_date=born, busy=busy)


def codes(reasons: list[Reason]) -> list[Refusal]:
    return [reason.code for reason in reasons]


def terms(*, min_age: int = 16, until: datetime = NOW + timedelta(days=1)) -> VisitTerms:
    return VisitTerms(day=DAY, min_age=min_age, list_until=until)


def ask(who: Candidate, *wanted: Stretch, **changes: object) -> list[Reason]:
    return visit_reasons(who, wanted or [stretch("09:00", "12:00")], terms=terms(**changes), travel=TRAVEL, at=NOW)


def test_nothing_speaks_against_a_confirmed_adult_with_a_free_day() -> None:
    assert ask(candidate()) == []


@pytest.mark.parametrize(
    ("born", "age"),
    [
        (date(2011, 5, 21), 16),
        (date(2011, 5, 22), 15),
        (date(2008, 2, 29), 19),
        (date(2011, 5, 20), 16),
    ],
)
def test_age_counts_on_the_day_of_the_visit(born: date, age: int) -> None:
    assert age_on(DAY, born=born) == age
    assert codes(ask(candidate(born=born))) == ([] if age >= 16 else [Refusal.TOO_YOUNG])


def test_eighteenth_birthday_between_the_two_days_opens_the_second_one() -> None:
    """Domain rules, edge case 7."""
    born = date(2009, 5, 21)
    first, second = (VisitTerms(day=day, min_age=18, list_until=clock("23:00")) for day in (date(2027, 5, 20), DAY))
    wanted = [stretch("09:00", "12:00")]
    refused = visit_reasons(candidate(born=born), wanted, terms=first, travel={}, at=NOW)
    assert [(r.code, r.facts["age"], r.facts["min_age"]) for r in refused] == [(Refusal.TOO_YOUNG, 17, 18)]
    assert visit_reasons(candidate(born=born), wanted, terms=second, travel={}, at=NOW) == []


def test_birth_on_29_february_counts_from_1_march() -> None:
    born = date(2008, 2, 29)
    assert age_on(date(2026, 2, 28), born=born) == 17
    assert age_on(date(2026, 3, 1), born=born) == 18


def test_unknown_birth_date_and_closed_list_are_told_together() -> None:
    found = ask(candidate(born=None), until=NOW)
    assert codes(found) == [Refusal.BIRTH_DATE_MISSING, Refusal.LIST_CLOSED]
    assert found[1].facts == {"until": NOW}


def test_who_does_not_take_part_or_only_online_has_no_place() -> None:
    assert codes(ask(candidate(is_confirmed=False))) == [Refusal.NOT_CONFIRMED]
    assert codes(ask(candidate(comes_in_person=False))) == [Refusal.ONLINE_ONLY]


def test_one_minute_of_overlap_clashes_and_back_to_back_does_not() -> None:
    assert ask(candidate(stretch("12:00", "13:00"), stretch("08:00", "09:00"))) == []
    found = ask(candidate(stretch("11:59", "13:00", what="workshop")))
    assert [(r.code, r.facts["what"]) for r in found] == [(Refusal.CLASH, "workshop")]


def test_visit_with_two_windows_is_named_once() -> None:
    found = seat_reasons(candidate(*SOUTHERN), [stretch("10:00", "18:00", (KEMEROVO, KEMEROVO))], travel=TRAVEL, at=NOW)
    assert codes(found) == [Refusal.CLASH]


def test_between_the_southern_windows_only_the_southern_hall_is_possible() -> None:
    """Domain rules, edge case 9."""
    at_south, at_home = (stretch("13:45", "15:15", (venue, venue)) for venue in (SOUTH, KEMEROVO))
    assert seat_reasons(candidate(*SOUTHERN), [at_south], travel=TRAVEL, at=NOW) == []
    found = seat_reasons(candidate(*SOUTHERN), [at_home], travel=TRAVEL, at=NOW)
    assert [(r.code, r.facts["needed"], r.facts["minutes"]) for r in found] == [(Refusal.TRAVEL, 210, 5)]


def test_the_way_is_reckoned_to_what_follows_too() -> None:
    later = stretch("13:00", "14:00", (SOUTH, SOUTH), what="debrief")
    found = ask(candidate(later), stretch("09:00", "12:00", (KEMEROVO, KEMEROVO)))
    assert [(r.code, r.facts["what"], r.facts["minutes"]) for r in found] == [(Refusal.TRAVEL, "debrief", 60)]
    assert ask(candidate(later), stretch("09:00", "12:00", (SOUTH, SOUTH))) == []
    assert ask(candidate(later), stretch("09:00", "12:00", (None, PLANT))) == []


def test_plenary_clashes_but_asks_for_no_way() -> None:
    """Domain rules, edge case 8: a plenary session conflicts."""
    plenary = stretch("12:30", "13:00", (SOUTH, SOUTH), what="Opening", fixed=True)
    assert ask(candidate(plenary), stretch("09:00", "12:00", (KEMEROVO, KEMEROVO))) == []
    found = ask(candidate(plenary), stretch("09:00", "12:31"))
    assert [(r.code, r.facts["fixed"]) for r in found] == [(Refusal.CLASH, True)]


def test_what_has_begun_is_over() -> None:
    wanted = [stretch("09:00", "12:00")]
    assert codes(seat_reasons(candidate(), wanted, travel={}, at=clock("09:00"))) == [Refusal.OVER]
    assert seat_reasons(candidate(), wanted, travel={}, at=clock("08:59")) == []


def test_gap_counts_minutes_and_needs_none_at_one_place() -> None:
    gap = gap_between(stretch("09:00", "10:00", (1, 1)), stretch("10:30", "11:00", (1, 2)), travel={(1, 1): 99})
    assert (gap.minutes, gap.needed) == (30, 0)

"""Which rule of entry speaks of somebody, and which days follow from it: by tables."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from registration.engine.visas.deadlines import (
    due_on,
    expires_too_early,
    is_daytime,
    months_after,
    reminder_due,
    urgency,
)
from registration.engine.visas.rules import Rule, verdict
from registration.enums import VISA_MOVES, VisaOutcome, VisaState

FREE, VISA, E_VISA, UNKNOWN = VisaOutcome
FIRST, LAST = date(2027, 5, 20), date(2027, 5, 21)


def rule(outcome: VisaOutcome, citizenship: str = "UZ", **more: Any) -> Rule:
    return Rule(**{"citizenship": citizenship, "document": "", "starts": None, "ends": None, "outcome": outcome} | more)


@pytest.mark.parametrize(
    ("rules", "who", "expected"),
    [
        ([], ("UZ", ""), UNKNOWN),
        ([], ("", ""), UNKNOWN),
        ([], ("RU", "ru_passport"), FREE),
        ([], ("UZ", "residence_permit"), FREE),
        ([rule(FREE, most_days=90)], ("UZ", ""), FREE),
        ([rule(FREE, most_days=2)], ("UZ", ""), FREE),
        ([rule(FREE, most_days=1)], ("UZ", ""), VISA),
        ([rule(FREE)], ("IN", ""), UNKNOWN),
        ([rule(VISA), rule(FREE, document="id_card")], ("UZ", "id_card"), FREE),
        ([rule(FREE, document="id_card"), rule(VISA)], ("UZ", "foreign_passport"), VISA),
        ([rule(FREE, document="id_card")], ("UZ", ""), UNKNOWN),
        ([rule(FREE, document="foreign_passport")], ("UZ", ""), FREE),
        ([rule(VISA, ends=FIRST), rule(FREE, starts=FIRST)], ("UZ", ""), FREE),
        ([rule(FREE, ends=LAST), rule(VISA, starts=LAST)], ("UZ", ""), UNKNOWN),
        ([rule(FREE, ends=date(2027, 5, 22))], ("UZ", ""), FREE),
        ([rule(FREE, starts=LAST)], ("UZ", ""), UNKNOWN),
        ([rule(E_VISA)], ("UZ", "other"), E_VISA),
    ],
)
def test_the_rule_that_speaks(rules: list[Rule], who: tuple[str, str], expected: VisaOutcome) -> None:
    citizenship, document = who
    assert verdict(rules, citizenship=citizenship, document=document, first=FIRST, last=LAST).outcome == expected


def test_the_verdict_names_its_rule() -> None:
    said = verdict([rule(VISA, key=7)], citizenship="UZ", document="", first=FIRST, last=LAST)
    assert said.rule and said.rule.key == 7


def test_deadline_is_counted_back_from_the_first_day() -> None:
    assert due_on(FIRST, lead_days=10) == date(2027, 5, 10)
    assert due_on(FIRST, lead_days=0) == FIRST
    assert due_on(FIRST, lead_days=None) == date(2027, 4, 20)


@pytest.mark.parametrize(
    ("expires", "early"),
    [(None, False), (date(2027, 11, 21), False), (date(2027, 11, 20), True), (date(2027, 5, 1), True)],
)
def test_a_passport_should_live_six_months_longer_than_the_forum(expires: date | None, early: bool) -> None:
    assert expires_too_early(expires, last_day=LAST) is early


def test_months_end_where_the_month_ends() -> None:
    assert months_after(date(2027, 8, 31), 6) == date(2028, 2, 29)
    assert months_after(date(2027, 12, 1), 1) == date(2028, 1, 1)


@pytest.mark.parametrize(
    ("days_left", "told", "due"),
    [
        (15, None, None), (14, None, 14), (10, None, 14), (14, 14, None), (8, 14, None), (7, 14, 7), (7, 7, None),
        (5, None, 7), (3, 7, 3), (0, 7, 3), (0, 3, None), (-1, 7, None), (2, None, 3),
    ],
)  # fmt: skip
def test_each_reminder_once_and_never_all_together(days_left: int, told: int | None, due: int | None) -> None:
    assert reminder_due(days_left, told=told) == due


@pytest.mark.parametrize(("hour", "minute", "day"), [(8, 59, False), (9, 0, True), (19, 59, True), (20, 0, False)])
def test_nobody_is_reminded_at_night(hour: int, minute: int, day: bool) -> None:
    assert is_daytime(datetime(2027, 5, 1, hour, minute, tzinfo=UTC)) is day


def test_open_cases_by_days_then_those_that_wait_for_officers() -> None:
    cases = [(VisaState.GRANTED, -5), (VisaState.WANTED, 3), (VisaState.READY, 3), (VisaState.ISSUED, 1)]
    assert sorted(cases, key=lambda one: urgency(one[0], days_left=one[1])) == [
        cases[3],
        cases[2],
        cases[1],
        cases[0],
    ]


def test_every_state_can_be_left_and_reached() -> None:
    assert set(VISA_MOVES) == set(VisaState)
    assert set().union(*VISA_MOVES.values()) == set(VisaState)

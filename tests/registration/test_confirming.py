"""The deadline of “I am coming”: how long it is, when one is reminded, and how it is prolonged."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils.timezone import now

from forum.errors import DomainError
from forum.models import Account, Forum, Message
from registration.actions.confirming import PROLONGED, REMINDER, prolong
from registration.actions.review import approve
from registration.actions.sweeps import sweep
from registration.engine.confirm_deadlines import confirm_deadline, reminder_due
from registration.enums import RegistrationState as S
from registration.models import Pool, Registration
from tests.factories.registration import make_category, make_registration

ZONE = ZoneInfo("Asia/Novokuznetsk")


def at(day: int, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(2027, 5, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("when", "deadline"),
    [
        (at(1, 12, 20), at(8, 13)),
        (at(10, 12), at(14, 18)),  # everybody has to have answered by then
        (at(15, 12), at(20, 0)),  # later than that: until the forum begins
        (at(20, 9), None),
    ],
)
def test_days_after_the_approval_within_the_days_of_all(when: datetime, deadline: datetime | None) -> None:
    assert confirm_deadline(when, days=7, last=at(14, 18), starts=at(20, 0)) == deadline


@pytest.mark.parametrize(
    ("moment", "told", "due"),
    [
        (at(4), at(1), False),
        (at(5, 13), at(1), True),
        (at(5, 14), at(5, 13, 5), False),
        (at(7, 13), at(5, 13, 5), True),
        (at(5, 22), at(1), False),  # not in the night
        (at(6, 9), at(1), True),
        (at(8, 14), at(1), False),
        (at(7, 12), at(6), False),  # told within the last three days: one reminder is enough
    ],
)
def test_reminders_come_three_days_and_one_day_before(moment: datetime, told: datetime, due: bool) -> None:
    assert reminder_due(moment, deadline=at(8, 13), told_at=told) == due


def waiting(forum: Forum, officer: Account, *, days: int = 7) -> Registration:
    category = make_category(forum, confirm_days=days)
    return approve(make_registration(forum, category=category), by=officer)


def test_reminded_twice_then_the_place_goes_on(forum: Forum, officer: Account) -> None:
    registration = waiting(forum, officer)
    deadline = registration.confirm_by
    assert deadline
    assert timedelta(days=7) <= deadline - now() <= timedelta(days=7, hours=1)
    for moment in (timedelta(days=-2), timedelta(days=-2), timedelta(hours=-12), timedelta(hours=-12)):
        noon = (deadline + moment).astimezone(ZoneInfo(forum.timezone)).replace(hour=12, minute=0, second=0)
        with time_machine.travel(noon, tick=False):
            sweep()
    assert Message.objects.filter(reason=REMINDER).count() == 2
    with time_machine.travel(deadline + timedelta(minutes=1), tick=False):
        sweep()
    assert Registration.objects.get().state == S.CANCELLED
    assert Pool.objects.get().taken == 0


def test_prolonged_the_person_is_told_and_reminded_anew(forum: Forum, officer: Account) -> None:
    registration = waiting(forum, officer, days=2)
    until = now() + timedelta(days=9)
    for _press in range(2):
        prolong(registration, until=until, by=officer)
    assert Registration.objects.get().confirm_by == until
    assert Message.objects.filter(reason=PROLONGED).count() == 1
    noon = (until - timedelta(days=2)).astimezone(ZoneInfo(forum.timezone)).replace(hour=12)
    with time_machine.travel(noon, tick=False):
        sweep()
    assert Message.objects.filter(reason=REMINDER).count() == 1


@pytest.mark.parametrize("days", [-1, 1, 60])
def test_the_time_is_only_prolonged_and_ends_before_the_forum(forum: Forum, officer: Account, days: int) -> None:
    registration = waiting(forum, officer)
    with pytest.raises(DomainError) as refusal:
        prolong(registration, until=now() + timedelta(days=days), by=officer)
    assert refusal.value.code == "registration.bad_deadline"


def test_an_officer_prolongs_on_the_page(officer_client: Client, officer: Account, forum: Forum) -> None:
    registration = waiting(forum, officer)
    page = f"/team/people/{registration.ref}/"
    assert "prolonging" in officer_client.get(page).context
    wrong = officer_client.post(f"{page}prolong/", {"until": "2020-01-01"})
    assert (wrong.status_code, list(wrong.context["prolonging"].errors)) == (409, ["until"])
    day = (now() + timedelta(days=12)).date()
    assert officer_client.post(f"{page}prolong/", {"until": day.isoformat()}).url == page
    found = Registration.objects.get().confirm_by
    assert found and found.astimezone(ZoneInfo(forum.timezone)).date() == day

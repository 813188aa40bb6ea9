"""“My tasks”: what waits for whom, in the top bar and on Today, each with the way to its list."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from badges.models import Device
from forum.enums import JobState, MessageState, Role
from forum.models import Account, Forum, Message
from registration.enums import RegistrationState as S
from tests.factories.badges import make_device, make_holder, make_point
from tests.factories.forum import make_staff
from tests.factories.jobs import counting_kind, make_job
from tests.factories.messages import make_message
from tests.factories.registration import make_registration
from tests.sessions import sign_in

ADDRESS = "/team/tasks/"


def tasks(client: Client) -> list[tuple[str, str]]:
    """Address and words of each line."""
    page = client.get(ADDRESS).content.decode()
    return [
        (url, " ".join(re.sub("<[^>]+>", "", text).split()))
        for url, text in re.findall(r'<li><a href="([^"]+)">(.*?)</a>', page, re.DOTALL)
    ]


def test_nothing_waits(organiser_client: Client, forum: Forum) -> None:
    assert tasks(organiser_client) == []
    assert "ничего не ждёт" in organiser_client.get(ADDRESS).content.decode()
    assert "Сейчас вас ничего не ждёт" in organiser_client.get("/team/").content.decode()


def test_officer_is_told_of_decisions_and_of_confirmations_running_out(officer_client: Client, forum: Forum) -> None:
    make_registration(forum)
    make_registration(forum, state=S.APPROVED, confirm_by=now() + timedelta(days=2))
    make_registration(forum, state=S.APPROVED, confirm_by=now() + timedelta(days=5))
    make_registration(forum, state=S.CONFIRMED, confirm_by=now() + timedelta(days=2))
    assert tasks(officer_client) == [
        ("/team/people/", "1 заявка ждёт решения"),
        ("/team/people/?state=approved", "У 1 человека меньше трёх дней на подтверждение"),
    ]


def test_print_desk_and_silent_phones(organiser_client: Client, forum: Forum) -> None:
    make_holder(forum)
    loud, silent, yesterday = (make_device(make_point(forum))[0] for _number in range(3))
    for device, minutes in ((loud, 1), (silent, 20), (yesterday, 24 * 60)):
        Device.objects.filter(pk=device.pk).update(last_seen_at=now() - timedelta(minutes=minutes))
    assert tasks(organiser_client) == [
        ("/team/checkin/", "1 телефон на входе молчит"),
        ("/team/print/", "1 бейдж к печати"),
    ]


def test_phone_of_a_closed_point_may_be_silent(organiser_client: Client, forum: Forum) -> None:
    device = make_device(make_point(forum, closes_at=now() - timedelta(minutes=5)))[0]
    Device.objects.filter(pk=device.pk).update(last_seen_at=now() - timedelta(minutes=20))
    assert tasks(organiser_client) == []


def test_letters_and_long_works_that_broke(organiser_client: Client, organiser: Account, forum: Forum) -> None:
    for state in (MessageState.FAILED, MessageState.FAILED, MessageState.UNKNOWN, MessageState.SENT):
        Message.objects.filter(pk=make_message(forum).pk).update(state=state)
    with counting_kind():
        make_job(forum, organiser, state=JobState.FAILED, finished_at=now())
        make_job(forum, make_staff(forum, Role.VIEWER), state=JobState.FAILED, finished_at=now())
        assert tasks(organiser_client) == [
            ("/team/messages/?state=failed", "2 письма отклонены"),
            ("/team/messages/?state=unknown", "1 письмо могло не дойти"),
            ("/team/jobs/", "1 работа прервалась"),
        ]


@pytest.mark.parametrize("role", [Role.VIEWER, Role.CHECKIN_STAFF, Role.PROGRAMME_EDITOR])
def test_nobody_is_told_of_what_others_have_to_do(forum: Forum, role: Role) -> None:
    make_registration(forum)
    make_holder(forum)
    Message.objects.filter(pk=make_message(forum).pk).update(state=MessageState.FAILED)
    assert tasks(sign_in(Client(), make_staff(forum, role))) == []


def test_counting_asks_as_much_for_many_as_for_one(organiser_client: Client, forum: Forum) -> None:
    def ask() -> int:
        with CaptureQueriesContext(connection) as asked:
            organiser_client.get(ADDRESS)
        return len(asked)

    make_registration(forum)
    ask()
    for_one = ask()
    for _number in range(3):
        make_registration(forum)
    assert ask() == for_one <= 20


def test_every_page_of_the_team_asks_for_its_tasks_after_it_is_there(officer_client: Client, forum: Forum) -> None:
    page = officer_client.get("/team/jobs/").content.decode()
    assert 'id="my-tasks" hx-get="/team/tasks/" hx-trigger="load"' in page
    assert 'hx-get="/team/tasks/"' not in officer_client.get(ADDRESS).content.decode()

"""Where one stands: one line of truth, one button; confirming, withdrawing; other people's are not there."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from forum.models import Account, Forum
from forum.registry import Panel, my_panels
from registration.actions.applications import submit
from registration.actions.review import approve, ask_for_changes, block
from registration.actions.sweeps import expire_unconfirmed
from registration.enums import RegistrationState
from registration.models import Registration
from tests.factories.forum import make_account
from tests.factories.registration import make_person, make_registration
from tests.registration.web.questions import questions_of
from tests.registration.web.walk import apply
from tests.sessions import sign_in

S = RegistrationState


def owned(forum: Forum, account: Account, state: RegistrationState, **changes: object) -> Registration:
    """An application that `account` looks after."""
    return make_registration(forum, state=state, person=make_person(forum, account=account), **changes)


@pytest.fixture
def delegate(forum: Forum) -> Account:
    return make_account("anna@example.org")


@pytest.fixture
def delegate_client(delegate: Account) -> Client:
    return sign_in(Client(), delegate, second_factor=False)


@pytest.mark.parametrize(
    ("state", "line", "button"),
    [
        (S.DRAFT, "Not sent yet.", "Continue the application"),
        (S.SUBMITTED, "Under review since", None),
        (S.NEEDS_CHANGES, "Your application needs a correction.", "Correct and send again"),
        (S.APPROVED, "Approved. Please confirm.", "I am coming"),
        (S.WAITLISTED, "You are on the waiting list.", None),
        (S.REJECTED, "We could not accept the application.", None),
        (S.CONFIRMED, "You are taking part.", None),
        (S.CANCELLED, "Withdrawn.", None),
        (S.REPLACED, "Another person comes in your place.", None),
        (S.BLOCKED, "Your participation is suspended.", None),
    ],
)
def test_every_state_has_one_line_and_at_most_one_button(
    delegate_client: Client, delegate: Account, forum: Forum, state: RegistrationState, line: str, button: str | None
) -> None:
    owned(forum, delegate, state)
    answer = delegate_client.get("/en/my/")
    assert answer.status_code == 200
    assert line in answer.content.decode()
    buttons = answer.content.decode().count("button main")
    assert buttons == (1 if button else 0) or (state == S.CONFIRMED and buttons == 1)  # the badge's own button
    if button:
        assert button in answer.content.decode()


def test_the_deadline_is_named_with_its_zone(delegate_client: Client, delegate: Account, forum: Forum) -> None:
    owned(forum, delegate, S.APPROVED, confirm_by=forum.confirm_by)
    assert "00:00 (Kemerovo)" in delegate_client.get("/en/my/").content.decode()


def test_the_officers_message_is_shown_and_the_reason_of_a_block_is_not(
    delegate_client: Client, delegate: Account, officer: Account, forum: Forum
) -> None:
    asked = owned(forum, delegate, S.SUBMITTED)
    ask_for_changes(asked, by=officer, note="Проверьте <латиницу>")
    blocked = owned(forum, delegate, S.CONFIRMED)
    block(blocked, by=officer, reason="внутренняя причина")
    page = delegate_client.get("/ru/my/").content.decode()
    assert "Проверьте &lt;латиницу&gt;" in page
    assert "внутренняя причина" not in page


def test_confirming_and_confirming_again(delegate_client: Client, delegate: Account, forum: Forum) -> None:
    registration = owned(forum, delegate, S.APPROVED, confirm_by=forum.confirm_by)
    for _press in range(2):
        assert delegate_client.post(f"/ru/my/{registration.ref}/confirm/").url == "/ru/my/"
    registration.refresh_from_db()
    assert registration.state == S.CONFIRMED
    assert registration.moves.count() == 1


def test_confirming_too_late_says_so(delegate_client: Client, delegate: Account, forum: Forum) -> None:
    registration = owned(forum, delegate, S.APPROVED, confirm_by=now() - timedelta(minutes=1))
    page = delegate_client.get("/en/my/").content.decode()
    assert "The place was not confirmed in time." in page
    assert "I am coming" not in page
    answer = delegate_client.post(f"/en/my/{registration.ref}/confirm/")
    assert answer.status_code == 409
    assert "The time to confirm has passed" in answer.content.decode()
    expire_unconfirmed()
    assert "The place was not confirmed in time." in delegate_client.get("/en/my/").content.decode()


def test_withdrawing_says_first_what_it_means(delegate_client: Client, delegate: Account, forum: Forum) -> None:
    registration = owned(forum, delegate, S.CONFIRMED)
    page = delegate_client.get(f"/en/my/{registration.ref}/withdraw/")
    assert "Your place goes to the next person in line at once." in page.content.decode()
    registration.refresh_from_db()
    assert registration.state == S.CONFIRMED
    for _press in range(2):
        assert delegate_client.post(f"/en/my/{registration.ref}/withdraw/").url == "/en/my/"
    registration.refresh_from_db()
    assert registration.state == S.CANCELLED
    assert registration.moves.count() == 1


@pytest.mark.parametrize("act", ["confirm", "withdraw", "discard", "forget"])
def test_a_foreign_application_cannot_be_touched(
    delegate_client: Client, delegate: Account, forum: Forum, act: str
) -> None:
    owned(forum, delegate, S.APPROVED)
    foreign = make_registration(forum, state=S.APPROVED)
    for stranger in (delegate_client, Client()):
        assert stranger.post(f"/ru/my/{foreign.ref}/{act}/").status_code == 404
    foreign.refresh_from_db()
    assert foreign.state == S.APPROVED


def test_other_peoples_applications_are_not_listed(delegate_client: Client, delegate: Account, forum: Forum) -> None:
    mine, foreign = owned(forum, delegate, S.SUBMITTED), make_registration(forum)
    cards = delegate_client.get("/ru/my/").context["cards"]
    assert [card["registration"] for card in cards] == [mine]
    assert foreign not in [card["registration"] for card in cards]


def test_the_empty_page_shows_the_way_in(client: Client, forum: Forum) -> None:
    page = client.get("/en/my/").content.decode()
    assert "No application is open here" in page
    assert "/en/accounts/login/" in page


def test_a_device_can_forget_an_application(client: Client, forum: Forum) -> None:
    sent = apply(client, forum)
    assert len(client.get("/ru/my/").context["cards"]) == 1
    client.post(f"/ru/my/{sent.ref}/forget/")
    assert client.get("/ru/my/").context["cards"] == []
    sent.refresh_from_db()
    assert sent.state == S.SUBMITTED


def test_sent_back_corrected_and_sent_again(client: Client, officer: Account, forum: Forum) -> None:
    sent = apply(client, forum)
    ask_for_changes(sent, by=officer, note="Латиница")
    page = client.get("/ru/my/")
    assert page.context["cards"][0]["standing"].step.url == f"/ru/apply/{sent.ref}/check/"
    assert "Латиница" in client.get(f"/ru/apply/{sent.ref}/name/").content.decode()
    client.post(f"/ru/apply/{sent.ref}/check/")
    sent.refresh_from_db()
    assert sent.state == S.SUBMITTED
    assert [m.to for m in sent.moves.all()] == [S.SUBMITTED, S.NEEDS_CHANGES, S.SUBMITTED]
    titles = [item["title"] for item in client.get("/ru/my/").context["cards"][0]["time_line"]]
    assert "Исправлена и отправлена снова" in titles


def test_higher_rooms_add_their_part_to_a_card(delegate_client: Client, delegate: Account, forum: Forum) -> None:
    registration = owned(forum, delegate, S.CONFIRMED)
    for panel in my_panels:
        assert isinstance(panel, Panel)
        parts = panel.context(delegate_client.get("/ru/my/").wsgi_request, [registration])
        assert isinstance(parts[registration.pk], dict)


def test_the_page_asks_the_database_as_much_for_three_as_for_one(
    delegate_client: Client, delegate: Account, officer: Account, forum: Forum
) -> None:
    approve(owned(forum, delegate, S.SUBMITTED), by=officer)
    for_one = questions_of(delegate_client, "/ru/my/")
    for _number in range(2):
        approve(owned(forum, delegate, S.SUBMITTED), by=officer)
    assert questions_of(delegate_client, "/ru/my/") == for_one <= 17


def test_a_sent_draft_of_somebody_signed_in_belongs_to_the_email(
    delegate_client: Client, delegate: Account, forum: Forum
) -> None:
    sent = apply(delegate_client, forum)
    submit(sent)
    assert sent.person.account == Account.objects.get(email="anna.primerova@example.org")
    assert sent in [card["registration"] for card in delegate_client.get("/ru/my/").context["cards"]]

"""Sign-in: a code by email, through the ledger and a real mail server; for the team a second factor."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from forum.actions.mail import send_due
from forum.enums import MessageState
from forum.models import Account, Forum, Message
from tests.factories.forum import make_account
from tests.forum.web.sign_in_walk import ask_for_code, code_from_letter, enter_code, walk_in
from tests.mail import Sink, links_in

TODAY = "/team/"


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_code_from_the_letter_signs_a_delegate_in(client: Client, forum: Forum, sink: Sink) -> None:
    account = make_account("anna@example.org")
    page = ask_for_code(client, "anna@example.org")
    assert page.redirect_chain[-1][0] == reverse("account_confirm_login_code")
    row = Message.objects.get()
    assert (row.reason, row.recipient, row.state) == ("account.code", "anna@example.org", MessageState.QUEUED)
    enter_code(client, code_from_letter(sink, "anna@example.org"))
    assert client.session["_auth_user_id"] == str(account.pk)
    row.refresh_from_db()
    assert (row.state, row.context) == (MessageState.SENT, None)


def test_letter_speaks_the_language_of_the_page(client: Client, forum: Forum, sink: Sink) -> None:
    make_account("anna@example.org")
    client.post("/uz/accounts/login/", {"login": "anna@example.org"})
    assert Message.objects.get().language == "uz"


@pytest.mark.parametrize("tries", [["AAAA-AAAA"], ["AAAA-AAAA", "BBBB-BBBB"]])
def test_wrong_code_lets_nobody_in_and_leaves_room_for_the_right_one(
    client: Client, forum: Forum, sink: Sink, tries: list[str]
) -> None:
    make_account("anna@example.org")
    ask_for_code(client, "anna@example.org")
    code = code_from_letter(sink, "anna@example.org")
    for wrong in tries:
        enter_code(client, wrong)
        assert not signed_in(client)
    enter_code(client, code)
    assert signed_in(client)


def test_three_wrong_codes_spoil_the_right_one(client: Client, forum: Forum, sink: Sink) -> None:
    make_account("anna@example.org")
    ask_for_code(client, "anna@example.org")
    code = code_from_letter(sink, "anna@example.org")
    for _ in range(3):
        enter_code(client, "AAAA-AAAA")
    enter_code(client, code)
    assert not signed_in(client)


def test_code_is_bound_to_the_browser_that_asked(client: Client, forum: Forum, sink: Sink) -> None:
    make_account("anna@example.org")
    ask_for_code(client, "anna@example.org")
    thief = Client()
    enter_code(thief, code_from_letter(sink, "anna@example.org"))
    assert not signed_in(thief)


def test_code_works_once(client: Client, forum: Forum, sink: Sink) -> None:
    make_account("anna@example.org")
    ask_for_code(client, "anna@example.org")
    code = code_from_letter(sink, "anna@example.org")
    enter_code(client, code)
    client.post(reverse("account_logout"))
    enter_code(client, code)
    assert not signed_in(client)


def test_code_dies_after_fifteen_minutes(client: Client, forum: Forum, sink: Sink) -> None:
    make_account("anna@example.org")
    ask_for_code(client, "anna@example.org")
    code = code_from_letter(sink, "anna@example.org")
    with time_machine.travel(now() + timedelta(minutes=16), tick=True):
        enter_code(client, code)
    assert not signed_in(client)


def test_unknown_address_sees_the_same_pages_as_a_known_one(forum: Forum, sink: Sink) -> None:
    make_account("known@example.org")
    known, unknown = (ask_for_code(Client(), f"{name}@example.org") for name in ("known", "stray"))
    assert known.redirect_chain == unknown.redirect_chain
    assert _plain(known, "known@example.org") == _plain(unknown, "stray@example.org")


def _plain(page: Any, address: str) -> str:
    """The page without the address and without its tokens."""
    return re.sub(r"[A-Za-z0-9]{64}", "", page.content.decode().replace(address, ""))


def test_unknown_address_gets_a_letter_without_any_code(client: Client, forum: Forum, sink: Sink) -> None:
    ask_for_code(client, "stray@example.org")
    row = Message.objects.get()
    assert row.reason == "account.notice"
    send_due(lane="personal")
    (letter,) = sink.to("stray@example.org")
    assert reverse("registration:apply") in links_in(letter)[0]
    assert not Account.objects.filter(email="stray@example.org").exists()


def test_there_is_no_bare_sign_up(client: Client, forum: Forum) -> None:
    page = client.post(reverse("account_signup"), {"email": "new@example.org"})
    assert not Account.objects.filter(email="new@example.org").exists()
    assert reverse("registration:apply") in page.content.decode()


@time_machine.travel(now(), tick=False)
def test_fourth_code_within_a_minute_is_refused(client: Client, forum: Forum) -> None:
    make_account("anna@example.org")
    for _ in range(4):
        ask_for_code(Client(), "anna@example.org")
    assert Message.objects.count() == 3


def test_limit_counts_visitors_behind_the_proxy_apart(forum: Forum, settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(25):
        make_account(f"anna{number}@example.org")
        Client(headers={"X-Forwarded-For": f"203.0.113.{number}"}).post(
            reverse("account_login"), {"login": f"anna{number}@example.org"}
        )
    assert Message.objects.count() == 25


@time_machine.travel(now(), tick=False)
def test_one_visitor_cannot_ask_for_many_addresses(forum: Forum) -> None:
    for number in range(30):
        make_account(f"anna{number}@example.org")
        ask_for_code(Client(), f"anna{number}@example.org")
    assert Message.objects.count() == 20


def test_session_cookie_is_out_of_reach_of_scripts_and_other_sites(client: Client, forum: Forum, sink: Sink) -> None:
    make_account("anna@example.org")
    walk_in(client, "anna@example.org", sink)
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_session_cookie_travels_over_tls_only_in_production(client: Client, forum: Forum, sink: Sink, settings) -> None:
    settings.SESSION_COOKIE_SECURE = True
    make_account("anna@example.org")
    walk_in(client, "anna@example.org", sink)
    assert client.cookies["sessionid"]["secure"]

"""Sign-in: a code by email, through the ledger and a real mail server; for the team a second factor."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from forum.actions.mail import send_due
from forum.enums import MessageState, Role
from forum.models import Account, Forum, Membership, Message
from tests.factories.forum import make_account, make_staff
from tests.forum.web.sign_in_walk import app_code, ask_for_code, code_from_letter, enter_code, set_up_app, walk_in
from tests.mail import Sink, links_in, text_of
from tests.sessions import sign_in

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


# --- the team ---------------------------------------------------------------------------------------------------------
def test_staff_without_second_factor_is_sent_to_set_one_up(client: Client, forum: Forum, sink: Sink) -> None:
    officer = make_staff(forum, Role.ACCREDITATION_OFFICER)
    page = walk_in(client, officer.email, sink)
    assert page.redirect_chain[-1][0] == reverse("mfa_index")
    assert client.get("/team/jobs/").url == reverse("mfa_index")


@pytest.mark.django_db(transaction=True)
def test_setting_up_the_app_opens_the_team_pages(client: Client, forum: Forum, sink: Sink) -> None:
    officer = make_staff(forum, Role.ACCREDITATION_OFFICER)
    walk_in(client, officer.email, sink)
    set_up_app(client)
    assert Authenticator.objects.filter(user=officer, type="totp").exists()
    assert client.get("/team/jobs/").status_code == 200


def test_secret_of_the_app_is_sealed_in_the_database(client: Client, forum: Forum, sink: Sink) -> None:
    officer = make_staff(forum, Role.ACCREDITATION_OFFICER)
    walk_in(client, officer.email, sink)
    secret, _page = set_up_app(client)
    kept = Authenticator.objects.get(user=officer, type="totp").data["secret"]
    assert secret not in kept


@pytest.mark.django_db(transaction=True)
def test_setting_up_is_told_by_email_in_the_accounts_language(client: Client, forum: Forum, sink: Sink) -> None:
    officer = make_staff(forum, Role.ACCREDITATION_OFFICER)
    Account.objects.filter(pk=officer.pk).update(language="en")
    walk_in(client, officer.email, sink)
    set_up_app(client)
    notice = Message.objects.filter(reason="account.notice").earliest("pk")
    assert (notice.recipient, notice.language) == (officer.email, "en")
    send_due(lane="personal")
    letter = next(one for one in sink.to(officer.email) if one["Subject"] == "An authenticator app was added")
    assert "tell the organisers at once" in text_of(letter)


def test_next_sign_in_asks_for_the_app_and_then_enters(forum: Forum, sink: Sink) -> None:
    officer = make_staff(forum, Role.ACCREDITATION_OFFICER)
    first, second = Client(), Client()
    walk_in(first, officer.email, sink)
    secret, _page = set_up_app(first)
    page = walk_in(second, officer.email, sink)
    assert page.redirect_chain[-1][0] == reverse("mfa_authenticate")
    assert not signed_in(second)
    second.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert not signed_in(second)
    second.post(reverse("mfa_authenticate"), {"code": app_code(secret)})
    assert second.get("/team/jobs/").status_code == 200


def test_code_of_the_app_is_not_taken_twice(forum: Forum, sink: Sink) -> None:
    officer = make_staff(forum, Role.ACCREDITATION_OFFICER)
    first = Client()
    walk_in(first, officer.email, sink)
    secret, _page = set_up_app(first)
    code = app_code(secret)
    for browser, enters in ((Client(), True), (Client(), False)):
        walk_in(browser, officer.email, sink)
        browser.post(reverse("mfa_authenticate"), {"code": code})
        assert signed_in(browser) is enters


def test_session_without_the_factor_that_the_account_has_is_asked_for_it(
    client: Client, forum: Forum, sink: Sink
) -> None:
    officer = make_staff(forum, Role.ACCREDITATION_OFFICER)
    first = Client()
    walk_in(first, officer.email, sink)
    secret, _page = set_up_app(first)
    sign_in(client, officer, second_factor=False)
    asked = client.get("/team/jobs/")
    assert asked.url.startswith(reverse("mfa_reauthenticate"))
    shown = client.post(asked.url, {"code": app_code(secret)})
    assert shown.url == "/team/jobs/"
    assert client.get("/team/jobs/").status_code == 200


def test_team_pages_are_not_there_for_a_delegate(delegate_client: Client) -> None:
    assert delegate_client.get(TODAY).status_code == 404


def test_team_pages_ask_visitors_to_sign_in_and_bring_them_back(client: Client, forum: Forum) -> None:
    assert client.get("/team/messages/").url.endswith("/accounts/login/?next=/team/messages/")


def test_expired_grant_closes_the_team_pages(organiser: Account, organiser_client: Client) -> None:
    assert organiser_client.get("/team/jobs/").status_code == 200
    Membership.objects.filter(account=organiser).update(
        created_at=now() - timedelta(days=2), valid_until=now() - timedelta(seconds=1)
    )
    assert organiser_client.get("/team/jobs/").status_code == 404


def test_ended_grant_closes_the_team_pages(organiser: Account, organiser_client: Client) -> None:
    Membership.objects.filter(account=organiser).update(ended_at=now())
    assert organiser_client.get(TODAY).status_code == 404


def test_part_of_an_open_page_sends_the_whole_page_to_sign_in(client: Client, forum: Forum) -> None:
    answer = client.get("/team/board/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Refresh"]) == (200, "true")


def test_after_sign_in_the_team_goes_to_its_rooms_and_a_delegate_to_the_participation(
    organiser_client: Client, delegate_client: Client
) -> None:
    url = reverse("forum:after_sign_in")
    assert organiser_client.get(url).url == TODAY
    assert delegate_client.get(url).url == reverse("registration:my")


# --- every page of the way in stands in our shell -----------------------------------------------------------------------
FOR_VISITORS = ["account_login", "account_request_login_code", "account_signup", "account_inactive"]
FOR_STAFF = ["account_logout", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn"]
WITH_APP = ["mfa_index", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"]
CLOSED = ["account_email", "account_email_verification_sent", "account_change_password", "account_set_password",
          "account_reset_password"]  # fmt: skip


def in_our_shell(page: Any) -> bool:
    text = page.content.decode()
    return page.status_code == 200 and '<body class="public"' in text and "style=" not in text and "onclick" not in text


@pytest.mark.parametrize("language", ["ru", "en", "uz", "be"])
def test_pages_of_the_way_in_stand_in_our_shell(language: str, client: Client, forum: Forum, sink: Sink) -> None:
    def page(name: str) -> Any:
        return client.get(f"/{language}/{reverse(name).split('/', 2)[2]}", follow=True)

    assert [name for name in FOR_VISITORS if not in_our_shell(page(name))] == []
    officer = make_staff(forum, Role.ACCREDITATION_OFFICER)
    assert in_our_shell(ask_for_code(client, officer.email))
    enter_code(client, code_from_letter(sink, officer.email))
    assert [name for name in FOR_STAFF if not in_our_shell(page(name))] == []
    secret, _page = set_up_app(client)
    assert in_our_shell(page("mfa_reauthenticate"))
    client.post(reverse("mfa_reauthenticate"), {"code": app_code(secret, later=1)})
    assert [name for name in WITH_APP if not in_our_shell(page(name))] == []
    other = Client()
    assert in_our_shell(walk_in(other, officer.email, sink))


def test_pages_of_passwords_and_addresses_are_not_there(organiser_client: Client) -> None:
    assert {organiser_client.get(reverse(name)).status_code for name in CLOSED} == {404}


def test_too_many_attempts_get_a_page_that_says_so(client: Client, forum: Forum, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    ask_for_code(client, "anna@example.org")
    page = client.post("/en/accounts/login/", {"login": "anna@example.org"})
    assert page.status_code == 429
    assert "Too many attempts" in page.content.decode()

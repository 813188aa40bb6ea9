"""The second factor of the team, and the pages of the way in."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from forum.actions.mail import send_due
from forum.enums import Role
from forum.models import Account, Forum, Membership, Message
from tests.factories.forum import make_staff
from tests.forum.web.sign_in_walk import app_code, ask_for_code, code_from_letter, enter_code, set_up_app, walk_in
from tests.forum.web.test_sign_in import TODAY, signed_in
from tests.mail import Sink, text_of
from tests.sessions import sign_in


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

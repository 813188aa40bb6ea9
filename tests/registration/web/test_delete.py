"""Deleting oneself: what happens is said first, a code proves who asks, a fresh sign-in does too; an officer does it."""

import json
from time import time

import pytest
from django.test import Client

from forum.enums import Role
from forum.models import Account, AuditEntry, Forum, Message
from registration.enums import ErasureBasis, RegistrationState
from registration.models import Erasure, Registration
from tests.factories.forum import make_account, make_staff
from tests.factories.registration import make_person, make_registration
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(forum: Forum) -> Account:
    return make_account("asks@example.org")


@pytest.fixture
def client(account: Account) -> Client:
    return sign_in(Client(), account, second_factor=False)


@pytest.fixture
def registration(forum: Forum, account: Account) -> Registration:
    person = make_person(forum, account=account, email="asks@example.org")
    return make_registration(forum, state=RegistrationState.CONFIRMED, person=person)


def address(registration: Registration) -> str:
    return f"/en/my/{registration.ref}/data/delete/"


def code() -> str:
    return str(json.loads(Message.objects.filter(reason="registration.deletion_code").latest("pk").context)["code"])


def fresh(client: Client, account: Account) -> None:
    session = client.session
    session["account_authentication_methods"] = [{"method": "code", "at": time()}]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()


def test_page_says_what_happens_and_changes_nothing(client: Client, registration: Registration) -> None:
    page = client.get(address(registration)).content.decode()
    for words in ("your place goes to the next person", "badge stops working", "without your name", "asks@example.org"):
        assert words in page
    assert not Message.objects.exists()


def test_code_then_button(client: Client, registration: Registration, account: Account) -> None:
    page = client.post(address(registration))
    assert "six digits" in page.content.decode()
    assert Registration.objects.filter(erased_at=None).exists()
    wrong = client.post(address(registration), {"confirmed": "1", "code": "1"})
    assert (wrong.status_code, "not the code" in wrong.content.decode()) == (422, True)
    missing = client.post(address(registration), {"confirmed": "1"})
    assert missing.status_code == 422
    done = client.post(address(registration), {"confirmed": "1", "code": code()}, follow=True)
    assert "Your data are deleted" in done.content.decode()
    assert not Registration.objects.filter(erased_at=None).exists()
    account.refresh_from_db()
    assert not account.is_active
    assert not done.context["user"].is_authenticated
    assert client.get(address(registration)).status_code == 404


def test_fresh_sign_in_needs_no_code_but_two_clicks(
    client: Client, registration: Registration, account: Account
) -> None:
    fresh(client, account)
    assert "six digits" not in client.post(address(registration)).content.decode()
    assert Registration.objects.filter(erased_at=None).exists()
    client.post(address(registration), {"confirmed": "1"})
    assert not Registration.objects.filter(erased_at=None).exists()


def test_who_looks_after_somebody_needs_their_code(client: Client, account: Account, forum: Forum) -> None:
    other = make_registration(forum, person=make_person(forum, account=account, email="other@example.org"))
    fresh(client, account)
    assert client.post(address(other), {"confirmed": "1", "code": "000000"}).status_code == 422
    client.post(address(other))
    assert Message.objects.get(reason="registration.deletion_code").recipient == "other@example.org"


def test_strangers_find_nothing(registration: Registration) -> None:
    assert Client().get(address(registration)).status_code == 404


def test_privacy_officer_erases_by_letter_with_a_reason(registration: Registration) -> None:
    officer = sign_in(Client(), make_staff(registration.forum, Role.PRIVACY_OFFICER))
    page = f"/team/erasures/people/{registration.ref}/"
    assert officer.post(page, {"reason": ""}).status_code == 422
    assert officer.post(page, {"reason": "letter of 12 March"}).status_code == 200
    assert Registration.objects.filter(erased_at=None).exists()
    assert officer.post(page, {"reason": "letter of 12 March", "confirmed": "1"}).status_code == 302
    proof = Erasure.objects.get()
    assert (proof.basis, proof.by is not None) == (ErasureBasis.ASKED, True)
    entry = AuditEntry.objects.get(action="registration.person_erased")
    assert entry.reason == "letter of 12 March"
    assert officer.get(page).status_code == 404
    act = officer.get(f"/team/erasures/{proof.at:%Y-%m-%d}/")
    assert act.status_code in (200, 404)  # the forum's day may be the next one already


def test_other_officers_may_not(registration: Registration) -> None:
    officer = sign_in(Client(), make_staff(registration.forum, Role.ACCREDITATION_OFFICER))
    assert officer.get(f"/team/erasures/people/{registration.ref}/").status_code in (403, 404)

"""A new email is proven by a code, told to the old one, and shuts out whoever held the old links (complaint REG-1)."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from forum.models import Account, AuditEntry, Forum, Message
from registration.actions.emailed_codes import A_DAY, TRIES
from registration.actions.notices import issue_return_link, registration_of_link
from registration.enums import RegistrationState
from registration.models import EmailChange, Registration
from tests.factories.forum import make_account
from tests.factories.registration import make_person, make_registration
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
NEW = "new@example.org"


@pytest.fixture
def old_account(forum: Forum) -> Account:
    return make_account("old@example.org")


@pytest.fixture
def client(old_account: Account) -> Client:
    return sign_in(Client(), old_account, second_factor=False)


@pytest.fixture
def registration(forum: Forum, old_account: Account) -> Registration:
    person = make_person(forum, account=old_account, email="old@example.org")
    return make_registration(forum, state=RegistrationState.CONFIRMED, person=person)


def ask(client: Client, registration: Registration, email: str = NEW) -> str:
    """Ask for a code; gives what the letter says."""
    client.post(f"/ru/my/{registration.ref}/email/", {"email": email})
    letter = Message.objects.filter(reason="registration.email_code", recipient=email).first()
    return str(json.loads(letter.context)["code"]) if letter else ""


def answer(client: Client, registration: Registration, code: str) -> int:
    return client.post(f"/ru/my/{registration.ref}/email/code/", {"code": code}).status_code


def test_code_moves_email_login_and_links(client: Client, registration: Registration, old_account: Account) -> None:
    link = issue_return_link(registration)
    code = ask(client, registration, "New@Example.org".lower())
    registration.person.refresh_from_db()
    assert registration.person.email == "old@example.org"
    assert answer(client, registration, f"{code[:3]} {code[3:]}") == 302
    registration.person.refresh_from_db()
    assert (registration.person.email, registration.person.account.email) == (NEW, NEW)
    assert registration_of_link(link) is None
    assert client.get(f"/ru/my/{registration.ref}/data/").status_code == 200
    other_browser = sign_in(Client(), old_account, second_factor=False)
    assert other_browser.get(f"/ru/my/{registration.ref}/data/").status_code == 404
    assert (EmailChange.objects.get().new_email, answer(client, registration, code)) == ("", 422)


def test_old_address_is_told_and_gets_no_link(client: Client, registration: Registration) -> None:
    answer(client, registration, ask(client, registration))
    letters = {letter.reason: letter for letter in Message.objects.all()}
    told = letters["registration.email_changed"]
    assert (told.recipient, "link" in json.loads(told.context)) == ("old@example.org", False)
    assert set(json.loads(letters["registration.email_code"].context)) == {"code"}
    assert AuditEntry.objects.get(action="registration.email_changed").changed == ["email"]


def test_wrong_codes_run_out(client: Client, registration: Registration) -> None:
    code = ask(client, registration)
    wrong = str((int(code) + 1) % 1_000_000).zfill(6)
    assert [answer(client, registration, wrong) for _ in range(TRIES)] == [422] * TRIES
    page = client.post(f"/ru/my/{registration.ref}/email/code/", {"code": code})
    assert (page.status_code, "больше не действует" in page.content.decode()) == (422, True)
    registration.person.refresh_from_db()
    assert registration.person.email == "old@example.org"


def test_expired_code_and_older_code_are_dead(client: Client, registration: Registration) -> None:
    first = ask(client, registration)
    second = ask(client, registration, "third@example.org")
    assert first != second and answer(client, registration, first) == 422
    EmailChange.objects.filter(ended_at=None).update(expires_at=EmailChange.objects.last().asked_at - timedelta(1))
    assert answer(client, registration, second) == 422
    registration.person.refresh_from_db()
    assert registration.person.email == "old@example.org"


def test_codes_of_a_day_are_limited(client: Client, registration: Registration) -> None:
    for number in range(A_DAY + 1):
        page = client.post(f"/ru/my/{registration.ref}/email/", {"email": f"n{number}@example.org"})
    assert (page.status_code, Message.objects.filter(reason="registration.email_code").count()) == (422, A_DAY)
    assert "завтра" in page.content.decode()


@pytest.mark.parametrize("email", ["", "no address", "old@example.org"])
def test_impossible_address_stays_in_the_field(client: Client, registration: Registration, email: str) -> None:
    page = client.post(f"/ru/my/{registration.ref}/email/", {"email": email})
    assert (page.status_code, Message.objects.count()) == (422, 0)
    assert f'value="{email}"' in page.content.decode() or not email


def test_code_page_without_a_code_and_foreign_people(client: Client, registration: Registration, forum: Forum) -> None:
    assert client.get(f"/ru/my/{registration.ref}/email/code/").status_code == 302
    other = make_registration(forum)
    for end in ("", "code/"):
        assert client.get(f"/ru/my/{other.ref}/email/{end}").status_code == 404
        assert client.post(f"/ru/my/{other.ref}/email/{end}", {"email": NEW, "code": "1"}).status_code == 404

"""“My data”: complete, readable, taken as a file, and every look is written down."""

import json

import pytest
from django.test import Client

from badges.actions.credentials import issue_credential
from forum.models import Account, AuditEntry, Forum
from forum.registry import own_data
from registration.actions.consents import give_consent
from registration.enums import RegistrationState
from registration.models import Registration
from tests.factories.badges import make_device, make_point, scan
from tests.factories.forum import make_account
from tests.factories.registration import make_consent_document, make_person, make_registration
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def delegate(forum: Forum) -> Account:
    return make_account("anna@example.org")


@pytest.fixture
def delegate_client(delegate: Account) -> Client:
    return sign_in(Client(), delegate, second_factor=False)


@pytest.fixture
def registration(forum: Forum, delegate: Account) -> Registration:
    """Confirmed, with a consent, a badge and a scan."""
    person = make_person(forum, account=delegate, email="anna@example.org", native_name="Прыкладава Ганна")
    made = make_registration(forum, state=RegistrationState.CONFIRMED, person=person)
    give_consent(made, document=make_consent_document(forum), language="be", ip="192.0.2.7", by=delegate)
    credential = issue_credential(made)
    assert credential
    scan(credential, device=make_device(make_point(forum))[0])
    return made


def test_json_holds_every_part_with_purpose_and_day(delegate_client: Client, registration: Registration) -> None:
    answer = delegate_client.get(f"/uz/my/{registration.ref}/data/json/")
    data = json.loads(answer.content)
    assert {"person", "application", "consents", "history", "letters", "login", "places", "badges", "scans"} <= set(
        data
    )
    assert len(data) == len(list(own_data)) + 2
    assert data["person"]["records"][0]["native_name"] == "Прыкладава Ганна"
    assert data["consents"]["records"][0]["ip"] == "192.0.2.7"
    assert len(data["scans"]["records"]) == len(data["badges"]["records"]) == 1
    assert data["consents"]["kept_until"] > data["person"]["kept_until"] > registration.forum.ends_on.isoformat()
    assert all(part["purpose"] for key, part in data.items() if key not in ("forum", "made_at"))
    assert answer["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("language", ["ru", "en", "uz", "be"])
def test_page_and_file_are_readable(delegate_client: Client, registration: Registration, language: str) -> None:
    page = delegate_client.get(f"/{language}/my/{registration.ref}/data/").content.decode()
    paper = delegate_client.get(f"/{language}/my/{registration.ref}/data/html/").content.decode()
    for body in (page, paper):
        assert "Прыкладава Ганна" in body and "anna@example.org" in body and "192.0.2.7" in body
    assert "/static/" not in paper and "<script" not in paper and "src=" not in paper


def test_each_look_is_written_down(delegate_client: Client, registration: Registration, delegate: Account) -> None:
    for end in ("", "json/", "html/"):
        delegate_client.get(f"/ru/my/{registration.ref}/data/{end}")
    entries = AuditEntry.objects.filter(action__startswith="registration.data_").order_by("pk")
    assert [(entry.action, entry.data["kind"], entry.actor) for entry in entries] == [
        ("registration.data_read", "page", delegate),
        ("registration.data_taken", "json", delegate),
        ("registration.data_taken", "html", delegate),
    ]


def test_other_people_and_other_files_are_not_there(delegate_client: Client, registration: Registration) -> None:
    other = make_registration(registration.forum)
    for path in (f"{other.ref}/data/", f"{other.ref}/data/json/", f"{registration.ref}/data/pdf/"):
        assert delegate_client.get(f"/ru/my/{path}").status_code == 404
    assert not AuditEntry.objects.filter(action__startswith="registration.data_").exists()


@pytest.mark.parametrize(
    ("language", "city"), [("ru", "Ташкент"), ("en", "Tashkent"), ("be", "Ташкент"), ("uz", "Toshkent")]
)
def test_time_zone_is_a_place_for_people_and_a_name_for_programs(
    language: str, city: str, delegate_client: Client, delegate: Account, registration: Registration
) -> None:
    Account.objects.filter(pk=delegate.pk).update(timezone="Asia/Tashkent")
    root = f"/{language}/my/{registration.ref}/data/"
    for path in (root, f"{root}html/"):
        page = delegate_client.get(path).content.decode()
        assert city in page and "Asia/" not in page
    assert json.loads(delegate_client.get(f"{root}json/").content)["login"]["records"][0]["timezone"] == "Asia/Tashkent"

"""One's own consents: asked one by one, never ticked beforehand, taken back with the consequence shown before."""

import pytest
from django.test import Client

from forum.models import Account, Forum, Organisation, Region
from registration.enums import RegistrationState
from registration.models import Consent, ConsentWithdrawal, Registration
from tests.factories.forum import make_account
from tests.factories.registration import (
    make_consent_document,
    make_delegation,
    make_person,
    make_registration,
)
from tests.registration.web.walk import fill
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
S = RegistrationState


@pytest.fixture
def delegate_client(client: Client, forum: Forum) -> Client:
    return sign_in(client, make_account("anna@example.org"), second_factor=False)


@pytest.fixture
def registration(delegate_client: Client, forum: Forum) -> Registration:
    """Confirmed, with the consent to processing."""
    person = make_person(forum, account=Account.objects.get(email="anna@example.org"))
    made = make_registration(forum, state=S.CONFIRMED, person=person)
    document = make_consent_document(forum)
    Consent.objects.create(
        document=document, person=person, language="ru", text_hash=document.text_hash("ru"), evidence="own_tick"
    )
    return made


@pytest.mark.parametrize(
    ("page", "place"),
    [
        ("ru", "место сразу перейдёт следующему в очереди"),
        ("en", "your place goes to the next person in line at once"),
        ("uz", "joyingiz darhol navbatdagi kishiga oʻtadi"),
        ("be", "месца адразу пяройдзе наступнаму ў чарзе"),
    ],
)
def test_consequence_is_said_before_in_the_readers_language(
    delegate_client: Client, registration: Registration, page: str, place: str
) -> None:
    body = delegate_client.get(f"/{page}/my/{registration.ref}/consents/processing/withdraw/").content.decode()
    assert place in body
    assert not ConsentWithdrawal.objects.exists()


def test_one_click_and_one_confirmation_withdraw(delegate_client: Client, registration: Registration) -> None:
    address = f"/ru/my/{registration.ref}/consents/"
    assert f"{address}processing/withdraw/" in delegate_client.get(address).content.decode()
    answer = delegate_client.post(f"{address}processing/withdraw/", follow=True)
    registration.refresh_from_db()
    assert registration.state == S.CANCELLED
    assert ConsentWithdrawal.objects.get().language == "ru"
    assert "Согласие отозвано" in answer.content.decode()
    assert "Примерова" not in delegate_client.get("/ru/my/").content.decode().split("<details")[0]
    again = delegate_client.get(f"{address}processing/withdraw/")
    assert (again.status_code, again["Location"]) == (302, address)


def test_consent_is_given_again_only_by_a_tick(delegate_client: Client, registration: Registration) -> None:
    address = f"/ru/my/{registration.ref}/consents/processing/"
    delegate_client.post(f"{address}withdraw/")
    page = delegate_client.get(address)
    assert " checked" not in page.content.decode()
    assert delegate_client.post(address, {"version": 1}).status_code == 422
    assert delegate_client.post(address, {"version": 7, "agree": "on"}).status_code == 422
    assert Consent.objects.count() == 1
    assert delegate_client.post(address, {"version": 1, "agree": "on"}).status_code == 302
    assert Consent.objects.latest("pk").again_after == ConsentWithdrawal.objects.get()


def test_optional_consents_are_offered_one_by_one_before_sending(client: Client, forum: Forum) -> None:
    """That of a plant comes with a visit to it, not before."""
    make_consent_document(forum, purpose="publication")
    plant = Organisation.objects.create(slug="azot", name_ru="КАО «Азот»", name_en="Azot")
    make_consent_document(forum, purpose="plant_access", receiver=plant)
    draft = fill(client, forum)
    page = client.get(f"/ru/apply/{draft.ref}/check/").content.decode()
    own = [f"/ru/my/{draft.ref}/consents/{key}/" for key in ("publication", f"plant-access--{plant.slug}")]
    assert [address in page for address in own] == [True, False]  # nothing of a draft goes to a plant
    answer = client.post(own[0], {"version": 1, "agree": "on"})
    assert answer["Location"] == f"/ru/apply/{draft.ref}/check/"
    assert list(draft.person.consents.values_list("document__purpose", flat=True)) == ["processing", "publication"]


def test_foreign_people_and_unknown_matters_are_not_there(
    delegate_client: Client, registration: Registration, forum: Forum
) -> None:
    other = make_registration(forum, state=S.CONFIRMED)
    for ref, matter in ((other.ref, "processing"), (registration.ref, "publication"), (registration.ref, "nonsense")):
        for end in ("", "withdraw/"):
            assert delegate_client.get(f"/ru/my/{ref}/consents/{matter}/{end}").status_code == 404
            assert delegate_client.post(f"/ru/my/{ref}/consents/{matter}/{end}").status_code == 404
    assert delegate_client.get(f"/ru/my/{other.ref}/consents/").status_code == 404


def test_a_receiver_asks_on_the_card_of_whom_it_concerns(
    delegate_client: Client, registration: Registration, forum: Forum
) -> None:
    """Of another country's delegation nobody is asked; nothing is ticked beforehand, and it is decided on a page of its own."""
    Registration.objects.filter(pk=registration.pk).update(delegation=make_delegation(forum, "BY"))
    home, elsewhere = (receiver_of(code) for code in ("BY", "UZ"))
    for receiver in (home, elsewhere):
        make_consent_document(forum, purpose="abroad", receiver=receiver)
    page = delegate_client.get("/ru/my/").content.decode()
    address = f"/ru/my/{registration.ref}/consents/abroad--{home.slug}/"
    assert [f"consents/abroad--{one.slug}/" in page for one in (home, elsewhere)] == [True, False]
    assert " checked" not in delegate_client.get(address).content.decode()
    assert delegate_client.get(address.replace(home.slug, elsewhere.slug)).status_code == 404
    assert delegate_client.post(address, {"version": 1, "agree": "on"}).status_code == 302
    assert address not in delegate_client.get("/ru/my/").content.decode()


def receiver_of(code: str) -> Organisation:
    region = Region.objects.get(code=code)
    return Organisation.objects.create(slug=f"o-{code.lower()}", name_ru=f"Центр {code}", name_en=code, region=region)


def test_a_newer_text_stands_on_the_card_until_it_is_decided(
    delegate_client: Client, registration: Registration, forum: Forum
) -> None:
    newer = make_consent_document(forum, version=2)
    address = f"/ru/my/{registration.ref}/consents/processing/"
    assert address in delegate_client.get("/ru/my/").content.decode()
    delegate_client.post(address, {"version": newer.version, "agree": "on"})
    assert address not in delegate_client.get("/ru/my/").content.decode()

"""Applying without JavaScript: as whom, the consent, the steps, sending."""

import hashlib

import pytest
from django.test import Client
from django.utils.timezone import now
from django.utils.translation import override

from forum.models import Account, Forum, Message
from registration.enums import RegistrationState
from registration.models import Consent, ConsentDocument, Person, Registration
from tests.factories.registration import make_category, make_registration
from tests.registration.web.walk import NAME, agree, apply, fill, open_doors, save, send

LANGUAGES = ["ru", "en", "uz", "be"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_way_works_in_every_language(client: Client, forum: Forum, language: str) -> None:
    draft = fill(client, forum, page=language)
    answer = send(client, draft, page=language)
    assert answer.url == f"/{language}/apply/{draft.ref}/sent/"
    page = client.get(answer.url)
    assert page.status_code == 200
    assert f"{draft.ref[:5]}-{draft.ref[5:]}" in page.content.decode()
    draft.refresh_from_db()
    assert draft.state == RegistrationState.SUBMITTED
    assert draft.person.email == "anna.primerova@example.org"
    assert draft.language == "ru"  # as chosen on the form, not the language of the page
    letter = Message.objects.get(reason="registration.received")
    assert (letter.recipient, letter.language) == ("anna.primerova@example.org", "ru")


def test_only_categories_open_to_applicants_are_offered(client: Client, forum: Forum) -> None:
    open_doors(forum)
    make_category(forum, code="driver", name_ru="Водитель", open_to_applicants=False)
    page = client.get("/ru/apply/").content.decode()
    assert "/ru/apply/delegate/consent/" in page
    assert "Водитель" not in page
    assert client.get("/ru/apply/driver/consent/").status_code == 404


def test_closed_applications_get_a_friendly_page(client: Client, forum: Forum) -> None:
    open_doors(forum)
    Forum.objects.update(applications_open=False)
    page = client.get("/en/apply/")
    assert page.status_code == 200
    assert "We take no new applications now" in page.content.decode()
    answer = client.post("/en/apply/delegate/consent/", {"agree": "on", "version": "1", "ticket": "x" * 32})
    assert answer.status_code == 409
    assert not Registration.objects.exists()


def test_without_a_published_consent_nobody_can_apply(client: Client, forum: Forum) -> None:
    make_category(forum)
    assert "/delegate/consent/" not in client.get("/ru/apply/").content.decode()
    assert client.get("/ru/apply/delegate/consent/").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_consent_is_stored_as_it_was_read_before_anything_personal(client: Client, forum: Forum, language: str) -> None:
    draft = agree(client, forum, page=language)
    consent = Consent.objects.get()
    with override(language):
        shown = f"{consent.document.title}\n\n{consent.document.body}"
    assert consent.person == draft.person
    assert (consent.language, consent.ip, consent.document.version) == (language, "127.0.0.1", 1)
    assert consent.text_hash == hashlib.sha256(shown.encode()).hexdigest()
    person = Person.objects.get()
    assert (person.surname, person.latin_surname, person.email, person.citizenship) == ("", "", "", "")
    assert consent.given_at <= now()


def test_nothing_is_ticked_beforehand_and_without_the_tick_nothing_is_stored(client: Client, forum: Forum) -> None:
    open_doors(forum)
    page = client.get("/ru/apply/delegate/consent/")
    assert " checked" not in page.content.decode()
    form = page.context["form"]
    values = {"version": form["version"].value(), "ticket": form["ticket"].value()}
    answer = client.post("/en/apply/delegate/consent/", values)
    assert answer.status_code == 422
    assert "Without your consent we may not keep an application. Read the text and tick the box." in (
        answer.content.decode().replace("\n", " ")
    )
    assert not Person.objects.exists()


def test_a_text_that_changed_meanwhile_must_be_read_again(client: Client, forum: Forum) -> None:
    open_doors(forum)
    form = client.get("/ru/apply/delegate/consent/").context["form"]
    ConsentDocument.objects.create(
        forum=forum, purpose="processing", version=2, title_ru="Новое", body_ru="Новый текст", published_at=now()
    )
    values = {"agree": "on", "version": form["version"].value(), "ticket": form["ticket"].value()}
    answer = client.post("/ru/apply/delegate/consent/", values)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Новый текст" in page
    assert " checked" not in page
    assert not Person.objects.exists()
    again = answer.context["form"]
    client.post(
        "/ru/apply/delegate/consent/",
        {"agree": "on", "version": again["version"].value(), "ticket": again["ticket"].value()},
    )
    assert Consent.objects.get().document.version == 2


def test_the_same_press_twice_starts_one_application(client: Client, forum: Forum) -> None:
    open_doors(forum)
    form = client.get("/ru/apply/delegate/consent/").context["form"]
    values = {"agree": "on", "version": form["version"].value(), "ticket": form["ticket"].value()}
    first = client.post("/ru/apply/delegate/consent/", values)
    second = client.post("/ru/apply/delegate/consent/", values)
    assert first.url == second.url
    assert Registration.objects.count() == 1


def test_sending_twice_sends_once(client: Client, forum: Forum) -> None:
    draft = fill(client, forum)
    first, second = send(client, draft), send(client, draft)
    assert first.url == second.url
    assert draft.moves.count() == 1
    assert Message.objects.count() == 1


def test_an_incomplete_application_is_not_sent_and_says_what_is_missing(client: Client, forum: Forum) -> None:
    draft = agree(client, forum, page="en")
    save(client, draft, "name", NAME, page="en")
    answer = send(client, draft, page="en")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Enter your organisation." in page
    assert f"/en/apply/{draft.ref}/contact/#id_email" in page
    draft.refresh_from_db()
    assert draft.state == RegistrationState.DRAFT


def test_what_was_sent_cannot_be_edited_any_more(client: Client, forum: Forum) -> None:
    sent = apply(client, forum)
    assert client.get(f"/ru/apply/{sent.ref}/name/").url == "/ru/my/"
    answer = client.post(f"/ru/apply/{sent.ref}/name/", NAME | {"version": str(sent.version), "surname": "Другая"})
    assert answer.status_code == 302
    sent.person.refresh_from_db()
    assert sent.person.surname == "Примерова"


def test_one_browser_applies_for_several_people(client: Client, forum: Forum) -> None:
    first = apply(client, forum)
    second = apply(client, forum, surname="Прикладов", given_name="Сергей", patronymic="")
    page = client.get("/ru/my/").content.decode()
    assert first.ref != second.ref
    assert all(f"{r.ref[:5]}-{r.ref[5:]}" in page for r in (first, second))
    assert Account.objects.filter(email="anna.primerova@example.org").count() == 1


def test_a_draft_is_offered_again(client: Client, forum: Forum) -> None:
    draft = agree(client, forum)
    assert f"/ru/apply/{draft.ref}/check/" in client.get("/ru/apply/").content.decode()


@pytest.mark.parametrize("page", ["name", "contact", "work", "category", "check", "sent"])
def test_a_foreign_application_is_not_there(client: Client, forum: Forum, page: str) -> None:
    mine, foreign = agree(client, forum), make_registration(forum, state=RegistrationState.DRAFT)
    assert client.get(f"/ru/apply/{mine.ref}/{page}/").status_code in (200, 302)
    assert client.get(f"/ru/apply/{foreign.ref}/{page}/").status_code == 404
    assert Client().get(f"/ru/apply/{mine.ref}/{page}/").status_code == 404
    assert Client().post(f"/ru/apply/{mine.ref}/{page}/", {"version": "1"}).status_code in (404, 405)


def test_a_step_that_does_not_exist_is_not_there(client: Client, forum: Forum) -> None:
    draft = agree(client, forum)
    assert client.get(f"/ru/apply/{draft.ref}/passport/").status_code == 404


def test_pages_of_an_application_are_never_cached(client: Client, forum: Forum) -> None:
    draft = agree(client, forum)
    for address in ("/ru/apply/", "/ru/my/", f"/ru/apply/{draft.ref}/name/", f"/ru/apply/{draft.ref}/check/"):
        assert "no-store" in client.get(address)["Cache-Control"]

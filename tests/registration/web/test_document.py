"""“My document”: asked with a reason, never shown back, kept when something is wrong, erased on request."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from forum.models import Account, AuditEntry, Forum, Message
from registration.enums import DocumentField, RegistrationState
from registration.models import Erasure, IdentityDocument, Registration
from registration.queries.documents import document_of
from tests.factories.documents import RUSSIAN, SECRETS, STRICT, agree, need, save
from tests.factories.forum import make_account
from tests.factories.registration import make_consent_document, make_person, make_registration
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _asked(monkeypatch: pytest.MonkeyPatch) -> None:
    need(monkeypatch)


@pytest.fixture
def anna(forum: Forum) -> Registration:
    person = make_person(forum, account=make_account("anna@example.org"), birth_date="1990-05-17")
    return make_registration(forum, state=RegistrationState.CONFIRMED, person=person)


@pytest.fixture
def own(client: Client, anna: Registration) -> Client:
    return sign_in(client, Account.objects.get(email="anna@example.org"), second_factor=False)


def page_of(registration: Registration, language: str = "ru", name: str = "document") -> str:
    return reverse(f"registration:{name}", args=[registration.ref]).replace("/ru/", f"/{language}/", 1)


def sent(**changes: str) -> dict[str, str]:
    return {"kind": "ru_passport", "version": "1", **RUSSIAN} | changes


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", ("Зачем мы спрашиваем", "серия и номер", "Прочитать согласие")),
        ("en", ("Why we ask", "series and number", "Read the consent")),
        ("uz", ("Nega soʻraymiz", "seriya va raqam", "Rozilikni oʻqish")),
        ("be", ("Навошта мы пытаем", "серыя і нумар", "Прачытаць згоду")),
    ],
)
def test_reason_readers_and_term_come_before_any_field(
    own: Client, anna: Registration, language: str, words: tuple[str, ...]
) -> None:
    make_consent_document(anna.forum, purpose="document")
    page = own.get(page_of(anna, language)).content.decode()
    assert [word for word in (*words, "Потому что нужно.", "те, кому нужно") if word not in page] == []
    assert 'name="number"' not in page


def test_without_a_need_nothing_is_asked(own: Client, anna: Registration, monkeypatch: pytest.MonkeyPatch) -> None:
    agree(anna)
    need(monkeypatch, is_open=False)
    page = own.get(page_of(anna)).content.decode()
    assert "Ваш документ сейчас не нужен" in page and 'name="number"' not in page
    assert own.post(page_of(anna), sent()).status_code == 302
    assert IdentityDocument.objects.count() == 0


def test_without_a_published_text_nothing_can_be_entered(own: Client, anna: Registration) -> None:
    assert "Текст согласия ещё не опубликован" in own.get(page_of(anna)).content.decode()
    own.post(page_of(anna), sent())
    assert IdentityDocument.objects.count() == 0


def test_only_needed_fields_of_the_chosen_kind_are_asked(
    own: Client, anna: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    agree(anna)
    need(monkeypatch, fields=frozenset({DocumentField.NUMBER, DocumentField.DEPARTMENT_CODE, DocumentField.EXPIRES_ON}))
    page = own.get(page_of(anna)).content.decode()
    fields = ("series", "number", "department_code", "expires_on", "issued_by", "birth_place")
    assert [name for name in fields if f'name="{name}"' in page] == ["series", "number", "department_code"]
    page = own.get(page_of(anna) + "?kind=ru_travel").content.decode()
    assert [name for name in fields if f'name="{name}"' in page] == ["series", "number", "expires_on"]
    page = own.get(page_of(anna) + "?kind=foreign_passport").content.decode()
    assert "Паспорт другой страны" not in page


def test_what_was_entered_is_kept_and_never_shown_again(own: Client, anna: Registration) -> None:
    agree(anna)
    answer = own.post(page_of(anna), sent(), follow=True)
    assert answer.redirect_chain[-1][0] == page_of(anna)
    page = answer.content.decode()
    assert "•• 345" in page and [secret for secret in SECRETS if secret in page] == []
    for name in ("my", "data"):
        args = [] if name == "my" else [anna.ref]
        page = own.get(reverse(f"registration:{name}", args=args)).content.decode()
        assert [secret for secret in SECRETS if secret in page] == []
    file = own.get(reverse("registration:data_file", args=[anna.ref, "json"])).content.decode()
    assert "•• 345" in file and [secret for secret in SECRETS if secret in file] == []


def test_a_mistake_keeps_what_was_typed_and_says_what_helps(own: Client, anna: Registration) -> None:
    agree(anna)
    answer = own.post(page_of(anna), sent(number="71234", issued_on="1980-01-01", department_code="7"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert [value for value in ("71234", "1980-01-01", RUSSIAN["birth_place"]) if value not in page] == []
    assert "В номере российского паспорта шесть цифр." in page and "Перепишите из документа знак за знаком." in page
    assert "Документ не может быть старше вас." in page and "Напишите как 420-001" in page
    assert document_of(anna) is None


@pytest.mark.parametrize("value", ["32.13.2015", "завтра", "2015-02-30", "0000-00-00", "9" * 400])
def test_an_impossible_date_is_refused(own: Client, anna: Registration, value: str) -> None:
    agree(anna)
    answer = own.post(page_of(anna), sent(issued_on=value))
    assert (answer.status_code, document_of(anna)) == (422, None)


def test_warnings_are_said_but_never_refused(own: Client, anna: Registration) -> None:
    agree(anna)
    person = anna.person
    person.birth_date = anna.forum.starts_on.replace(year=anna.forum.starts_on.year - 17)
    person.save()
    page = own.post(page_of(anna), sent(issued_on="2025-06-01"), follow=True).content.decode()
    assert "В первый день форума вам будет меньше 18 лет." in page
    assert document_of(anna) is not None


def test_an_empty_answer_keeps_what_is_stored(own: Client, anna: Registration) -> None:
    agree(anna)
    save(anna)
    page = own.get(page_of(anna)).content.decode()
    assert "Сохранено: •• 345. Оставьте пустым, чтобы не менять." in page
    own.post(page_of(anna), {"kind": "ru_passport", "version": "1", "issued_by": "Новый отдел"})
    document = document_of(anna)
    assert document and (document.number, document.issued_by) == ("712345", "Новый отдел")


def test_a_stale_page_changes_nothing_and_keeps_what_was_typed(own: Client, anna: Registration) -> None:
    agree(anna)
    save(anna)
    save(anna, values={"number": "700000"})
    answer = own.post(page_of(anna), sent(number="733333"))
    assert answer.status_code == 422 and "733333" in answer.content.decode()
    assert document_of(anna).number == "700000"  # type: ignore[union-attr]


def test_erasing_leaves_a_proof(own: Client, anna: Registration) -> None:
    agree(anna)
    save(anna)
    own.post(page_of(anna, name="document_erase"))
    assert (document_of(anna), Erasure.objects.get().basis) == (None, "asked")
    own.post(page_of(anna, name="document_erase"))
    assert Erasure.objects.count() == 1


def test_after_the_consent_one_comes_back_to_the_document(own: Client, anna: Registration) -> None:
    text = make_consent_document(anna.forum, purpose="document")
    make_consent_document(anna.forum)
    address = reverse("registration:give_consent", args=[anna.ref, "document"])
    assert own.post(address, {"agree": "on", "version": text.version})["Location"] == page_of(anna)


def test_withdrawing_says_first_what_ends(own: Client, anna: Registration) -> None:
    agree(anna)
    save(anna)
    address = reverse("registration:withdraw_consent", args=[anna.ref, "document"])
    assert "сразу удаляется" in own.get(address).content.decode()
    own.post(address)
    assert document_of(anna) is None


def test_the_card_says_that_something_is_missing(own: Client, anna: Registration) -> None:
    page = own.get(reverse("registration:my")).content.decode()
    assert "нужны данные вашего документа" in page and page_of(anna) in page
    agree(anna)
    save(anna)
    assert "нужны данные вашего документа" not in own.get(reverse("registration:my")).content.decode()


def test_somebody_else_finds_nothing(anna: Registration, forum: Forum) -> None:
    stranger = sign_in(Client(), make_account("boris@example.org"), second_factor=False)
    assert stranger.get(page_of(anna)).status_code == 404
    assert stranger.post(page_of(anna), sent()).status_code == 404
    assert stranger.post(page_of(anna, name="document_erase")).status_code == 404


def test_no_address_redirect_log_or_letter_holds_a_value(
    own: Client, anna: Registration, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    agree(anna)
    told: list[Any] = [own.post(page_of(anna), sent())["Location"]]
    own.post(page_of(anna), sent(number="1", version="2"))
    told += [caplog.text, str(list(AuditEntry.objects.values())), str([m.context for m in Message.objects.all()])]
    assert [secret for secret in SECRETS if any(secret in str(text) for text in told)] == []


def test_every_strict_field_has_a_place_on_the_form(own: Client, anna: Registration) -> None:
    agree(anna)
    page = own.get(page_of(anna)).content.decode()
    assert [name for name in RUSSIAN if f'name="{name}"' not in page] == []
    assert {DocumentField.NUMBER} < STRICT


LINES = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"


def test_lines_for_machines_fill_empty_fields_and_store_nothing(own: Client, anna: Registration) -> None:
    anna.person.citizenship = "UZ"
    anna.person.save()
    agree(anna)
    typed = {"kind": "foreign_passport", "version": "1", "issued_by": "Kimdir", "number": "", "read": "1"}
    page = own.post(page_of(anna), typed | {"lines": LINES}).content.decode()
    assert [v for v in ('value="L898902C3"', 'value="Kimdir"', "ERIKSSON ANNA MARIA") if v not in page] == []
    kept = own.post(page_of(anna), typed | {"lines": LINES, "number": "AA1234567"}).content.decode()
    assert 'value="AA1234567"' in kept
    assert document_of(anna) is None


def test_wrong_lines_are_refused_at_their_field_and_stay(own: Client, anna: Registration) -> None:
    agree(anna)
    answer = own.post(page_of(anna), sent(read="1", lines=LINES.replace("C36", "C37")))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "контрольной цифр" in page
    assert "L898902C37" in page
    assert RUSSIAN["issued_by"] in page

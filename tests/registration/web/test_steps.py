"""Single steps: spellings, proposals, two windows, and what people and machines type into fields."""

from typing import Any

import pytest
from django.test import Client

from forum.models import Forum, Message
from registration.actions.applications import save_answers
from registration.enums import SpokenLanguage
from registration.models import Registration
from tests.factories.registration import make_category, make_delegation
from tests.registration.web.walk import CONTACT, NAME, WORK, agree, apply, fill, open_doors, save, send

NAUGHTY = [
    "<script>alert(1)</script>",
    "'; DROP TABLE registration_person; --",
    "{{ 7|add:7 }} {% debug %} ${7*7} #{7*7}",
    "%s %n %(name)s {0} {name}",
    "null\x00byte",
    "line\r\nBcc: evil@example.org",
    "\u202egnp.exe\u200b\ufeff",
    "Z̸̢̛a̵͎͝l̷̰̄g̵̣͑o̶̗͒",
    "田中さん العربية עִבְרִית ไทย",
    "🏭🚂\U0001f3f4\u200d☠\ufe0f",
    "\ud7ff\ue000\uffff",
    "=cmd|' /C calc'!A0",
    "../../etc/passwd",
    "Ў" * 5000,
    " \t\n ",
    "-1",
]


@pytest.mark.parametrize(
    ("step", "field"),
    [
        *(("name", field) for field in NAME),
        *(("contact", field) for field in CONTACT),
        *(("work", field) for field in ("delegation", *WORK)),
        ("category", "category"),
    ],
)
def test_anything_typed_is_kept_or_refused_but_never_breaks(
    client: Client, forum: Forum, step: str, field: str
) -> None:
    draft = agree(client, forum)
    values: dict[str, dict[str, Any]] = {
        "name": NAME,
        "contact": CONTACT,
        "work": WORK | {"delegation": str(make_delegation(forum).pk)},
        "category": {"category": str(make_category(forum).pk)},
    }
    for text in NAUGHTY:
        draft.refresh_from_db()
        typed = values[step] | {"version": draft.version, field: text}
        answer = client.post(f"/ru/apply/{draft.ref}/{step}/", typed)
        assert answer.status_code in (200, 302, 422), text
        assert "<script>alert" not in answer.content.decode(), text
        page = client.get(f"/ru/apply/{draft.ref}/check/").content.decode()
        assert "<script>alert" not in page, text
        assert "\x00" not in page, text


@pytest.mark.parametrize(
    "email",
    [
        "a@example.org\nBcc: evil@example.org",
        "a@example.org\r\n\r\nbody",
        "a@example.org,b@example.org",
        '"a\nb"@example.org',
        "a@example.org\x00",
        "<a@example.org>",
        f"{'a' * 300}@example.org",
    ],
)
def test_an_email_cannot_carry_headers(client: Client, forum: Forum, email: str) -> None:
    draft = agree(client, forum, page="en")
    answer = save(client, draft, "contact", CONTACT | {"email": email}, page="en")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This is not an email address." in page
    assert "name@example.org" in page
    draft.person.refresh_from_db()
    assert draft.person.email == ""


def test_ten_megabytes_of_name_are_refused_kindly(client: Client, forum: Forum) -> None:
    draft = agree(client, forum)
    client.raise_request_exception = False
    answer = client.post(f"/ru/apply/{draft.ref}/name/", NAME | {"version": "1", "surname": "Я" * 10_000_000})
    assert answer.status_code in (400, 413)
    assert "<h1" in answer.content.decode()


def test_a_megabyte_of_name_gets_a_message_at_its_field(client: Client, forum: Forum) -> None:
    draft = agree(client, forum, page="en")
    answer = save(client, draft, "name", NAME | {"surname": "Я" * 400_000}, page="en")
    assert answer.status_code == 422
    assert "This is longer than 100 characters." in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", "В имени кириллицей не может быть «Anna»."),
        ("en", "A name in Cyrillic cannot have “Anna” in it."),
        ("uz", "Kirillcha ismda “Anna” boʻlishi mumkin emas."),
        ("be", "У імені кірыліцай не можа быць «Anna»."),
    ],
)
def test_errors_name_field_reason_and_remedy_in_the_readers_language(
    client: Client, forum: Forum, language: str, words: str
) -> None:
    draft = agree(client, forum, page=language)
    answer = save(client, draft, "name", NAME | {"given_name": "Anna"}, page=language)
    error = next(e for e in answer.context["form"].errors.as_data()["given_name"])
    page = " ".join(answer.content.decode().split())
    assert answer.status_code == 422
    assert words.replace("Anna", "A n a") in page or words in page
    assert str(error.params["remedy"]) in page
    assert 'href="#id_given_name"' in page


def test_single_names_are_names(client: Client, forum: Forum) -> None:
    draft = agree(client, forum)
    single = dict.fromkeys(NAME, "") | {"citizenship": "UZ", "latin_surname": "namuna", "native_name": "Namuna"}
    assert save(client, draft, "name", single).status_code == 302
    draft.person.refresh_from_db()
    assert (draft.person.surname, draft.person.latin_surname, draft.person.latin_given_name) == ("", "NAMUNA", "")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"citizenship": "BY", "latin_surname": "", "latin_given_name": ""}, "latin_surname"),
        ({"citizenship": "RU", "surname": "", "given_name": "", "patronymic": ""}, "surname"),
        ({"citizenship": "UZ", "surname": ""}, "surname"),
        ({"latin_surname": ""}, "latin_surname"),
    ],
)
def test_the_script_of_the_document_is_needed_and_no_half_names(
    client: Client, forum: Forum, changes: dict[str, str], field: str
) -> None:
    draft = agree(client, forum)
    answer = save(client, draft, "name", NAME | changes)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


@pytest.mark.parametrize(
    "native",
    ["Намунаев Тўлқин ўғли", "Namunayev Toʻlqin oʻgʻli", "Namunayev To'lqin o`g‘li", "Guðmundsdóttir", "Đặng Thị"],
)
def test_native_spellings_stay_as_typed(client: Client, forum: Forum, native: str) -> None:
    draft = agree(client, forum)
    save(client, draft, "name", NAME | {"native_name": native})
    draft.person.refresh_from_db()
    assert draft.person.native_name == native


def test_the_latin_name_is_proposed_and_stored_only_when_sent(client: Client, forum: Forum) -> None:
    draft = agree(client, forum)
    typed = NAME | {"latin_surname": "", "latin_given_name": "", "version": "1"}
    shown = client.post(f"/ru/apply/{draft.ref}/name/", typed | {"look": "1"})
    assert "PRIMEROVA ANNA" in shown.content.decode()
    assert 'value="PRIMEROVA"' not in shown.content.decode()
    filled = client.post(f"/ru/apply/{draft.ref}/name/", typed | {"propose": "1"})
    assert 'value="PRIMEROVA"' in filled.content.decode()
    assert 'value="Примерова"' in filled.content.decode()
    draft.person.refresh_from_db()
    assert (draft.person.surname, draft.person.latin_surname) == ("", "")


def test_a_proposal_never_overwrites_what_was_typed(client: Client, forum: Forum) -> None:
    draft = agree(client, forum)
    typed = NAME | {"latin_surname": "PRIMYEROVA", "latin_given_name": "", "version": "1", "propose": "1"}
    page = client.post(f"/ru/apply/{draft.ref}/name/", typed).content.decode()
    assert 'value="PRIMYEROVA"' in page
    assert 'value="ANNA"' not in page


def test_the_summary_proposes_a_latin_name_where_there_is_none(client: Client, forum: Forum) -> None:
    draft = fill(client, forum, latin_surname="", latin_given_name="")
    assert "PRIMEROVA ANNA" in client.get(f"/ru/apply/{draft.ref}/check/").content.decode()
    assert send(client, draft).status_code == 302


def test_a_long_position_is_shortened_only_after_a_look(client: Client, forum: Forum) -> None:
    draft = agree(client, forum)
    long = "менеджер по взаимодействию с органами власти, социально-экономическое развитие регионов присутствия"
    values = WORK | {"delegation": str(make_delegation(forum).pk), "position": long}
    shown = save(client, draft, "work", values)
    proposal = "менеджер по взаимодействию с органами власти"
    assert shown.status_code == 200
    assert f'value="{proposal}"' in shown.content.decode()
    draft.refresh_from_db()
    assert draft.position == ""
    assert save(client, draft, "work", values | {"position_short": "менеджер"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.position, draft.position_short) == (long, "менеджер")


def test_the_later_of_two_windows_sees_both_versions_and_loses_nothing(client: Client, forum: Forum) -> None:
    draft = fill(client, forum)
    old = client.get(f"/ru/apply/{draft.ref}/name/").context["version"]
    save_answers(draft, version=draft.version, answers={"surname": "Образцова"})
    answer = client.post(f"/ru/apply/{draft.ref}/name/", NAME | {"version": old, "surname": "Узорова"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert [(d.stored, d.typed) for d in answer.context["differing"]] == [("Образцова", "Узорова")]
    assert 'value="Узорова"' in page
    draft.person.refresh_from_db()
    assert draft.person.surname == "Образцова"
    again = client.post(
        f"/ru/apply/{draft.ref}/name/", NAME | {"version": answer.context["version"], "surname": "Узорова"}
    )
    assert again.status_code == 302
    draft.person.refresh_from_db()
    assert draft.person.surname == "Узорова"


def test_pressing_save_twice_is_no_conflict(client: Client, forum: Forum) -> None:
    draft = agree(client, forum)
    first = client.post(f"/ru/apply/{draft.ref}/name/", NAME | {"version": "1"})
    second = client.post(f"/ru/apply/{draft.ref}/name/", NAME | {"version": "1"})
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url


@pytest.mark.parametrize("version", ["", "0", "-1", "x", "9" * 40, "1.5"])
def test_a_made_up_version_overwrites_nothing(client: Client, forum: Forum, version: str) -> None:
    draft = fill(client, forum)
    answer = client.post(f"/ru/apply/{draft.ref}/name/", NAME | {"version": version, "surname": "Чужая"})
    assert answer.status_code == 409
    draft.person.refresh_from_db()
    assert draft.person.surname == "Примерова"


def test_from_the_summary_one_goes_back_to_the_summary(client: Client, forum: Forum) -> None:
    draft = fill(client, forum)
    answer = save(client, draft, "name", NAME | {"surname": "Узорова"})
    assert answer.url == f"/ru/apply/{draft.ref}/check/"


def test_the_category_can_be_changed_until_sending(client: Client, forum: Forum) -> None:
    draft = agree(client, forum)
    media = make_category(forum, code="media", name_ru="СМИ")
    closed = make_category(forum, code="driver", open_to_applicants=False)
    assert save(client, draft, "category", {"category": str(closed.pk)}).status_code == 422
    assert save(client, draft, "category", {"category": str(media.pk)}).status_code == 302
    draft.refresh_from_db()
    assert draft.category == media


def test_a_delegation_of_another_edition_is_refused(client: Client, forum: Forum) -> None:
    draft = agree(client, forum)
    answer = save(client, draft, "work", WORK | {"delegation": "999999"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["delegation"]


def test_a_draft_without_a_letter_to_send_is_discarded_silently(client: Client, forum: Forum) -> None:
    draft = fill(client, forum)
    client.post(f"/ru/my/{draft.ref}/discard/")
    draft.refresh_from_db()
    assert draft.state == "cancelled"
    assert not Message.objects.exists()
    assert client.get(f"/ru/apply/{draft.ref}/name/").status_code == 404


def test_every_language_of_speech_can_be_chosen(client: Client, forum: Forum) -> None:
    draft = agree(client, forum)
    save(client, draft, "contact", CONTACT | {"languages": list(SpokenLanguage.values)})
    draft.person.refresh_from_db()
    assert draft.person.languages == list(SpokenLanguage.values)


def test_naughty_names_are_sent_to_the_officer_escaped(officer_client: Client, forum: Forum) -> None:
    open_doors(forum)
    sent = apply(Client(), forum, badge_name='"><b>Анна</b>', native_name="O'Neil <i>")
    page = officer_client.get(f"/team/people/{sent.ref}/").content.decode()
    assert "<b>Анна" not in page
    assert "O&#x27;Neil &lt;i&gt;" in page
    assert Registration.objects.count() == 1

"""What people and programs get wrong, by every way in: each answer names the field, the reason and the remedy, what was typed
stays where it was typed, and nothing is stored half. `docs/testing.md` says where each kind of bad input is proved.
"""

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from agenda.queries.bookables import of_slot
from forum.enums import Role
from forum.models import Account, Forum, Message, StoredFile
from registration.engine.imports import files
from registration.models import Category, Consent, ImportRun, Person, Registration
from tests.agenda.web.test_my_places import taken, visit_url
from tests.api import Program, program
from tests.factories.agenda import make_delegate, make_programme, make_slot
from tests.factories.documents import agree as agree_to
from tests.factories.forum import make_account
from tests.factories.registration import make_category, make_consent_document, make_delegation, make_registration
from tests.hostile.texts import NAUGHTY
from tests.registration.api.test_applications import body
from tests.registration.lists import ANNA, HEADS, as_text, as_workbook
from tests.registration.web.test_team_imports import hand_in
from tests.registration.web.walk import CONTACT, NAME, WORK, agree, fill, save
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
HEADER = "a@example.org\r\nBcc: thief@example.org"
TEN_MEGABYTES = 10_000_000
BORN = "Дата рождения"


def shown(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def api(forum: Forum) -> Program:
    return program(forum, Role.ACCREDITATION_OFFICER)


@pytest.fixture
def lists(officer_client: Client, forum: Forum) -> Client:
    """An officer before the page of lists."""
    make_category(forum)
    make_consent_document(forum)
    make_delegation(forum)
    return officer_client


def of_row(lists: Client, **changes: str) -> str:
    """What the preview says of a list with one row, every column taken; handed in, it writes nobody."""
    row = dict(zip(HEADS, ANNA, strict=True)) | changes
    answer = hand_in(lists, as_text([tuple(row), tuple(row.values())], sign=";"))
    assert answer.status_code == 302
    if BORN in row:  # not taken unless somebody chooses it
        _take_last(lists, answer.url, "birth_date")
    assert Person.objects.count() == 0
    return shown(lists.get(answer.url))


def _take_last(lists: Client, page: str, field: str) -> None:
    run = ImportRun.objects.get()
    columns = {f"column_{at}": name for at, name in enumerate([*run.columns[:-1], field])}
    reading = {"category": run.category_id, "language": "ru", "encoding": run.encoding, "delimiter": run.delimiter}
    assert lists.post(page, reading | columns).status_code == 302


def nothing_stored() -> None:
    assert (Person.objects.count(), Consent.objects.count(), Message.objects.count()) == (0, 0, 0)


# --- naughty strings: forms in `test_forms.py` and `test_steps.py` --------------------------------------------------
TEXTS = ("organisation", "position", "position_short", "delegation", "category")
PERSONAL = ("surname", "given_name", "patronymic", "latin_surname", "native_name", "badge_name", "citizenship", "email")


@pytest.mark.parametrize("field", [*TEXTS, *(f"person.{name}" for name in PERSONAL)])
def test_naughty_texts_in_every_field_of_the_api_are_taken_whole_or_named(
    forum: Forum, api: Program, field: str
) -> None:
    name = field.removeprefix("person.")
    for text in NAUGHTY.values():
        before = Registration.objects.count()
        given = (
            {"person": {name: text, "email": f"n{before}@example.org"} | {name: text}}
            if name != field
            else {field: text}
        )
        answer = api.post("applications", body(forum, **given))
        assert answer.status_code in (201, 400), text
        assert Registration.objects.count() == before + (answer.status_code == 201)
        if answer.status_code == 400:
            assert (answer.json()["fields"], answer.json()["code"]) != ({}, ""), text
    assert Person.objects.count() == Registration.objects.count(), "no person without an application"


@pytest.mark.parametrize("at", range(len(HEADS)))
def test_naughty_texts_in_every_column_of_a_list_are_shown_and_not_run(lists: Client, at: int) -> None:
    rows = [(*ANNA[:at], text, *ANNA[at + 1 :]) for name, text in NAUGHTY.items() if name not in ("null", "control")]
    answer = hand_in(lists, as_workbook([HEADS, *rows]), name="list.xlsx")
    assert answer.status_code in (302, 422)
    page = shown(lists.get(answer.url) if answer.status_code == 302 else answer)
    assert "<script>alert" not in page and "<img src=x" not in page
    assert Person.objects.count() == 0


# --- ten megabytes of name ------------------------------------------------------------------------------------------
def test_ten_megabytes_of_name_are_told_and_nothing_of_the_draft_is_lost(client: Client, forum: Forum) -> None:
    draft = fill(client, forum, page="en")
    client.raise_request_exception = False
    answer = client.post(f"/en/apply/{draft.ref}/name/", NAME | {"version": "1", "surname": "Я" * TEN_MEGABYTES})
    page = shown(answer)
    assert (answer.status_code, "That is too much text" in page) == (413, True)
    assert "up to 2.5 MB" in page and "what you typed is still there" in page
    draft.person.refresh_from_db()
    assert draft.person.surname == NAME["surname"]


def test_ten_megabytes_of_name_are_too_large_for_the_api(forum: Forum, api: Program) -> None:
    answer = api.post("applications", body(forum, person={"surname": "Я" * TEN_MEGABYTES}))
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert "At most 256 KB" in answer.json()["message"]
    nothing_stored()


def test_ten_megabytes_of_name_in_a_list_are_refused_with_the_file(lists: Client) -> None:
    answer = hand_in(lists, as_text([HEADS, ("Я" * TEN_MEGABYTES, *ANNA[1:])]), language="be")
    page = shown(answer)
    assert answer.status_code == 422
    assert "Файл больше 10 МБ" in page
    assert '<option value="be" selected>' in page
    assert not ImportRun.objects.exists() and not StoredFile.objects.exists()


def test_a_long_name_in_a_list_is_a_row_to_correct(lists: Client) -> None:
    page = of_row(lists, Фамилия="Я" * 101)
    assert "Фамилия" in page and "Сократите так, как в документе." in page


# --- impossible dates -----------------------------------------------------------------------------------------------
IMPOSSIBLE = ["31.02.1985", "00.00.0000", "1985-13-01", "вчера", "9" * 400]


@pytest.mark.parametrize("typed", [*IMPOSSIBLE, "01.01.2999", "01.01.1800"])
def test_an_impossible_date_of_birth_is_refused_at_its_field(client: Client, forum: Forum, typed: str) -> None:
    account = make_account()
    delegate = make_delegate(forum, account=account, birth_date=None)
    place = of_slot(make_slot(make_programme(forum)), forum=forum)
    answer = sign_in(client, account, second_factor=False).post(
        visit_url("visit", delegate, place), {"birth_date": typed}
    )
    errors = answer.context["form"].errors
    assert (answer.status_code, list(errors)) == (422, ["birth_date"])
    assert errors["birth_date"][0] in (
        "Напишите дату так: 31.12.1990.",
        "Проверьте год: такой даты рождения быть не может.",
    )
    assert f'value="{typed}"' in answer.content.decode(), "what was typed stays"
    delegate.person.refresh_from_db()
    assert (delegate.person.birth_date, taken(place)) == (None, 0)


@pytest.mark.parametrize("typed", [*IMPOSSIBLE, "2999-01-01"])
def test_an_impossible_date_of_signing_is_refused_by_the_api(forum: Forum, api: Program, typed: str) -> None:
    answer = api.post("applications", body(forum, consent={"signed_on": typed}))
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["consent.signed_on"])
    nothing_stored()


@pytest.mark.parametrize("typed", [*IMPOSSIBLE, "17.05.2085", "17.05.1685"])
def test_an_impossible_date_in_a_list_is_a_row_to_correct(lists: Client, typed: str) -> None:
    page = of_row(lists, **{BORN: typed})
    assert f"<b>{BORN}</b>" in page
    assert "Напишите так: 17.05.1985." in page or "Проверьте год." in page


# --- seventeen years old --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("least", "is_let_in"), [(18, False), (16, True)])
def test_seventeen_years_old_on_the_day_of_the_visit(client: Client, forum: Forum, least: int, is_let_in: bool) -> None:
    account = make_account()
    delegate = make_delegate(forum, account=account, birth_date=None)
    slot = make_slot(make_programme(forum, min_age=least), day=forum.ends_on)
    place, typed = of_slot(slot, forum=forum), _birthday(forum.ends_on, 17).isoformat()
    mine = sign_in(client, account, second_factor=False)
    answer = mine.post(visit_url("visit", delegate, place), {"birth_date": typed})
    assert (answer.status_code, taken(place)) == ((302, 1) if is_let_in else (409, 0))
    if not is_let_in:
        page = shown(answer)
        assert "17 лет" in page and "с 18 лет" in page
        assert "Выберите выезд с меньшим возрастом." in page
        assert f'value="{typed}"' in page, "what was typed stays"
        delegate.person.refresh_from_db()
        assert delegate.person.birth_date is None


def _birthday(day: date, age: int) -> date:
    return date(day.year - age, day.month, min(day.day, 28))


# --- a region that there is not -------------------------------------------------------------------------------------
@pytest.mark.parametrize("typed", ["0", "9999999", "RU-TOM", "'; --"])
def test_an_unknown_region_is_refused_by_the_form(client: Client, forum: Forum, typed: str) -> None:
    draft = agree(client, forum)
    answer = save(client, draft, "work", WORK | {"delegation": typed})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["delegation"])
    assert str(answer.context["form"].errors["delegation"][0])
    assert WORK["position"] in shown(answer), "the other answers stay in their fields"
    draft.refresh_from_db()
    assert (draft.delegation, draft.organisation) == (None, "")


@pytest.mark.parametrize("typed", ["XX", "RU-XXX", "", "ru-tom"])
def test_an_unknown_region_is_refused_by_the_api(forum: Forum, api: Program, typed: str) -> None:
    answer = api.post("applications", body(forum, delegation=typed))
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["delegation"])
    if typed:
        assert "RU-TOM, UZ" in str(answer.json()["fields"]["delegation"])
    nothing_stored()


def test_an_unknown_region_in_a_list_is_a_row_to_correct(lists: Client) -> None:
    page = of_row(lists, Регион="Атлантида")
    assert "нет делегации на форуме" in page and "RU-TOM, UZ" in page
    assert "Примерова Анна" in page, "the row is named by its person"


# --- files: what they are not ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.csv", as_workbook([HEADS, ANNA])),
        ("list.xlsx", as_text([HEADS, ANNA])),
        ("list.pdf", as_text([HEADS, ANNA])),
        ("list", as_workbook([HEADS, ANNA])),
        ("list.exe", b"MZ\x90\x00"),
    ],
)
def test_a_list_with_a_wrong_ending_is_told_and_not_kept(lists: Client, name: str, content: bytes) -> None:
    answer = hand_in(lists, content, name=name, language="uz")
    errors = answer.context["form"].errors.as_data()
    assert (answer.status_code, list(errors)) == (422, ["file"])
    assert str(errors["file"][0].params["remedy"]) in shown(answer)
    assert '<option value="uz" selected>' in shown(answer)
    assert not ImportRun.objects.exists() and not StoredFile.objects.exists()


def test_a_picture_with_a_wrong_ending_is_told_and_not_kept(client: Client, forum: Forum) -> None:
    account = make_account()
    delegate = make_registration(forum, state="confirmed")
    Category.objects.update(takes_photos=True)
    delegate.person.account = account
    delegate.person.save()
    agree_to(delegate, "photo")
    file = SimpleUploadedFile("photo.jpg", as_workbook([HEADS]), content_type="image/jpeg")
    address = f"/ru/my/{delegate.ref}/pictures/photo/"
    answer = sign_in(client, account, second_factor=False).post(address, {"picture": file})
    assert answer.status_code == 422
    assert "не соответствует расширению" in shown(answer)
    assert not delegate.pictures.exists() and not StoredFile.objects.exists()


def test_a_bomb_is_refused_on_the_page_and_not_kept(lists: Client) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("[Content_Types].xml", "<Types/>")
        bomb.writestr("xl/workbook.xml", "<workbook/>")
        bomb.writestr("xl/worksheets/sheet1.xml", b" " * (files.MOST_UNPACKED + 1))
    answer = hand_in(lists, out.getvalue(), name="list.xlsx", language="be")
    page = shown(answer)
    assert answer.status_code == 422
    assert "В распакованном виде файл слишком велик." in page
    assert "Скопируйте таблицу в новый файл" in page
    assert '<option value="be" selected>' in page
    assert not ImportRun.objects.exists() and not StoredFile.objects.exists()


# --- an email with a header inside ----------------------------------------------------------------------------------
def test_an_email_with_a_header_is_refused_by_the_form_and_stays_in_its_field(client: Client, forum: Forum) -> None:
    draft = agree(client, forum, page="en")
    answer = save(client, draft, "contact", CONTACT | {"email": HEADER}, page="en")
    page = shown(answer)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["email"])
    assert "This is not an email address." in page and "name@example.org" in page
    assert "thief@example.org" in page, "what was typed stays"
    assert not Message.objects.exists()


def test_an_email_with_a_header_is_refused_by_the_api(forum: Forum, api: Program) -> None:
    answer = api.post("applications", body(forum, person={"email": HEADER}))
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["person.email"])
    assert "name@example.org" in str(answer.json()["fields"]["person.email"])
    nothing_stored()


def test_an_email_with_a_header_in_a_list_is_a_row_to_correct(lists: Client) -> None:
    row = (*ANNA[:3], HEADER, *ANNA[4:])
    answer = hand_in(lists, as_workbook([HEADS, row]), name="list.xlsx")
    page = shown(lists.get(answer.url))
    assert "Это не адрес" in page and "name@example.org" in page
    assert (Person.objects.count(), Message.objects.count()) == (0, 0)


def test_an_email_with_a_header_is_refused_in_an_invitation(
    officer_client: Client, forum: Forum, officer: Account
) -> None:
    category = make_category(forum)
    given = {"category": category.pk, "language": "ru", "email": HEADER, "surname": "Званова"}
    answer = officer_client.post("/team/people/invitations/new/", given)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["email"])
    assert "Званова" in shown(answer), "the other answers stay in their fields"
    assert not Message.objects.exists()

"""Pages of lists of people: handed in, looked at, taken over, taken back; and the way of somebody on a list."""

import io
import json
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from forum.actions.jobs import run as run_job
from forum.models import Account, Forum, Job, Message
from registration.enums import RegistrationState
from registration.models import ImportRun, Registration
from tests.factories.registration import make_category, make_consent_document, make_delegation
from tests.registration.lists import ANNA, BORIS, HEADS, PEOPLE, as_text, as_workbook, many

pytestmark = pytest.mark.django_db
LISTS = "/team/people/lists/"


@pytest.fixture(autouse=True)
def _places(forum: Forum) -> None:
    make_category(forum, needs_approval=True)
    make_consent_document(forum)
    for code in ("RU-TOM", "RU-SPE", "BY"):
        make_delegation(forum, code)


def hand_in(client: Client, content: bytes, *, name: str = "Список Ивановой.csv", **values: Any) -> Any:
    category = make_category(Forum.objects.get())
    file = SimpleUploadedFile(name, content)
    return client.post(LISTS, {"file": file, "category": category.pk, "language": "ru"} | values)


def a_list(client: Client, *rows: Any) -> ImportRun:
    answer = hand_in(client, as_text([HEADS, *(rows or PEOPLE)], encoding="cp1251", sign=";"))
    assert answer.status_code == 302
    return ImportRun.objects.latest("pk")


def page(client: Client, run: ImportRun, query: str = "") -> str:
    answer = client.get(reverse("people:import", args=[run.public_id]) + query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def press(client: Client, name: str, run: ImportRun) -> None:
    assert client.post(reverse(f"people:{name}", args=[run.public_id])).status_code == 302
    for job in Job.objects.filter(state="queued"):
        run_job(job_id=job.pk)


def test_the_preview_shows_what_was_understood_and_writes_nothing(officer_client: Client) -> None:
    bad = ("Ошибочная", "Инна", "", "inna at example", "Нарния", "Томская область", "Завод", "гид", "ru")
    text = page(officer_client, a_list(officer_client, *PEOPLE, bad))
    for shown in (
        "Windows-1251",
        "Примерова",
        "Ошибочная Инна",
        "Такой страны нет",
        "Это не адрес",
        "Загрузить 3 строки",
    ):
        assert shown in text
    assert '<option value="surname" selected>' in text
    assert "У 1 нового человека нет email" in text
    assert Registration.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("list.pdf", b"%PDF", "Подходят только таблицы"),
        ("list.xlsx", b"not a zip", "не соответствует расширению"),
        ("list.csv", b"", "Файл пустой"),
        ("list.csv", as_text(PEOPLE), "нет названий столбцов"),
        ("list.csv", as_text([HEADS]), "нет ни одного человека"),
    ],
)
def test_a_refused_file_is_told_with_its_remedy_and_the_choices_stay(
    officer_client: Client, name: str, content: bytes, words: str
) -> None:
    answer = hand_in(officer_client, content, name=name, language="be")
    text = answer.content.decode()
    assert (answer.status_code, words in text) == (422, True)
    assert '<option value="be" selected>' in text
    assert ImportRun.objects.count() == 0


def test_encoding_and_columns_can_be_corrected(officer_client: Client) -> None:
    run = a_list(officer_client)
    url = reverse("people:import", args=[run.public_id])
    category = make_category(run.forum).pk
    values = {"category": category, "language": "uz", "encoding": "cp1251", "delimiter": "semicolon"}
    columns = {f"column_{at}": field for at, field in enumerate(run.columns)}
    assert officer_client.post(url, values | columns | {"column_6": "", "column_7": "organisation"}).status_code == 302
    run.refresh_from_db()
    assert (run.columns[6], run.columns[7], run.language, run.sends_letters) == ("", "organisation", "uz", False)
    answer = officer_client.post(url, values | columns | {"encoding": "utf-8"})
    assert answer.status_code == 422
    assert "В этой кодировке буквы не читаются" in answer.content.decode()
    assert '<option value="utf-8" selected>' in answer.content.decode()
    run.refresh_from_db()
    assert run.encoding == "cp1251"


def test_a_list_is_taken_over_and_back(officer_client: Client) -> None:
    run = a_list(officer_client)
    press(officer_client, "import_start", run)
    text = page(officer_client, run)
    assert "Загружен" in text and "Примерова Анна Ильинична" in text
    assert "Нет адреса: подписать" in text
    only = page(officer_client, run, "?show=no-address")
    assert "Пробная" in only and "Примерова" not in only
    again = a_list(officer_client)
    press(officer_client, "import_start", again)
    assert "Этот список ничего не изменил" in page(officer_client, again)
    press(officer_client, "import_undo", run)
    assert "Отменён" in page(officer_client, run)
    assert Registration.objects.count() == 0
    assert officer_client.get(LISTS).content.decode().count("Отменён") == 1


def test_a_file_can_be_thrown_away(officer_client: Client) -> None:
    run = a_list(officer_client)
    press(officer_client, "import_discard", run)
    assert ImportRun.objects.count() == 0
    assert officer_client.get(reverse("people:import", args=[run.public_id])).status_code == 404


@pytest.mark.parametrize("taken_over", [False, True])
def test_wrong_rows_come_as_a_table_without_formulas(officer_client: Client, taken_over: bool) -> None:
    run = a_list(officer_client, ANNA, ('=HYPERLINK("http://evil")', *BORIS[1:]))
    if taken_over:
        press(officer_client, "import_start", run)
    answer = officer_client.get(reverse("people:import_rows", args=[run.public_id]))
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"] and "Иванов" not in answer["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        sheet, texts = book.read("xl/worksheets/sheet1.xml").decode(), book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet and "hyperlink" not in sheet
    assert "=HYPERLINK" in texts and "Примерова" not in texts
    assert "Строка 3. Фамилия: Здесь не только кириллица." in texts


def test_the_list_of_problems_has_pages(officer_client: Client) -> None:
    run = a_list(officer_client, *(("", *row[1:]) for row in many(60)))
    assert page(officer_client, run).count("Укажите её в столбце") == 50
    assert page(officer_client, run, "?page=2").count("Укажите её в столбце") == 10


@pytest.mark.parametrize("rows", [1, 40])
def test_the_preview_asks_as_often_for_forty_rows_as_for_one(
    officer_client: Client, rows: int, django_assert_num_queries: Any
) -> None:
    run = a_list(officer_client, *many(rows))
    page(officer_client, run)
    with django_assert_num_queries(17):
        page(officer_client, run)


def test_only_officers_and_organisers_see_lists(
    officer_client: Client, organiser_client: Client, client: Client
) -> None:
    run = a_list(officer_client)
    assert organiser_client.get(reverse("people:import", args=[run.public_id])).status_code == 200
    Forum.objects.update(is_current=False)
    assert Client().get(LISTS).status_code == 302


def test_somebody_on_a_list_reads_agrees_checks_and_sends(officer_client: Client, officer: Account) -> None:
    run = a_list(officer_client, (*ANNA[:4], "Россия", *ANNA[5:]))
    press(officer_client, "import_start", run)
    link = json.loads(Message.objects.get(reason="registration.imported").context)["link"]
    person, registration = Client(), Registration.objects.get()
    assert person.post(link).status_code == 302
    assert "Подготовлена для вас" in person.get("/ru/my/").content.decode()
    agree = reverse("registration:agree", args=[registration.ref])
    for step in ("summary", "sent"):
        answer = person.get(reverse(f"registration:{step}", args=[registration.ref]), follow=True)
        assert answer.redirect_chain[-1][0] == agree
    assert person.post(reverse("registration:summary", args=[registration.ref])).url == agree
    text = person.get(agree).content.decode()
    assert "Что заполнили организаторы" in text and "checked" not in text
    assert person.post(agree, {"version": 1}).status_code == 422
    answer = person.post(agree, {"version": 1, "agree": "on"})
    assert answer.url == reverse("registration:summary", args=[registration.ref])
    assert person.post(agree, {"version": 1, "agree": "on"}).url == answer.url
    assert person.post(answer.url).status_code == 302
    registration.refresh_from_db()
    assert (registration.state, registration.person.consents.count()) == (RegistrationState.SUBMITTED, 1)
    assert Client().get(agree).status_code == 404


def test_somebody_on_a_list_may_say_no(officer_client: Client) -> None:
    press(officer_client, "import_start", run := a_list(officer_client, ANNA))
    link = json.loads(Message.objects.get(reason="registration.imported").context)["link"]
    person = Client()
    person.post(link)
    person.post(reverse("registration:discard", args=[Registration.objects.get().ref]))
    assert Registration.objects.get().state == RegistrationState.CANCELLED
    assert run.rows.count() == 1


def test_a_workbook_is_taken_too(officer_client: Client) -> None:
    hand_in(officer_client, as_workbook([HEADS, *PEOPLE]), name="list.xlsx")
    text = page(officer_client, ImportRun.objects.get())
    assert "Загрузить 3 строки" in text and "Windows-1251" not in text

"""Tables of people: the columns one ticks, the choices one keeps, what is written down, who may."""

import csv
import io
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now
from openpyxl import load_workbook

from forum.actions.jobs import run as run_job
from forum.enums import Role
from forum.models import Account, AuditEntry, Forum, Job
from registration.actions.answers import Filled, write_answers
from registration.enums import RegistrationState
from registration.exports import people as table
from registration.models import ColumnSet
from registration.web import views_team_exports
from tests.factories.forum import make_staff
from tests.factories.questions import asks, make_form
from tests.factories.registration import make_person, make_registration
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
EXPORT = "/team/people/export/"
ASKED = {"columns": ["organisation", "surname", "email"], "reason": "список для гостиницы", "filter": "state=confirmed"}


@pytest.fixture(autouse=True)
def _people(forum: Forum) -> None:
    for surname in ("Примерова", "=ФОРМУЛА()"):
        person = make_person(forum, surname=surname, latin_surname="")
        make_registration(forum, state=RegistrationState.CONFIRMED, person=person, organisation="Завод «Образец»")
    make_registration(forum, state=RegistrationState.SUBMITTED, person=make_person(forum, surname="Ожидаева"))


def rows_of(answer: Any) -> list[list[str]]:
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_the_table_is_the_filtered_list_with_the_ticked_columns_in_their_own_order(officer_client: Client) -> None:
    heads, *rows = rows_of(officer_client.post(EXPORT, ASKED | {"kind": "csv"}))
    assert heads == ["Фамилия", "Организация", "Адрес электронной почты"]
    assert {row[0] for row in rows} == {"Примерова", "'=ФОРМУЛА()"}
    assert {row[1] for row in rows} == {"Завод «Образец»"}


def test_a_workbook_holds_text_only(officer_client: Client) -> None:
    answer = officer_client.post(EXPORT, ASKED | {"kind": "xlsx"})
    assert answer["Content-Disposition"].startswith('attachment; filename="people-20')
    assert answer["Cache-Control"] == "private, no-store"
    sheet = load_workbook(io.BytesIO(answer.content)).active
    cells = {sheet.cell(row, 1).value for row in (2, 3)}
    assert cells == {"Примерова", "=ФОРМУЛА()"}
    assert {sheet.cell(row, 1).data_type for row in (2, 3)} == {"s"}


def test_what_left_is_written_down_without_anybody_in_it(officer_client: Client) -> None:
    officer_client.post(EXPORT, ASKED | {"kind": "csv"})
    entry = AuditEntry.objects.get(action="people.exported")
    assert (entry.reason, entry.data["rows"], entry.data["format"]) == ("список для гостиницы", 2, "csv")
    assert entry.data["columns"] == ["surname", "organisation", "email"]
    assert "Примерова" not in str(entry.data)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reason": " "}, "Обязательное поле"),
        ({"columns": []}, "Отметьте хотя бы один столбец"),
        ({"columns": ["birth"]}, ""),
    ],
)
def test_bad_input_leaves_what_was_ticked_and_nothing_leaves(officer_client: Client, wrong: Any, said: str) -> None:
    answer = officer_client.post(EXPORT, ASKED | wrong)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert answer.context["form"]["filter"].value() == "state=confirmed"
    assert not AuditEntry.objects.filter(action="people.exported").exists()


def test_somebody_who_withdrew_is_not_named(officer_client: Client, forum: Forum) -> None:
    registration = forum.registrations.get(person__surname="Примерова")
    registration.person.processing_stopped_at = now()
    registration.person.save()
    _heads, *rows = rows_of(officer_client.post(EXPORT, ASKED | {"kind": "csv"}))
    assert sorted(row[0] for row in rows) == ["", "'=ФОРМУЛА()"]
    assert [row[2] for row in rows if not row[0]] == [""]


def test_a_choice_is_kept_replaced_used_and_removed(officer_client: Client, forum: Forum) -> None:
    kept = {"columns": ["surname", "visits"], "name": "Гостиница", "filter": "state=confirmed"}
    for columns in (["surname"], ["surname", "visits"]):
        assert officer_client.post(f"{EXPORT}columns/", kept | {"columns": columns}).status_code == 302
    one = ColumnSet.objects.get()
    assert (one.name, one.columns, one.shared) == ("Гостиница", ["surname", "visits"], False)
    page = officer_client.get(f"{EXPORT}?state=confirmed&set={one.public_id}")
    assert page.context["form"]["columns"].value() == ["surname", "visits"]
    assert page.context["address"] == "state=confirmed"
    officer_client.post(f"{EXPORT}columns/{one.public_id}/forget/")
    assert not ColumnSet.objects.exists()


def test_a_choice_is_seen_by_others_only_when_shared_and_removed_by_its_owner_only(
    officer_client: Client, forum: Forum
) -> None:
    officer_client.post(f"{EXPORT}columns/", {"columns": ["surname"], "name": "Своё"})
    officer_client.post(f"{EXPORT}columns/", {"columns": ["surname"], "name": "Общее", "shared": "on"})
    other = sign_in(Client(), make_staff(forum, Role.ACCREDITATION_OFFICER))
    assert [one.name for one in other.get(EXPORT).context["sets"]] == ["Общее"]
    shared = ColumnSet.objects.get(name="Общее")
    assert other.post(f"{EXPORT}columns/{shared.public_id}/forget/").status_code == 404


def test_a_choice_needs_a_name_and_a_column(officer_client: Client) -> None:
    answer = officer_client.post(f"{EXPORT}columns/", {"columns": ["surname"], "name": ""})
    assert answer.status_code == 422
    assert answer.context["form"]["columns"].value() == ["surname"]
    assert officer_client.post(f"{EXPORT}columns/", {"name": "Пусто"}).status_code == 422


def test_a_large_table_is_made_by_a_worker_for_its_owner(
    officer_client: Client, forum: Forum, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views_team_exports, "AT_ONCE", 1)
    answer = officer_client.post(EXPORT, ASKED | {"kind": "csv"})
    job = Job.objects.get()
    assert answer["Location"] == f"/team/jobs/{job.public_id}/"
    run_job(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.result.name.startswith("people-"), job.result.owner) == (
        "done",
        2,
        True,
        job.owner,
    )
    file = b"".join(officer_client.get(f"{answer['Location']}file/").streaming_content).decode("utf-8-sig")
    assert "Примерова" in file
    assert [one.reason for one in AuditEntry.objects.filter(action="people.exported")] == [ASKED["reason"]]
    assert ASKED["reason"] not in str(job.params)
    other = sign_in(Client(), make_staff(forum, Role.ACCREDITATION_OFFICER))
    assert other.get(f"{answer['Location']}file/").status_code == 404


def test_answers_are_columns_for_those_who_may_read_them(
    officer_client: Client, forum: Forum, officer: Account
) -> None:
    asked = (asks("boots"), asks("diet", is_sensitive=True), asks("gate", visible_to=["visit_coordinator"]))
    form = make_form(forum, *asked, by=officer)
    for registration in forum.registrations.filter(state=RegistrationState.CONFIRMED).select_related("category"):
        write_answers(registration, Filled(form.pk, {"boots": "42", "diet": "орехи", "gate": "3"}))
    groups = dict(officer_client.get(EXPORT).context["groups"])
    assert [box["name"] for box in groups["Ответы на вопросы"]] == ["q_boots"]
    wanted = ASKED | {"columns": ["surname", "q_boots", "q_diet"], "kind": "csv"}
    heads, *rows = rows_of(officer_client.post(EXPORT, wanted))
    assert heads == ["Фамилия", "Вопрос boots", "Вопрос diet"]
    assert sorted(rows) == [["'=ФОРМУЛА()", "42", "орехи"], ["Примерова", "42", "орехи"]]
    assert officer_client.post(EXPORT, wanted | {"columns": ["q_gate"]}).status_code == 422
    forum.registrations.get(person__surname="Примерова").person.__class__.objects.update(processing_stopped_at=now())
    _heads, *rows = rows_of(officer_client.post(EXPORT, wanted))
    assert [row[1:] for row in rows] == [["", ""]] * 2


@pytest.mark.parametrize("size", [1, 3])
def test_every_column_asks_as_much_for_many_as_for_one(
    forum: Forum, size: int, django_assert_num_queries: Any, officer: Account
) -> None:
    for number in range(size):
        make_registration(forum, state=RegistrationState.APPROVED, person=make_person(forum, surname=f"Имя{number}"))
    found = table.registrations_visible_to(officer).filter(state=RegistrationState.APPROVED)
    columns = table.columns_for(officer, forum=forum)
    with django_assert_num_queries(7):
        table.people_table(found, columns, kind="csv")

"""Two officers at one form, its preview, its publication, and who owes answers after it."""

import re
from typing import Any

import pytest
from django.test import Client

from forum.models import Account, AuditEntry, Forum, Job, Message
from registration.actions.form_drafts import edit_question, remove
from registration.models import Answer, Category, Form
from registration.queries.forms import build_sheet
from tests.factories.questions import asks, make_draft, make_form
from tests.factories.registration import make_category, make_person, make_registration
from tests.registration.web.test_form_room import OWN, ROOM, draft_of, filled


@pytest.fixture
def category(forum: Forum) -> Category:
    return make_category(forum)


# --- two officers ---------------------------------------------------------------------------------------------------------
def test_the_second_of_two_officers_compares_and_loses_nothing(
    officer_client: Client, officer: Account, category: Category
) -> None:
    draft = draft_of(category, officer, asks("a", label_ru="Было"))
    question = draft.questions.get()
    address = f"{OWN}questions/{question.public_id}/"
    opened = filled(officer_client.get(address))
    edit_question(question, version=draft.version, values={"label_ru": "Первая", "required": True}, by=officer)
    late = officer_client.post(address, opened | {"label_ru": "Вторая", "help_ru": "Моя подсказка"})
    assert late.status_code == 409
    assert {(row["name"], row["picked"]) for row in late.context["rows"]} == {
        ("label_ru", ""),
        ("required", "theirs"),
        ("help_ru", "mine"),
    }
    carried: dict[str, Any] = {}
    for name, value in late.context["carried"]:
        carried.setdefault(name, []).append(str(value))
    draft.refresh_from_db()
    chosen = {"pick-label_ru": "mine", "pick-required": "theirs", "pick-help_ru": "mine", "ask": "label_ru"}
    assert officer_client.post(address, carried | chosen | {"version": draft.version}).status_code == 302
    question.refresh_from_db()
    assert (question.label_ru, question.required, question.help_ru) == ("Вторая", True, "Моя подсказка")


def test_two_officers_at_two_questions_do_not_meet(
    officer_client: Client, officer: Account, category: Category
) -> None:
    draft = draft_of(category, officer, asks("a"), asks("b"))
    address = f"{OWN}questions/{draft.questions.get(code='a').public_id}/"
    opened = filled(officer_client.get(address))
    edit_question(draft.questions.get(code="b"), version=draft.version, values={"label_ru": "Другой"}, by=officer)
    assert officer_client.post(address, opened | {"label_ru": "Мой"}).status_code == 302
    assert set(draft.questions.values_list("label_ru", flat=True)) == {"Мой", "Другой"}


def test_a_question_taken_out_meanwhile_can_be_put_in_again(
    officer_client: Client, officer: Account, category: Category
) -> None:
    draft = draft_of(category, officer, asks("a"), asks("b"))
    question = draft.questions.get(code="a")
    address = f"{OWN}questions/{question.public_id}/"
    opened = filled(officer_client.get(address))
    remove(question, version=draft.version, by=officer)
    told = officer_client.post(address, opened | {"label_ru": "Нужен"})
    assert told.status_code == 422
    assert 'value="Нужен"' in told.content.decode()
    assert officer_client.post(address, opened | {"label_ru": "Нужен", "anew": "1"}).status_code == 302
    assert [item.label["ru"] for item in build_sheet(draft)] == ["Вопрос b", "Нужен"]


# --- preview --------------------------------------------------------------------------------------------------------------
def test_the_preview_speaks_the_language_follows_conditions_and_keeps_nothing(
    officer_client: Client, officer: Account, category: Category
) -> None:
    car = {"fact": "answer:car", "is": "eq", "value": True}
    foreign = {"fact": "citizenship", "is": "eq", "value": "UZ"}
    draft_of(
        category,
        officer,
        asks("car", "tick", label_uz="Mashina"),
        asks("plate", condition=car, label_uz="Raqam"),
        asks("visa", condition=foreign, label_uz="Viza"),
    )
    page = officer_client.get(f"{OWN}preview/?language=uz").content.decode()
    assert "Mashina" in page
    assert "Raqam" not in page
    assert "Viza" in officer_client.get(f"{OWN}preview/?language=uz&citizenship=UZ").content.decode()
    told = officer_client.post(f"{OWN}preview/?language=uz", {"look": "1", "shown": ["car"], "q_car": "on"})
    assert re.findall(r'id="slot-(\w+)" hx-swap-oob="true"', told.content.decode()) == ["plate"]
    assert "Raqam" in told.content.decode()
    assert Answer.objects.count() == 0


# --- publication ----------------------------------------------------------------------------------------------------------
def test_the_page_of_publication_tells_the_difference_and_who_is_asked(
    officer_client: Client, forum: Forum, officer: Account, category: Category
) -> None:
    make_form(forum, asks("a"), asks("old"), by=officer)
    anna = make_registration(forum, person=make_person(forum, surname="Петрова"))
    category.refresh_from_db()
    draft = make_draft(category, asks("a", label_ru="Иначе", label_en="Other"), asks("new", required=True), by=officer)
    page = officer_client.get(f"{OWN}publish/")
    found = page.context["difference"]
    assert [row["item"].code for row in found["added"]] == ["new"]
    assert [row["item"].code for row in found["removed"]] == ["old"]
    assert [row["label"] for row in found["changed"]] == ["Иначе"]
    assert [one["ref"] for one in page.context["people"]] == [anna.ref]
    stale = officer_client.post(f"{OWN}publish/", {"version": draft.version - 1, "writes": "on"})
    assert (stale.status_code, Job.objects.count()) == (409, 0)
    assert officer_client.post(f"{OWN}publish/", {"version": draft.version, "writes": "on"}).url == ROOM
    assert Job.objects.get().total == 1
    category.refresh_from_db()
    assert category.form == draft
    assert AuditEntry.objects.filter(action="form.published").count() == 2


def test_a_form_with_gaps_is_not_published(officer_client: Client, officer: Account, category: Category) -> None:
    draft = draft_of(category, officer, asks("a", label_en=""))
    page = officer_client.get(f"{OWN}publish/")
    assert len(page.context["wrong"]) == 1
    refused = officer_client.post(f"{OWN}publish/", {"version": draft.version})
    assert refused.status_code == 422
    category.refresh_from_db()
    assert category.form is None


def test_a_draft_is_thrown_away(officer_client: Client, officer: Account, category: Category) -> None:
    draft = draft_of(category, officer, asks("a"))
    assert officer_client.post(f"{OWN}discard/", {"version": 1}).url == OWN
    assert officer_client.post(f"{OWN}discard/", {"version": draft.version}).url == ROOM
    assert Form.objects.count() == 0


# --- missing answers ------------------------------------------------------------------------------------------------------
def test_who_owes_answers_is_listed_and_reminded_once_a_day(
    officer_client: Client, forum: Forum, officer: Account, django_capture_on_commit_callbacks: Any
) -> None:
    make_form(forum, asks("why", required=True, label_ru="Зачем?"), by=officer)
    anna = make_registration(forum, person=make_person(forum, surname="Петрова", email="anna@example.org"))
    nobody = make_registration(forum, person=make_person(forum, surname="Адресова", email=""))
    done = make_registration(forum, person=make_person(forum, surname="Готова"))
    form = make_category(forum).form
    assert form is not None
    Answer.objects.create(registration=done, question=form.questions.get(), code="why", value="x")
    page = officer_client.get("/team/people/missing/")
    assert [row["registration"] for row in page.context["rows"]] == [nobody, anna]
    assert (page.context["to_remind"], page.context["without_address"]) == (1, 1)
    assert "Зачем?" in page.content.decode()
    from forum.actions.jobs import run

    for _press in range(2):
        officer_client.post("/team/people/missing/remind/")
        for job in Job.objects.filter(finished_at=None):
            run(job_id=job.pk)
    letter = Message.objects.get(reason="registration.questions_reminder")
    assert (letter.recipient, Job.objects.count()) == ("anna@example.org", 1)
    assert officer_client.get("/team/people/missing/").context["to_remind"] == 0
    assert officer_client.get("/team/people/missing/?category=nothing").status_code == 200

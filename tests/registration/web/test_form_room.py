"""The officers' room of forms as a browser sees it: list, editor, two editors, preview, publication."""

import re
from typing import Any

import pytest
from django.test import Client

from forum.models import Account, AuditEntry, Forum, Job, Message
from registration.actions.form_drafts import edit_question, remove, start_draft
from registration.models import Answer, Category, Form, Question
from registration.queries.forms import build_sheet
from tests.factories.questions import asks, make_draft, make_form
from tests.factories.registration import make_category, make_person, make_registration

ROOM = "/team/people/forms/"
OWN = f"{ROOM}delegate/"


@pytest.fixture
def category(forum: Forum) -> Category:
    return make_category(forum)


def draft_of(category: Category, officer: Account, *questions: dict[str, Any]) -> Form:
    return make_draft(category, *questions, by=officer)


def question_values(**more: Any) -> dict[str, Any]:
    return {
        "kind": "text",
        "label_ru": "Чем вы гордитесь?",
        "label_en": "What are you proud of?",
        "purpose_ru": "Чтобы знать",
        "purpose_en": "To know",
        "legal_basis": "contract",
        "kept_days": "30",
        "version": "1",
        **more,
    }


def save(client: Client, question: Question, **typed: Any) -> Any:
    """As a browser that opened the page now."""
    address = f"{OWN}questions/{question.public_id}/"
    page = client.get(address)
    return client.post(address, filled(page) | typed)


def filled(page: Any) -> dict[str, Any]:
    """The page's form as it stands."""
    form, told = page.context["form"], page.content.decode()
    sent: dict[str, Any] = {"version": re.findall(r'name="version" value="(\d+)"', told)[0]}
    for bound in form:
        value = bound.value()
        if value not in (None, False, ""):
            sent[bound.name] = value
    for name, value in page.context["was"]:
        sent.setdefault(name, []).append(str(value))
    return sent


# --- the list and the draft ---------------------------------------------------------------------------------------------
def test_the_list_says_version_publisher_draft_and_answers(
    officer_client: Client, forum: Forum, officer: Account, category: Category
) -> None:
    form = make_form(forum, asks("why"), by=officer)
    anna = make_registration(forum, person=make_person(forum))
    Answer.objects.create(registration=anna, question=form.questions.get(), code="why", value="x")
    make_form(forum, asks("why"), asks("how"), by=officer)
    category.refresh_from_db()
    start_draft(category, by=officer)
    page = officer_client.get(ROOM)
    row = next(row for row in page.context["rows"] if row.category == category)
    assert [(one.form.number, one.answered, one.questions) for one in row.versions] == [(2, 0, 2), (1, 1, 1)]
    assert (row.in_force.form.number, row.draft.number) == (2, 3)
    assert officer.email in page.content.decode()


def test_a_form_is_written_from_nothing_by_the_pages_alone(officer_client: Client, category: Category) -> None:
    assert officer_client.post(f"{OWN}start/").url == OWN
    assert f"{OWN}sections/new/" in officer_client.get(OWN).content.decode()
    officer_client.post(f"{OWN}sections/new/", {"title_ru": "О вас", "title_en": "About you", "version": 1})
    section = category.forms.get().sections.get()
    added = officer_client.post(f"{OWN}questions/new/", question_values(section=str(section.public_id)))
    question = Question.objects.get()
    assert added.url == f"{OWN}#at-{question.public_id}"
    assert (question.code, question.section, question.bounds) == ("what_are_you_proud", section, {})
    published = officer_client.post(f"{OWN}publish/", {"version": category.forms.get().version})
    assert published.url == ROOM
    category.refresh_from_db()
    assert category.form is not None
    assert [item.code for item in build_sheet(category.form)] == ["what_are_you_proud"]


def test_without_a_russian_text_nothing_is_saved_and_nothing_is_lost(
    officer_client: Client, officer: Account, category: Category
) -> None:
    draft_of(category, officer)
    refused = officer_client.post(f"{OWN}questions/new/", question_values(label_ru="", help_en="A hint"))
    told = refused.content.decode()
    assert (refused.status_code, Question.objects.count()) == (422, 0)
    assert "label_ru" in refused.context["form"].errors
    assert 'value="A hint"' in told


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"kind": "number", "least": "10", "most": "2"}, "least"),
        ({"kind": "number", "least": "ten"}, "least"),
        ({"kind": "text", "most": "many"}, "most"),
        ({"kind": "choice"}, "choices"),
        ({"kind": "size"}, "system"),
        ({"code": "Ё"}, "code"),
        ({"code": "a"}, "code"),
        ({"condition-count": 1, "condition-0-count": 1, "condition-0-0-fact": "answer:gone"}, "condition"),
        (
            {
                "condition-count": 1,
                "condition-0-count": 1,
                "condition-0-0-fact": "answer:n",
                "condition-0-0-is": "gt",
                "condition-0-0-value": "ten",
            },
            "condition",
        ),
    ],
)
def test_what_the_engine_refuses_stands_at_its_field(
    officer_client: Client, officer: Account, category: Category, typed: dict[str, Any], field: str
) -> None:
    draft_of(category, officer, asks("a"), asks("n", "number"))
    refused = officer_client.post(f"{OWN}questions/new/", question_values(**typed))
    assert refused.status_code in (409, 422)
    assert field in refused.context["form"].errors
    assert "Чем вы гордитесь?" in refused.content.decode()
    assert Question.objects.count() == 2


def test_a_circle_is_refused_with_its_questions_named(
    officer_client: Client, officer: Account, category: Category
) -> None:
    draft = draft_of(category, officer, asks("a"), asks("b", condition={"fact": "answer:a", "is": "answered"}))
    circle = {"condition-count": 1, "condition-0-count": 1, "condition-0-0-fact": "answer:b"}
    sent = filled(officer_client.get(f"{OWN}questions/{draft.questions.get(code='a').public_id}/"))
    sent.pop("condition", None)
    refused = officer_client.post(f"{OWN}questions/{draft.questions.get(code='a').public_id}/", sent | circle)
    assert refused.status_code == 422
    assert "Вопрос a → Вопрос b → Вопрос a" in " ".join(refused.context["form"].errors["condition"])


def test_choices_and_a_condition_of_groups_are_kept_as_written(
    officer_client: Client, officer: Account, category: Category
) -> None:
    draft_of(category, officer, asks("car", "tick"), asks("n", "number"))
    lines = {
        "kind": "choice",
        "choices-count": 3,
        "choices-0-ru": "Поезд",
        "choices-0-en": "Train",
        "choices-1-ru": "Автобус",
        "choices-1-places": "40",
        "condition-count": 2,
        "condition-join": "any",
        "condition-0-count": 2,
        "condition-0-join": "all",
        "condition-0-0-fact": "answer:car",
        "condition-0-0-is": "eq",
        "condition-0-0-value": "true",
        "condition-0-1-fact": "answer:n",
        "condition-0-1-is": "ge",
        "condition-0-1-value": "2,5",
        "condition-1-count": 1,
        "condition-1-0-fact": "citizenship",
        "condition-1-0-is": "in",
        "condition-1-0-value": ["UZ", "BY"],
    }
    assert officer_client.post(f"{OWN}questions/new/", question_values(**lines)).status_code == 302
    made = Question.objects.get(kind="choice")
    assert [(one.code, one.label_ru, one.places) for one in made.choices.all()] == [
        ("train", "Поезд", None),
        ("avtobus", "Автобус", 40),
    ]
    assert made.condition == {
        "any": [
            {
                "all": [
                    {"fact": "answer:car", "is": "eq", "value": True},
                    {"fact": "answer:n", "is": "ge", "value": "2.5"},
                ]
            },
            {"fact": "citizenship", "is": "in", "value": ["UZ", "BY"]},
        ]
    }
    assert save(officer_client, made, help_ru="Как удобно").status_code == 302
    again = Question.objects.get(pk=made.pk)
    assert (again.condition, again.help_ru) == (made.condition, "Как удобно")
    assert [one.code for one in again.choices.all()] == ["train", "avtobus"]


def test_another_kind_shows_its_fields_and_keeps_the_rest(
    officer_client: Client, officer: Account, category: Category
) -> None:
    draft_of(category, officer)
    page = officer_client.post(f"{OWN}questions/new/", question_values(kind="number", look="kind", most="7"))
    told = page.content.decode()
    assert page.status_code == 200
    assert 'name="decimals"' in told
    assert 'class="errors"' not in told
    back = officer_client.post(f"{OWN}questions/new/", question_values(kind="choice", look="kind", most="7"))
    assert '<input type="hidden" name="most" value="7">' in back.content.decode()
    assert Question.objects.count() == 0


def test_rows_move_multiply_and_leave(officer_client: Client, officer: Account, category: Category) -> None:
    draft = draft_of(category, officer, asks("a"), asks("b", "choice", choices=["m"]))

    def press(do: str, code: str) -> None:
        draft.refresh_from_db()
        question = draft.questions.get(code=code)
        officer_client.post(f"{OWN}change/", {"do": do, "question": question.public_id, "version": draft.version})

    press("up", "b")
    assert [item.code for item in build_sheet(draft)] == ["b", "a"]
    press("copy", "b")
    assert [item.code for item in build_sheet(draft)] == ["b", "b_2", "a"]
    assert [one.code for one in draft.questions.get(code="b_2").choices.all()] == ["m"]
    press("remove", "a")
    assert [item.code for item in build_sheet(draft)] == ["b", "b_2"]
    late = officer_client.post(
        f"{OWN}change/", {"do": "up", "question": draft.questions.get(code="b_2").public_id, "version": 1}, follow=True
    )
    assert [item.code for item in build_sheet(draft)] == ["b", "b_2"]
    assert 'class="messages"' in late.content.decode()


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

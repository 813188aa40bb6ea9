"""The officers' room of forms as a browser sees it: list, editor, two editors, preview, publication."""

import re
from typing import Any

import pytest
from django.test import Client

from forum.models import Account, Forum
from registration.actions.form_drafts import start_draft
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

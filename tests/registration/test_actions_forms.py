"""Drafts, publication, versions, and the answers of people who come before and after."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from forum.enums import Role
from forum.errors import DomainError
from forum.models import Account, AuditEntry, Forum
from registration.actions.answers import Filled
from registration.actions.applications import save_answers, submit
from registration.actions.form_drafts import (
    add_section,
    discard_draft,
    edit_question,
    move_by,
    remove,
    start_draft,
)
from registration.enums import RegistrationState
from registration.models import Answer, Form, Question, Registration
from registration.queries.forms import build_sheet, sheet_of
from registration.queries.questions import read_by
from tests.factories.forum import make_staff
from tests.factories.questions import asks, make_draft, make_form
from tests.factories.registration import make_category, make_person, make_registration

S = RegistrationState
FOREIGN = {"fact": "citizenship", "is": "ne", "value": "RU"}


def draft_of(forum: Forum, **changes: Any) -> Registration:
    """An application with every usual answer, not sent yet."""
    return again(make_registration(forum, state=S.DRAFT, **changes))


def again(registration: Registration) -> Registration:
    """As another request finds it."""
    return Registration.objects.select_related("person", "forum", "category", "delegation__region").get(
        pk=registration.pk
    )


def answer(registration: Registration, **values: Any) -> Registration:
    registration = again(registration)
    form_id = registration.category.form_id or 0
    return save_answers(registration, version=registration.version, answers={}, questions=Filled(form_id, values))


def stored(registration: Registration) -> dict[str, Any]:
    return {one.code: one.content for one in Answer.objects.filter(registration=registration)}


# --- versions ---------------------------------------------------------------------------------------------------------
def test_a_published_form_never_changes_whoever_asks(forum: Forum, officer: Account) -> None:
    form = make_form(forum, asks("shirt", "choice", choices=[("m", 3)]), by=officer)
    section, question = form.sections.get(), form.questions.get()
    for change in (
        lambda: Form.objects.filter(pk=form.pk).update(number=9),
        lambda: Form.objects.filter(pk=form.pk)._raw_delete("default"),
        lambda: form.sections.update(title_ru="Другое"),
        lambda: form.questions.update(required=True),
        lambda: question.choices.update(label_ru="Другое"),
        lambda: question.choices.all().delete(),
        lambda: Question.objects.create(form=form, section=section, position=7, code="new", kind="text"),
    ):
        with pytest.raises(DatabaseError, match="is published"), transaction.atomic():
            change()
    with pytest.raises(DomainError) as refusal:
        add_section(form, version=form.version, texts={"title_ru": "x"}, by=officer)
    assert refusal.value.code == "form.published"


def test_a_category_has_one_draft_which_begins_as_the_version_in_force(forum: Forum, officer: Account) -> None:
    category = make_category(forum)
    first = make_form(forum, asks("shirt", "choice", choices=[("m", 3), "l"]), asks("why"), by=officer)
    draft = start_draft(category, by=officer)
    assert start_draft(category, by=officer) == draft
    copied, source = build_sheet(draft), sheet_of(first.pk)
    assert [(i.code, i.kind, i.label, i.options) for i in copied] == [
        (i.code, i.kind, i.label, i.options) for i in source
    ]
    category.refresh_from_db()
    assert (draft.number, category.form) == (2, first)
    discard_draft(draft, version=draft.version, by=officer)
    assert list(category.forms.all()) == [first]


def test_the_later_of_two_changes_to_a_draft_is_refused(forum: Forum, officer: Account) -> None:
    draft = make_draft(make_category(forum), asks("a"), by=officer)
    question = draft.questions.get()
    edit_question(question, version=draft.version, values={"label_ru": "Первая"}, by=officer)
    with pytest.raises(DomainError) as refusal:
        edit_question(question, version=draft.version, values={"label_ru": "Вторая"}, by=officer)
    assert (refusal.value.code, refusal.value.status) == ("form.stale", 409)
    question.refresh_from_db()
    assert question.label_ru == "Первая"


def test_questions_move_and_leave(forum: Forum, officer: Account) -> None:
    draft = make_draft(make_category(forum), asks("a"), asks("b"), asks("c"), by=officer)
    move_by(draft.questions.get(code="c"), steps=-1, version=draft.version, by=officer)
    draft.refresh_from_db()
    remove(draft.questions.get(code="a"), version=draft.version, by=officer)
    draft.refresh_from_db()
    move_by(draft.questions.get(code="c"), steps=-1, version=draft.version, by=officer)
    assert [item.code for item in build_sheet(draft)] == ["c", "b"]


def test_two_questions_of_one_name_are_refused_at_the_field(forum: Forum, officer: Account) -> None:
    with pytest.raises(DomainError) as refusal:
        make_draft(make_category(forum), asks("a"), asks("a"), by=officer)
    assert set(refusal.value.fields) == {"code"}


def test_a_form_with_a_circle_is_not_published(forum: Forum, officer: Account) -> None:
    circle = (
        asks("a", condition={"fact": "answer:b", "is": "answered"}),
        asks("b", condition={"fact": "answer:a", "is": "answered"}),
    )
    with pytest.raises(DomainError) as refusal:
        make_form(forum, *circle, by=officer)
    assert refusal.value.code == "form.problems"
    assert make_category(forum).form_id is None


# --- answers ----------------------------------------------------------------------------------------------------------
def test_answers_are_kept_by_kind_and_sealed_where_the_question_says_so(forum: Forum, officer: Account) -> None:
    make_form(forum, asks("allergy", is_sensitive=True), asks("nights", "number"), asks("bus", "tick"), by=officer)
    draft = answer(draft_of(forum), allergy="орехи", nights=2, bus=False)
    assert stored(draft) == {"allergy": "орехи", "nights": 2, "bus": False}
    plain = dict(Answer.objects.values_list("code", "value"))
    assert plain == {"allergy": None, "nights": 2, "bus": False}
    entry = AuditEntry.objects.filter(action="registration.answered").latest("pk")
    assert entry.changed == ["answer.allergy", "answer.bus", "answer.nights"]
    assert "орехи" not in f"{entry.data}"


def test_what_does_not_apply_is_not_kept(forum: Forum, officer: Account) -> None:
    make_form(
        forum,
        asks("car", "tick"),
        asks("plate", required=True, condition={"fact": "answer:car", "is": "eq", "value": True}),
        asks("visa", condition=FOREIGN),
        by=officer,
    )
    draft = answer(draft_of(forum, person=make_person(forum, citizenship="UZ")), car=True, plate="A001", visa="есть")
    assert set(stored(draft)) == {"car", "plate", "visa"}
    assert set(stored(answer(draft, car=False))) == {"car", "visa"}
    draft = again(draft)
    save_answers(draft, version=draft.version, answers={"citizenship": "RU"})
    assert set(stored(draft)) == {"car"}


def test_sending_names_the_questions_that_are_missing(forum: Forum, officer: Account) -> None:
    make_form(forum, asks("why", required=True), asks("rules", "tick", required=True), asks("else"), by=officer)
    draft = draft_of(forum)
    with pytest.raises(DomainError) as refusal:
        submit(draft)
    assert set(refusal.value.fields) == {"q_why", "q_rules"}
    sent = submit(again(answer(draft, why="потому", rules=True)))
    assert sent.state == S.SUBMITTED


def test_a_form_published_in_between_is_not_answered_unread(forum: Forum, officer: Account) -> None:
    first = make_form(forum, asks("why"), by=officer)
    draft = draft_of(forum)
    make_form(forum, asks("why"), asks("how"), by=officer)
    with pytest.raises(DomainError) as refusal:
        save_answers(draft, version=draft.version, answers={}, questions=Filled(first.pk, {"why": "потому"}))
    assert (refusal.value.code, refusal.value.status) == ("questions.changed", 409)


def test_another_category_keeps_what_it_asks_alike(forum: Forum, officer: Account) -> None:
    make_form(forum, asks("why"), asks("size", "number"), asks("mine"), by=officer)
    other = make_category(forum, code="speaker")
    make_form(forum, asks("why", is_sensitive=True), asks("size", "choice", choices=["m"]), by=officer, category=other)
    draft = answer(draft_of(forum), why="потому", size=5, mine="да")
    other.refresh_from_db()
    draft = again(draft)
    save_answers(draft, version=draft.version, answers={"category": other})
    assert stored(draft) == {"why": "потому"}
    assert Answer.objects.get(registration=draft).question.form == other.form


def test_only_the_roles_of_a_question_read_its_answers(forum: Forum, officer: Account) -> None:
    make_form(forum, asks("open"), asks("diet", visible_to=[Role.VISIT_COORDINATOR]), by=officer)
    draft = answer(draft_of(forum), open="да", diet="вегетарианец")
    coordinator, organiser = (make_staff(forum, role) for role in (Role.VISIT_COORDINATOR, Role.ORGANISER))
    assert read_by(officer, again(draft)) == {"open": "да"}
    assert read_by(coordinator, again(draft)) == {"diet": "вегетарианец"}
    assert set(read_by(organiser, again(draft))) == {"open", "diet"}

"""Answers with places, answers to newer versions, and what becomes of them after the forum."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation
from django.utils.timezone import localdate

from forum.actions.jobs import run
from forum.errors import DomainError
from forum.models import Account, AuditEntry, Forum, Job, Message
from registration.actions import review
from registration.actions.answer_erasure import erase_old_answers
from registration.actions.answers import Filled
from registration.actions.applications import submit, withdraw
from registration.actions.asked_again import answer_again
from registration.actions.corrections import correct_facts
from registration.actions.form_drafts import (
    ChoiceText,
    edit_question,
    set_condition,
    start_draft,
)
from registration.actions.form_publishing import publish_form
from registration.enums import ClaimState
from registration.models import Answer, Form, Pool
from registration.queries.answer_columns import answer_columns
from registration.queries.forms import sheet_of
from registration.queries.owing import owing
from registration.queries.own_data import answers_part
from registration.queries.questions import missing_of, owes_answers
from tests.factories.questions import asks, make_draft, make_form
from tests.factories.registration import make_category, make_person
from tests.registration.test_actions_forms import FOREIGN, S, again, answer, draft_of, stored


# --- places of choices ------------------------------------------------------------------------------------------------
def pool_of(form: Form, code: str = "m") -> Pool:
    return Pool.objects.get(choices__question__form=form, choices__code=code)


def test_a_draft_holds_no_place_and_sending_takes_it(forum: Forum, officer: Account) -> None:
    form = make_form(forum, asks("tour", "choice", choices=[("m", 1), ("k", 5)]), by=officer)
    first, second = (answer(draft_of(forum), tour="m") for _ in range(2))
    assert pool_of(form).taken == 0
    submit(again(first))
    with pytest.raises(DomainError) as refusal:
        submit(again(second))
    assert (refusal.value.code, set(refusal.value.fields)) == ("registration.incomplete", {"q_tour"})
    assert "Выбор m" in str(refusal.value.fields) or "Choice m" in str(refusal.value.fields)
    with pytest.raises(DomainError) as early:
        answer(draft_of(forum), tour="m")
    assert early.value.code == "questions.full"
    assert stored(second) == {"tour": "m"}
    submit(again(answer(second, tour="k")))
    assert (pool_of(form).taken, pool_of(form, "k").taken) == (1, 1)


@pytest.mark.parametrize("leave", [lambda r, by: withdraw(r), lambda r, by: review.reject(r, by=by)])
def test_whoever_leaves_gives_the_place_back(forum: Forum, officer: Account, leave: Any) -> None:
    form = make_form(forum, asks("tour", "several", choices=[("m", 1), ("k", 5)]), by=officer)
    sent = submit(again(answer(draft_of(forum), tour=["m", "k"])))
    assert (pool_of(form).taken, pool_of(form, "k").taken) == (1, 1)
    leave(again(sent), officer)
    assert (pool_of(form).taken, pool_of(form, "k").taken) == (0, 0)


def test_whoever_is_taken_up_again_finds_the_place_or_is_asked_anew(forum: Forum, officer: Account) -> None:
    form = make_form(forum, asks("tour", "choice", choices=[("m", 1), "k"]), by=officer)
    sent = submit(again(answer(draft_of(forum), tour="m")))
    review.reject(again(sent), by=officer)
    review.reopen(again(sent), by=officer)
    assert pool_of(form).taken == 1
    review.reject(again(sent), by=officer)
    submit(again(answer(draft_of(forum), tour="m")))
    review.reopen(again(sent), by=officer)
    assert owes_answers(again(sent))
    answer_again(again(sent), version=again(sent).version, questions=Filled(form.pk, {"tour": "k"}))
    assert not owes_answers(again(sent))


def test_a_new_version_counts_the_places_on(forum: Forum, officer: Account) -> None:
    form = make_form(forum, asks("tour", "choice", choices=[("m", 2)]), by=officer)
    submit(again(answer(draft_of(forum), tour="m")))
    draft = start_draft(make_category(forum), by=officer)
    question = draft.questions.get()
    edit_question(
        question, version=draft.version, values={}, choices=[ChoiceText("m", {"ru": "М", "en": "M"}, 1)], by=officer
    )
    draft.refresh_from_db()
    publish_form(draft, version=draft.version, by=officer)
    assert (pool_of(draft), pool_of(draft).places, pool_of(draft).taken) == (pool_of(form), 1, 1)


# --- whoever came before ----------------------------------------------------------------------------------------------
def test_who_owes_answers_is_asked_by_letter_once_and_answers_without_moving(forum: Forum, officer: Account) -> None:
    make_form(forum, asks("why"), by=officer)
    sent = submit(again(answer(draft_of(forum), why="потому")))
    calm = submit(again(draft_of(forum)))
    draft = make_draft(make_category(forum), asks("why", asks_again=True), by=officer)
    publish_form(draft, version=draft.version, by=officer)
    assert [one.ref for one, _owed in owing(make_category(forum))] == [sent.ref]
    job = Job.objects.get(kind="registration.ask_again")
    for _ in range(2):
        run(job_id=job.pk)
        Job.objects.filter(pk=job.pk).update(state="queued")
    assert [letter.subject_id for letter in Message.objects.filter(reason="registration.questions")] == [sent.ref]
    assert (owes_answers(again(sent)), owes_answers(again(calm))) == (True, False)
    assert stored(sent) == {"why": "потому"}  # readable as long as nothing newer is there
    version = again(sent).version
    done = answer_again(again(sent), version=version, questions=Filled(draft.pk, {"why": "иначе"}))
    assert (done.state, stored(sent), owes_answers(again(sent))) == (S.SUBMITTED, {"why": "иначе"}, False)
    with pytest.raises(DomainError) as refusal:
        answer_again(again(sent), version=done.version, questions=Filled(draft.pk, {"why": "ещё раз"}))
    assert refusal.value.code == "registration.locked"


def test_answering_again_changes_nothing_that_was_not_asked(forum: Forum, officer: Account) -> None:
    make_form(forum, asks("why"), by=officer)
    sent = submit(again(answer(draft_of(forum), why="потому")))
    form = make_form(forum, asks("why"), asks("how", required=True), by=officer)
    with pytest.raises(DomainError) as refusal:
        answer_again(again(sent), version=again(sent).version, questions=Filled(form.pk, {"why": "x", "how": None}))
    assert set(refusal.value.fields) == {"q_how"}
    answer_again(again(sent), version=again(sent).version, questions=Filled(form.pk, {"why": "x", "how": "так"}))
    assert stored(sent) == {"why": "потому", "how": "так"}


def test_answers_to_an_old_version_stay_readable(forum: Forum, officer: Account) -> None:
    first = make_form(forum, asks("tour", "choice", choices=["m", "k"]), asks("gone"), by=officer)
    sent = submit(again(answer(draft_of(forum), tour="m", gone="да")))
    make_form(forum, asks("tour", "choice", choices=["k"], label_ru="Иначе"), by=officer)
    assert stored(sent) == {"tour": "m", "gone": "да"}
    given = Answer.objects.get(registration=sent, code="tour")
    assert (given.question.form, sheet_of(first.pk).by_code["tour"].by_code["m"].label["en"]) == (first, "Choice m")
    with translation.override("en"):
        assert missing_of(again(sent)) == {"q_tour": "The question has changed: please answer it again."}


def test_another_citizenship_of_a_sent_application_opens_and_closes_questions(forum: Forum, officer: Account) -> None:
    form = make_form(forum, asks("visa", "choice", choices=[("m", 1)], required=True, condition=FOREIGN), by=officer)
    sent = draft_of(forum, person=make_person(forum, citizenship="UZ"))
    sent = submit(again(answer(sent, visa="m")))
    assert pool_of(form).taken == 1
    correct_facts(again(sent), version=again(sent).version, answers={"citizenship": "RU"}, reason="x", by=officer)
    assert (stored(sent), pool_of(form).taken) == ({}, 0)
    correct_facts(again(sent), version=again(sent).version, answers={"citizenship": "BY"}, reason="x", by=officer)
    assert owes_answers(again(sent))


def test_claims_and_pools_agree_after_all(forum: Forum, officer: Account) -> None:
    form = make_form(forum, asks("tour", "several", choices=[("m", 9), ("k", 9)]), by=officer)
    sent = submit(again(answer(draft_of(forum), tour=["m"])))
    review.ask_for_changes(again(sent), by=officer, note="исправьте")
    answer(again(sent), tour=["k"])
    for code, taken in (("m", 0), ("k", 1)):
        pool = pool_of(form, code)
        assert (pool.taken, pool.claims.filter(state=ClaimState.HELD).count()) == (taken, taken)


def test_a_condition_that_cannot_be_read_is_refused_at_once(forum: Forum, officer: Account) -> None:
    draft = make_draft(make_category(forum), asks("a"), by=officer)
    with pytest.raises(DomainError) as refusal:
        set_condition(draft.questions.get(), version=draft.version, condition={"all": []}, by=officer)
    assert refusal.value.code == "form.condition"


def test_answers_are_erased_when_their_time_after_the_forum_is_over(forum: Forum, officer: Account) -> None:
    make_form(forum, asks("short", kept_days=3), asks("long", kept_days=90), by=officer)
    draft = answer(draft_of(forum), short="да", long="да")
    Forum.objects.update(starts_on=localdate() - timedelta(days=6), ends_on=localdate() - timedelta(days=3))
    assert erase_old_answers() == 0
    Forum.objects.update(ends_on=localdate() - timedelta(days=4))
    assert (erase_old_answers(), erase_old_answers()) == (1, 0)
    assert set(stored(draft)) == {"long"}
    assert AuditEntry.objects.get(action="answers.erased").data["answers"] == {"short": 1}


def test_my_data_names_purpose_basis_and_term_of_each_answer(forum: Forum, officer: Account) -> None:
    make_form(forum, asks("why", legal_basis="consent", kept_days=10), by=officer)
    draft = answer(draft_of(forum), why="потому")
    make_form(forum, asks("how"), by=officer)
    with translation.override("en"):
        (row,) = answers_part(again(draft)).rows
        told = {fact.key: str(fact.value) for fact in row.facts}
    assert told == {
        "question": "Question why",
        "answer": "потому",
        "purpose": "To know",
        "legal_basis": "your consent to processing",
        "kept_until": str(forum.ends_on + timedelta(days=10)),
    }


@pytest.mark.parametrize("count", [1, 3])
def test_tables_offer_the_columns_that_one_may_read(
    forum: Forum, officer: Account, count: int, django_assert_num_queries: Any
) -> None:
    form = make_form(
        forum, asks("tour", "several", choices=["m", "k"]), asks("diet", visible_to=["escort"]), by=officer
    )
    people = [again(answer(draft_of(forum), tour=["k", "m"], diet="да")) for _ in range(count)]
    with translation.override("en"):
        [column] = answer_columns(officer, forum)
        assert (column.name, column.label) == ("q_tour", "Question tour")
        sheet_of(form.pk)
        with django_assert_num_queries(1):
            cells = column.cells(people)
    assert list(cells.values()) == ["Choice k, Choice m"] * count

"""Places of an answer are never given twice, and a form is never changed while it is being published."""

from functools import partial

import pytest

from forum.models import Account, Forum
from registration.actions.answers import Filled
from registration.actions.applications import save_answers, submit
from registration.actions.form_drafts import edit_question, start_draft
from registration.actions.form_publishing import publish_form
from registration.enums import ClaimState, RegistrationState
from registration.models import Answer, Form, Pool, Registration
from tests.factories.questions import asks, make_draft, make_form
from tests.factories.registration import make_category, make_registration
from tests.races.at_once import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)
S = RegistrationState


def fresh(registration: Registration) -> Registration:
    return Registration.objects.select_related("person", "forum", "category").get(pk=registration.pk)


def test_the_last_place_of_a_choice_goes_to_exactly_one_of_fifty(forum: Forum, officer: Account) -> None:
    form = make_form(forum, asks("tour", "choice", choices=[("m", 1), "k"], required=True), by=officer)
    drafts = [make_registration(forum, state=S.DRAFT) for _ in range(50)]
    for draft in drafts:
        save_answers(fresh(draft), version=1, answers={}, questions=Filled(form.pk, {"tour": "m"}))
    results = at_once([partial(submit, fresh(draft)) for draft in drafts], timeout=60)
    assert set(refusals(results)) <= {"questions.full", "registration.incomplete"}
    assert len(refusals(results)) == 49
    pool = Pool.objects.get(choices__code="m")
    assert (pool.taken, pool.claims.filter(state=ClaimState.HELD).count()) == (1, 1)
    assert Registration.objects.filter(state=S.SUBMITTED).count() == 1
    assert Answer.objects.filter(code="tour", value="m").count() == 50  # what was chosen stays, to be changed


def test_people_who_swap_choices_never_wait_for_each_other_in_a_circle(forum: Forum, officer: Account) -> None:
    form = make_form(forum, asks("tour", "choice", choices=[("m", 9), ("k", 9)]), by=officer)
    people = [make_registration(forum, state=S.DRAFT) for _ in range(8)]
    for number, person in enumerate(people):
        save_answers(fresh(person), version=1, answers={}, questions=Filled(form.pk, {"tour": "mk"[number % 2]}))
        submit(fresh(person))
        Registration.objects.filter(pk=person.pk).update(state=S.NEEDS_CHANGES)
    swaps = [
        partial(
            save_answers,
            one := fresh(person),
            version=one.version,
            answers={},
            questions=Filled(form.pk, {"tour": "km"[number % 2]}),
        )
        for number, person in enumerate(people)
    ]
    assert refusals(at_once(swaps)) == []
    for pool in Pool.objects.filter(kind="choice"):
        assert pool.taken == pool.claims.filter(state=ClaimState.HELD).count() == 4


def test_a_draft_is_published_once_and_not_changed_meanwhile(forum: Forum, officer: Account) -> None:
    draft = make_draft(make_category(forum), asks("a"), by=officer)
    question = draft.questions.get()
    edits = [
        partial(edit_question, question, version=draft.version, values={"label_ru": f"{n}"}, by=officer)
        for n in range(5)
    ]
    publications = [partial(publish_form, draft, version=draft.version, by=officer, writes=False) for _ in range(5)]
    results = at_once([*edits, *publications])
    assert len(refusals(results)) == 9
    assert set(refusals(results)) <= {"form.stale", "form.published"}


def test_two_officers_begin_one_draft(forum: Forum, officer: Account) -> None:
    category = make_category(forum)
    at_once([partial(start_draft, category, by=officer) for _ in range(6)])
    assert Form.objects.count() == 1


def test_places_of_a_choice_are_opened_once(forum: Forum, officer: Account) -> None:
    draft = make_draft(make_category(forum), asks("tour", "choice", choices=[("m", 1)]), by=officer)
    at_once([partial(publish_form, draft, version=draft.version, by=officer, writes=False) for _ in range(4)])
    assert Pool.objects.filter(kind="choice").count() == 1

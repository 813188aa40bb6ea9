"""What people change by themselves after sending: at once, with the places of what they choose, until the forum is over."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from forum.errors import DomainError
from forum.models import Account, AuditEntry, Forum
from registration.actions.answers import Filled
from registration.actions.applications import submit
from registration.actions.own_changes import change_answers, change_facts
from registration.enums import RegistrationState as S
from registration.models import Form, Pool, Registration
from tests.factories.questions import asks, make_form
from tests.factories.registration import make_registration
from tests.registration.test_actions_forms import again, answer, draft_of, stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(forum: Forum, officer: Account) -> Form:
    tour = asks("tour", "choice", choices=[("m", 1), ("k", 1)], required=True)
    return make_form(forum, tour, asks("boots", "size", bounds={"system": "shoes"}), by=officer)


def sent(forum: Forum, **values: Any) -> Registration:
    return again(submit(again(answer(draft_of(forum), **values))))


def change(registration: Registration, form: Form, **values: Any) -> Registration:
    filled = Filled(form.pk, values)
    return again(change_answers(registration, version=registration.version, questions=filled))


def taken() -> dict[str, int]:
    return dict(Pool.objects.filter(choices__isnull=False).values_list("choices__code", "taken"))


def test_another_answer_takes_its_place_and_gives_the_old_one_back(forum: Forum, form: Form) -> None:
    changed = change(sent(forum, tour="m", boots="42"), form, tour="k", boots="43")
    assert (changed.state, stored(changed), taken()) == (S.SUBMITTED, {"tour": "k", "boots": "43"}, {"m": 0, "k": 1})
    entry = AuditEntry.objects.get(action="registration.changed_alone")
    assert (sorted(entry.changed), "43" in str(entry.data)) == (["answer.boots", "answer.tour"], False)


def test_a_full_one_is_refused_and_everything_stays(forum: Forum, form: Form) -> None:
    first, second = sent(forum, tour="m"), sent(forum, tour="k")
    with pytest.raises(DomainError) as refusal:
        change(second, form, tour="m", boots="40")
    assert (refusal.value.code, set(refusal.value.fields)) == ("questions.full", {"q_tour"})
    assert (stored(first), stored(second), taken()) == ({"tour": "m"}, {"tour": "k"}, {"m": 1, "k": 1})


def test_what_is_obligatory_cannot_be_emptied(forum: Forum, form: Form) -> None:
    mine = sent(forum, tour="m")
    with pytest.raises(DomainError) as refusal:
        change(mine, form, tour=None)
    assert (refusal.value.code, stored(mine)) == ("questions.incomplete", {"tour": "m"})


def test_position_and_languages_change_and_nothing_else_does(forum: Forum) -> None:
    mine = again(make_registration(forum, state=S.CONFIRMED))
    given = {"position": "директор", "languages": ["en"], "language": "be", "organisation": "Другая", "email": "x@y.z"}
    fresh = again(change_facts(mine, version=mine.version, answers=given, by=None))
    assert (fresh.position, fresh.person.languages, fresh.language) == ("директор", ["en"], "be")
    assert (fresh.organisation, fresh.person.email) == (mine.organisation, mine.person.email)
    with pytest.raises(DomainError) as refusal:
        change_facts(fresh, version=mine.version, answers=given, by=None)
    assert refusal.value.code == "registration.stale"


@pytest.mark.parametrize("state", [S.CANCELLED, S.REJECTED, S.BLOCKED, S.DRAFT])
def test_whoever_does_not_come_changes_nothing(forum: Forum, state: S) -> None:
    mine = again(make_registration(forum, state=state))
    with pytest.raises(DomainError) as refusal:
        change_facts(mine, version=mine.version, answers={"position": "директор"}, by=None)
    assert refusal.value.code == "registration.locked"


def test_after_the_forum_nothing_is_changed_any_more(forum: Forum) -> None:
    mine = make_registration(forum, state=S.CONFIRMED)
    Forum.objects.update(starts_on=localdate() - timedelta(days=2), ends_on=localdate() - timedelta(days=1))
    with pytest.raises(DomainError) as refusal:
        change_facts(again(mine), version=mine.version, answers={"position": "директор"}, by=None)
    assert refusal.value.code == "registration.locked"

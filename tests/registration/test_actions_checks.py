"""The two glances of a review: who looks first, who decides, and what begins anew."""

import pytest
from django.db import IntegrityError, transaction

from forum.enums import Role
from forum.errors import DomainError
from forum.models import Account, Forum
from registration.actions import review
from registration.actions.checks import check, set_rules, take_check_back
from registration.enums import RegistrationState as S
from registration.enums import ReviewStages
from registration.models import PreCheck, Registration
from registration.queries.checks import stage_of
from tests.factories.forum import make_staff
from tests.factories.registration import make_category, make_registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(forum: Forum) -> Account:
    return make_staff(forum, Role.ACCREDITATION_OFFICER)


def applied(forum: Forum, stages: ReviewStages = ReviewStages.TWO_PEOPLE, state: S = S.SUBMITTED) -> Registration:
    return make_registration(forum, category=make_category(forum, review=stages), state=state)


def refused(code: str) -> object:
    return pytest.raises(DomainError, check=lambda error: error.code == code)


@pytest.mark.parametrize("decide", [review.approve, review.put_in_line, review.reject])
def test_nobody_is_decided_on_before_somebody_has_looked(forum: Forum, officer: Account, decide: object) -> None:
    registration = applied(forum, ReviewStages.TWO_STEPS)
    with refused("registration.not_checked"):
        decide(registration, by=officer)  # type: ignore[operator]
    check(registration, by=officer)
    decide(registration, by=officer)  # type: ignore[operator]
    assert PreCheck.objects.get().decided_by == officer


def test_where_two_people_are_asked_for_the_one_who_looked_does_not_decide(
    forum: Forum, officer: Account, second: Account
) -> None:
    registration = applied(forum)
    check(registration, by=officer)
    for decide in (review.approve, review.put_in_line, review.reject):
        with refused("registration.same_person"):
            decide(registration, by=officer)
    assert Registration.objects.get().state == S.SUBMITTED
    assert review.approve(registration, by=second).state == S.APPROVED


def test_the_database_refuses_one_person_for_both(forum: Forum, officer: Account) -> None:
    made = PreCheck.objects.create(registration=applied(forum), checked_by=officer, two_people=True)
    with pytest.raises(IntegrityError, match="pre_check_two_people"), transaction.atomic():
        PreCheck.objects.filter(pk=made.pk).update(decided_by=officer)


def test_checking_twice_is_checking_once_and_the_first_one_has_checked(
    forum: Forum, officer: Account, second: Account
) -> None:
    registration = applied(forum)
    assert check(registration, by=officer) == check(registration, by=second)
    assert PreCheck.objects.get().checked_by == officer


def test_what_is_sent_back_is_looked_at_anew(forum: Forum, officer: Account, second: Account) -> None:
    registration = applied(forum)
    check(registration, by=officer)
    review.ask_for_changes(registration, by=officer, note="Проверьте имя")
    Registration.objects.update(state=S.SUBMITTED)
    fresh = Registration.objects.get()
    assert stage_of(fresh, second).needs_check
    with refused("registration.not_checked"):
        review.approve(fresh, by=second)


def test_a_refusal_that_is_taken_up_again_is_looked_at_anew(forum: Forum, officer: Account, second: Account) -> None:
    registration = applied(forum)
    check(registration, by=officer)
    review.reject(registration, by=second)
    review.reopen(registration, by=second)
    assert stage_of(Registration.objects.get(), second).needs_check


def test_a_check_is_taken_back_until_it_is_decided(forum: Forum, officer: Account, second: Account) -> None:
    registration = applied(forum)
    check(registration, by=officer)
    assert take_check_back(registration, by=officer)
    assert not take_check_back(registration, by=officer)
    check(registration, by=officer)
    review.put_in_line(registration, by=second)
    assert not take_check_back(registration, by=officer)


def test_whoever_looked_does_not_approve_from_the_line_either(forum: Forum, officer: Account, second: Account) -> None:
    registration = applied(forum)
    check(registration, by=officer)
    review.put_in_line(registration, by=second)
    with refused("registration.same_person"):
        review.approve(registration, by=officer)


def test_one_decision_needs_no_check_and_takes_none(forum: Forum, officer: Account) -> None:
    registration = applied(forum, ReviewStages.ONE)
    with refused("registration.check_refused"):
        check(registration, by=officer)
    assert review.approve(registration, by=officer).state == S.APPROVED


def test_the_rule_of_a_category_is_set_once(forum: Forum, officer: Account) -> None:
    category = make_category(forum)
    assert set_rules(category, review=ReviewStages.TWO_PEOPLE, confirm_days=7, by=officer)
    assert not set_rules(category, review=ReviewStages.TWO_PEOPLE, confirm_days=7, by=officer)

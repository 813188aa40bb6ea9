"""Codes: so many applications and no more, given back by whoever does not come."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from forum.errors import DomainError
from forum.models import Account, Forum
from registration.actions.applications import save_answers, submit, withdraw
from registration.actions.codes import resume_code, stop_code
from registration.actions.entrances import start_with_code
from registration.actions.review import approve, reject, reopen
from registration.enums import RegistrationState as S
from registration.models import AccessCode, Claim, Registration
from registration.queries.codes import code_of, miscounted
from tests.factories.agenda import make_organisation
from tests.factories.invitations import closed_category, make_access_code
from tests.factories.registration import make_consent_document, make_delegation, make_quota
from tests.registration.test_invitations import ANSWERS, WORK

pytestmark = pytest.mark.django_db


def filled(code: AccessCode, **more: object) -> Registration:
    """Everything answered, nothing sent."""
    draft = start_with_code(code, document=make_consent_document(code.forum), language="ru")
    answers = ANSWERS | WORK | {"email": f"code-{draft.pk}@example.org", **more}
    answers.setdefault("delegation", draft.delegation or make_delegation(code.forum))
    return save_answers(draft, version=draft.version, answers=answers)


def used(code: AccessCode) -> int:
    return AccessCode.objects.values_list("used", flat=True).get(pk=code.pk)


def test_a_code_opens_a_closed_category_so_many_times(forum: Forum) -> None:
    code = make_access_code(forum, uses=1)
    first, second = filled(code), filled(code)
    assert used(code) == 0
    assert submit(first).category.code == "speaker"
    assert submit(first).state == S.SUBMITTED
    assert used(code) == 1
    with pytest.raises(DomainError) as refused:
        submit(second)
    assert refused.value.code == "entrance.over"
    assert Registration.objects.get(pk=second.pk).state == S.DRAFT
    with pytest.raises(DomainError):
        filled(code)
    withdraw(Registration.objects.get(pk=first.pk))
    assert submit(second).state == S.SUBMITTED
    assert miscounted() == []


def test_not_accepted_gives_back_and_taken_up_again_takes_one(forum: Forum, officer: Account) -> None:
    code = make_access_code(forum, uses=2)
    sent = submit(filled(code))
    reject(sent, by=officer)
    assert used(code) == 0
    reopen(sent, by=officer)
    assert used(code) == 1
    reject(sent, by=officer)
    submit(filled(code)), submit(filled(code))
    assert reopen(sent, by=officer).state == S.SUBMITTED  # the officer's word counts, though no use is left
    assert (used(code), miscounted()) == (2, [])


def test_the_database_refuses_one_use_too_many(forum: Forum) -> None:
    code = make_access_code(forum, uses=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessCode.objects.filter(pk=code.pk).update(used=2)


@pytest.mark.parametrize("changes", [{"stopped_at": now()}, {"valid_until": now() - timedelta(minutes=1)}, {"used": 1}])
def test_a_dead_code_refuses_with_its_reason(forum: Forum, changes: dict[str, object]) -> None:
    code = make_access_code(forum)
    draft = filled(code)
    AccessCode.objects.update(**changes)
    with pytest.raises(DomainError) as at_start:
        filled(code)
    with pytest.raises(DomainError) as at_end:
        submit(draft)
    assert at_start.value.message == at_end.value.message


def test_stopped_and_resumed(forum: Forum, officer: Account) -> None:
    code = make_access_code(forum)
    assert stop_code(code, by=officer)
    assert not stop_code(code, by=officer)
    assert resume_code(code, by=officer)
    assert submit(filled(code)).state == S.SUBMITTED


def test_review_is_skipped_where_the_code_says_so(forum: Forum) -> None:
    code = make_access_code(forum, category=closed_category(forum, places=1), uses=2, skips_review=True)
    assert [submit(filled(code)).state for _ in range(2)] == [S.APPROVED, S.WAITLISTED]
    assert used(code) == 2


def test_the_quota_of_an_organisation_is_opened_by_its_code(forum: Forum, officer: Account) -> None:
    category = closed_category(forum)
    quota = make_quota(category, organisation=make_organisation(), places=3)
    code = make_access_code(forum, category=category, quota=quota)
    approved = approve(submit(filled(code)), by=officer)
    assert approved.sent_by == quota.organisation
    assert Claim.objects.get(person=approved.person).pool == quota.pool


def test_the_quota_of_a_delegation_fixes_the_delegation(forum: Forum) -> None:
    category = closed_category(forum)
    code = make_access_code(forum, category=category, quota=make_quota(category, delegation="BY", places=3))
    with pytest.raises(DomainError) as refused:
        filled(code, delegation=make_delegation(forum, "RU-TOM"))
    assert set(refused.value.fields) == {"delegation"}
    assert filled(code).delegation == code.quota.delegation  # type: ignore[union-attr]


def test_a_quota_of_another_category_is_refused(forum: Forum) -> None:
    other = make_quota(closed_category(forum, code="guest"), places=3)
    with pytest.raises(DomainError) as refused:
        make_access_code(forum, quota=other)
    assert set(refused.value.fields) == {"quota"}


def test_codes_are_read_as_people_type_them(forum: Forum) -> None:
    code = make_access_code(forum)
    AccessCode.objects.update(code="K70D2MXA")
    for typed in ("k70d-2mxa", " K7OD 2MXA ", "К7ОД2МХА".replace("Д", "D")):
        assert code_of(forum, typed) == code
    assert code_of(forum, "not a code") is None

"""Places from the waiting list: offered in order, answered once, never after the closing (complaints CAP-2 to CAP-5)."""

import json
from datetime import timedelta

import pytest
from django.utils.timezone import now

from forum.errors import DomainError
from forum.models import Account, AuditEntry, Forum, Message
from registration.actions.applications import withdraw
from registration.actions.consents import note_consent, withdraw_consent
from registration.actions.line import claim_of_link, serve_line
from registration.actions.offers import OFFER_LAPSED, accept_link, accept_offer, decline_link
from registration.actions.review import approve, put_in_line
from registration.actions.sweeps import sweep
from registration.enums import ClaimState, ConsentEvidence
from registration.enums import RegistrationState as S
from registration.models import Category, Claim, Pool, Registration
from registration.queries.consents import matters_of
from registration.queries.line import in_line
from tests.factories.registration import make_category, make_consent_document, make_quota, make_registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(forum: Forum) -> Category:
    """One place, taken."""
    category = make_category(forum, places=1)
    make_registration(forum, category=category, state=S.CONFIRMED)
    return category


def free(category: Category) -> None:
    """Whoever has the place gives it back."""
    withdraw(Registration.objects.get(category=category, state=S.CONFIRMED))


def waiting(category: Category, number: int, *, by: Account, **changes: object) -> list[Registration]:
    people = [make_registration(category.forum, category=category, **changes) for _ in range(number)]
    for registration in people:
        put_in_line(registration, by=by)
    return people


def states(people: list[Registration]) -> list[str]:
    found = dict(Claim.objects.order_by("pk").values_list("person", "state"))
    return [found[registration.person_id] for registration in people]


def secret_of(registration: Registration) -> str:
    """From the last letter with an offer."""
    letter = Message.objects.filter(reason="registration.place_offered", subject_id=registration.ref).latest("pk")
    return json.loads(letter.context or "{}")["offer_link"].rstrip("/").rpartition("/")[2]


def fresh(registration: Registration) -> Registration:
    return Registration.objects.get(pk=registration.pk)


def test_accepting_is_approved_and_confirmed_in_one_step(full: Category, officer: Account) -> None:
    first, second = waiting(full, 2, by=officer)
    free(full)
    sweep()
    assert states([first, second]) == [ClaimState.OFFERED, ClaimState.WAITING]
    assert fresh(first).state == S.WAITLISTED
    secret = secret_of(first)
    for _press in range(2):
        assert accept_link(secret).state == S.CONFIRMED
    assert [step.to for step in first.moves.all()] == [S.WAITLISTED, S.APPROVED, S.CONFIRMED]
    assert Message.objects.filter(reason="registration.approved").count() == 0
    assert (Pool.objects.get(pk=full.pool_id).taken, fresh(first).confirm_by) == (1, None)
    assert AuditEntry.objects.filter(action="registration.offered").count() == 1


def test_no_secret_is_kept_and_no_other_link_opens_anything(full: Category, officer: Account) -> None:
    (person,) = waiting(full, 1, by=officer)
    free(full)
    sweep()
    secret = secret_of(person)
    claim = claim_of_link(secret)
    assert claim and claim.person_id == person.person_id
    assert secret.encode() not in bytes(claim.offer_hash)
    with pytest.raises(DomainError) as refusal:
        accept_link("0" * 32)
    assert (refusal.value.code, refusal.value.status) == ("places.offer_gone", 410)


def test_cap_2_a_place_given_back_never_becomes_more_than_one(full: Category, officer: Account) -> None:
    people = waiting(full, 4, by=officer)
    free(full)
    for _run in range(3):
        sweep()
        serve_line(pool_id=full.pool_id)
    assert states(people) == [ClaimState.OFFERED, *[ClaimState.WAITING] * 3]
    decline_link(secret_of(people[0]))
    sweep()
    assert states(people) == [ClaimState.RELEASED, ClaimState.OFFERED, *[ClaimState.WAITING] * 2]
    assert Pool.objects.get(pk=full.pool_id).taken == 1


def test_cap_3_an_offer_is_used_once_and_who_cancels_is_not_offered_again(full: Category, officer: Account) -> None:
    first, second = waiting(full, 2, by=officer)
    free(full)
    sweep()
    secret = secret_of(first)
    withdraw(accept_link(secret))
    sweep()
    assert states([first, second]) == [ClaimState.RELEASED, ClaimState.OFFERED]
    for answer in (accept_link, decline_link):
        with pytest.raises(DomainError) as refusal:
            answer(secret)
        assert refusal.value.code == "places.offer_gone"
    assert states([first, second]) == [ClaimState.RELEASED, ClaimState.OFFERED]


def test_an_offer_that_is_not_answered_goes_on_and_the_person_is_told(full: Category, officer: Account) -> None:
    first, second = waiting(full, 2, by=officer)
    free(full)
    sweep()
    Claim.objects.filter(state=ClaimState.OFFERED).update(offer_until=now())
    with pytest.raises(DomainError) as refusal:
        accept_offer(first)
    assert refusal.value.code == "places.offer_over"
    sweep()
    assert (fresh(first).state, fresh(first).note) == (S.CANCELLED, OFFER_LAPSED)
    assert states([first, second]) == [ClaimState.RELEASED, ClaimState.OFFERED]
    assert Message.objects.filter(reason="registration.offer_over", subject_id=first.ref).count() == 1
    assert Message.objects.filter(reason="registration.cancelled", subject_id=first.ref).count() == 0


def test_cap_4_one_list_by_rank_then_time_over_quotas_and_category(forum: Forum, officer: Account) -> None:
    category = make_category(forum, places=2)
    make_registration(forum, category=category, state=S.CONFIRMED, delegation="UZ")
    make_quota(category, places=1)
    approve(make_registration(forum, category=category), by=officer)
    (own,) = waiting(category, 1, by=officer)
    (stranger,) = waiting(category, 1, by=officer, delegation="UZ")
    (late,) = waiting(category, 1, by=officer, delegation="BY")
    Claim.objects.filter(person=late.person).update(rank=1)
    lines = in_line([fresh(own), fresh(stranger), fresh(late)])
    assert [[(s.position, s.length) for s in lines[r.pk].standings] for r in (own, stranger, late)] == [
        [(1, 1), (1, 3)],
        [(2, 3)],
        [(3, 3)],
    ]
    free(category)
    sweep()
    assert states([own, stranger, late]) == [ClaimState.OFFERED, ClaimState.WAITING, ClaimState.WAITING]
    assert Claim.objects.get(person=own.person).pool_id == category.pool_id


def test_a_closed_quota_waits_for_its_own_places_only(forum: Forum, officer: Account) -> None:
    category = make_category(forum, places=2)
    quota = make_quota(category, places=1, overflows=False)
    holder = approve(make_registration(forum, category=category), by=officer)
    (own,) = waiting(category, 1, by=officer)
    sweep()
    assert (states([own]), Pool.objects.get(pk=category.pool_id).left) == ([ClaimState.WAITING], 1)
    withdraw(holder)
    sweep()
    assert (states([own]), Claim.objects.get(person=own.person).pool_id) == ([ClaimState.OFFERED], quota.pool_id)


@pytest.mark.parametrize("closed", ["stage", "date", "date of the quota", "forum over"])
def test_cap_5_nothing_is_offered_or_accepted_after_the_closing(forum: Forum, officer: Account, closed: str) -> None:
    category = make_category(forum, places=1)
    quota = make_quota(category, places=1)
    holder = approve(make_registration(forum, category=category), by=officer)
    first, second = waiting(category, 2, by=officer)
    withdraw(holder)
    sweep()
    secret = secret_of(first)
    if closed == "stage":
        Forum.objects.update(applications_open=False)
    elif closed == "forum over":
        Forum.objects.update(starts_on="2020-05-20", ends_on="2020-05-21")
    else:
        pool = quota.pool_id if "quota" in closed else category.pool_id
        Pool.objects.filter(pk=pool).update(closes_at=now())
    with pytest.raises(DomainError) as refusal:
        accept_link(secret)
    assert refusal.value.code == "places.line_closed"
    sweep()
    assert states([first, second]) == [ClaimState.RELEASED, ClaimState.WAITING]
    assert in_line([fresh(second)])[second.pk].moves is False
    assert Pool.objects.get(pk=quota.pool_id).taken == 0


def test_cap_5_an_offer_never_outlives_the_closing(full: Category, officer: Account) -> None:
    closes = now() + timedelta(hours=5)
    Pool.objects.filter(pk=full.pool_id).update(closes_at=closes)
    Forum.objects.update(applications_open=False)  # the date that was set for the list is the one that counts
    (person,) = waiting(full, 1, by=officer)
    free(full)
    sweep()
    assert Claim.objects.get(person=person.person).offer_until == closes


def test_who_has_left_or_taken_the_consent_back_is_passed_over(full: Category, officer: Account) -> None:
    left, silent, third = waiting(full, 3, by=officer)
    withdraw(left)
    note_consent(
        silent.person,
        document=make_consent_document(full.forum),
        language="ru",
        evidence=ConsentEvidence.OWN_TICK,
    )
    withdraw_consent(silent, matter=matters_of(silent.person)[0], language="ru", ip=None, by=None)
    free(full)
    sweep()
    assert states([left, silent, third]) == [ClaimState.RELEASED, ClaimState.RELEASED, ClaimState.OFFERED]


def test_an_officer_may_approve_whom_a_place_is_offered_to(full: Category, officer: Account) -> None:
    (person,) = waiting(full, 1, by=officer)
    free(full)
    sweep()
    assert approve(fresh(person), by=officer).state == S.APPROVED
    assert Pool.objects.get(pk=full.pool_id).taken == 1
    with pytest.raises(DomainError):
        accept_link(secret_of(person))

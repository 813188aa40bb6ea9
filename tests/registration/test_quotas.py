"""Quotas: places move between a category and its groups, nobody is evicted, and the sums stay exact."""

from contextlib import suppress
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from forum.errors import DomainError
from forum.models import Account, AuditEntry, Forum
from registration.actions.applications import withdraw
from registration.actions.corrections import correct_facts
from registration.actions.pools import miscounted, recount_pool
from registration.actions.quotas import Terms, set_quota
from registration.actions.review import approve, put_in_line, replace
from registration.actions.sweeps import sweep
from registration.enums import ClaimState
from registration.enums import RegistrationState as S
from registration.models import Category, Claim, Pool, Quota, Registration
from registration.queries.quotas import total_places
from tests.factories.agenda import make_organisation
from tests.factories.registration import make_category, make_delegation, make_quota, make_registration

pytestmark = pytest.mark.django_db


def figures(pool: Pool) -> tuple[int, int, int]:
    """(taken, places, excess) as they stand."""
    return Pool.objects.values_list("taken", "places", "excess").get(pk=pool.pk)


def change(quota: Quota, by: Account, **terms: object) -> Quota:
    beyond = {name: terms.pop(name) for name in ("beyond_free", "reason") if name in terms}
    group = quota.delegation or quota.organisation
    version = Quota.objects.get(pk=quota.pk).version
    category = Category.objects.get(pk=quota.category_id)
    return set_quota(category, group=group, terms=Terms(version=version, **terms), by=by, **beyond)


def test_a_quota_is_carved_out_of_what_is_free(forum: Forum, officer: Account) -> None:
    category = make_category(forum, places=10)
    make_registration(forum, category=category, state=S.APPROVED, delegation="RU-SPE")
    quota = make_quota(category, places=4)
    assert (figures(category.pool), figures(quota.pool)) == ((1, 6, 0), (0, 4, 0))
    with pytest.raises(DomainError) as refusal:
        change(quota, officer, places=10)
    assert (refusal.value.code, refusal.value.data["most"], set(refusal.value.fields)) == (
        "places.none_free",
        9,
        {"places"},
    )
    change(quota, officer, places=9)
    change(quota, officer, places=2)
    assert (figures(category.pool), figures(quota.pool)) == ((1, 8, 0), (0, 2, 0))
    assert [entry.data["places"] for entry in AuditEntry.objects.filter(action="quota.set").order_by("pk")] == [4, 9, 2]


def test_more_than_is_free_needs_a_word_and_a_reason(forum: Forum, officer: Account) -> None:
    category = make_category(forum, places=3)
    for _ in range(3):
        make_registration(forum, category=category, state=S.CONFIRMED, delegation="RU-SPE")
    quota = make_quota(category, places=0)
    with pytest.raises(DomainError) as refusal:
        change(quota, officer, places=2, beyond_free=True)
    assert refusal.value.code == "quota.reason_missing"
    change(quota, officer, places=2, beyond_free=True, reason="просьба министерства")
    assert (figures(category.pool), figures(quota.pool)) == ((3, 1, 2), (0, 2, 0))
    entry = AuditEntry.objects.filter(action="quota.set").latest("pk")
    assert (entry.reason, entry.data["beyond_free"]) == ("просьба министерства", True)
    with pytest.raises(DomainError):
        change(quota, officer, places=4, beyond_free=True, reason="ещё")


def test_a_smaller_quota_evicts_nobody_and_its_places_go_to_the_category_as_they_are_freed(
    forum: Forum, officer: Account
) -> None:
    category = make_category(forum, places=5)
    quota = make_quota(category, places=4, overflows=False)
    comers = [approve(make_registration(forum, category=category), by=officer) for _ in range(4)]
    small = change(quota, officer, places=1, overflows=False)
    assert (small.pool.excess, figures(category.pool), figures(quota.pool)) == (3, (0, 1, 0), (4, 1, 3))
    assert total_places(category) == (4, 2)
    withdraw(comers[0])
    assert (figures(category.pool), figures(quota.pool)) == ((0, 2, 0), (3, 1, 2))
    change(quota, officer, places=2, overflows=False)
    assert (figures(category.pool), figures(quota.pool)) == ((0, 2, 0), (3, 2, 1))
    for comer in comers[1:]:
        withdraw(comer)
    assert (figures(category.pool), figures(quota.pool)) == ((0, 3, 0), (0, 2, 0))


def test_whoever_came_before_the_quota_is_counted_in_it(forum: Forum, officer: Account) -> None:
    category = make_category(forum, places=6)
    before = [make_registration(forum, category=category, state=S.APPROVED) for _ in range(3)]
    other = make_registration(forum, category=category, state=S.APPROVED, delegation="RU-SPE")
    waiting = make_registration(forum, category=category, state=S.WAITLISTED)
    quota = make_quota(category, places=2)
    assert (figures(category.pool), figures(quota.pool)) == ((2, 4, 0), (2, 2, 0))
    counted = {claim.person_id: claim.pool_id for claim in Claim.objects.all()}
    assert [counted[r.person_id] == quota.pool_id for r in [*before, other, waiting]] == [
        True,
        True,
        False,
        False,
        True,
    ]
    make_quota(category, places=3, version=1)
    assert (figures(category.pool), figures(quota.pool)) == ((1, 3, 0), (3, 3, 0))
    assert miscounted() == []


def test_the_quota_comes_first_then_the_category_where_it_may(forum: Forum, officer: Account) -> None:
    category = make_category(forum, places=3)
    quota = make_quota(category, places=1)
    first, second, third, fourth = (make_registration(forum, category=category) for _ in range(4))
    stranger = make_registration(forum, category=category, delegation="RU-SPE")
    for each in (first, second, stranger):
        approve(each, by=officer)
    assert (figures(category.pool), figures(quota.pool)) == ((2, 2, 0), (1, 1, 0))
    with pytest.raises(DomainError) as refusal:
        approve(third, by=officer)
    assert refusal.value.code == "places.full"
    assert "Томск" in refusal.value.message
    assert "1\xa0из\xa01" in refusal.value.message or "1 of 1" in refusal.value.message
    withdraw(stranger)
    change(quota, officer, places=1, overflows=False)
    with pytest.raises(DomainError):
        approve(fourth, by=officer)
    assert figures(category.pool) == (1, 2, 0)


def test_an_organisation_has_its_own_people_and_no_typed_name_opens_its_quota(forum: Forum, officer: Account) -> None:
    category, plant = make_category(forum, places=4), make_organisation("azot")
    of_region = make_quota(category, places=1)
    of_plant = make_quota(category, organisation=plant, places=1, overflows=False)
    sent = make_registration(forum, category=category, sent_by=plant)
    typed = make_registration(forum, category=category, organisation=plant.name)
    approve(sent, by=officer)
    approve(typed, by=officer)
    assert (figures(of_plant.pool)[0], figures(of_region.pool)[0], figures(category.pool)[0]) == (1, 1, 0)
    with pytest.raises(DomainError):
        approve(make_registration(forum, category=category, sent_by=plant), by=officer)


def test_unused_places_are_released_at_the_date_and_the_own_line_comes_first(forum: Forum, officer: Account) -> None:
    category = make_category(forum, places=2)
    quota = make_quota(category, places=2, overflows=False, release_at=now() + timedelta(days=1))
    stranger = make_registration(forum, category=category, delegation="RU-SPE")
    put_in_line(stranger, by=officer)
    own = make_registration(forum, category=category)
    put_in_line(own, by=officer)
    sweep()
    assert Claim.objects.get(person=own.person).state == ClaimState.OFFERED
    assert Claim.objects.get(person=stranger.person).state == ClaimState.WAITING
    Pool.objects.filter(pk=quota.pool_id).update(release_at=now())
    sweep()
    assert Claim.objects.get(person=stranger.person).state == ClaimState.OFFERED
    assert (figures(category.pool), figures(quota.pool)) == ((1, 1, 0), (1, 1, 0))
    assert AuditEntry.objects.get(action="quota.released").data == {"places": 1}
    sweep()
    assert AuditEntry.objects.filter(action="quota.released").count() == 1
    assert Pool.objects.get(pk=quota.pool_id).overflows


def test_a_place_freed_after_the_release_goes_to_the_own_line_then_to_everybody(forum: Forum, officer: Account) -> None:
    category = make_category(forum, places=2)
    quota = make_quota(category, places=2, overflows=False)
    comers = [approve(make_registration(forum, category=category), by=officer) for _ in range(2)]
    stranger = make_registration(forum, category=category, delegation="RU-SPE")
    own = make_registration(forum, category=category)
    put_in_line(stranger, by=officer)
    put_in_line(own, by=officer)
    Pool.objects.filter(pk=quota.pool_id).update(release_at=now())
    withdraw(comers[0])
    sweep()
    assert Claim.objects.get(person=own.person).state == ClaimState.OFFERED
    withdraw(comers[1])
    sweep()
    assert Claim.objects.get(person=stranger.person).state == ClaimState.OFFERED
    assert (figures(category.pool), figures(quota.pool)) == ((1, 1, 0), (1, 1, 0))


def test_a_corrected_delegation_takes_the_place_along_or_is_refused(forum: Forum, officer: Account) -> None:
    category = make_category(forum, places=4)
    tomsk, nsk = make_quota(category, places=1, overflows=False), make_quota(category, delegation="RU-SPE", places=1)
    change(nsk, officer, places=1, overflows=False)
    mover = approve(make_registration(forum, category=category), by=officer)
    approve(make_registration(forum, category=category, delegation="RU-SPE"), by=officer)

    def correct(code: str) -> None:
        fresh = Registration.objects.get(pk=mover.pk)
        answers = {"delegation": make_delegation(forum, code)}
        correct_facts(fresh, version=fresh.version, answers=answers, reason="ошибка", by=officer)

    with pytest.raises(DomainError) as refusal:
        correct("RU-SPE")
    assert refusal.value.code == "places.full"
    correct("UZ")
    assert (figures(tomsk.pool)[0], figures(nsk.pool)[0], figures(category.pool)[0]) == (0, 1, 1)
    correct("RU-TOM")
    assert (figures(tomsk.pool)[0], figures(category.pool)[0]) == (1, 0)


def test_a_substitute_is_of_the_same_quota_also_while_it_is_over_full(forum: Forum, officer: Account) -> None:
    category = make_category(forum, places=3)
    quota = make_quota(category, places=2, overflows=False)
    old = make_registration(forum, category=category)
    for each in (old, make_registration(forum, category=category)):
        approve(each, by=officer)
    Registration.objects.filter(pk=old.pk).update(state=S.CONFIRMED)
    old.refresh_from_db()
    change(quota, officer, places=1, overflows=False)
    stranger = make_registration(forum, category=category, delegation="RU-SPE")
    with pytest.raises(DomainError) as refusal:
        replace(old, substitute=stranger, by=officer, reason="болезнь")
    assert (refusal.value.code, set(refusal.value.fields)) == ("registration.other_quota", {"substitute"})
    before = figures(quota.pool)
    replace(old, substitute=make_registration(forum, category=category), by=officer, reason="болезнь")
    assert figures(quota.pool) == before == (2, 1, 1)
    assert miscounted() == []


def test_the_later_of_two_changes_is_refused(forum: Forum, officer: Account) -> None:
    category = make_category(forum, places=5)
    make_quota(category, places=2)
    with pytest.raises(DomainError) as refusal:
        make_quota(category, places=3)
    assert refusal.value.code == "quota.stale"
    with pytest.raises(DomainError) as refusal:
        make_quota(category, places=3, version=1, release_at=now())
    assert (refusal.value.code, set(refusal.value.fields)) == ("quota.past", {"release_at"})


def test_recounting_a_quota_gives_the_category_what_is_owed(forum: Forum, officer: Account) -> None:
    category = make_category(forum, places=5)
    quota = make_quota(category, places=3, overflows=False)
    for _ in range(2):
        approve(make_registration(forum, category=category), by=officer)
    change(quota, officer, places=1, overflows=False)
    Pool.objects.filter(pk=quota.pool_id).update(taken=3, excess=2)
    recount_pool(quota.pool)
    assert (figures(quota.pool), total_places(category)) == ((2, 1, 1), (2, 5))


def check() -> str:
    out = StringIO()
    with suppress(CommandError):
        call_command("check_places", stdout=out)
    return out.getvalue()


def test_claims_and_applications_are_compared_by_the_command(forum: Forum, officer: Account) -> None:
    category = make_category(forum, places=5)
    quota = make_quota(category, places=2)
    approved, waiting, other = (make_registration(forum, category=category) for _ in range(3))
    approve(approved, by=officer)
    approve(other, by=officer)
    put_in_line(waiting, by=officer)
    assert check() == "0 wrong numbers\n"
    Registration.objects.filter(pk=other.pk).update(state=S.REJECTED)
    Claim.objects.filter(person=waiting.person).update(state=ClaimState.RELEASED)
    Claim.objects.filter(person=approved.person).update(root=quota.pool)
    claims = {claim.person_id: claim.public_id for claim in Claim.objects.all()}
    assert set(check().splitlines()) == {
        f"application {approved.ref}: approved without a claim",
        f"application {waiting.ref}: waitlisted without a claim",
        f"claim {claims[approved.person_id]}: held without an application",
        f"claim {claims[other.person_id]}: held without an application",
        f"claim {claims[approved.person_id]}: counted under another pool",
    }


@pytest.mark.parametrize("wrong", ["both", "none", "twice", "root releases"])
def test_the_database_refuses_a_quota_of_nobody_and_a_second_one(forum: Forum, wrong: str) -> None:
    category, delegation = make_category(forum), make_delegation(forum)
    quota = make_quota(category, places=1)
    pool = Pool.objects.create(kind="quota", places=0, parent=category.pool)
    group = {"delegation": delegation, "organisation": make_organisation("azot") if wrong == "both" else None}
    with pytest.raises(IntegrityError), transaction.atomic():
        if wrong == "root releases":
            Pool.objects.filter(pk=category.pool_id).update(release_at=now())
        else:
            Quota.objects.create(forum=forum, category=category, pool=pool, **({} if wrong == "none" else group))
    assert Quota.objects.get() == quota

"""More people than places at one moment, and quotas under way. Every door to the last place: `test_every_door.py`."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from forum.models import Account, Forum
from registration.actions.applications import submit
from registration.actions.pools import miscounted
from registration.actions.quotas import Terms, set_quota
from registration.actions.review import approve
from registration.enums import ClaimState
from registration.enums import RegistrationState as S
from registration.models import Category, Claim, Pool, Quota, Registration
from tests.factories.registration import (
    make_category,
    make_delegation,
    make_quota,
    make_registration,
)
from tests.races.at_once import at_once, refusals
from tests.races.doors import drafts

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("places", [20, pytest.param(100, marks=pytest.mark.long)])
def test_three_times_as_many_at_once_as_there_are_places(forum: Forum, places: int) -> None:
    category = make_category(forum, code="online", places=places, needs_approval=False)
    sends = [partial(submit, draft) for draft in drafts(category, 3 * places)]
    answers = [answer for first in range(0, 3 * places, 50) for answer in at_once(sends[first : first + 50])]
    assert refusals(answers) == []
    states = Counter(Registration.objects.values_list("state", flat=True))
    assert states == {S.APPROVED: places, S.WAITLISTED: 2 * places}
    assert Claim.objects.filter(state=ClaimState.HELD).count() == Pool.objects.get(pk=category.pool_id).taken == places


def test_last_place_of_a_quota_and_of_the_category_go_to_two_of_twenty(forum: Forum, officer: Account) -> None:
    category = make_category(forum, places=2)
    quota = make_quota(category, places=1)
    applications = [make_registration(forum, category=category) for _ in range(20)]
    results = at_once([partial(approve, r, by=officer) for r in applications])
    assert refusals(results) == ["places.full"] * 18
    assert [Pool.objects.get(pk=pk).taken for pk in (category.pool_id, quota.pool_id)] == [1, 1]
    assert Claim.objects.filter(state=ClaimState.HELD).count() == 2


def test_two_officers_make_one_quota_and_no_place_is_carved_twice(forum: Forum, officer: Account) -> None:
    category, group = make_category(forum, places=5), make_delegation(forum)
    other = make_delegation(forum, "UZ")
    ask = partial(set_quota, by=officer, terms=Terms(places=3))
    fresh = [Category.objects.select_related("pool", "forum").get(pk=category.pk) for _ in range(8)]
    results = at_once([partial(ask, c, group=other if n % 2 else group) for n, c in enumerate(fresh)])
    assert Counter(refusals(results)) == {"quota.stale": 3, "places.none_free": 4}
    assert Quota.objects.count() == 1
    assert Pool.objects.get(pk=category.pool_id).places == 2


def test_a_quota_is_changed_while_its_people_come_and_go(forum: Forum, officer: Account) -> None:
    category = make_category(forum, places=12)
    people = [make_registration(forum, category=category) for _ in range(12)]
    quota = make_quota(category, places=4)

    def resize(places: int) -> None:
        known = Quota.objects.select_related("category__pool", "category__forum", "delegation").get(pk=quota.pk)
        terms = Terms(places=places, version=known.version)
        set_quota(known.category, group=known.delegation, terms=terms, by=officer)

    calls: list[Callable[[], Any]] = [partial(approve, r, by=officer) for r in people]
    results = at_once([*calls, *[partial(resize, places) for places in (8, 2, 6)]])
    assert set(refusals(results)) <= {"quota.stale", "places.none_free", "places.full"}
    for registration in Registration.objects.filter(state=S.SUBMITTED):
        approve(registration, by=officer)  # looked here and there while the place was on its way
    assert Claim.objects.filter(state=ClaimState.HELD).count() == 12
    pools = [Pool.objects.get(pk=pk) for pk in (category.pool_id, quota.pool_id)]
    assert sum(p.places for p in pools) + pools[1].excess == 12
    assert (sum(p.taken for p in pools), miscounted()) == (12, [])

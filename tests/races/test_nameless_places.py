"""Places without names count like any other: together with people never more than there are, given back once, taken once."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction
from django.utils.timezone import now

from forum.models import Account, Forum
from registration.actions.placeholders import Kept, give_places_back, keep_places, put_by
from registration.actions.pools import miscounted
from registration.actions.review import approve
from registration.models import PlaceHolder, Pool, Quota, Registration
from tests.factories.registration import make_category, make_quota, make_registration
from tests.races.at_once import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)


def quota_of(forum: Forum, places: int) -> Quota:
    return make_quota(make_category(forum, places=20), places=places, overflows=False)


def wanted(number: int) -> Kept:
    return Kept(number=number, names_by=now() + timedelta(days=7), seen=0)


def taken(quota: Quota) -> int:
    return Pool.objects.get(pk=quota.pool_id).taken


def fresh(registration: Registration) -> Registration:
    return Registration.objects.get(pk=registration.pk)


def test_the_last_places_go_to_people_or_are_kept_but_never_both(forum: Forum, officer: Account) -> None:
    quota = quota_of(forum, 3)
    people = [make_registration(forum) for _ in range(4)]
    approving = [partial(approve, fresh(one), by=officer) for one in people]
    keeping = [partial(keep_places, Quota.objects.get(pk=quota.pk), wanted=wanted(2), by=officer) for _ in range(4)]
    at_once([*approving, *keeping])
    kept = PlaceHolder.objects.live().count()
    held = quota.pool.claims.filter(state="held").count()
    assert kept + held == taken(quota) <= 3
    assert kept in (0, 2)
    assert miscounted() == []


def test_a_form_sent_many_times_keeps_once(forum: Forum, officer: Account) -> None:
    quota = quota_of(forum, 9)
    results = at_once(
        [partial(keep_places, Quota.objects.get(pk=quota.pk), wanted=wanted(2), by=officer) for _ in range(6)]
    )
    assert refusals(results) == ["placeholder.stale"] * 5
    assert PlaceHolder.objects.live().count() == taken(quota) == 2


def test_a_place_is_taken_by_its_person_or_given_back_once(forum: Forum, officer: Account) -> None:
    quota = quota_of(forum, 4)
    keep_places(quota, wanted=wanted(4), by=officer)
    mine = make_registration(forum)
    with transaction.atomic():
        put_by(mine, by=officer)
    back = [partial(give_places_back, Quota.objects.get(pk=quota.pk), number=4, by=officer) for _ in range(4)]
    results = at_once([*back, *(partial(approve, fresh(mine), by=officer) for _ in range(3))])
    assert refusals(results) == []
    assert sum(one for one in results if isinstance(one, int)) == 3
    assert taken(quota) == 1
    assert quota.pool.claims.get(state="held").person_id == mine.person_id
    assert miscounted() == []

"""Two organisers who end each other at the same moment must not lock everybody out."""

from functools import partial

import pytest

from forum.actions.accounts import end_role, grant_role
from forum.enums import Role
from forum.models import Forum, Membership
from tests.factories.forum import make_staff
from tests.races.at_once import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)


def test_organisers_ending_each_other_leave_one(forum: Forum) -> None:
    anna, boris = make_staff(forum, Role.ORGANISER), make_staff(forum, Role.ORGANISER)
    grant_of = {account.pk: account.memberships.get() for account in (anna, boris)}
    results = at_once([partial(end_role, grant_of[boris.pk], by=anna), partial(end_role, grant_of[anna.pk], by=boris)])
    assert refusals(results) == ["rights.last_organiser"]
    assert Membership.objects.active().filter(role=Role.ORGANISER).count() == 1


def test_same_grant_at_once_is_one_grant(forum: Forum) -> None:
    until = make_staff(forum, Role.ORGANISER).memberships.get().valid_until
    give = partial(grant_role, email="new@example.org", forum=forum, role=Role.VIEWER, valid_until=until, by=None)
    results = at_once([give for _ in range(6)])
    assert refusals(results) == []
    assert Membership.objects.filter(role=Role.VIEWER).count() == 1

"""One place goes to one substitute, whoever asks at the same moment."""

from functools import partial

import pytest

from forum.models import Account, Forum
from registration.actions.review import replace
from registration.enums import ClaimState
from registration.enums import RegistrationState as S
from registration.models import Pool, Registration
from tests.factories.registration import make_category, make_registration
from tests.races.at_once import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_officers_with_two_substitutes_fill_one_place(forum: Forum, officer: Account) -> None:
    category = make_category(forum, places=1)
    old = make_registration(forum, category=category, state=S.CONFIRMED)
    waiting = make_registration(forum, category=category, state=S.WAITLISTED)
    substitutes = [make_registration(forum, category=category) for _number in range(4)]
    calls = [
        partial(replace, Registration.objects.get(pk=old.pk), substitute=new, by=officer, reason="болезнь")
        for new in substitutes
    ]
    results = at_once(calls)
    assert refusals(results) == ["registration.move_refused"] * 3
    assert Registration.objects.filter(state=S.APPROVED).count() == 1
    assert Registration.objects.get(pk=old.pk).state == S.REPLACED
    assert Registration.objects.get(pk=waiting.pk).state == S.WAITLISTED
    assert Pool.objects.get(pk=category.pool_id).taken == 1
    assert category.pool.claims.filter(state=ClaimState.HELD).count() == 1

"""One place, one hand-over at a time; taking back and approving at the same moment leave one holder."""

from functools import partial

import pytest

from forum.models import Account, Forum
from registration.actions.hand_over import begin_hand_over, take_back
from registration.actions.review import approve
from registration.enums import ClaimState
from registration.enums import RegistrationState as S
from registration.models import HandOver, Pool, Registration
from tests.factories.registration import make_category, make_registration
from tests.races.at_once import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_hand_over_is_open(forum: Forum) -> None:
    giver = make_registration(forum, state=S.CONFIRMED)
    begin = partial(begin_hand_over, giver, names={"surname": "Заменина"}, by=None)
    results = at_once([partial(begin, email=f"s{number}@example.org") for number in range(4)])
    assert refusals(results) == ["hand_over.open"] * 3
    assert HandOver.objects.filter(ended_at=None).count() == 1


def test_taking_back_and_approving_leave_one_holder(forum: Forum, officer: Account) -> None:
    category = make_category(forum, places=3)
    calls = []
    for number in range(3):
        giver = make_registration(forum, category=category, state=S.CONFIRMED)
        begun = begin_hand_over(giver, names={"surname": "Заменина"}, email=f"s{number}@example.org", by=None)
        begun.substitute.state, begun.substitute.awaits_consent = S.SUBMITTED, False
        begun.substitute.submitted_at, begun.substitute.organisation = giver.submitted_at, "Музей"
        begun.substitute.position = "хранитель"
        begun.substitute.save()
        calls += [partial(take_back, giver, by=None), partial(approve, begun.substitute, by=officer)]
    assert set(refusals(at_once(calls))) <= {"places.full", "registration.move_refused"}
    assert Pool.objects.get(pk=category.pool_id).taken == 3
    assert category.pool.claims.filter(state=ClaimState.HELD).count() == 3
    assert Registration.objects.filter(state__in=[S.CONFIRMED, S.APPROVED]).count() == 3
    assert HandOver.objects.filter(ended_at=None).count() == 0

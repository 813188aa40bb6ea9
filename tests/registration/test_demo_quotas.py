"""The demo's quotas: counted right, one of them full, an offer that is open."""

import pytest

from forum.demo import build_edition
from registration import demo
from registration.actions.pools import miscounted
from registration.demo_quotas import CLOSED, OFFERED
from registration.enums import ClaimState
from registration.models import Claim, Quota

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("stage", "open_offers"), [("before", 1), ("after", 1)])
def test_quotas_of_the_demo_are_true_and_somebody_is_offered_a_place(stage: str, open_offers: int) -> None:
    demo.build(build_edition(stage=stage, seed=1, people=70))
    assert Quota.objects.filter(organisation=None).count() == 5
    assert miscounted() == []
    claim = Claim.objects.get(state=ClaimState.OFFERED)
    assert claim.person.email == OFFERED
    category, delegation = CLOSED
    assert claim.pool == Quota.objects.get(category__code=category, delegation__region__code=delegation).pool

"""Whatever people do in whatever order: never more than the places, the line keeps its order, nothing stays free."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agenda.actions.bookings import give_back, take, wait_for
from forum.errors import DomainError
from forum.models import Forum
from registration.actions.line import expire_offers, serve_line
from registration.actions.pools import miscounted
from registration.enums import ClaimState
from registration.models import Claim, Pool
from tests.agenda.test_actions_bookings import visit
from tests.factories.agenda import make_delegate

pytestmark = pytest.mark.django_db
PEOPLE = 4
STEPS = st.lists(
    st.tuples(st.sampled_from(["take", "wait", "back", "lapse", "serve"]), st.integers(0, PEOPLE - 1)), max_size=14
)


@given(steps=STEPS, places=st.integers(1, 2))
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_line_is_never_above_capacity_and_keeps_its_order(
    forum: Forum, steps: list[tuple[str, int]], places: int
) -> None:
    place, people = visit(forum, places=places), [make_delegate(forum) for _ in range(PEOPLE)]
    for act, number in steps:
        before = _waiting(place)
        try:
            _do(act, place, people[number])
        except DomainError as refusal:
            assert refusal.code in ("places.full", "places.offer_over")
        pool = Pool.objects.get(pk=place.pool.pk)
        assert pool.taken <= places
        kept = [claim for claim in before if claim in _waiting(place)]
        assert kept == _waiting(place)[: len(kept)], "whoever waits longer stands ahead"
        assert miscounted() == []
    serve_line(pool_id=place.pool.pk)
    assert Pool.objects.get(pk=place.pool.pk).left == 0 or not _waiting(place), "no place is free while somebody waits"


def _do(act: str, place: object, person: object) -> None:
    if act == "lapse":
        Claim.objects.filter(state=ClaimState.OFFERED).update(offer_until="2020-01-01T00:00Z")
        expire_offers()
    elif act == "serve":
        serve_line(pool_id=place.pool.pk)
    else:
        {"take": take, "wait": wait_for, "back": give_back}[act](place, registration=person)


def _waiting(place: object) -> list[int]:
    return list(place.pool.claims.in_line().values_list("pk", flat=True))

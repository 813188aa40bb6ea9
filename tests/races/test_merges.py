"""Two officers merge one pair in both directions at the same moment: one wins, the other is told."""

from functools import partial

import pytest

from forum.models import Account, Forum
from registration.actions.merge_undo import undo_merge
from registration.actions.merging import merge
from registration.actions.not_same import set_apart
from registration.actions.pools import miscounted
from registration.enums import RegistrationState as S
from registration.models import Merge, MergeUndo, NotSame, Registration
from tests.factories.registration import make_registration
from tests.races.at_once import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_stays_and_one_ends(forum: Forum, officer: Account) -> None:
    for _round in range(3):
        pair = [make_registration(forum, state=S.CONFIRMED) for _ in range(2)]
        fresh = [partial(Registration.objects.select_related("forum", "category__pool").get, pk=row.pk) for row in pair]
        calls = [partial(merge, fresh[at](), fresh[1 - at](), reason="дважды", by=officer) for at in (0, 1, 0, 1)]
        results = at_once(calls)  # type: ignore[arg-type]
        assert refusals(results) == ["merge.over"] * 3
        assert {fresh[0]().state, fresh[1]().state} == {S.CONFIRMED, S.CANCELLED}
        made = Merge.objects.get(kept__in=pair)
        at_once([partial(undo_merge, made, by=officer)] * 3)  # type: ignore[list-item]
        assert MergeUndo.objects.filter(merge=made).count() == 1
        assert [row().state for row in fresh] == [S.CONFIRMED, S.CONFIRMED]
        assert miscounted() == []


def test_two_people_are_noted_once(forum: Forum, officer: Account) -> None:
    one, other = make_registration(forum), make_registration(forum)
    calls = [partial(set_apart, *pair, by=officer) for pair in ((one, other), (other, one)) * 2]
    results = at_once(calls)
    assert sorted(map(bool, results)) == [False, False, False, True]
    assert NotSame.objects.count() == 1

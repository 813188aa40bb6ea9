"""One plate, one day, one pass; one number each."""

from functools import partial

import pytest

from forum.models import Account, Forum, Paper
from registration.actions.vehicles import approve_vehicle, ask_for_pass
from registration.models import Vehicle, VehicleDay
from tests.factories.vehicles import make_vehicle, terms_of
from tests.races.at_once import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_plate_gets_one_pass_for_a_day(forum: Forum, officer: Account) -> None:
    spellings = [terms_of(forum, plate=plate) for plate in ("А123ВС142", "A123BC142", "a 123 bc 142", "А-123-ВС-142")]
    results = at_once([partial(ask_for_pass, forum, terms=terms, by=officer) for terms in spellings])
    assert refusals(results) == ["vehicle.twice"] * 3
    assert (Vehicle.objects.count(), VehicleDay.objects.count()) == (1, 1)


def test_approved_at_once_numbers_have_no_gaps(forum: Forum, officer: Account) -> None:
    vehicles = [make_vehicle(forum, by=officer, plate=f"А12{number}ВС142") for number in range(3)]
    calls = [partial(approve_vehicle, vehicle, by=officer) for vehicle in (*vehicles, *vehicles)]
    assert refusals(at_once(calls)) == ["vehicle.decided"] * 3
    assert sorted(Paper.objects.values_list("number", flat=True)) == [1, 2, 3]

"""A list for a plant made while people on it take their consent back: nobody who has withdrawn stands in a file of ours."""

from functools import partial

import pytest

from agenda.models import PlantList, PlantListEntry
from agenda.queries.plant_lists import plant_state
from forum.enums import Role
from forum.models import Forum, StoredFile
from registration.enums import ConsentPurpose
from registration.models import HandedOut
from tests.factories.forum import make_staff
from tests.factories.plant_lists import make_list, make_visit, make_visitor, take_back
from tests.races.at_once import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)


def test_making_and_withdrawing_at_once_leave_no_file_with_the_person(forum: Forum) -> None:
    by = make_staff(forum, Role.VISIT_COORDINATOR)
    place = make_visit(forum, "number")
    gone, stays = make_visitor(place), make_visitor(place, citizenship="UZ")
    withdraw = partial(take_back, gone, ConsentPurpose.PLANT_ACCESS, place=place)
    results = at_once([withdraw, *(partial(make_list, place, by=by) for _ in range(3))])
    assert set(refusals(results)) <= {"plant_list.changed"}
    kept = PlantListEntry.objects.filter(list__file__isnull=False)
    assert not kept.filter(registration=gone).exists()
    assert not HandedOut.objects.filter(registration=gone, recalled_at=None).exists()
    assert [one.registration.pk for one in plant_state(place).ready] == [stays.pk]
    numbers = list(PlantList.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert StoredFile.objects.count() == PlantList.objects.filter(file__isnull=False).count()


def test_two_lists_at_once_have_two_numbers_or_one_is_refused(forum: Forum) -> None:
    by = make_staff(forum, Role.VISIT_COORDINATOR)
    place = make_visit(forum, "number")
    make_visitor(place)
    results = at_once([partial(make_list, place, by=by) for _ in range(4)])
    assert set(refusals(results)) <= {"plant_list.changed"}
    made = PlantList.objects.count()
    assert made + len(refusals(results)) == 4 and made >= 1
    assert StoredFile.objects.count() == made

"""What plants need of documents: only of people with a place, only what the plant says, until the visit is over."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils.timezone import now

from agenda.actions.bookings import give_back, take, wait_for
from agenda.queries.bookables import of_slot
from forum.enums import Role
from forum.models import Forum
from registration.enums import DocumentField
from registration.models import Registration
from registration.queries.documents import documents_visible_to, needs_of, needs_of_one
from tests.factories.agenda import make_delegate, make_programme, make_slot
from tests.factories.forum import make_staff

pytestmark = pytest.mark.django_db
F = DocumentField


def visitor(forum: Forum, *fields: str, places: int = 20) -> tuple[Any, Registration]:
    slot = make_slot(make_programme(forum, needed_fields=list(fields)), places=places)
    return of_slot(slot, forum=forum), make_delegate(forum)


def test_a_place_in_a_visit_asks_for_what_the_plant_needs(forum: Forum) -> None:
    place, registration = visitor(forum, "number", "issued_by")
    assert needs_of_one(registration).fields == frozenset()
    take(place, registration=registration)
    needs = needs_of_one(registration)
    assert needs.fields == {F.NUMBER, F.ISSUED_BY}
    assert place.slot.programme.title in needs.open[0].why
    assert place.slot.programme.host.name in needs.open[0].seen_by
    assert needs.erase_after(forum) == max(place.slot.day, forum.ends_on) + timedelta(days=30)
    give_back(place, registration=registration)
    assert needs_of_one(registration).open == []


def test_a_museum_and_a_waiting_line_ask_for_nothing(forum: Forum) -> None:
    museum, registration = visitor(forum)
    take(museum, registration=registration)
    full, other = visitor(forum, "number", places=1)
    take(full, registration=make_delegate(forum))
    wait_for(full, registration=other)
    assert needs_of_one(registration).open == needs_of_one(other).open == []


def test_after_the_visit_it_asks_no_more_but_still_counts_for_the_term(forum: Forum) -> None:
    place, registration = visitor(forum, "number")
    take(place, registration=registration)
    with time_machine.travel(now() + (place.slot.day - now().date()) + timedelta(days=1), tick=False):
        needs = needs_of_one(registration)
        assert (needs.open, len(needs.all)) == ([], 1)


def test_the_coordinator_finds_visitors_only(forum: Forum) -> None:
    place, registration = visitor(forum, "number")
    coordinator = make_staff(forum, Role.VISIT_COORDINATOR)
    assert documents_visible_to(coordinator, ref=registration.ref) is None
    take(place, registration=registration)
    assert documents_visible_to(coordinator, ref=registration.ref) == registration
    assert documents_visible_to(make_staff(forum, Role.CHECKIN_STAFF), ref=registration.ref) is None


def test_many_people_cost_as_many_queries_as_one(forum: Forum, django_assert_num_queries: Any) -> None:
    place, first = visitor(forum, "number")
    people = [first, *(make_delegate(forum) for _ in range(4))]
    for one in people:
        take(place, registration=one)
    for asked in (people[:1], people):
        with django_assert_num_queries(2):  # what visits need, and letters
            assert all(needs.open for needs in needs_of(asked).values())

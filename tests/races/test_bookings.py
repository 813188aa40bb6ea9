"""Places in sessions and visits, with everybody pressing the button at the same moment."""

import json
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.utils.timezone import now

from agenda.actions.bookings import give_back, take, wait_for
from agenda.actions.offers import accept_offer
from agenda.actions.releases import publish_release
from agenda.actions.seating import move_visitor
from agenda.models import OccupiedTime, VisitBooking, VisitSlot
from agenda.queries.bookables import Bookable, of_slot
from forum.errors import DomainError
from forum.models import Account, Forum, Message
from registration.actions.applications import withdraw
from registration.actions.line import expire_offers, serve_line
from registration.enums import ClaimState
from registration.models import Claim, Pool, Registration
from tests.agenda.test_released_places import move, seat
from tests.factories.agenda import make_bookable_session, make_delegate, make_programme, make_slot
from tests.races.at_once import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)


def visit(forum: Forum, **changes: object) -> Bookable:
    slot = make_slot(make_programme(forum), **changes)
    return of_slot(VisitSlot.objects.get(pk=slot.pk), forum=forum)


def taken(place: Bookable) -> int:
    return Pool.objects.get(pk=place.pool.pk).taken


def held(place: Bookable) -> set[int]:
    return set(place.pool.claims.filter(state=ClaimState.HELD).values_list("person_id", flat=True))


def no_clash_in_the_database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM agenda_occupiedtime a JOIN agenda_occupiedtime b ON a.person_id = b.person_id "
            "AND a.id < b.id AND a.during && b.during"
        )
        return cursor.fetchone()[0] == 0


def press(run: Bookable, person: Registration) -> Claim:
    """As people do: whoever is told that it is busy presses again."""
    while True:
        try:
            return take(run, registration=person)
        except DomainError as refusal:
            if refusal.code != "busy":
                raise


def test_two_hundred_presses_on_ten_places_of_two_overlapping_runs(forum: Forum) -> None:
    """100 people press both buttons at once: 20 places, nobody in two, nobody told anything but full, clash or busy."""
    runs = [visit(forum, places=10) for _ in range(2)]
    people = [make_delegate(forum) for _ in range(100)]
    results = at_once([partial(press, run, person) for person in people for run in runs], timeout=120)
    assert [len(held(run)) for run in runs] == [10, 10]
    assert [taken(run) for run in runs] == [10, 10]
    assert held(runs[0]).isdisjoint(held(runs[1]))
    assert len(refusals(results)) == 180
    assert set(refusals(results)) <= {"places.full", "places.clash"}
    assert OccupiedTime.objects.count() == 20
    assert no_clash_in_the_database()
    assert VisitBooking.objects.filter(state="confirmed").count() == 20
    assert Message.objects.filter(reason="agenda.visit_confirmed").count() == 20


def test_one_person_and_two_clashing_things_at_once_gets_one(forum: Forum) -> None:
    session = make_bookable_session(forum, starts="09:30", ends="10:30", day=1)
    publish_release(forum, by=None)
    things = [visit(forum), seat(forum, session)]
    person = make_delegate(forum)
    results = at_once([partial(take, thing, registration=person) for thing in things for _ in range(4)])
    assert sum(taken(thing) for thing in things) == 1
    assert set(refusals(results)) == {"places.clash"}
    assert OccupiedTime.objects.count() == 1


def offered(forum: Forum) -> tuple[Bookable, Registration, str]:
    """A run of one place, offered to the first of two in line."""
    run, holder = visit(forum, places=1), make_delegate(forum)
    take(run, registration=holder)
    line = [make_delegate(forum) for _ in range(2)]
    for person in line:
        wait_for(run, registration=person)
    give_back(run, registration=holder)
    serve_line(pool_id=run.pool.pk)
    letter = Message.objects.get(reason="agenda.place_offered")
    return run, line[0], json.loads(letter.context)["offer_link"].rstrip("/").rpartition("/")[2]


def test_accepting_twice_at_once_is_accepting_once(forum: Forum) -> None:
    run, person, secret = offered(forum)
    results = at_once([partial(accept_offer, secret) for _ in range(6)])
    assert refusals(results) == []
    assert (held(run), taken(run)) == ({person.person_id}, 1)
    assert Message.objects.filter(reason="agenda.visit_confirmed", recipient=person.person.email).count() == 1


def test_accepting_and_expiry_at_once_leave_one_of_the_two(forum: Forum) -> None:
    """The offer ends while it is accepted: the person has the place, or the next one has the offer; never both."""
    run, person, secret = offered(forum)
    Claim.objects.filter(state=ClaimState.OFFERED).update(offer_until=now() + timedelta(milliseconds=30))
    at_once([partial(accept_offer, secret), expire_offers, expire_offers, partial(serve_line, pool_id=run.pool.pk)])
    serve_line(pool_id=run.pool.pk)
    assert taken(run) == run.pool.claims.filter(state__in=[ClaimState.HELD, ClaimState.OFFERED]).count() == 1
    assert held(run) in (set(), {person.person_id})


def test_giving_back_twice_at_once_frees_one_place(forum: Forum) -> None:
    run, people = visit(forum, places=3), [make_delegate(forum) for _ in range(3)]
    for person in people:
        take(run, registration=person)
    at_once([partial(give_back, run, registration=people[0]) for _ in range(6)])
    assert taken(run) == 2


def test_moves_in_opposite_directions_do_not_wait_for_each_other(forum: Forum, organiser: Account) -> None:
    one, other = visit(forum, places=6), visit(forum, places=6)
    people = {run.key: [make_delegate(forum) for _ in range(4)] for run in (one, other)}
    for run in (one, other):
        for person in people[run.key]:
            take(run, registration=person)
    calls = [
        partial(move_visitor, VisitBooking.objects.get(registration=person), was=was, to=to, override="", by=organiser)
        for was, to in ((one, other), (other, one))
        for person in people[was.key]
    ]
    results = at_once(calls)
    assert set(refusals(results)) <= {"places.full"}
    assert taken(one) + taken(other) == 8
    assert no_clash_in_the_database()


def test_leaving_and_booking_at_once_leave_nothing_behind(forum: Forum) -> None:
    session = make_bookable_session(forum, places=5)
    publish_release(forum, by=None)
    things, person = [visit(forum), seat(forum, session)], make_delegate(forum)
    at_once(
        [partial(take, thing, registration=person) for thing in things]
        + [partial(withdraw, Registration.objects.get(pk=person.pk))]
    )
    assert not Claim.objects.live().filter(person=person.person, pool__kind__in=["seats", "visit"]).exists()
    assert sum(taken(thing) for thing in things) == 0
    assert not OccupiedTime.objects.exists()


def test_booking_while_the_session_moves_has_the_new_time_or_none(forum: Forum) -> None:
    session = make_bookable_session(forum, places=50)
    publish_release(forum, by=None)
    place, people = seat(forum, session), [make_delegate(forum) for _ in range(12)]
    move(forum, session, "15:00", "16:00")
    results = at_once(
        [partial(publish_release, forum, by=None)] + [partial(take, place, registration=person) for person in people]
    )
    assert set(refusals(results)) <= {"places.programme_changed", "release.busy"}
    if "release.busy" in refusals(results):
        publish_release(forum, by=None)
    starts = {row.during.lower for row in OccupiedTime.objects.all()}
    assert starts <= {seat(forum, session).starts}
    assert taken(place) == OccupiedTime.objects.count()

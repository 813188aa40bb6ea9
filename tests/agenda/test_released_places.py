"""What a new release does to places in its sessions."""

import pytest

from agenda.actions.bookings import take, wait_for
from agenda.actions.editing import cancel_session
from agenda.actions.moving import move_session
from agenda.actions.releases import publish_release
from agenda.actions.venues import set_travel_time
from agenda.models import OccupiedTime, Session
from agenda.queries.bookables import Bookable, bookable_session
from forum.errors import DomainError
from forum.models import Forum, Message
from registration.models import Claim, Pool
from tests.factories.agenda import at, make_bookable_session, make_delegate, make_hall, make_session, make_venue

pytestmark = pytest.mark.django_db


def seat(forum: Forum, session: Session) -> Bookable:
    found = bookable_session(forum, slug=session.slug)
    assert found is not None
    return found


def move(forum: Forum, session: Session, starts: str, ends: str, *, day: int = 0, hall: object = None) -> None:
    fresh = Session.objects.get(pk=session.pk)
    times = {"starts": at(forum, starts, day=day), "ends": at(forum, ends, day=day)}
    move_session(fresh, version=fresh.version, hall=hall or fresh.hall, by=None, **times)


def test_booked_time_follows_the_release_and_people_are_told(forum: Forum) -> None:
    session, delegate = make_bookable_session(forum), make_delegate(forum)
    publish_release(forum, by=None)
    take(seat(forum, session), registration=delegate)
    move(forum, session, "15:00", "16:00")
    assert OccupiedTime.objects.get().during.lower == at(forum, "10:00"), "the draft moves nobody"
    publish_release(forum, by=None)
    row = OccupiedTime.objects.get()
    assert (row.during.lower, row.during.upper) == (at(forum, "15:00"), at(forum, "16:00"))
    assert Message.objects.get(reason="agenda.session_moved").recipient == delegate.person.email
    make_session(forum)
    publish_release(forum, by=None)
    assert Message.objects.filter(reason="agenda.session_moved").count() == 1


def test_two_sessions_may_change_places_with_the_same_people_in_both(forum: Forum) -> None:
    first = make_bookable_session(forum, starts="10:00", ends="11:00")
    second = make_bookable_session(forum, starts="12:00", ends="13:00")
    publish_release(forum, by=None)
    delegate = make_delegate(forum)
    for session in (first, second):
        take(seat(forum, session), registration=delegate)
    move(forum, first, "12:00", "13:00")
    move(forum, second, "10:00", "11:00")
    publish_release(forum, by=None)
    starts = {row.claim.pool.session.slug: row.during.lower for row in OccupiedTime.objects.all()}
    assert starts == {first.slug: at(forum, "12:00"), second.slug: at(forum, "10:00")}


def test_release_that_puts_people_into_two_places_is_refused_with_names_and_numbers(forum: Forum) -> None:
    first = make_bookable_session(forum, starts="10:00", ends="11:00", title={"ru": "Первая", "en": "Первая"})
    second = make_bookable_session(forum, starts="12:00", ends="13:00", title={"ru": "Вторая", "en": "Вторая"})
    publish_release(forum, by=None)
    for _ in range(2):
        delegate = make_delegate(forum)
        for session in (first, second):
            take(seat(forum, session), registration=delegate)
    move(forum, first, "12:30", "13:30")
    with pytest.raises(DomainError) as refusal:
        publish_release(forum, by=None)
    assert refusal.value.code == "release.displaces"
    assert all(word in refusal.value.message for word in ("Первая", "Вторая", "2"))
    assert forum.releases.count() == 1
    assert (
        sorted(row.during.lower for row in OccupiedTime.objects.all())
        == [at(forum, "10:00")] * 2 + [at(forum, "12:00")] * 2
    )


def test_release_that_leaves_too_little_time_for_the_way_is_refused(forum: Forum) -> None:
    home, south = make_venue(forum), make_venue(forum)
    set_travel_time(south, home, minutes=210, by=None)
    first = make_bookable_session(forum, starts="09:00", ends="10:00", hall=make_hall(forum, venue=home))
    second = make_bookable_session(forum, starts="14:00", ends="15:00", hall=make_hall(forum, venue=south))
    publish_release(forum, by=None)
    delegate = make_delegate(forum)
    for session in (first, second):
        take(seat(forum, session), registration=delegate)
    move(forum, second, "11:00", "12:00")
    with pytest.raises(DomainError) as refusal:
        publish_release(forum, by=None)
    assert refusal.value.code == "release.displaces"


def test_cancelled_session_gives_every_place_back_and_says_so(forum: Forum) -> None:
    session, other = make_bookable_session(forum, places=1), make_session(forum)
    publish_release(forum, by=None)
    place, delegates = seat(forum, session), [make_delegate(forum) for _ in range(2)]
    take(place, registration=delegates[0])
    wait_for(place, registration=delegates[1])
    fresh = Session.objects.get(pk=session.pk)
    cancel_session(fresh, version=fresh.version, reason="спикер болен", by=None)
    publish_release(forum, by=None)
    assert other.slug
    assert not Claim.objects.live().filter(pool=place.pool).exists()
    assert Pool.objects.get(pk=place.pool.pk).taken == 0
    assert not OccupiedTime.objects.exists()
    told = Message.objects.filter(reason="agenda.place_taken_back").values_list("recipient", flat=True)
    assert sorted(told) == sorted(delegate.person.email for delegate in delegates)
    assert bookable_session(forum, slug=session.slug) is None

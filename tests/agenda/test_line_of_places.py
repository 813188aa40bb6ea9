"""The line of a full visit or session: offered in order, accepted, declined, expired, passed over."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.utils.timezone import now

from agenda.actions.bookings import give_back, take
from agenda.actions.offers import accept_offer, decline_offer
from agenda.actions.seating import move_visitor
from agenda.enums import BookingState
from agenda.models import OccupiedTime, VisitBooking
from agenda.queries.bookables import Bookable
from agenda.queries.eligibility import ground_of, terms_of
from forum.errors import DomainError
from forum.models import Account, Forum, Message
from registration.actions.line import expire_offers, serve_line
from registration.enums import ClaimState
from registration.models import Claim, Pool
from tests.agenda.test_actions_bookings import full_with_line, states, taken, visit
from tests.factories.agenda import (
    make_delegate,
)


def last_secret(place: Bookable) -> str:
    """The secret of the newest offer, out of its letter."""
    letter = Message.objects.filter(reason="agenda.place_offered").latest("pk")
    return json.loads(letter.context)["offer_link"].rstrip("/").rpartition("/")[2]


def test_full_run_keeps_a_line_and_a_freed_place_is_offered_in_order(forum: Forum) -> None:
    place, holder, line = full_with_line(forum)
    with pytest.raises(DomainError) as refusal:
        take(place, registration=make_delegate(forum))
    assert refusal.value.code == "places.full"
    assert VisitBooking.objects.filter(state=BookingState.REQUESTED).count() == 2
    give_back(place, registration=holder)
    serve_line(pool_id=place.pool.pk)
    assert states(place, [holder, *line]) == [ClaimState.RELEASED, ClaimState.OFFERED, ClaimState.WAITING]
    assert taken(place) == 1
    assert OccupiedTime.objects.count() == 0
    offer = Message.objects.get(reason="agenda.place_offered")
    assert offer.recipient == line[0].person.email


def test_whoever_stands_further_back_does_not_overtake(forum: Forum) -> None:
    place, _holder, line = full_with_line(forum)
    Pool.objects.filter(pk=place.pool.pk).update(places=2)
    with pytest.raises(DomainError) as refusal:
        take(place, registration=line[1])
    assert refusal.value.code == "places.full"
    take(place, registration=line[0])
    assert states(place, line) == [ClaimState.HELD, ClaimState.WAITING]


def test_accepting_an_offer_twice_takes_one_place(forum: Forum) -> None:
    place, holder, line = full_with_line(forum)
    give_back(place, registration=holder)
    serve_line(pool_id=place.pool.pk)
    secret = last_secret(place)
    assert accept_offer(secret) == accept_offer(secret)
    assert taken(place) == 1
    assert states(place, line) == [ClaimState.HELD, ClaimState.WAITING]
    assert VisitBooking.objects.get(registration=line[0]).state == BookingState.CONFIRMED
    assert Message.objects.filter(reason="agenda.visit_confirmed", recipient=line[0].person.email).count() == 1
    give_back(place, registration=line[0])
    with pytest.raises(DomainError) as refusal:
        accept_offer(secret)
    assert refusal.value.code == "places.offer_gone"


def test_declined_offer_goes_to_the_next(forum: Forum) -> None:
    place, holder, line = full_with_line(forum)
    give_back(place, registration=holder)
    serve_line(pool_id=place.pool.pk)
    decline_offer(last_secret(place))
    serve_line(pool_id=place.pool.pk)
    assert states(place, line) == [ClaimState.RELEASED, ClaimState.OFFERED]
    assert taken(place) == 1


def test_offer_that_nobody_answers_rolls_on_and_is_dead_at_once(forum: Forum) -> None:
    place, holder, line = full_with_line(forum)
    give_back(place, registration=holder)
    serve_line(pool_id=place.pool.pk)
    secret = last_secret(place)
    with time_machine.travel(now() + timedelta(hours=24, minutes=1), tick=False):
        with pytest.raises(DomainError) as refusal:
            accept_offer(secret)
        assert refusal.value.code == "places.offer_over"
        assert expire_offers() == 1
        assert expire_offers() == 0
        serve_line(pool_id=place.pool.pk)
    assert states(place, line) == [ClaimState.RELEASED, ClaimState.OFFERED]
    assert VisitBooking.objects.get(registration=line[0]).state == BookingState.LAPSED
    assert Message.objects.get(reason="agenda.offer_over").recipient == line[0].person.email
    assert taken(place) == 1


def test_offer_never_outlives_the_deadline_of_the_document_and_none_is_made_after_it(forum: Forum) -> None:
    """Complaint CAP-5."""
    place, holder, line = full_with_line(forum)
    give_back(place, registration=holder)
    terms = terms_of(place.slot, person=line[0].person, ground=ground_of(forum))
    with time_machine.travel(terms.list_until - timedelta(hours=2), tick=False):
        serve_line(pool_id=place.pool.pk)
    assert Claim.objects.get(state=ClaimState.OFFERED).offer_until == terms.list_until
    with time_machine.travel(terms.list_until, tick=False):
        expire_offers()
        assert serve_line(pool_id=place.pool.pk) == 0
    assert states(place, line)[1] == ClaimState.WAITING


def test_line_passes_over_whoever_has_booked_something_else_and_keeps_their_place(forum: Forum) -> None:
    """Complaint SV-5."""
    place, holder, line = full_with_line(forum)
    other = visit(forum)
    take(other, registration=line[0])
    give_back(place, registration=holder)
    serve_line(pool_id=place.pool.pk)
    assert states(place, line) == [ClaimState.WAITING, ClaimState.OFFERED]


def test_coordinator_moves_a_visitor_past_the_line_and_the_old_place_goes_on(forum: Forum, organiser: Account) -> None:
    was, holder, line = full_with_line(forum, waiting=1)
    to = visit(forum, places=1, day=forum.starts_on)
    booking = VisitBooking.objects.get(registration=holder)
    move_visitor(booking, was=was, to=to, note="Автобус меньше", by=organiser)
    serve_line(pool_id=was.pool.pk)
    assert (taken(was), taken(to)) == (1, 1)
    assert states(was, line) == [ClaimState.OFFERED]
    booking.refresh_from_db()
    assert booking.state == BookingState.MOVED
    assert OccupiedTime.objects.get(person=holder.person).during.lower == to.starts
    assert json.loads(Message.objects.get(reason="agenda.visit_moved").context)["note"] == "Автобус меньше"
    with pytest.raises(DomainError) as refusal:
        move_visitor(booking, was=was, to=to, by=organiser)
    assert refusal.value.code == "visit.not_there"

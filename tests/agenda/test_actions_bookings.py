"""Taking, waiting for, being offered and giving back places in sessions and visits."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction

from agenda.actions.bookings import Answers, give_back, take, wait_for
from agenda.actions.releases import publish_release
from agenda.actions.seating import move_visitor, take_back
from agenda.actions.venues import set_travel_time
from agenda.enums import BookingState, SessionKind, UnionStatePolicy
from agenda.models import OccupiedTime, Session, VisitBooking, VisitSlot
from agenda.queries.bookables import Bookable, bookable_session, of_slot
from forum.errors import DomainError
from forum.models import Account, AuditEntry, Forum, Message
from registration.actions.applications import withdraw
from registration.actions.review import block
from registration.models import Claim, Pool, Registration
from tests.factories.agenda import (
    at,
    make_bookable_session,
    make_delegate,
    make_hall,
    make_leg,
    make_programme,
    make_session,
    make_slot,
    make_venue,
)
from tests.factories.registration import make_category, make_person, make_registration


def seat(forum: Forum, session: Session) -> Bookable:
    """The session as it is released now."""
    found = bookable_session(forum, slug=session.slug)
    assert found is not None
    return found


def run(slot: VisitSlot) -> Bookable:
    return of_slot(VisitSlot.objects.get(pk=slot.pk), forum=slot.programme.forum)


def released_seat(forum: Forum, **changes: object) -> Bookable:
    session = make_bookable_session(forum, **changes)
    publish_release(forum, by=None)
    return seat(forum, session)


def visit(forum: Forum, **changes: object) -> Bookable:
    return run(make_slot(make_programme(forum), **changes))


def taken(place: Bookable) -> int:
    return Pool.objects.get(pk=place.pool.pk).taken


def full_with_line(forum: Forum, waiting: int = 2) -> tuple[Bookable, Registration, list[Registration]]:
    """One place, its holder, and people in line."""
    place, holder = visit(forum, places=1), make_delegate(forum)
    take(place, registration=holder)
    line = [make_delegate(forum) for _ in range(waiting)]
    for one in line:
        wait_for(place, registration=one)
    return place, holder, line


def states(place: Bookable, people: list[Registration]) -> list[str]:
    claims = {claim.person_id: claim.state for claim in place.pool.claims.order_by("pk")}
    return [claims[one.person_id] for one in people]


def test_taking_a_seat_writes_claim_time_audit_and_letter_once(forum: Forum) -> None:
    place, delegate = released_seat(forum, places=3), make_delegate(forum)
    first, second = take(place, registration=delegate), take(place, registration=delegate)
    assert first == second
    assert taken(place) == 1
    row = OccupiedTime.objects.get()
    assert (row.person, row.claim, row.during.lower) == (delegate.person, first, place.starts)
    entry = AuditEntry.objects.get(action="place.taken")
    assert (entry.object_id, entry.data) == (delegate.ref, {"place": place.key})
    letter = Message.objects.get()
    assert (letter.reason, letter.recipient) == ("agenda.seat_confirmed", delegate.person.email)


def test_visit_blocks_its_busy_windows_and_notes_when_the_rule_was_accepted(forum: Forum) -> None:
    legs = [make_leg(forum, "06:30", "13:40"), make_leg(forum, "16:45", "20:15")]
    place, delegate = visit(forum, legs=legs, rule={"ru": "Закрытая обувь", "en": "Closed shoes"}), make_delegate(forum)
    with pytest.raises(DomainError) as refusal:
        take(place, registration=delegate)
    assert (refusal.value.code, [*refusal.value.fields]) == ("places.rule_not_accepted", ["rule"])
    take(place, registration=delegate, answers=Answers(rule_accepted=True))
    windows = [(row.during.lower, row.during.upper) for row in OccupiedTime.objects.order_by("during")]
    assert windows == [(leg.starts, leg.ends) for leg in legs]
    booking = VisitBooking.objects.get()
    assert booking.state == BookingState.CONFIRMED
    assert booking.rule_accepted_at is not None


def test_birth_date_is_asked_with_the_visit_and_kept_only_when_it_is_booked(forum: Forum) -> None:
    place, delegate = visit(forum), make_delegate(forum, birth_date=None)
    with pytest.raises(DomainError) as refusal:
        take(place, registration=delegate)
    assert refusal.value.code == "places.birth_date_missing"
    young = forum.starts_on.replace(year=forum.starts_on.year - 12)
    with pytest.raises(DomainError) as refusal:
        take(place, registration=delegate, answers=Answers(birth_date=young))
    assert (refusal.value.code, [*refusal.value.fields]) == ("places.too_young", ["birth_date"])
    delegate.person.refresh_from_db()
    assert delegate.person.birth_date is None
    take(place, registration=delegate, answers=Answers(birth_date=date(1988, 3, 4)))
    delegate.person.refresh_from_db()
    assert delegate.person.birth_date == date(1988, 3, 4)
    entry = AuditEntry.objects.get(action="person.birth_date_given")
    assert entry.changed == ["birth_date"]
    assert "1988" not in str(entry.data)


def test_the_same_run_is_open_for_one_document_and_closed_for_another(forum: Forum) -> None:
    """Edge cases 1 and 6: the document counts, not the delegation."""
    lead = {"russian_working_days": 5, "foreign_calendar_days": 30, "union_state_policy": UnionStatePolicy.AS_RF}
    place = run(make_slot(make_programme(forum, **lead)))
    russian, uzbek = (
        make_registration(
            forum,
            state="confirmed",
            delegation=delegation,
            person=make_person(forum, citizenship=country, birth_date=date(1990, 1, 1)),
        )
        for country, delegation in (("RU", "UZ"), ("UZ", "RU-SPE"))
    )
    with time_machine.travel(at(forum, "12:00", day=-15), tick=False):
        with pytest.raises(DomainError) as refusal:
            take(place, registration=uzbek)
        assert refusal.value.code == "places.list_closed"
        take(place, registration=russian)
    assert taken(place) == 1


def test_clash_is_refused_with_the_name_of_the_other_place(forum: Forum) -> None:
    first = make_bookable_session(forum, starts="10:00", ends="11:00", title={"ru": "Первая", "en": "First"})
    second = make_bookable_session(forum, starts="10:30", ends="11:30")
    publish_release(forum, by=None)
    delegate = make_delegate(forum)
    take(seat(forum, first), registration=delegate)
    for act in (take, wait_for):
        with pytest.raises(DomainError) as refusal:
            act(seat(forum, second), registration=delegate)
        assert refusal.value.code == "places.clash"
        assert "First" in refusal.value.message or "Первая" in refusal.value.message
    assert taken(seat(forum, second)) == 0


def test_lunch_overlaps_a_visit_and_a_plenary_does_not(forum: Forum) -> None:
    """Edge case 8."""
    lunch = make_bookable_session(forum, day=1, starts="10:00", ends="10:30", kind=SessionKind.SERVICE)
    publish_release(forum, by=None)
    delegate, place = make_delegate(forum), visit(forum)
    take(seat(forum, lunch), registration=delegate)
    assert not OccupiedTime.objects.exists()
    take(place, registration=delegate)
    make_session(forum, day=1, starts="11:00", ends="12:00", kind=SessionKind.PLENARY)
    publish_release(forum, by=None)
    with pytest.raises(DomainError) as refusal:
        take(place, registration=make_delegate(forum))
    assert refusal.value.code == "places.clash"


def test_way_to_another_city_takes_time(forum: Forum) -> None:
    """Edge case 9: between the windows of the southern route only the southern hall is possible."""
    home, south = make_venue(forum), make_venue(forum)
    set_travel_time(home, south, minutes=210, by=None)
    legs = [
        make_leg(forum, "06:30", "13:40", starts_at=home, ends_at=south),
        make_leg(forum, "16:45", "20:15", starts_at=south, ends_at=home),
    ]
    sessions = [
        make_bookable_session(forum, day=1, starts="13:45", ends="15:15", hall=make_hall(forum, venue=venue))
        for venue in (home, south)
    ]
    publish_release(forum, by=None)
    delegate = make_delegate(forum)
    take(visit(forum, legs=legs), registration=delegate)
    with pytest.raises(DomainError) as refusal:
        take(seat(forum, sessions[0]), registration=delegate)
    assert refusal.value.code == "places.travel"
    take(seat(forum, sessions[1]), registration=delegate)


@pytest.mark.parametrize(
    ("state", "code"), [("approved", "places.not_confirmed"), ("cancelled", "places.not_confirmed")]
)
def test_only_confirmed_people_have_places(forum: Forum, state: str, code: str) -> None:
    person = make_person(forum, birth_date=date(1990, 1, 1))
    with pytest.raises(DomainError) as refusal:
        take(visit(forum), registration=make_registration(forum, state=state, person=person))
    assert refusal.value.code == code


def test_online_participants_have_no_place_on_site(forum: Forum) -> None:
    online = make_category(forum, code="online", prints_badge=False)
    person = make_person(forum, birth_date=date(1990, 1, 1))
    with pytest.raises(DomainError) as refusal:
        take(visit(forum), registration=make_registration(forum, state="confirmed", category=online, person=person))
    assert refusal.value.code == "places.online_only"


def test_giving_back_twice_frees_one_place(forum: Forum) -> None:
    place, delegate = visit(forum, places=2), make_delegate(forum)
    take(place, registration=make_delegate(forum))
    take(place, registration=delegate)
    assert give_back(place, registration=delegate)
    assert not give_back(place, registration=delegate)
    assert taken(place) == 1
    assert VisitBooking.objects.get(registration=delegate).state == BookingState.CANCELLED_BY_DELEGATE
    take(place, registration=delegate)
    assert taken(place) == 2


@pytest.mark.parametrize("leave", ["withdraw", "block"])
def test_whoever_no_longer_takes_part_gives_everything_back(forum: Forum, officer: Account, leave: str) -> None:
    place, delegate = released_seat(forum), make_delegate(forum)
    full, _holder, _line = full_with_line(forum, waiting=0)
    take(place, registration=delegate)
    wait_for(full, registration=delegate)
    withdraw(delegate) if leave == "withdraw" else block(delegate, by=officer, reason="чужой бейдж")
    assert not Claim.objects.live().filter(person=delegate.person).exists()
    assert not OccupiedTime.objects.filter(person=delegate.person).exists()
    assert taken(place) == 0


def test_database_refuses_two_places_at_once(forum: Forum) -> None:
    place, delegate = visit(forum), make_delegate(forum)
    take(place, registration=delegate)
    row = OccupiedTime.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        OccupiedTime.objects.create(person=row.person, claim=row.claim, during=row.during)
    OccupiedTime.objects.create(person=row.person, claim=row.claim, during=row.during, overridden=True)


def test_coordinator_overrules_a_clash_with_a_reason_only(forum: Forum, organiser: Account) -> None:
    busy = visit(forum, day=forum.starts_on)
    was, delegate = visit(forum), make_delegate(forum)
    to = visit(forum, day=forum.starts_on)
    for place in (busy, was):
        take(place, registration=delegate)
    booking = VisitBooking.objects.get(registration=delegate, claim__pool=was.pool)
    with pytest.raises(DomainError) as refusal:
        move_visitor(booking, was=was, to=to, by=organiser)
    assert refusal.value.code == "places.clash"
    move_visitor(booking, was=was, to=to, override="согласовано", by=organiser)
    assert OccupiedTime.objects.get(claim__pool=to.pool).overridden
    entry = AuditEntry.objects.get(action="place.moved")
    assert (entry.reason, entry.data["overruled"]) == ("согласовано", ["clash"])


def test_age_cannot_be_overruled(forum: Forum, organiser: Account) -> None:
    was = visit(forum)
    to = run(make_slot(make_programme(forum, min_age=60), day=forum.starts_on))
    delegate = make_delegate(forum)
    take(was, registration=delegate)
    with pytest.raises(DomainError) as refusal:
        move_visitor(VisitBooking.objects.get(), was=was, to=to, override="очень надо", by=organiser)
    assert refusal.value.code == "places.too_young"
    assert taken(was) == 1


def test_taking_back_needs_a_line_for_the_person(forum: Forum, organiser: Account) -> None:
    place, delegate = visit(forum), make_delegate(forum)
    take(place, registration=delegate)
    with pytest.raises(DomainError):
        take_back(place, registration=delegate, note=" ", by=organiser)
    assert take_back(place, registration=delegate, note="Завод перенёс визит", by=organiser)
    assert not take_back(place, registration=delegate, note="ещё раз", by=organiser)
    assert taken(place) == 0
    assert Message.objects.filter(reason="agenda.place_taken_back").count() == 1

"""The consent to a plant: who is asked, who stands on its list, and what ends when it is taken back."""

import json
from datetime import timedelta

import pytest
import time_machine

from agenda.actions.bookings import take, wait_for
from agenda.actions.filming_answers import put_to_plant
from agenda.actions.visitor_lists import note_list
from agenda.enums import BookingState, FilmingState
from agenda.models import OccupiedTime, VisitBooking, VisitSlot
from agenda.queries.bookables import Bookable, of_slot
from agenda.queries.plant_consents import on_the_list
from forum.actions.jobs import run as run_job
from forum.enums import Role
from forum.models import Account, AuditEntry, Forum, Job, Message
from registration.actions.consents import give_consent, withdraw_consent
from registration.actions.setup import publish_consent
from registration.enums import ClaimState, ConsentPurpose
from registration.models import ConsentDocument, ConsentWithdrawal, Pool, Registration
from registration.queries.consents import matters_of
from registration.queries.disclosures import to_tell
from tests.factories.agenda import make_delegate, make_programme, make_slot, make_wish
from tests.factories.forum import make_staff
from tests.factories.registration import make_consent_document
from tests.factories.vehicles import make_crew

pytestmark = pytest.mark.django_db
PLANT = ConsentPurpose.PLANT_ACCESS


@pytest.fixture
def coordinator(forum: Forum) -> Account:
    return make_staff(forum, Role.VISIT_COORDINATOR)


@pytest.fixture
def place(forum: Forum) -> Bookable:
    return run(make_slot(make_programme(forum), places=1), forum)


@pytest.fixture
def text(forum: Forum, place: Bookable) -> ConsentDocument:
    return make_consent_document(forum, purpose="plant_access", receiver=place.slot.programme.host)


def run(slot: VisitSlot, forum: Forum) -> Bookable:
    return of_slot(VisitSlot.objects.get(pk=slot.pk), forum=forum)


def asked(registration: Registration) -> list[str]:
    return [one.key for one in matters_of(registration.person) if one.document.receiver]


def agree(registration: Registration, text: ConsentDocument) -> None:
    give_consent(registration, document=text, language="ru", by=None)


def take_back(registration: Registration) -> bool:
    matter = next(one for one in matters_of(registration.person) if one.purpose == PLANT)
    return withdraw_consent(registration, matter=matter, language="ru", by=None)


def test_it_is_asked_of_who_has_a_place_there(forum: Forum, place: Bookable, text: ConsentDocument) -> None:
    visitor, other = make_delegate(forum), make_delegate(forum)
    assert asked(visitor) == []
    take(place, registration=visitor)
    assert asked(visitor) == [f"plant-access--{place.slot.programme.host.slug}"]
    take(run(make_slot(make_programme(forum)), forum), registration=other)
    assert asked(other) == []


def test_without_a_text_everybody_is_on_the_list_with_one_who_agreed(forum: Forum, place: Bookable) -> None:
    visitor = make_delegate(forum)
    take(place, registration=visitor)
    assert list(on_the_list(place)) == [visitor]
    text = make_consent_document(forum, purpose="plant_access", receiver=place.slot.programme.host)
    assert list(on_the_list(place)) == []
    agree(visitor, text)
    assert list(on_the_list(place)) == [visitor]


def test_a_withdrawal_frees_the_place_and_keeps_the_proof(
    forum: Forum, place: Bookable, text: ConsentDocument, coordinator: Account
) -> None:
    visitor = make_delegate(forum)
    take(place, registration=visitor)
    agree(visitor, text)
    take_back(visitor)
    booking = VisitBooking.objects.get()
    assert (booking.state, booking.claim.state) == (BookingState.CONSENT_WITHDRAWN, ClaimState.RELEASED)
    assert Pool.objects.get(pk=place.pool.pk).taken == 0
    assert not OccupiedTime.objects.exists()
    assert ConsentWithdrawal.objects.count() == 1
    assert AuditEntry.objects.filter(action="place.consent_withdrawn").count() == 1
    assert not to_tell(coordinator, forum=forum).exists()  # no list had left


def test_after_the_list_was_sent_the_plant_is_to_be_told(
    forum: Forum, place: Bookable, text: ConsentDocument, coordinator: Account
) -> None:
    visitor = make_delegate(forum)
    take(place, registration=visitor)
    agree(visitor, text)
    note_list(place, kind="pdf", people=list(on_the_list(place)), by=coordinator)
    take_back(visitor)
    assert to_tell(coordinator, forum=forum).get().receiver == place.slot.programme.host


def test_another_plant_keeps_its_visitor(forum: Forum, place: Bookable, text: ConsentDocument) -> None:
    visitor, other = make_delegate(forum), run(make_slot(make_programme(forum), day=forum.starts_on), forum)
    take(place, registration=visitor)
    take(other, registration=visitor)
    agree(visitor, text)
    take_back(visitor)
    assert Pool.objects.get(pk=other.pool.pk).taken == 1


def test_a_visit_that_is_over_stays_what_it_was(forum: Forum, place: Bookable, text: ConsentDocument) -> None:
    visitor = make_delegate(forum)
    take(place, registration=visitor)
    agree(visitor, text)
    with time_machine.travel(place.ends + timedelta(days=1), tick=False):
        take_back(visitor)
    assert VisitBooking.objects.get().state == BookingState.CONFIRMED


def test_who_waits_in_line_leaves_it_with_the_consent(forum: Forum, place: Bookable, text: ConsentDocument) -> None:
    """Somebody who had agreed for an earlier place, and waits for the next one."""
    first, visitor = make_delegate(forum), make_delegate(forum)
    other = run(make_slot(place.slot.programme, day=forum.starts_on), forum)
    take(place, registration=first)
    take(other, registration=visitor)
    wait_for(place, registration=visitor)
    agree(visitor, text)
    take_back(visitor)
    states = {booking.claim.state for booking in VisitBooking.objects.filter(registration=visitor)}
    assert states == {ClaimState.RELEASED}


def test_a_wish_to_film_waits_for_the_consent_and_ends_with_it(
    forum: Forum, place: Bookable, text: ConsentDocument, coordinator: Account
) -> None:
    crew = make_crew(forum)
    wish = make_wish(crew, place.slot)
    assert put_to_plant(place.slot.programme, wishes=[wish], by=coordinator) == 0
    agree(crew, text)
    assert put_to_plant(place.slot.programme, wishes=[wish], by=coordinator) == 1
    take_back(crew)
    wish.refresh_from_db()
    assert (wish.state, wish.tell_plant) == (FilmingState.WITHDRAWN, False)
    assert to_tell(coordinator, forum=forum).count() == 1


def test_whom_a_plants_first_text_concerns_gets_a_letter_and_who_books_later_reads_of_it(
    forum: Forum, place: Bookable, coordinator: Account
) -> None:
    visitor, other = make_delegate(forum), make_delegate(forum)
    take(place, registration=visitor)
    texts = {"title_ru": "Согласие", "title_en": "Consent", "body_ru": "Текст", "body_en": "Text"}
    host = place.slot.programme.host
    publish_consent(forum=forum, by=coordinator, purpose="plant_access", texts=texts, receiver=host)
    run_job(job_id=Job.objects.get(kind="registration.tell_of_text").pk)
    assert Message.objects.get(reason="registration.receiver_asks").subject_id == visitor.ref
    take(run(make_slot(place.slot.programme, day=forum.starts_on), forum), registration=other)
    told = {
        one.subject_id: json.loads(one.context)["asks"]
        for one in Message.objects.filter(reason="agenda.visit_confirmed")
    }
    assert told == {visitor.ref: False, other.ref: True}

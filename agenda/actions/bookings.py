"""A delegate takes a place, waits for one, gives one back: the same way for sessions and for plant visits.

Lock order: the person and the registration (`registration.actions.state.lock`), then the pool, then occupied time.
Reasons are looked at under the person's lock, so two bookings of one person come one after the other.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from agenda.actions.occupying import free_time, occupy_time
from agenda.actions.place_letters import tell_of_place
from agenda.actions.visit_states import begin_booking, move_booking
from agenda.engine.eligibility import Reason
from agenda.enums import BookingState, Refusal
from agenda.queries.bookables import Bookable
from agenda.queries.eligibility import codes, ground_of, occupied_rows, reasons_against
from agenda.queries.reasons import in_words
from agenda.queries.released import newest_number
from forum.actions.audit import record
from forum.actions.patience import busy_in_words
from forum.errors import DomainError
from forum.models import Account
from registration.actions.places import join_line, live_claim, look_at_line, release, take_place
from registration.actions.state import lock
from registration.enums import ClaimState
from registration.models import Claim, Pool, Registration


@dataclass(frozen=True)
class Answers:
    """What the form of a visit asks: the date of birth, where it is not known yet, and the tick under the rule."""

    birth_date: date | None = None
    rule_accepted: bool = False


NO_ANSWERS = Answers()


@busy_in_words
@transaction.atomic(durable=True)
def take(
    place: Bookable, *, registration: Registration, answers: Answers = NO_ANSWERS, by: Account | None = None
) -> Claim:
    """Give the delegate a place, or accept the offer of one. Taking twice is taking once.

    Raises `DomainError` with every reason against it, and `places.full` when there is no place or others come first.
    """
    registration = lock(registration)
    claim = live_claim(place.pool, person=registration.person)
    if claim and claim.state == ClaimState.HELD:
        return claim
    _check(place, registration, answers)
    return _take(place, registration, answers, by=by)


@busy_in_words
@transaction.atomic(durable=True)
def wait_for(
    place: Bookable, *, registration: Registration, answers: Answers = NO_ANSWERS, by: Account | None = None
) -> Claim:
    """Put the delegate in line; a place that has become free meanwhile is theirs at once. Safe to ask twice."""
    registration = lock(registration)
    if claim := live_claim(place.pool, person=registration.person):
        return claim
    _check(place, registration, answers)
    try:
        with transaction.atomic():
            return _take(place, registration, answers, by=by)
    except DomainError as refusal:
        if refusal.code != "places.full":
            raise
    claim = join_line(place.pool, person=registration.person)
    _write_answers(place, registration, claim, answers)
    _note("place.waiting", place, registration, by=by)
    look_at_line(place.pool)
    return claim


@busy_in_words
@transaction.atomic(durable=True)
def give_back(place: Bookable, *, registration: Registration, by: Account | None = None) -> bool:
    """The delegate gives the place back, declines the offer or leaves the line. False when there was nothing."""
    registration = lock(registration)
    claim = live_claim(place.pool, person=registration.person)
    if claim is None:
        return False
    end_claim(claim, BookingState.CANCELLED_BY_DELEGATE)
    _note("place.given_back", place, registration, by=by, was=claim.state)
    return True


def end_claim(claim: Claim, state: BookingState) -> None:
    """Release, free the time, note what became of the visit. The caller holds the person's lock and writes the audit."""
    release(claim)
    free_time(claim)
    move_booking(claim, state)


def _check(place: Bookable, registration: Registration, answers: Answers) -> None:
    """Everything that speaks against it, at once, so that one round of corrections is enough."""
    ground = ground_of(place.forum)
    found = reasons_against(
        place,
        registration=registration,
        ground=ground,
        rows=occupied_rows(registration.person),
        at=now(),
        birth_date=answers.birth_date,
    )
    refuse(found, place=place)
    if place.slot and place.slot.rule and not answers.rule_accepted and not _accepted(place, registration):
        message = _("Read the rule of this visit and tick the box under it.")
        raise DomainError("places.rule_not_accepted", message, fields={"rule": message}, status=422)


def refuse(found: list[Reason], *, place: Bookable) -> None:
    """Raise `DomainError("places.<first reason>")` with all of them in words."""
    if not found:
        return
    words = [in_words(reason, forum=place.forum) for reason in found]
    alone = len(found) == 1 and found[0].code in (Refusal.BIRTH_DATE_MISSING, Refusal.TOO_YOUNG)
    fields = {"birth_date": words[0].text} if alone else {}
    message = "\n".join(word.text for word in words)
    raise DomainError(f"places.{found[0].code.value}", message, fields=fields, reasons=codes(found))


def _accepted(place: Bookable, registration: Registration) -> bool:
    """Whoever waited or was offered the place has ticked before."""
    claim = live_claim(place.pool, person=registration.person)
    booking = getattr(claim, "visit_booking", None)
    return bool(booking and booking.rule_accepted_at)


def _take(place: Bookable, registration: Registration, answers: Answers, *, by: Account | None) -> Claim:
    claim = take_place(place.pool, person=registration.person, in_turn=True)
    _refuse_changed(place)
    _write_answers(place, registration, claim, answers)
    settle(place, registration, claim)
    _note("place.taken", place, registration, by=by)
    return claim


def _refuse_changed(place: Bookable) -> None:
    """Under the pool's lock, which a release needs too: the time that was looked at must still be the released one."""
    if place.session is None:
        return
    Pool.objects.select_for_update().get(pk=place.pool.pk)
    if newest_number(place.forum) != place.release:
        message = _("The programme has just changed. Look at the new time, then choose again.")
        raise DomainError("places.programme_changed", message)


def settle(place: Bookable, registration: Registration, claim: Claim) -> None:
    """A held place: its time, the state of the visit, the letter."""
    occupy_time(place, claim)
    move_booking(claim, BookingState.CONFIRMED)
    tell_of_place(place, registration, claim)


def _write_answers(place: Bookable, registration: Registration, claim: Claim, answers: Answers) -> None:
    if place.slot is None:
        return
    if answers.birth_date and registration.person.birth_date is None:
        registration.person.birth_date = answers.birth_date
        registration.person.save(update_fields=["birth_date"])
        on = ("registration", registration.ref)
        record("person.birth_date_given", on=on, forum=place.forum, as_applicant=True, changed=["birth_date"])
    accepted = now() if answers.rule_accepted and place.slot.rule else None
    begin_booking(claim, slot=place.slot, registration=registration, rule_accepted_at=accepted)


def _note(action: str, place: Bookable, registration: Registration, *, by: Account | None, **data: Any) -> None:
    on = ("registration", registration.ref)
    record(action, on=on, forum=place.forum, by=by, as_applicant=True, place=place.key, **data)

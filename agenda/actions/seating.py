"""What the organisers do with places of others: move somebody to another run, take a place back, close a thing."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from agenda.actions.bookings import end_claim, refuse
from agenda.actions.occupying import occupy_time
from agenda.actions.place_letters import tell_of_move, tell_of_taking_back
from agenda.actions.visit_states import begin_booking, move_booking
from agenda.enums import OVERRIDABLE, BookingState, Refusal
from agenda.models import VisitBooking
from agenda.queries.bookables import Bookable
from agenda.queries.eligibility import codes, ground_of, occupied_rows, reasons_against
from forum.actions.audit import record
from forum.actions.patience import busy_in_words
from forum.errors import DomainError
from forum.models import Account
from registration.actions.places import hand_over, live_claim
from registration.actions.state import lock
from registration.enums import ClaimState, PoolKind
from registration.models import Claim, Pool, Registration

OURS = (PoolKind.SEATS, PoolKind.VISIT)


@busy_in_words
@transaction.atomic(durable=True)
def move_visitor(
    booking: VisitBooking, *, was: Bookable, to: Bookable, note: str = "", override: str = "", by: Account
) -> Claim:
    """Give a visitor a place in another run, past its line, and the old place back. `note` goes into the letter.

    Raises `DomainError` with the reasons against it; those in `OVERRIDABLE` give way to `override`, a reason for the log.
    """
    registration = lock(booking.registration)
    claim = live_claim(was.pool, person=registration.person)
    if claim is None or claim.state != ClaimState.HELD:
        raise DomainError("visit.not_there", _("This person has no place in the visit any more. Load the page again."))
    if to.pool.claims.filter(person=registration.person, state=ClaimState.HELD).exists():
        raise DomainError(
            "visit.there_already", _("This person has a place in that visit already. Choose another one.")
        )
    overruled = _check_move(registration, was=was, to=to, override=override)
    _lock_pools(was, to)
    end_claim(claim, BookingState.MOVED)
    moved = hand_over(to.pool, to=registration.person)
    if to.slot:
        begin_booking(moved, slot=to.slot, registration=registration, rule_accepted_at=None)
    occupy_time(to, moved, overridden=Refusal.CLASH in overruled)
    move_booking(moved, BookingState.CONFIRMED)
    on = ("registration", registration.ref)
    record("place.moved", on=on, forum=to.forum, by=by, reason=override, was=was.key, place=to.key, overruled=overruled)
    tell_of_move(was, to, registration, moved, note=note)
    return moved


def _check_move(registration: Registration, *, was: Bookable, to: Bookable, override: str) -> list[str]:
    """Codes of the reasons that the coordinator has overruled."""
    rows, ground = occupied_rows(registration.person), ground_of(to.forum)
    found = reasons_against(to, registration=registration, ground=ground, rows=rows, at=now(), but=[was.pool.pk])
    hard = [reason for reason in found if reason.code not in OVERRIDABLE]
    refuse(hard or (found if not override.strip() else []), place=to)
    return codes(found)


def _lock_pools(*places: Bookable) -> None:
    """By key, before either is written: two moves in opposite directions must not wait for each other."""
    keys = [place.pool.pk for place in places]
    list(Pool.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))


@busy_in_words
@transaction.atomic(durable=True)
def take_back(place: Bookable, *, registration: Registration, note: str, by: Account) -> bool:
    """The organisers take a place back, or take somebody out of the line. `note` is read by the person.

    Raises `DomainError` without a note: people are owed a word. False when there was nothing to take back.
    """
    if not note.strip():
        message = _("Write a line for the person: it stands in the letter.")
        raise DomainError("places.note_missing", message, fields={"note": message}, status=422)
    registration = lock(registration)
    claim = live_claim(place.pool, person=registration.person)
    if claim is None:
        return False
    was = claim.state
    end_claim(claim, BookingState.CANCELLED_BY_ORGANISER)
    on = ("registration", registration.ref)
    record("place.taken_back", on=on, forum=place.forum, by=by, reason=note.strip(), place=place.key, was=was)
    tell_of_taking_back(place, registration, claim, held=was == ClaimState.HELD, note=note.strip())
    return True


def give_back_everything(registration: Registration, *, by: Account | None) -> int:
    """Whoever no longer takes part gives back every place in sessions and visits, and leaves every line.

    Part of the move of the registration: its locks are held by the caller, and the person is told by that move.
    """
    claims = _claims_of(registration.person_id)
    for claim in claims:
        end_claim(claim, BookingState.CANCELLED_BY_DELEGATE)
    if claims:
        on = ("registration", registration.ref)
        record("place.all_given_back", on=on, forum=registration.forum, by=by, places=len(claims))
    return len(claims)


def _claims_of(person_id: int) -> list[Claim]:
    """Live ones of our kinds, by pool: that is the order of locks."""
    rows = Claim.objects.live().filter(person_id=person_id, pool__kind__in=OURS)
    return list(rows.select_related("pool").order_by("pool_id"))

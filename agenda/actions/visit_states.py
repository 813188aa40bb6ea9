"""The only writer of a visit booking. The table of moves is in `agenda.enums`."""

from datetime import datetime

from django.utils.translation import gettext as _

from agenda.enums import BOOKING_MOVES, BookingState
from agenda.models import VisitBooking, VisitSlot
from forum.errors import DomainError
from registration.models import Claim, Registration


def begin_booking(
    claim: Claim, *, slot: VisitSlot, registration: Registration, rule_accepted_at: datetime | None
) -> VisitBooking:
    """The booking of a claim; the same one when asked again. The caller holds the person's lock."""
    booking, _created = VisitBooking.objects.get_or_create(
        claim=claim,
        defaults={"slot": slot, "registration": registration, "rule_accepted_at": rule_accepted_at},
    )
    return booking


def move_booking(claim: Claim, to: BookingState) -> None:
    """Note what became of the visit; nothing for a claim on a session. Moving to the same state changes nothing.

    Raises `DomainError("visit.move_refused")` for a move that is not in the table.
    """
    booking = VisitBooking.objects.filter(claim=claim).first()
    if booking is None or booking.state == to:
        return
    was = BookingState(booking.state)
    if to not in BOOKING_MOVES[was]:
        message = _("This is no longer possible: the booking is now “%(state)s”.") % {"state": was.label}
        raise DomainError("visit.move_refused", message, was=was, to=to)
    booking.state = to
    booking.save(update_fields=["state"])

"""What time does to applications, and what a lost broker forgot. Runs every minute; each step is safe to repeat."""

import logging

from django.db import transaction
from django.db.models import F, Q
from django.utils.timezone import now

from registration.actions.confirming import remind_of_deadlines
from registration.actions.hand_over import end_late
from registration.actions.invitation_works import sweep_invitations
from registration.actions.line import expire_offers, serve_line
from registration.actions.names_wanted import remind_of_names
from registration.actions.placeholders import call_in
from registration.actions.pools import due
from registration.actions.state import lock, move
from registration.enums import HOLDS_PLACE, ClaimState, RegistrationState
from registration.models import Claim, PlaceHolder, Pool, Registration

logger = logging.getLogger(__name__)
NOT_CONFIRMED = "not_confirmed_in_time"
"""Note of the move that takes an unconfirmed place back; pages show a sentence for it."""


def sweep() -> None:
    """Remind of deadlines, take back what was not confirmed, accepted or named in time, end invitations that are over, then
    serve every line with a free place and somebody in it, and the quotas whose release date has come.
    """
    remind_of_deadlines()
    remind_of_names()
    expire_unconfirmed()
    expire_offers()
    sweep_invitations()
    call_names_in()
    end_late()
    for pool_id in _to_serve():
        serve_line(pool_id=pool_id)


def _to_serve() -> list[int]:
    """Parts before the pool they were carved out of: what they release is served in the same run."""
    waiting = Claim.objects.filter(state=ClaimState.WAITING)
    served = Q(pk__in=waiting.values("pool")) | Q(pk__in=waiting.filter(pool__overflows=True).values("root"))
    released = Pool.objects.filter(due())
    wanted = Q(pk__in=released.values("pk")) | Q(pk__in=released.values("parent"))
    pools = Pool.objects.filter(wanted | (served & Q(taken__lt=F("places"))))
    return list(pools.order_by(F("parent").asc(nulls_last=True), "pk").values_list("pk", flat=True))


def call_names_in() -> int:
    """Places kept without names whose day is over, and for which no application was sent. Returns how many went back."""
    late = (
        PlaceHolder.objects.live()
        .filter(names_by__lte=now())
        .filter(Q(registration=None) | Q(registration__state__in=[RegistrationState.DRAFT, *HOLDS_PLACE]))
    )
    return sum(
        call_in(holder) for holder in late.select_related("registration", "quota__pool", "quota__forum").order_by("pk")
    )


def expire_unconfirmed() -> int:
    """Approved is not confirmed: after the deadline the place goes back to the quota. Returns how many."""
    late = Registration.objects.filter(state=RegistrationState.APPROVED, confirm_by__lte=now())
    return sum(_expire(registration) for registration in late.order_by("person_id").iterator(chunk_size=200))


@transaction.atomic(durable=True)
def _expire(registration: Registration) -> bool:
    registration = lock(registration)
    if (
        registration.state != RegistrationState.APPROVED
        or not registration.confirm_by
        or registration.confirm_by > now()
    ):
        return False
    move(registration, RegistrationState.CANCELLED, by=None, note=NOT_CONFIRMED)
    return True

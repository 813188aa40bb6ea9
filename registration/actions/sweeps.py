"""What time does to applications, and what a lost broker forgot. Runs every minute; each step is safe to repeat."""

import logging

from django.db import transaction
from django.db.models import F, Q
from django.utils.timezone import now

from registration.actions.hand_over import end_late
from registration.actions.line import expire_offers, serve_line
from registration.actions.pools import due
from registration.actions.state import lock, move
from registration.enums import ClaimState, RegistrationState
from registration.models import Claim, Pool, Registration

logger = logging.getLogger(__name__)
NOT_CONFIRMED = "not_confirmed_in_time"
"""Note of the move that takes an unconfirmed place back; pages show a sentence for it."""


def sweep() -> None:
    """Take back what was not confirmed or accepted in time, then serve every line with a free place and somebody in it,
    and the quotas whose release date has come.
    """
    expire_unconfirmed()
    expire_offers()
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

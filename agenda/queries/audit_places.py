"""Bookings whose claim and occupied time do not fit together. There are none unless somebody wrote past the actions."""

from agenda.models import OccupiedTime
from agenda.queries.bookables import bookable_of_pool
from registration.enums import ClaimState, PoolKind
from registration.models import Claim, Pool


def claims_without_time() -> list[str]:
    """Held places whose owner is not taken up at that time."""
    held = Claim.objects.filter(
        state=ClaimState.HELD, pool__kind__in=[PoolKind.SEATS, PoolKind.VISIT], occupied_times=None
    )
    takes_time = {pool.pk: _takes_time(pool) for pool in Pool.objects.filter(claims__in=held).distinct()}
    return [f"claim {claim.public_id}: held, but no time is taken up" for claim in held if takes_time[claim.pool_id]]


def _takes_time(pool: Pool) -> bool:
    place = bookable_of_pool(pool)
    return place is not None and place.takes_time


def times_without_claim() -> list[str]:
    """Times taken up by a place that is not held."""
    rows = OccupiedTime.objects.exclude(claim__state=ClaimState.HELD).select_related("claim")
    return [f"claim {row.claim.public_id}: {row.claim.state}, but time is taken up" for row in rows]

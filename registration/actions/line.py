"""The waiting line of a pool: whoever is next gets the place or an offer of it, and what is not answered goes on."""

from datetime import datetime

from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.timezone import now

from forum.crypto import keyed_hash
from registration.actions.places import hold, occupy, release
from registration.actions.pools import release_unused
from registration.enums import ClaimState
from registration.models import Claim, Person, Pool
from registration.policies import pool_policies

LINK_PURPOSE = "registration.offer"


def serve_line(*, pool_id: int) -> int:
    """Serve waiting claims, first in line first, until no place or nobody eligible is left. Returns how many.

    Whoever is not eligible now keeps the place in line and is passed over. What the line of a quota leaves after its release
    date goes to the category's.
    """
    served = 0
    for claim_id in _line(pool_id):
        pool = Pool.objects.get(pk=pool_id)
        if pool.left == 0 or (pool.closes_at and pool.closes_at <= now()):
            break
        served += _serve_one(claim_id, pool)
    release_unused(pool_id=pool_id)
    return served


def _line(pool_id: int) -> list[int]:
    pool = Pool.objects.get(pk=pool_id)
    if pool.left == 0 or not pool_policies[pool.kind].moves(pool):
        return []
    return list(Claim.objects.all().in_line_of(pool).values_list("pk", flat=True))


@transaction.atomic(durable=True)
def _serve_one(claim_id: int, pool: Pool) -> bool:
    """Person first, then pool, as everywhere; the claim is read again under the lock."""
    claim = _locked(claim_id)
    policy = pool_policies[pool.kind]
    if claim.state != ClaimState.WAITING or not _stands_in(claim, pool) or not policy.eligible(claim):
        return False
    claim.pool = pool
    until = policy.offer_until(claim)
    if until and until <= now():
        return False
    if not occupy(pool):
        return False
    if until is None:
        policy.held(hold(claim))
    else:
        policy.offered(claim, _offer(claim, until=until))
    return True


def _stands_in(claim: Claim, pool: Pool) -> bool:
    """Also after what happened between reading the line and the lock."""
    return claim.pool_id == pool.pk or (claim.root_id == pool.pk and claim.pool.overflows)


def _locked(claim_id: int) -> Claim:
    """The claim as it stands now, with the person's row locked."""
    person_id = Claim.objects.values_list("person_id", flat=True).get(pk=claim_id)
    Person.objects.select_for_update().get(pk=person_id)
    return Claim.objects.select_related("pool", "person").get(pk=claim_id)


def _offer(claim: Claim, *, until: datetime) -> str:
    """Write the offer down and return the secret of its link, which is stored nowhere."""
    secret = get_random_string(32)
    claim.state = ClaimState.OFFERED
    claim.offer_until = until
    claim.offer_hash = keyed_hash(secret, purpose=LINK_PURPOSE)
    claim.save(update_fields=["pool", "state", "offer_until", "offer_hash"])
    return secret


def claim_of_link(secret: str) -> Claim | None:
    """The claim that was once offered by this link, whatever has become of it; None for a link of nobody's."""
    found = Claim.objects.filter(offer_hash=keyed_hash(secret, purpose=LINK_PURPOSE))
    return found.select_related("pool", "person").first()


def expire_offers() -> int:
    """Offers that nobody answered in time, or whose line has stopped: the place goes on, the person leaves the line.
    Returns how many.
    """
    offered = Claim.objects.filter(state=ClaimState.OFFERED)
    over = offered.filter(offer_until__lte=now()) | offered.filter(pool__in=_stopped())
    return sum(_expire(claim_id) for claim_id in list(over.order_by("person_id").values_list("pk", flat=True)))


def _stopped() -> list[Pool]:
    """Pools with open offers whose line does not move any more; few pools have any."""
    pools = Pool.objects.filter(pk__in=Claim.objects.filter(state=ClaimState.OFFERED).values("pool"))
    return [pool for pool in pools if not pool_policies[pool.kind].moves(pool)]


@transaction.atomic(durable=True)
def _expire(claim_id: int) -> bool:
    claim = _locked(claim_id)
    policy = pool_policies[claim.pool.kind]
    if claim.state != ClaimState.OFFERED or claim.offer_until is None:
        return False
    if claim.offer_until > now() and policy.moves(claim.pool):
        return False
    release(claim)
    policy.lapsed(claim)
    return True

"""The only way to take, wait for or give back a place (see `docs/architecture.md`, Places).

Lock order everywhere: persons by key, then pools. A pool changes by compare-and-set, so two people never get one place;
the check constraint is the last line. Freeing a place queues the serving of the line, which does its own locking.
"""

from django.db import transaction
from django.db.models import F
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.actions.audit import record
from forum.errors import DomainError
from forum.models import Account, Forum
from registration.enums import ClaimState
from registration.models import Claim, Person, Pool
from registration.policies import pool_policies
from registration.tasks import serve_line as serve_line_task


def take_place(pool: Pool, *, person: Person) -> Claim:
    """Give `person` a place, or raise `DomainError("places.full")`. Taking twice returns the same claim.

    The caller holds the person's row lock and owns the transaction. People already in line are not overtaken by
    newcomers; somebody from the line itself is served wherever a place is free.
    """
    claim = pool.claims.live().filter(person=person).first()
    if claim and claim.state == ClaimState.HELD:
        return claim
    if (claim is None and pool.claims.in_line().exists()) or not _occupy(pool):
        raise DomainError("places.full", _("All places are taken."), pool=str(pool.public_id))
    return _hold(claim or Claim(pool=pool, person=person))


def join_line(pool: Pool, *, person: Person, rank: int = 0) -> Claim:
    """Put `person` at the end of the line of their rank. Joining twice returns the same claim.

    The caller holds the person's row lock and owns the transaction.
    """
    claim, _created = pool.claims.live().get_or_create(
        person=person, defaults={"pool": pool, "state": ClaimState.WAITING, "rank": rank}
    )
    return claim


def give_back(pool: Pool, *, person: Person) -> None:
    """Release the person's claim, held or waiting. Safe to ask twice: only the first call frees a place."""
    claim = pool.claims.live().filter(person=person).first()
    if claim is None:
        return
    was = claim.state
    changed = Claim.objects.filter(pk=claim.pk, state=was).update(state=ClaimState.RELEASED, released_at=now())
    if changed and was in (ClaimState.HELD, ClaimState.OFFERED):
        _vacate(pool)
        serve_line_task.delay_on_commit(pool_id=pool.pk)


def hand_over(pool: Pool, *, to: Person) -> Claim:
    """The place that the caller's transaction has just freed goes to `to`, past the line: it never was a free one.

    The caller holds both persons' row locks.
    """
    if not _occupy(pool):
        raise DomainError("places.full", _("All places are taken."), pool=str(pool.public_id))
    return _hold(pool.claims.live().filter(person=to).first() or Claim(pool=pool, person=to))


def _occupy(pool: Pool) -> bool:
    """Compare-and-set: true when a place was free and is now taken."""
    return bool(Pool.objects.filter(pk=pool.pk, taken__lt=F("places")).update(taken=F("taken") + 1))


def _vacate(pool: Pool) -> None:
    """One less; an excess shrinks first, so nobody new comes in while the pool is over-full."""
    locked = Pool.objects.select_for_update().get(pk=pool.pk)
    locked.taken -= 1
    locked.excess = max(locked.taken - locked.places, 0)
    locked.save(update_fields=["taken", "excess"])


def _hold(claim: Claim) -> Claim:
    claim.state = ClaimState.HELD
    claim.held_at = now()
    claim.save()
    return claim


def serve_line(*, pool_id: int) -> int:
    """Serve waiting claims, first in line first, until no place or nobody eligible is left. Returns how many.

    Whoever is no longer eligible keeps the place in line and is passed over.
    """
    served = 0
    for claim_id in list(Claim.objects.filter(pool_id=pool_id).in_line().values_list("pk", flat=True)):
        pool = Pool.objects.get(pk=pool_id)
        if pool.left == 0 or (pool.closes_at and pool.closes_at <= now()):
            break
        served += _serve_one(claim_id)
    return served


@transaction.atomic(durable=True)
def _serve_one(claim_id: int) -> bool:
    """Person first, then pool, as everywhere; the claim is read again under the lock."""
    person_id = Claim.objects.values_list("person_id", flat=True).get(pk=claim_id)
    Person.objects.select_for_update().get(pk=person_id)
    claim = Claim.objects.select_related("pool", "person").get(pk=claim_id)
    policy = pool_policies[claim.pool.kind]
    if claim.state != ClaimState.WAITING or not policy.eligible(claim) or not _occupy(claim.pool):
        return False
    policy.held(_hold(claim))
    return True


@transaction.atomic
def resize_pool(pool: Pool, *, places: int, forum: Forum, by: Account) -> Pool:
    """Change the number of places. Fewer than taken is allowed: nobody is evicted, nobody new is let in, and the
    excess is written down for people to work off. More places are offered to the line.
    """
    locked = Pool.objects.select_for_update().get(pk=pool.pk)
    was = locked.places
    locked.places = places
    locked.excess = max(locked.taken - places, 0)
    locked.save(update_fields=["places", "excess"])
    record(
        "places.resized", on=("pool", pool.public_id), forum=forum, by=by, was=was, places=places, excess=locked.excess
    )
    serve_line_task.delay_on_commit(pool_id=pool.pk)
    return locked

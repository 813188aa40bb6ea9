"""The only way to take, wait for, be offered or give back a place (see `docs/architecture.md`, Places).

Lock order everywhere: persons by key, then pools (the quota of the category first, then by key). A pool changes by
compare-and-set, so two people never get one place; the check constraint is the last line. Freeing a place queues the
serving of the line (`registration.actions.line`), which does its own locking.
"""

from django.db.models import BigIntegerField, F
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.errors import DomainError
from forum.queries.compiled import Compiled, Slot
from registration.enums import ClaimState
from registration.models import Claim, Person, Pool
from registration.tasks import serve_line as serve_line_task

TAKEN = (ClaimState.HELD, ClaimState.OFFERED)
"""States that count in `Pool.taken`."""
_POOL, _PERSON = Slot("pool", BigIntegerField()), Slot("person", BigIntegerField())
_LIVE: Compiled[Claim] = Compiled(lambda: Claim.objects.live().filter(pool=_POOL, person=_PERSON))
_FIRST_IN_LINE: Compiled[Claim] = Compiled(lambda: Claim.objects.in_line().filter(pool=_POOL)[:1])


def take_place(pool: Pool, *, person: Person, in_turn: bool = False) -> Claim:
    """Give `person` a place, or raise `DomainError("places.full")`. Taking twice returns the same claim.

    The caller holds the person's row lock and owns the transaction. An offer is accepted by taking the place. People
    already in line are not overtaken by newcomers; somebody from the line itself is served wherever a place is free,
    unless `in_turn` says that whoever stands further ahead comes first.
    """
    claim = live_claim(pool, person=person)
    if claim and claim.state == ClaimState.HELD:
        return claim
    if claim and claim.state == ClaimState.OFFERED:
        return _accept(claim)
    if _others_come_first(claim, pool, in_turn=in_turn) or not occupy(pool):
        raise DomainError("places.full", _("All places are taken."), pool=str(pool.public_id))
    return hold(claim or Claim(pool=pool, person=person))


def live_claim(pool: Pool, *, person: Person) -> Claim | None:
    """What `person` waits for, was offered or holds in `pool`."""
    claim = _LIVE.first(pool=pool.pk, person=person.pk)
    if claim:
        claim.pool = pool
    return claim


def _others_come_first(claim: Claim | None, pool: Pool, *, in_turn: bool) -> bool:
    if claim and not in_turn:
        return False
    first = _FIRST_IN_LINE.first(pool=pool.pk)
    return first is not None and first != claim


def _accept(claim: Claim) -> Claim:
    """The place is counted already. After its end an offer is dead, even before the sweep has passed it on."""
    if claim.offer_until is None or claim.offer_until <= now():
        raise DomainError(
            "places.offer_over",
            _("The time to accept is over and the place goes to the next person in line. You can wait in line again."),
            status=410,
        )
    return hold(claim)


def join_line(pool: Pool, *, person: Person, rank: int = 0) -> Claim:
    """Put `person` at the end of the line of their rank. Joining twice returns the same claim.

    The caller holds the person's row lock and owns the transaction.
    """
    claim, _created = pool.claims.live().get_or_create(
        person=person, defaults={"pool": pool, "state": ClaimState.WAITING, "rank": rank}
    )
    return claim


def give_back(pool: Pool, *, person: Person) -> Claim | None:
    """Release the person's claim: held, offered or waiting. None when there was none: only the first call frees a place.

    The caller holds the person's row lock.
    """
    claim = live_claim(pool, person=person)
    return claim if claim and release(claim) else None


def release(claim: Claim) -> bool:
    """End a claim as it was read; false when it has changed meanwhile. A freed place goes to the line after commit."""
    changed = Claim.objects.filter(pk=claim.pk, state=claim.state).update(state=ClaimState.RELEASED, released_at=now())
    if changed and claim.state in TAKEN:
        _vacate(claim.pool)
        serve_line_task.delay_on_commit(pool_id=claim.pool_id)
    return bool(changed)


def hand_over(pool: Pool, *, to: Person) -> Claim:
    """The place that the caller's transaction has just freed goes to `to`, past the line: it never was a free one.

    The caller holds both persons' row locks.
    """
    claim = live_claim(pool, person=to)
    if claim and claim.state == ClaimState.HELD:
        return claim
    counted = claim is not None and claim.state == ClaimState.OFFERED
    if not counted and not occupy(pool):
        raise DomainError("places.full", _("All places are taken."), pool=str(pool.public_id))
    return hold(claim or Claim(pool=pool, person=to))


def look_at_line(pool: Pool) -> None:
    """Have the line served after commit: a place may stand free while those ahead cannot take it."""
    serve_line_task.delay_on_commit(pool_id=pool.pk)


def occupy(pool: Pool) -> bool:
    """Compare-and-set: true when a place was free and is now taken. What is full is seen without waiting for a lock."""
    if not Pool.objects.filter(pk=pool.pk, taken__lt=F("places")).exists():
        return False
    return bool(Pool.objects.filter(pk=pool.pk, taken__lt=F("places")).update(taken=F("taken") + 1))


def _vacate(pool: Pool) -> None:
    """One less; an excess shrinks first, so nobody new comes in while the pool is over-full."""
    locked = Pool.objects.select_for_update().get(pk=pool.pk)
    locked.taken -= 1
    locked.excess = max(locked.taken - locked.places, 0)
    locked.save(update_fields=["taken", "excess"])


def hold(claim: Claim) -> Claim:
    """The claim has its place. The caller has occupied it."""
    claim.state = ClaimState.HELD
    claim.held_at = now()
    claim.save()
    return claim

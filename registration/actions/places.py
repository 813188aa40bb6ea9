"""The only way to take, wait for, be offered or give back a place (see `docs/architecture.md`, Places).

Lock order everywhere: persons by key, then pools (the quota of the category first, then by key; a pool before its parts).
A pool changes by compare-and-set, so two people never get one place; the check constraint is the last line. Freeing a place
queues the serving of the line (`registration.actions.line`), which does its own locking.
"""

from django.db import transaction
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
_ROOT, _PART, _PERSON = (Slot(name, BigIntegerField()) for name in ("root", "part", "person"))
_LIVE: Compiled[Claim] = Compiled(lambda: Claim.objects.live().filter(root=_ROOT, person=_PERSON))
_FIRST_OF_ROOT: Compiled[Claim] = Compiled(lambda: Claim.objects.all().in_line_of_root(_ROOT)[:1])
_FIRST_OF_PART: Compiled[Claim] = Compiled(lambda: Claim.objects.all().in_line_of_part(_ROOT, _PART)[:1])


def take_place(pool: Pool, *, person: Person, in_turn: bool = False) -> Claim:
    """Give `person` a place, or raise `DomainError("places.full")`. Taking twice returns the same claim, also where it is
    one in another part of the same whole.

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
    return hold(_counted_in(pool, claim, person))


def live_claim(pool: Pool, *, person: Person) -> Claim | None:
    """What `person` waits for, was offered or holds in `pool`, or in another part of the same whole: there is one claim."""
    claim = _LIVE.first(root=pool.root_id, person=person.pk)
    if claim and claim.pool_id == pool.pk:
        claim.pool = pool
    return claim


def _counted_in(pool: Pool, claim: Claim | None, person: Person) -> Claim:
    """The claim of somebody who waits, or a new one; from now on of `pool`. Not saved."""
    claim = claim or Claim(root_id=pool.root_id, person=person)
    claim.pool = pool
    return claim


def _others_come_first(claim: Claim | None, pool: Pool, *, in_turn: bool) -> bool:
    if claim and not in_turn:
        return False
    part = pool.parent_id is not None
    first = _FIRST_OF_PART.first(root=pool.parent_id, part=pool.pk) if part else _FIRST_OF_ROOT.first(root=pool.pk)
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
    if claim := live_claim(pool, person=person):
        return claim
    return Claim.objects.create(pool=pool, root_id=pool.root_id, person=person, state=ClaimState.WAITING, rank=rank)


def give_back(pool: Pool, *, person: Person) -> Claim | None:
    """Release the person's claim, wherever it is counted: held, offered or waiting. None when there was none: only the
    first call frees a place.

    The caller holds the person's row lock.
    """
    claim = live_claim(pool, person=person)
    return claim if claim and release(claim) else None


def release(claim: Claim) -> bool:
    """End a claim as it was read; false when it has changed meanwhile. A freed place goes to the line after commit."""
    as_read = Claim.objects.filter(pk=claim.pk, state=claim.state, pool=claim.pool_id)
    changed = as_read.update(state=ClaimState.RELEASED, released_at=now())
    if changed and claim.state in TAKEN:
        _vacate(claim.pool)
    return bool(changed)


def return_to_line(pool: Pool, *, person: Person) -> bool:
    """Somebody who came from the line goes back to the place they had in it: a decision is taken back.

    The claim that is held, or that was given back last, waits again. False when there is none, or a newer one stands. The
    caller holds the person's row lock.
    """
    claim = Claim.objects.filter(root=pool.root_id, person=person).order_by("-pk").first()
    if claim is None or claim.state == ClaimState.OFFERED:
        return False
    held = claim.state == ClaimState.HELD
    claim.state, claim.held_at, claim.released_at = ClaimState.WAITING, None, None
    claim.save(update_fields=["state", "held_at", "released_at"])
    if held:
        _vacate(claim.pool)
    return True


def hand_over(pool: Pool, *, to: Person) -> Claim:
    """A free place goes to `to`, past the line. The caller holds the person's row lock."""
    claim = live_claim(pool, person=to)
    if claim and claim.state == ClaimState.HELD:
        return claim
    if claim and claim.state == ClaimState.OFFERED:
        return hold(claim)
    if not occupy(pool):
        raise DomainError("places.full", _("All places are taken."), pool=str(pool.public_id))
    return hold(_counted_in(pool, claim, to))


def pass_place(claim: Claim, *, to: Person) -> Claim:
    """The place of a held claim goes to somebody else as it is, past the line: it never was a free one.

    The caller holds both persons' row locks. A place offered to `to` elsewhere in the whole goes back to its line.
    """
    own = live_claim(claim.pool, person=to)
    if own and own.state in TAKEN:
        release(own)
        own = None
    Claim.objects.filter(pk=claim.pk).update(state=ClaimState.RELEASED, released_at=now())
    return hold(_counted_in(claim.pool, own, to))


def keep_nameless(pool: Pool, *, number: int) -> bool:
    """Compare-and-set: true when `number` places of a quota were free and are now kept, for people who have no name yet."""
    free = Pool.objects.filter(pk=pool.pk, taken__lte=F("places") - number)
    return bool(free.update(taken=F("taken") + number))


def give_back_nameless(pool: Pool, *, number: int) -> None:
    """Places that were kept without a name are free for the line. The caller has ended as many place holders."""
    for _place in range(number):
        _vacate(pool)


def name_place(pool: Pool, *, person: Person) -> Claim:
    """A place that was kept without a name becomes `person`'s, past the line: it never was a free one.

    The caller holds the person's row lock and has ended the place holder. Whoever has a place already gives this one back.
    """
    claim = live_claim(pool, person=person)
    if claim and claim.state == ClaimState.HELD:
        _vacate(pool)
        return claim
    if claim and claim.state == ClaimState.OFFERED:
        release(claim)
        claim = None
    return hold(_counted_in(pool, claim, person))


def move_claim(claim: Claim, *, to: Pool) -> bool:
    """Count a live claim in another part of its whole. False when it counts as taken and there is no place.

    The caller holds the person's row lock.
    """
    was = claim.pool
    if claim.state in TAKEN:
        lock_pools(was, to)
        if not occupy(to):
            return False
        _vacate(was)
    claim.pool = to
    claim.save(update_fields=["pool"])
    return True


def look_at_line(pool: Pool) -> None:
    """Have the line served after commit: a place may stand free while those ahead cannot take it."""
    serve_line_task.delay_on_commit(pool_id=pool.pk)


def occupy(pool: Pool) -> bool:
    """Compare-and-set: true when a place was free and is now taken. What is full is seen without waiting for a lock."""
    free = Pool.objects.filter(pk=pool.pk, taken__lt=F("places"))
    if not free.exists():
        return False
    if pool.parent_id is None:
        return bool(free.update(taken=F("taken") + 1))
    # Whoever waited for the row in vain has locked it, and may go on to the parent, which comes before its parts.
    with transaction.atomic():
        changed = free.update(taken=F("taken") + 1)
        transaction.set_rollback(not changed)
    return bool(changed)


def lock_pools(*pools: Pool) -> dict[int, Pool]:
    """The rows of these pools and of those they were carved out of, locked in the one order; by key.

    A claim that is written meanwhile refers to both: the locks do not stand in its way.
    """
    keys = {key for pool in pools for key in (pool.pk, pool.parent_id) if key}
    in_order = (
        Pool.objects.select_for_update(no_key=True)
        .filter(pk__in=keys)
        .order_by(F("parent").asc(nulls_first=True), "pk")
    )
    return {pool.pk: pool for pool in in_order}


def _vacate(pool: Pool) -> None:
    """One less; an excess shrinks first, so nobody new comes in while the pool is over-full. The place goes to the line of
    the pool, or to the parent, where the pool has been made smaller than it was full.
    """
    locked = lock_pools(pool)
    mine = locked[pool.pk]
    mine.taken -= 1
    owed = mine.excess - over(mine)
    mine.excess = over(mine)
    mine.save(update_fields=["taken", "excess"])
    serve_line_task.delay_on_commit(pool_id=mine.pk)
    if owed and mine.parent_id:
        add_places(locked[mine.parent_id], owed)


def over(pool: Pool) -> int:
    """How many more people than places: what `excess` has to say."""
    return max(pool.taken - pool.places, 0)


def add_places(pool: Pool, number: int) -> None:
    """More places (or fewer, below zero) for the line to have. The caller holds the lock, and what is left is no fewer
    than none.
    """
    pool.places += number
    pool.excess = over(pool)
    pool.save(update_fields=["places", "excess"])
    serve_line_task.delay_on_commit(pool_id=pool.pk)


def hold(claim: Claim) -> Claim:
    """The claim has its place. The caller has occupied it."""
    claim.state = ClaimState.HELD
    claim.held_at = now()
    claim.save()
    return claim

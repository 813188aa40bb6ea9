"""What is done to a number of places as such: resizing it, carving a part out of it, counting it anew from its claims."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.actions.audit import record
from forum.errors import DomainError
from forum.models import Account, Forum
from registration.actions.places import TAKEN, add_places, lock_pools, over
from registration.models import Claim, PlaceHolder, Pool
from registration.tasks import serve_line as serve_line_task


@transaction.atomic
def resize_pool(pool: Pool, *, places: int, forum: Forum, by: Account) -> Pool:
    """Change the number of places. Fewer than taken is allowed: nobody is evicted, nobody new is let in, and the
    excess is written down for people to work off. More places are offered to the line.
    """
    locked = Pool.objects.select_for_update(no_key=True).get(pk=pool.pk)
    was = locked.places
    add_places(locked, places - was)
    record(
        "places.resized", on=("pool", pool.public_id), forum=forum, by=by, was=was, places=places, excess=locked.excess
    )
    return locked


def resize_part(part: Pool, *, places: int, moved: Sequence[Claim] = (), beyond_free: bool = False) -> Pool:
    """Move places between a pool and its parent: a growing part takes free ones, a shrinking one gives unused ones back.

    What is taken beyond `places` stays as `excess`, and each of these places goes to the parent as it is freed: nobody is
    evicted, and no place is counted twice. `moved` are taken claims of the parent that the part counts from now on; their
    places come with them. The caller holds the locks of their persons and owns the transaction. `beyond_free` takes places
    that are not free: then it is the parent that has the excess. Raises `DomainError("places.none_free")`.
    """
    locked = lock_pools(part)
    mine, parent = locked[part.pk], locked[part.root_id]
    needed = max(places, mine.taken + len(moved)) - mine.places - mine.excess
    free = max(parent.places - parent.taken + len(moved), 0)
    if needed > (parent.places if beyond_free else free):
        _refuse_growth(parent, most=mine.places + mine.excess + free)
    Claim.objects.filter(pk__in=[claim.pk for claim in moved]).update(pool=mine)
    mine.taken += len(moved)
    parent.taken -= len(moved)
    mine.places, mine.excess = places, max(mine.taken - places, 0)
    parent.places, parent.excess = parent.places - needed, max(parent.taken - parent.places + needed, 0)
    for pool in (parent, mine):
        pool.save(update_fields=["places", "taken", "excess"])
        serve_line_task.delay_on_commit(pool_id=pool.pk)
    return mine


def _refuse_growth(parent: Pool, *, most: int) -> None:
    message = _("The category has not so many free places: at most %(number)s are possible now.") % {"number": most}
    raise DomainError("places.none_free", message, fields={"places": message}, most=most, pool=str(parent.public_id))


@transaction.atomic(durable=True)
def release_unused(*, pool_id: int) -> int:
    """From its release date on, a quota's free places go to the category, and its people stand in the category's line.

    Returns how many places went. Safe to repeat, and nothing where the date has not come.
    """
    part = Pool.objects.filter(due()).filter(pk=pool_id).first()
    if part is None:
        return 0
    locked = lock_pools(part)
    mine, free = locked[part.pk], locked[part.pk].left
    mine.places -= free
    mine.overflows = True
    mine.save(update_fields=["places", "overflows"])
    add_places(locked[part.root_id], free)
    record("quota.released", on=("pool", mine.public_id), forum=part.quota.forum, places=free)
    return free


def due() -> Q:
    """Parts whose release date has come and that still keep something back."""
    return Q(release_at__lte=now()) & (Q(overflows=False) | Q(taken__lt=F("places")))


@dataclass(frozen=True)
class Miscount:
    """A pool that says `taken` while its claims say `counted`."""

    pool: Pool
    taken: int
    counted: int


def miscounted() -> list[Miscount]:
    """Pools whose number differs from their claims and nameless places; three queries."""
    counted = Counter(dict(Claim.objects.filter(state__in=TAKEN).order_by().values_list("pool").annotate(Count("pk"))))
    kept = PlaceHolder.objects.live().order_by().values_list("quota__pool").annotate(Count("pk"))
    counted.update(dict(kept))
    return [
        Miscount(pool, pool.taken, counted[pool.pk])
        for pool in Pool.objects.order_by("pk")
        if pool.taken != counted[pool.pk]
    ]


def _nameless(pool: Pool) -> int:
    return PlaceHolder.objects.live().filter(quota__pool=pool).count()


@transaction.atomic
def recount_pool(pool: Pool) -> Miscount | None:
    """Set the number to what the claims say. None when it was right. Bookings wait for the lock and lose nothing."""
    locked = lock_pools(pool)
    mine = locked[pool.pk]
    counted = mine.claims.filter(state__in=TAKEN).count() + _nameless(mine)
    if counted == mine.taken:
        return None
    found = Miscount(mine, mine.taken, counted)
    mine.taken = counted
    owed, mine.excess = mine.excess - over(mine), over(mine)
    mine.save(update_fields=["taken", "excess"])
    if owed and mine.parent_id:
        parent = locked[mine.parent_id]
        add_places(parent, max(owed, -parent.places))
    record("places.recounted", on=("pool", mine.public_id), forum=None, was=found.taken, counted=counted)
    serve_line_task.delay_on_commit(pool_id=mine.pk)
    return found

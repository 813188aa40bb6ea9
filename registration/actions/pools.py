"""What is done to a number of places as such: resizing it, and counting it anew from its claims."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count

from forum.actions.audit import record
from forum.models import Account, Forum
from registration.actions.places import TAKEN
from registration.models import Claim, Pool
from registration.tasks import serve_line as serve_line_task


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


@dataclass(frozen=True)
class Miscount:
    """A pool that says `taken` while its claims say `counted`."""

    pool: Pool
    taken: int
    counted: int


def miscounted() -> list[Miscount]:
    """Pools whose number differs from their claims; two queries."""
    counted = dict(Claim.objects.filter(state__in=TAKEN).order_by().values_list("pool").annotate(number=Count("pk")))
    return [
        Miscount(pool, pool.taken, counted.get(pool.pk, 0))
        for pool in Pool.objects.order_by("pk")
        if pool.taken != counted.get(pool.pk, 0)
    ]


@transaction.atomic
def recount_pool(pool: Pool) -> Miscount | None:
    """Set the number to what the claims say. None when it was right. Bookings wait for the lock and lose nothing."""
    locked = Pool.objects.select_for_update().get(pk=pool.pk)
    counted = locked.claims.filter(state__in=TAKEN).count()
    if counted == locked.taken:
        return None
    found = Miscount(locked, locked.taken, counted)
    locked.taken = counted
    locked.excess = max(counted - locked.places, 0)
    locked.save(update_fields=["taken", "excess"])
    record("places.recounted", on=("pool", locked.public_id), forum=None, was=found.taken, counted=counted)
    serve_line_task.delay_on_commit(pool_id=locked.pk)
    return found

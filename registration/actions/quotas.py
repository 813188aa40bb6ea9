"""Keeping places of a category for a delegation or an organisation: set, change, follow."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.actions.audit import record
from forum.actions.patience import busy_in_words
from forum.errors import DomainError
from forum.models import Account, Organisation
from registration.actions.places import TAKEN, lock_pools
from registration.actions.pools import resize_part
from registration.enums import ClaimState, PoolKind
from registration.models import Category, Claim, Delegation, Person, Pool, Quota
from registration.queries.quotas import members_of


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What is agreed on. `overflows`: whoever finds the quota full may have a place of the category; `release_at`: from
    then on unused places go back to the category. `version` is that of the quota one has seen; 0 for a new one.
    """

    places: int
    overflows: bool = True
    release_at: datetime | None = None
    version: int = 0


@busy_in_words
@transaction.atomic
def set_quota(
    category: Category,
    *,
    group: Delegation | Organisation,
    terms: Terms,
    by: Account,
    beyond_free: bool = False,
    reason: str = "",
) -> Quota:
    """Keep places of a category for a group, or change what is kept. Its people who have or wait for a place of the
    category are counted in the quota from now on, as far as it goes: they come with their places.

    More than is free is refused (`places.none_free`), unless `beyond_free` says so with a reason: then the category is over-full
    until it is worked off. Fewer than are used evicts nobody: `pool.excess` says how many are over, and their places
    go to the category as they are freed. Raises `DomainError("quota.stale")` when somebody changed it meanwhile.
    """
    _refuse_bad_terms(terms, beyond_free=beyond_free, reason=reason)
    persons = _lock_members(category, group)
    lock_pools(category.pool)
    quota = _found(category, group, terms)
    was = quota.pool.places
    moved = _claims(quota, persons, room=max(terms.places - quota.pool.taken, 0))
    quota.pool = resize_part(quota.pool, places=terms.places, moved=moved, beyond_free=beyond_free)
    _write(quota, terms)
    record(
        "quota.set",
        on=("quota", quota.public_id),
        forum=category.forum,
        by=by,
        reason=reason,
        category=category.code,
        was=was,
        places=terms.places,
        excess=quota.pool.excess,
        overflows=terms.overflows,
        release_at=terms.release_at.isoformat() if terms.release_at else "",
        beyond_free=beyond_free,
    )
    return quota


def _refuse_bad_terms(terms: Terms, *, beyond_free: bool, reason: str) -> None:
    if terms.release_at and terms.release_at <= now():
        message = _("The release date must lie in the future: from then on unused places go back.")
        raise DomainError("quota.past", message, fields={"release_at": message}, status=422)
    if beyond_free and not reason.strip():
        message = _("Say why more places are given than are free: it stands in the log.")
        raise DomainError("quota.reason_missing", message, fields={"reason": message}, status=422)


def _lock_members(category: Category, group: Delegation | Organisation) -> list[int]:
    """People of the group with a claim on the category itself; persons come before pools."""
    quota = Quota(category=category, **_key(group))
    claims = Claim.objects.live().filter(pool=category.pool_id, person__in=members_of(quota).values("person"))
    rows = Person.objects.select_for_update().filter(pk__in=claims.values("person")).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def _key(group: Delegation | Organisation) -> dict[str, Delegation | Organisation]:
    return {"delegation" if isinstance(group, Delegation) else "organisation": group}


def _found(category: Category, group: Delegation | Organisation, terms: Terms) -> Quota:
    """The quota there is, or a new one without places. The category's pool is locked: two officers make one."""
    quota = Quota.objects.filter(category=category, **_key(group)).select_related("pool").first()
    if (quota.version if quota else 0) != terms.version:
        raise DomainError("quota.stale", _("Somebody changed this quota meanwhile. Load the page again and compare."))
    if quota:
        return quota
    pool = Pool.objects.create(kind=PoolKind.QUOTA, places=0, parent=category.pool)
    return Quota.objects.create(forum=category.forum, category=category, pool=pool, version=0, **_key(group))


def _claims(quota: Quota, persons: list[int], *, room: int) -> list[Claim]:
    """Taken claims that the quota counts from now on, the earliest first; those who wait come too, with their turn."""
    claims = Claim.objects.filter(pool=quota.pool.parent_id, person__in=persons).order_by("pk")
    claims.filter(state=ClaimState.WAITING).update(pool=quota.pool)
    return list(claims.filter(state__in=TAKEN)[:room])


def _write(quota: Quota, terms: Terms) -> None:
    quota.pool.overflows, quota.pool.release_at = terms.overflows, terms.release_at
    quota.pool.save(update_fields=["overflows", "release_at"])
    quota.version += 1
    quota.save(update_fields=["version"])

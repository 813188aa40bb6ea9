"""Quotas: which places somebody may have, and how many of them are used."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from forum.models import Forum
from registration.models import Category, Claim, Pool, Quota, Registration

SET_UP = ("category__pool", "delegation__region", "organisation", "pool")


def quotas_of(forum: Forum) -> QuerySet[Quota]:
    """Every quota of the edition, by category, then by group."""
    rows = Quota.objects.filter(forum=forum).select_related(*SET_UP)
    return rows.order_by("category__seniority", "delegation__region__code", "organisation__slug", "pk")


def quotas_of_organisations(forum: Forum) -> QuerySet[Quota]:
    """Those of them that are kept for whoever sends people."""
    return quotas_of(forum).filter(organisation__isnull=False)


def quota_of(registration: Registration) -> Quota | None:
    """The quota under which the person comes: of the organisation that sends them, else of their delegation."""
    groups = Q(delegation=registration.delegation_id) if registration.delegation_id else Q()
    if registration.sent_by_id:
        groups |= Q(organisation=registration.sent_by_id)
    if not groups:
        return None
    found = Quota.objects.filter(groups, category=registration.category_id).select_related("pool")
    return found.order_by(F("organisation").asc(nulls_last=True)).first()


def pools_of(registration: Registration) -> list[Pool]:
    """Whose places the person may have, the most fitting first: the quota's, the category's where nothing stands between.

    This decides the pool of every registration; which of them it is counted in, its claim says (`claim_of`).
    """
    quota = quota_of(registration)
    if quota is None:
        return [registration.category.pool]
    quota.pool.parent = registration.category.pool
    return [quota.pool, registration.category.pool] if quota.pool.overflows else [quota.pool]


@dataclass(frozen=True)
class Limit:
    """A number of places somebody may have one of, by the name of whose places they are."""

    name: str
    pool: Pool


def limits_of(registration: Registration) -> list[Limit]:
    """`pools_of` as they stand at this moment, with their names."""
    pools = Pool.objects.select_related("quota__delegation__region", "quota__organisation")
    fresh = pools.in_bulk([pool.pk for pool in pools_of(registration)])
    return [Limit(name_of_pool(pool, category=registration.category), pool) for pool in _parts_first(fresh.values())]


def _parts_first(pools: Iterable[Pool]) -> list[Pool]:
    return sorted(pools, key=lambda pool: pool.parent_id is None)


def claim_of(registration: Registration) -> Claim | None:
    """What the person waits for, was offered or holds as a participant, in whichever pool of the category it is."""
    rows = Claim.objects.live().filter(root=registration.category.pool_id, person=registration.person_id)
    return rows.select_related("pool__quota__delegation__region", "pool__quota__organisation").first()


def name_of_pool(pool: Pool, *, category: Category) -> str:
    """Whose places these are, as people call them: the group, or the category."""
    quota = getattr(pool, "quota", None)
    if quota is None:
        return str(category)
    return (
        str(quota.delegation.region)
        if quota.delegation_id
        else quota.organisation.short_name or str(quota.organisation)
    )


def members_of(quota: Quota) -> QuerySet[Registration]:
    """Who comes under this quota, in every state. Whoever is sent by an organisation with a quota of its own is not of
    the delegation's.
    """
    rows = Registration.objects.filter(category=quota.category_id)
    if quota.organisation_id:
        return rows.filter(sent_by=quota.organisation_id)
    others = Quota.objects.filter(category=quota.category_id, organisation__isnull=False).values("organisation")
    return rows.filter(delegation=quota.delegation_id).exclude(sent_by__in=others)


def total_places(category: Category) -> tuple[int, int]:
    """(taken, places) of the category with all that was carved out of it."""
    pools: Sequence[Pool] = list(Pool.objects.filter(Q(pk=category.pool_id) | Q(parent=category.pool_id)))
    return sum(pool.taken for pool in pools), sum(pool.places for pool in pools)

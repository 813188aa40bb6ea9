"""Outlets of the media and crews of the technical staff: what is kept for them, who has applied, what they bring."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, QuerySet, Sum

from forum.enums import Role
from forum.models import Forum, Organisation
from forum.queries.access import User, has_role
from registration.enums import HOLDS_PLACE, RegistrationState
from registration.models import Category, Equipment, Quota, Registration

S = RegistrationState
Key = tuple[int | None, str]
"""The organisation that sends people, else the name that was typed."""


@dataclass
class Outlet:
    """One line of the page. `applied` are all who have sent an application and not taken it back."""

    name: str
    is_typed: bool
    quotas: list[Quota] = field(default_factory=list)
    applied: int = 0
    approved: int = 0
    confirmed: int = 0
    things: int = 0


def outlets(user: User, *, forum: Forum) -> list[Outlet]:
    """By name; constant queries. Empty for those who may not see applications."""
    if not has_role(user, Role.ACCREDITATION_OFFICER):
        return []
    people = list(_people(forum))
    things = {_key(row): row["things"] for row in _things(forum)}
    quotas = list(quotas_of_outlets(forum))
    senders = {row["sender"] for row in people} | {quota.organisation_id for quota in quotas}
    known = Organisation.objects.in_bulk([pk for pk in senders if pk])
    found: dict[Key, Outlet] = {}
    for quota in quotas:
        _of(found, (quota.organisation_id, ""), known).quotas.append(quota)
    for row in people:
        _count(_of(found, _key(row), known), S(row["state"]), row["number"])
    for key, number in things.items():
        _of(found, key, known).things = number
    return sorted(found.values(), key=lambda outlet: outlet.name.casefold())


def categories_of_outlets(forum: Forum) -> QuerySet[Category]:
    """Categories whose people list what they bring."""
    return Category.objects.filter(forum=forum, lists_equipment=True).select_related("pool", "forum")


def quotas_of_outlets(forum: Forum) -> QuerySet[Quota]:
    """Kept for an organisation in such a category."""
    rows = Quota.objects.filter(forum=forum, category__lists_equipment=True, organisation__isnull=False)
    return rows.select_related("pool", "category__pool", "category__forum", "organisation")


def _people(forum: Forum) -> Iterable[Mapping[str, Any]]:
    rows = Registration.objects.filter(forum=forum, category__lists_equipment=True)
    rows = rows.exclude(state__in=(S.DRAFT, S.CANCELLED, S.REPLACED)).filter(person__processing_stopped_at=None)
    return rows.order_by().values("state", sender=F("sent_by"), typed=F("organisation")).annotate(number=Count("pk"))


def _things(forum: Forum) -> Iterable[Mapping[str, Any]]:
    rows = Equipment.objects.filter(registration__forum=forum, registration__state__in=HOLDS_PLACE)
    rows = rows.filter(registration__person__processing_stopped_at=None, registration__category__lists_equipment=True)
    named = {"sender": F("registration__sent_by"), "typed": F("registration__organisation")}
    return rows.order_by().values(**named).annotate(things=Sum("count"))


def _key(row: Mapping[str, Any]) -> Key:
    return (row["sender"], "") if row["sender"] else (None, row["typed"])


def _of(found: dict[Key, Outlet], key: Key, known: dict[int, Organisation]) -> Outlet:
    sender, typed = key
    return found.setdefault(key, Outlet(name=str(known[sender]) if sender else typed, is_typed=sender is None))


def _count(outlet: Outlet, state: RegistrationState, number: int) -> None:
    outlet.applied += number
    if state in HOLDS_PLACE:
        outlet.approved += number
    if state == S.CONFIRMED:
        outlet.confirmed += number

"""Heads are told before places that are kept without names go back, and when they have gone."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import now

from forum.actions.messages import queue_message
from forum.models import Membership, Message
from registration.actions.delegations import LANGUAGE
from registration.engine.visas.deadlines import is_daytime
from registration.enums import RegistrationState
from registration.models import PlaceHolder, Quota
from registration.queries.delegations import heads_of

WANTED, GONE = "registration.names_wanted", "registration.places_gone"
BEFORE, SETTLED = timedelta(days=3), timedelta(days=1)
"""So long before their day heads are written to; not about what was kept since yesterday: they have just read the day."""
UNSENT = Q(registration=None) | Q(registration__state=RegistrationState.DRAFT)
"""Nobody has applied for the place yet."""


def remind_of_names() -> int:
    """One letter to each head for each day and quota, in the hours of their own day. Returns how many were written now."""
    at = now()
    soon = PlaceHolder.objects.live().filter(UNSENT, names_by__gt=at, names_by__lte=at + BEFORE)
    soon = soon.filter(created_at__lte=at - SETTLED, quota__forum__is_current=True)
    due = soon.order_by("names_by", "quota").values_list("quota", "names_by").distinct()
    return sum(_remind(quota, names_by) for quota, names_by in list(due))


@transaction.atomic
def _remind(quota_id: int, names_by: datetime) -> int:
    quota = _whole(quota_id)
    told = Message.objects.filter(reason=WANTED, subject_id=str(quota.public_id), occasion=_occasion(names_by))
    known = set(told.values_list("recipient", flat=True))
    heads = [one for one in _heads(quota) if one.account.email not in known and _is_awake(one)]
    number = PlaceHolder.objects.live().filter(UNSENT, quota=quota, names_by=names_by).count()
    return _tell(WANTED, quota, names_by, heads=heads, number=number)


def tell_of_places_gone(holder: PlaceHolder) -> None:
    """The day is over: one letter to each head, however many places went. Part of the action that frees them."""
    quota = _whole(holder.quota_id)
    _tell(GONE, quota, holder.names_by, heads=_heads(quota))


def _whole(quota_id: int) -> Quota:
    return Quota.objects.select_related("forum", "category", "delegation__region", "delegation__forum").get(pk=quota_id)


def _heads(quota: Quota) -> list[Membership]:
    return list(heads_of(quota.delegation)) if quota.delegation else []


def _is_awake(head: Membership) -> bool:
    return is_daytime(now().astimezone(ZoneInfo(head.account.timezone)))


def _occasion(names_by: datetime) -> str:
    return f"names:{names_by.isoformat()}"


def _tell(reason: str, quota: Quota, names_by: datetime, *, heads: Iterable[Membership], number: int = 0) -> int:
    written = 0
    for head in heads:
        language = head.account.language or LANGUAGE
        with translation.override(language):
            said = {"delegation": str(quota.delegation), "category": str(quota.category)}
        queue_message(
            reason,
            about=("quota", quota.public_id),
            occasion=_occasion(names_by),
            to=head.account.email,
            language=language,
            forum=quota.forum,
            context=said | {"number": number, "until": names_by.isoformat(), "link": _link(quota)},
        )
        written += 1
    return written


def _link(quota: Quota) -> str:
    return reverse("people:delegation", args=[quota.delegation.region.code]) if quota.delegation else ""

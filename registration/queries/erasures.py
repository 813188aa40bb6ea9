"""Proofs of erasure, by day: each day with one is an act."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate

from forum.enums import Role
from forum.models import Forum
from forum.queries.access import User, has_role
from registration.enums import RegistrationState
from registration.models import Erasure, Registration
from registration.queries.applications import WITH_ALL


def erasures_visible_to(user: User, *, forum: Forum) -> QuerySet[Erasure]:
    """For who answers for personal data."""
    rows = Erasure.objects.filter(forum=forum).select_related("by")
    return rows if has_role(user, Role.PRIVACY_OFFICER) else rows.none()


def erasable_of(user: User, *, forum: Forum, ref: str) -> Registration | None:
    """The sent application `ref` whose person may still be erased, for who answers for personal data."""
    if not has_role(user, Role.PRIVACY_OFFICER):
        return None
    sent = Registration.objects.filter(forum=forum, erased_at=None).exclude(state=RegistrationState.DRAFT)
    return sent.select_related(*WITH_ALL).filter(ref=ref).first()


def acts_of(rows: QuerySet[Erasure], *, forum: Forum) -> Any:
    """`day`, `number`, `by_term` of every day, newest first."""
    days = rows.annotate(day=TruncDate("at", tzinfo=ZoneInfo(forum.timezone))).order_by().values("day")
    return days.annotate(number=Count("pk"), by_term=Count("pk", filter=Q(basis__in=["term", "unsent"]))).order_by(
        "-day"
    )


def act_of(rows: QuerySet[Erasure], *, forum: Forum, day: date) -> Sequence[Erasure]:
    """What was erased on `day`, in order."""
    found = rows.annotate(day=TruncDate("at", tzinfo=ZoneInfo(forum.timezone)))
    return list(found.filter(day=day).order_by("pk"))

"""The outbox as the team sees it: what waits, what failed, what nobody knows. Contents are never shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet
from django.utils.timezone import now

from forum.enums import MessageState
from forum.models import Forum, Message
from forum.queries.access import User

WAITING = (MessageState.QUEUED, MessageState.RETRY, MessageState.SENDING)
LATE_AFTER = timedelta(minutes=2)
"""A message that is due for so long has found no worker (complaint OPS-1)."""
OPEN_TOO_LONG = timedelta(minutes=30)
"""A message that is still being tried after so long is shown (complaint EML-6)."""
RECENT = timedelta(days=7)
"""Older failures are history, not alarms."""


def messages_visible_to(user: User) -> QuerySet[Message]:
    """Organisers see all of the current edition and the letters about accounts; others those of the edition only."""
    if not user.has_perm("forum.view_messages"):
        return Message.objects.none()
    mine = Q(forum__is_current=True)
    return Message.objects.filter(mine | Q(forum=None) if user.has_perm("forum.view_recipients") else mine)


def outbox(user: User, *, state: str = "", reason: str = "", search: str = "") -> QuerySet[Message]:
    """The messages `user` may see, newest first. Addresses are searched only for those who may read them."""
    found = messages_visible_to(user)
    if state:
        found = found.filter(state=state)
    if reason:
        found = found.filter(reason=reason)
    if search:
        by_address = Q(recipient__icontains=search) if user.has_perm("forum.view_recipients") else Q()
        found = found.filter(Q(subject_id__iexact=search.strip()) | by_address)
    return found.defer("context").order_by("-created_at", "-pk")


def counts_by_state(messages: QuerySet[Message]) -> Mapping[str, int]:
    """How many messages stand in each state; states without any are left out."""
    rows = messages.order_by().values_list("state").annotate(number=Count("pk"))
    return dict(rows)


def oldest_waiting(messages: QuerySet[Message]) -> datetime | None:
    """When the message was written that waits longest; None when nothing waits."""
    return messages.filter(state__in=WAITING).aggregate(since=Min("created_at"))["since"]


@dataclass(frozen=True)
class MailHealth:
    """What an organiser has to look at. `late`: due, but no worker took it, or tried for half an hour."""

    late: int
    unknown: int
    failed: int

    @property
    def total(self) -> int:
        """How many messages need a look."""
        return self.late + self.unknown + self.failed


def mail_health(messages: QuerySet[Message]) -> MailHealth:
    """One query over the messages given."""
    moment = now()
    late = Q(state__in=WAITING) & (Q(due_at__lt=moment - LATE_AFTER) | Q(created_at__lt=moment - OPEN_TOO_LONG))
    recent = Q(created_at__gt=moment - RECENT)
    return MailHealth(
        **messages.order_by().aggregate(
            late=Count("pk", filter=late),
            unknown=Count("pk", filter=recent & Q(state=MessageState.UNKNOWN)),
            failed=Count("pk", filter=recent & Q(state=MessageState.FAILED)),
        )
    )


def masked(address: str) -> str:
    """An address that its owner recognises and nobody else can write to: “a…@e….org”."""
    name, _, host = address.partition("@")
    place, _, ending = host.rpartition(".")
    return f"{name[:1]}…@{place[:1]}….{ending}"


def letters_to_look_at(forum: Forum) -> int:
    """How many letters of the edition, and about accounts, need a person: for the number beside the room's name."""
    return mail_health(Message.objects.filter(Q(forum=forum) | Q(forum=None))).total

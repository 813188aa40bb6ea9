"""Putting messages into the ledger. Sending them is `forum.actions.mail`."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.timezone import now

from forum.actions.audit import record
from forum.actions.bell import hurry_lane
from forum.actions.inserting import insert_once
from forum.enums import NOBODY, Lane, MessageState
from forum.logs import known_request_id
from forum.models import Account, Forum, Message
from forum.registry import message_kinds


def queue_message(
    reason: str,
    *,
    about: tuple[str, object],
    occasion: str,
    to: str,
    language: str,
    forum: Forum | None,
    context: dict[str, Any] | None = None,
    attachments: Sequence[str] = (),
    lane: Lane = Lane.PERSONAL,
    hurry: bool = True,
    not_before: datetime | None = None,
) -> Message:
    """Write one message into the ledger, in the transaction of the action that causes it.

    The same (reason, about, occasion, recipient) is written once however often it is asked for: the second call returns
    the first row. `occasion` is what caused it, such as the id of a move, so that legitimate repeats pass. Whoever writes
    hundreds in one transaction says `hurry=False` and calls `hurry_lane` once. What may still be taken back waits until
    `not_before`; then the sweep finds it.
    """
    message_kinds[reason]  # an unregistered reason is a programming error: fail before anything is written
    key = _key(reason, about=about, occasion=occasion, to=to)
    message = Message(
        **key,
        forum=forum,
        language=language,
        context=json.dumps(context or {}),
        attachments=list(attachments),
        lane=lane,
        due_at=not_before or now(),
        request_id=known_request_id(),
    )
    # Nearly every call writes: looking first would cost all of them a statement.
    if not insert_once(message):
        return Message.objects.get(**key)
    if hurry and not_before is None:
        hurry_lane(lane)
    return message


def _key(reason: str, *, about: tuple[str, object], occasion: str, to: str) -> dict[str, str]:
    """What makes a message the same one."""
    kind, subject = about
    return {
        "reason": reason,
        "subject_kind": kind,
        "subject_id": str(subject),
        "occasion": occasion,
        "recipient": to.strip().lower(),
        "channel": "email",
    }


@transaction.atomic
def send_again(message: Message, *, by: Account) -> bool:
    """An organiser decides that a failed message is tried once more. False when nothing was done.

    `unknown` ones may have arrived; sending them again is this person's decision, never the system's. A message whose
    content was emptied after it had left cannot be sent again and stays as it is.
    """
    changed = Message.objects.filter(
        pk=message.pk, state__in=[MessageState.FAILED, MessageState.UNKNOWN], context__isnull=False
    ).update(state=MessageState.RETRY, due_at=now(), attempts=0, leased_until=None)
    if changed:
        record("message.sent_again", on=("message", message.public_id), forum=message.forum, by=by, was=message.state)
        hurry_lane(message.lane)
    return bool(changed)


def drop_waiting(*, about: tuple[str, str], occasion: str) -> bool:
    """Take the letters of one occasion out of the ledger. False when one of them has left, or is about to: it stays.

    In the transaction of the action that takes the occasion back.
    """
    kind, subject = about
    rows = Message.objects.select_for_update().filter(subject_kind=kind, subject_id=subject, occasion=occasion)
    if any(row.state != MessageState.QUEUED or row.leased_until for row in rows):
        return False
    rows.delete()
    return True


def drop_unsent(*, about: Collection[tuple[str, str]], reason: str = "") -> int:
    """Take messages out of the ledger that have not left: their occasion is gone. Of all reasons, unless one is named.

    In the transaction of the action that ends the occasion. What is on the wire at this moment is not stopped. Returns how
    many were dropped.
    """
    unsent = Message.objects.filter(
        subject_kind__in={kind for kind, _subject in about},
        subject_id__in={subject for _kind, subject in about},
        state__in=[MessageState.QUEUED, MessageState.RETRY, MessageState.FAILED],
    )
    return (unsent.filter(reason=reason) if reason else unsent).delete()[0]


def forget_recipients(*, about: Collection[tuple[str, str]] = (), to: str = "") -> int:
    """Nothing of the letters about some things, or to an address, says any more to whom they went or what they said.

    The rows stay for the figures. Letters to an address that have not left are dropped. Returns how many rows changed.
    """
    rows = Message.objects.exclude(recipient__endswith=f"@{NOBODY}")
    if to:
        waiting = [MessageState.QUEUED, MessageState.RETRY, MessageState.FAILED]
        rows.filter(recipient=to.strip().lower(), state__in=waiting).delete()
        return _forget(rows.filter(recipient=to.strip().lower()))
    kinds, subjects = {kind for kind, _subject in about}, {subject for _kind, subject in about}
    return _forget(rows.filter(subject_kind__in=kinds, subject_id__in=subjects))


def forget_sent(*, kind: str, subjects: "QuerySet[Any, Any]") -> int:
    """The same for those letters about `subjects` that have left, or never will. Returns how many."""
    over = [MessageState.SENT, MessageState.FAILED, MessageState.UNKNOWN]
    rows = Message.objects.exclude(recipient__endswith=f"@{NOBODY}").filter(state__in=over)
    return _forget(rows.filter(subject_kind=kind, subject_id__in=subjects))


def _forget(rows: "QuerySet[Message]") -> int:
    """Each gets an address of its own: one occasion, one letter to one recipient."""
    nobody = Concat(Cast(F("public_id"), CharField()), Value(f"@{NOBODY}"))
    return rows.update(recipient=nobody, context=None, attachments=[], answer="")

"""Sending the ledger: claim with SKIP LOCKED, one connection per batch, a commit per message.

A row is `sending` only while its bytes are on the wire. When a worker dies there, the row ends as `unknown`: the person
may have the mail, so it is shown to an organiser and never sent again by itself (complaints EML-1, EML-2).
"""

import logging
from datetime import timedelta
from random import uniform
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils.timezone import now

from forum.enums import Lane, MessageState
from forum.logs import carrying
from forum.mailing import compose
from forum.models import Message
from forum.smtp import Outcome, SmtpConnection
from forum.tasks import send_messages

logger = logging.getLogger(__name__)

BATCH = 50
LEASE = timedelta(seconds=90)
"""How long a claimed message is left alone. Longer than a batch may take, see `TIME_LIMIT`."""
WIRE = timedelta(seconds=180)
"""How long one message may be on the wire: each of its seven steps may take the timeout of the connection."""
TIME_LIMIT = 60.0
"""Seconds after which a task hands over to a fresh one, well below the broker's visibility timeout."""
BACKOFF = [timedelta(seconds=s) for s in (10, 60, 300, 1800, 7200, 21600)]
"""Waits between attempts; after the last one the message has failed."""
STATES = {Outcome.SENT: MessageState.SENT, Outcome.REFUSED: MessageState.FAILED, Outcome.UNKNOWN: MessageState.UNKNOWN}


def send_due(*, lane: str) -> None:
    """Send all that is due in `lane`; another worker may do the same at the same time."""
    stop_at = monotonic() + TIME_LIMIT
    with SmtpConnection() as connection:
        while batch := _claim(lane):
            for message in batch:
                if monotonic() > stop_at:
                    _give_back(batch)
                    send_messages.delay(lane=lane)
                    return
                with carrying(request_id=message.request_id):  # of whoever caused the letter
                    _send_one(message, connection)


def _due() -> Q:
    free = Q(leased_until=None) | Q(leased_until__lt=now())
    return free & Q(state__in=[MessageState.QUEUED, MessageState.RETRY], due_at__lte=now())


def _claim(lane: str) -> list[Message]:
    with transaction.atomic():
        rows = Message.objects.select_for_update(skip_locked=True, of=("self",)).select_related("forum")
        batch = list(rows.filter(_due(), lane=lane).order_by("due_at", "pk")[:BATCH])
        Message.objects.filter(pk__in=[m.pk for m in batch]).update(leased_until=now() + LEASE)
    return batch


def _give_back(batch: list[Message]) -> None:
    Message.objects.filter(pk__in=[m.pk for m in batch], state__in=[MessageState.QUEUED, MessageState.RETRY]).update(
        leased_until=None
    )


def _send_one(message: Message, connection: SmtpConnection) -> None:
    """Put one message on the wire. What cannot be composed has failed; the others go on."""
    try:
        content = compose(message)
    except Exception as error:
        logger.exception("message %s cannot be composed", message.public_id)
        _note(message, MessageState.FAILED, type(error).__name__)
        return
    # The lease counts anew from here, so that a slow server is not taken for a dead worker.
    taken = Message.objects.filter(pk=message.pk, state__in=[MessageState.QUEUED, MessageState.RETRY]).update(
        state=MessageState.SENDING, attempts=F("attempts") + 1, leased_until=now() + WIRE
    )
    if not taken:
        return
    message.attempts += 1
    outcome, answer = connection.send(sender=settings.DEFAULT_FROM_EMAIL, recipient=message.recipient, content=content)
    logger.info("message %s %s: %s", message.public_id, message.reason, outcome.value)
    if outcome is Outcome.POSTPONED:
        _postpone(message, answer)
    else:
        _note(message, STATES[outcome], answer)


def _postpone(message: Message, answer: str) -> None:
    if message.attempts > len(BACKOFF):
        _note(message, MessageState.FAILED, answer)
        return
    # Spread out, so that what a broken server held up does not come back all at once.
    due = now() + BACKOFF[message.attempts - 1] * uniform(1, 1.25)  # noqa: S311 -- no secret
    Message.objects.filter(pk=message.pk).update(
        state=MessageState.RETRY, due_at=due, leased_until=None, answer=answer[:200]
    )


def _note(message: Message, state: MessageState, answer: str) -> None:
    """Write the end of an attempt. What has left is emptied: a code or a link must not stay readable."""
    changes: dict[str, Any] = {"state": state, "leased_until": None, "answer": answer[:200]}
    if state == MessageState.SENT:
        changes |= {"sent_at": now(), "context": None}
    Message.objects.filter(pk=message.pk).update(**changes)


def sweep() -> None:
    """Messages on the wire whose worker died become `unknown`; lanes with something due get a task."""
    Message.objects.filter(state=MessageState.SENDING, leased_until__lt=now()).update(
        state=MessageState.UNKNOWN, leased_until=None, answer="worker lost"
    )
    for lane in Lane.values:
        if Message.objects.filter(_due(), lane=lane).exists():
            send_messages.delay(lane=lane)

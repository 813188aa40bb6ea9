"""Sending the ledger: claim with SKIP LOCKED, one connection per batch, a commit per message (`mail_notes`).

A row is `sending` only from just before the final dot until the server's answer is written down. When a worker dies there,
the row ends as `unknown`: the person may have the mail, so it is shown to an organiser and never sent again by itself
(complaints EML-1, EML-2). A worker that dies earlier has handed nothing over, and the letter goes out by itself.
"""

import logging
from contextlib import suppress
from datetime import timedelta
from functools import partial
from itertools import pairwise
from random import uniform
from time import monotonic
from typing import cast

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Q
from django.utils.timezone import now

from forum.actions.mail_notes import Notes, attempts
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
TIME_LIMIT = 60.0
"""Seconds after which a task hands over to a fresh one, well below the broker's visibility timeout."""
BACKOFF = [timedelta(seconds=s) for s in (10, 60, 300, 1800, 7200, 21600)]
"""Waits between attempts; after the last one the message has failed."""
ENDS = {Outcome.REFUSED: MessageState.FAILED, Outcome.UNKNOWN: MessageState.UNKNOWN}


def send_due(*, lane: str) -> None:
    """Send all that is due in `lane`; another worker may do the same at the same time."""
    stop_at = monotonic() + TIME_LIMIT
    with SmtpConnection() as smtp, Notes() as notes:
        sender = _Sender(smtp, notes)
        while batch := _claim(lane):
            for message, following in pairwise([*batch, None]):
                if monotonic() > stop_at:
                    notes.write()
                    _give_back(batch)
                    send_messages.delay(lane=lane)
                    return
                sender.send(cast(Message, message), following=following)
            notes.write()


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


class _Sender:
    """One worker's way through a batch. The next letter is composed while the server still stores the one before."""

    def __init__(self, smtp: SmtpConnection, notes: Notes) -> None:
        self._smtp, self._notes = smtp, notes
        self._ahead: tuple[Message, bytes] | None = None

    def send(self, message: Message, *, following: Message | None) -> None:
        """Put one message on the wire. What cannot be composed has failed; the others go on."""
        with carrying(request_id=message.request_id):  # of whoever caused the letter
            content = self._content(message)
            if content is not None:
                self._hand_over(message, content, following=following)

    def _content(self, message: Message) -> bytes | None:
        ahead, self._ahead = self._ahead, None
        if ahead and ahead[0] is message:
            return ahead[1]
        try:
            return compose(message)
        except (OperationalError, InterfaceError):
            raise  # the database is away, which says nothing about the message: it waits for its lease to end
        except Exception as error:
            logger.exception("message %s cannot be composed", message.public_id)
            self._notes.ended(message, MessageState.FAILED, type(error).__name__)
            return None

    def _hand_over(self, message: Message, content: bytes, *, following: Message | None) -> None:
        outcome, answer = self._smtp.send(
            sender=settings.DEFAULT_FROM_EMAIL,
            recipient=message.recipient,
            content=content,
            may_leave=partial(self._notes.leaves, message),
            meanwhile=partial(self._compose_ahead, following),
        )
        logger.info("message %s %s: %s", message.public_id, message.reason, outcome.value)
        if outcome is Outcome.SENT:
            self._notes.sent(message, answer)
        elif outcome is Outcome.POSTPONED:
            self._postpone(message, answer)
        elif outcome is not Outcome.KEPT:
            self._notes.ended(message, ENDS[outcome], answer)

    def _compose_ahead(self, following: Message | None) -> None:
        """What goes wrong here is told when its turn comes: the answer to the letter before must not be lost."""
        with suppress(Exception):
            self._ahead = (following, compose(following)) if following else None

    def _postpone(self, message: Message, answer: str) -> None:
        tried = attempts(message)
        if tried > len(BACKOFF):
            self._notes.ended(message, MessageState.FAILED, answer)
            return
        # Spread out, so that what a broken server held up does not come back all at once.
        due = now() + BACKOFF[tried - 1] * uniform(1, 1.25)  # noqa: S311 -- no secret
        self._notes.ended(message, MessageState.RETRY, answer, due=due)


def sweep() -> None:
    """Messages on the wire whose worker died become `unknown`; lanes with something due get a task."""
    Message.objects.filter(state=MessageState.SENDING, leased_until__lt=now()).update(
        state=MessageState.UNKNOWN, leased_until=None, answer="worker lost"
    )
    for lane in Lane.values:
        if Message.objects.filter(_due(), lane=lane).exists():
            send_messages.delay(lane=lane)

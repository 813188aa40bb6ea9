"""Sending the ledger: claim with SKIP LOCKED, one connection per batch, a commit per message.

A row is `sending` only from just before the final dot until the server's answer is written down. When a worker dies there,
the row ends as `unknown`: the person may have the mail, so it is shown to an organiser and never sent again by itself
(complaints EML-1, EML-2). A worker that dies earlier has handed nothing over, and the letter goes out by itself.
"""

import logging
from datetime import datetime, timedelta
from functools import partial
from random import uniform
from time import monotonic, sleep

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import BigIntegerField, CharField, DateTimeField, F, IntegerField, Q, QuerySet
from django.utils.timezone import now

from forum.enums import Lane, MessageState
from forum.logs import carrying
from forum.mailing import compose
from forum.models import Message
from forum.queries.compiled import CompiledUpdate, Slot
from forum.smtp import Outcome, SmtpConnection
from forum.tasks import send_messages

logger = logging.getLogger(__name__)

BATCH = 50
LEASE = timedelta(seconds=90)
"""How long a claimed message is left alone. Longer than a batch may take, see `TIME_LIMIT`."""
WIRE = timedelta(seconds=90)
"""How long one message may be on the wire: content and answer may each take the timeout of the connection."""
DATABASE_AWAY = 60.0
"""Seconds for which a worker keeps what the server said while the database is away. Nobody else knows it."""
TIME_LIMIT = 60.0
"""Seconds after which a task hands over to a fresh one, well below the broker's visibility timeout."""
BACKOFF = [timedelta(seconds=s) for s in (10, 60, 300, 1800, 7200, 21600)]
"""Waits between attempts; after the last one the message has failed."""
STATES = {Outcome.SENT: MessageState.SENT, Outcome.REFUSED: MessageState.FAILED, Outcome.UNKNOWN: MessageState.UNKNOWN}


def send_due(*, lane: str) -> None:
    """Send all that is due in `lane`; another worker may do the same at the same time."""
    stop_at = monotonic() + TIME_LIMIT
    with SmtpConnection() as smtp:
        while batch := _claim(lane):
            for message in batch:
                if monotonic() > stop_at:
                    _give_back(batch)
                    send_messages.delay(lane=lane)
                    return
                with carrying(request_id=message.request_id):  # of whoever caused the letter
                    _send_one(message, smtp)


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


def _send_one(message: Message, smtp: SmtpConnection) -> None:
    """Put one message on the wire. What cannot be composed has failed; the others go on."""
    try:
        content = compose(message)
    except (OperationalError, InterfaceError):
        raise  # the database is away, which says nothing about the message: it waits for its lease to end
    except Exception as error:
        logger.exception("message %s cannot be composed", message.public_id)
        _note(message, MessageState.FAILED, type(error).__name__)
        return
    outcome, answer = smtp.send(
        sender=settings.DEFAULT_FROM_EMAIL,
        recipient=message.recipient,
        content=content,
        may_leave=partial(_put_on_the_wire, message),
    )
    logger.info("message %s %s: %s", message.public_id, message.reason, outcome.value)
    if outcome is Outcome.POSTPONED:
        _postpone(message, answer)
    elif outcome is not Outcome.KEPT:
        _note(message, STATES[outcome], answer)


def _put_on_the_wire(message: Message) -> bool:
    """From here on a crash leaves doubt. False when another worker has gone on with the message meanwhile."""
    taken = _LEAVE.run(until=now() + WIRE, **_as_known(message))
    if taken:
        message.state, message.attempts = MessageState.SENDING, message.attempts + 1
    return bool(taken)


def _ours() -> QuerySet[Message]:
    """The row, as long as nobody has begun another attempt. What was called unknown too early may still be known."""
    states = [Slot("known_state", CharField()), Slot("known_else", CharField())]
    known = Q(pk=Slot("pk", BigIntegerField()), attempts=Slot("known_attempts", IntegerField()))
    return Message.objects.filter(known, state__in=states)


def _as_known(message: Message) -> dict[str, object]:
    on_the_wire = message.state == MessageState.SENDING
    other = MessageState.UNKNOWN if on_the_wire else message.state
    known = {"known_state": str(message.state), "known_else": str(other), "known_attempts": message.attempts}
    return {"pk": message.pk, **known}


_ON_ITS_WAY = {"state": "sending", "attempts": F("attempts") + 1, "leased_until": Slot("until", DateTimeField())}
_ENDED = {
    "state": Slot("state", CharField()),
    "attempts": Slot("attempts", IntegerField()),
    "answer": Slot("answer", CharField()),
    "leased_until": None,
}
_LEAVE = CompiledUpdate(lambda: (_ours(), _ON_ITS_WAY))
_END = CompiledUpdate(lambda: (_ours(), _ENDED))
# What has left is emptied: a code or a link must not stay readable.
_HAS_LEFT = CompiledUpdate(lambda: (_ours(), _ENDED | {"sent_at": Slot("at", DateTimeField()), "context": None}))
_WAIT = CompiledUpdate(lambda: (_ours(), _ENDED | {"due_at": Slot("at", DateTimeField())}))


def _postpone(message: Message, answer: str) -> None:
    attempts = _attempts(message)
    if attempts > len(BACKOFF):
        _note(message, MessageState.FAILED, answer)
        return
    # Spread out, so that what a broken server held up does not come back all at once.
    due = now() + BACKOFF[attempts - 1] * uniform(1, 1.25)  # noqa: S311 -- no secret
    _note(message, MessageState.RETRY, answer, at=due)


def _attempts(message: Message) -> int:
    """This one included; those that got as far as the wire are counted already."""
    return message.attempts + (message.state != MessageState.SENDING)


def _note(message: Message, state: MessageState, answer: str, at: datetime | None = None) -> None:
    """Write the end of an attempt; `at` is when the next one is due."""
    end = _HAS_LEFT if state == MessageState.SENT else _WAIT if at else _END
    facts = {"state": state.value, "attempts": _attempts(message), "answer": answer[:200], "at": at or now()}
    stop_at = monotonic() + DATABASE_AWAY
    while True:
        try:
            end.run(**facts, **_as_known(message))
        except (OperationalError, InterfaceError):
            if monotonic() > stop_at:
                raise
            connection.close()
            sleep(0.5)
        else:
            return


def sweep() -> None:
    """Messages on the wire whose worker died become `unknown`; lanes with something due get a task."""
    Message.objects.filter(state=MessageState.SENDING, leased_until__lt=now()).update(
        state=MessageState.UNKNOWN, leased_until=None, answer="worker lost"
    )
    for lane in Lane.values:
        if Message.objects.filter(_due(), lane=lane).exists():
            send_messages.delay(lane=lane)

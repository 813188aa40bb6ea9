"""What becomes of each letter, written down.

A letter costs one commit, not two: what the server said of it goes into the statement that puts the next one on the wire,
or is written when no next one follows. Who dies in between leaves one letter in doubt, as before, never two.
"""

from datetime import datetime, timedelta
from time import monotonic, sleep
from types import TracebackType

from django.db import InterfaceError, OperationalError, connection
from django.db.models import BigIntegerField, CharField, DateTimeField, F, IntegerField, Q, QuerySet
from django.utils.timezone import now

from forum.enums import MessageState
from forum.models import Message
from forum.queries.compiled import CompiledUpdate, Slot

WIRE = timedelta(seconds=90)
"""How long one message may be on the wire: content and answer may each take the timeout of the connection."""
DATABASE_AWAY = 60.0
"""Seconds for which a worker keeps what the server said while the database is away. Nobody else knows it."""


def _ours() -> QuerySet[Message]:
    """The row, as long as nobody has begun another attempt. What was called unknown too early may still be known."""
    states = [Slot("known_state", CharField()), Slot("known_else", CharField())]
    known = Q(pk=Slot("pk", BigIntegerField()), attempts=Slot("known_attempts", IntegerField()))
    return Message.objects.filter(known, state__in=states)


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


class Notes:
    """The pen of one worker. Leaving the context writes what is still kept."""

    def __init__(self) -> None:
        self._kept: dict[str, object] | None = None

    def __enter__(self) -> "Notes":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.write()

    def leaves(self, message: Message) -> bool:
        """From here on a crash leaves doubt. False when another worker has gone on with the message meanwhile."""
        values = {"until": now() + WIRE, **_as_known(message)}
        taken = _LEAVE.run_with(_HAS_LEFT, self._kept, **values) if self._kept else _LEAVE.run(**values)
        self._kept = None
        if taken:
            message.state, message.attempts = MessageState.SENDING, message.attempts + 1
        return bool(taken)

    def sent(self, message: Message, answer: str) -> None:
        """The server has taken it: kept for the next statement. `leaves` has written what was kept before."""
        self._kept = _facts(message, MessageState.SENT, answer, at=now())

    def ended(self, message: Message, state: MessageState, answer: str, due: datetime | None = None) -> None:
        """Written at once: an attempt has ended otherwise. `due` is when the next one is."""
        self.write()
        _patiently(_WAIT if due else _END, _facts(message, state, answer, at=due))

    def write(self) -> None:
        """What is kept goes into its row now."""
        if self._kept:
            _patiently(_HAS_LEFT, self._kept)
            self._kept = None


def attempts(message: Message) -> int:
    """This one included; those that got as far as the wire are counted already."""
    return message.attempts + (message.state != MessageState.SENDING)


def _facts(message: Message, state: MessageState, answer: str, at: datetime | None) -> dict[str, object]:
    ended = {"state": state.value, "attempts": attempts(message), "answer": answer[:200], "at": at}
    return ended | _as_known(message)


def _as_known(message: Message) -> dict[str, object]:
    on_the_wire = message.state == MessageState.SENDING
    other = MessageState.UNKNOWN if on_the_wire else message.state
    known = {"known_state": str(message.state), "known_else": str(other), "known_attempts": message.attempts}
    return {"pk": message.pk, **known}


def _patiently(end: CompiledUpdate, facts: dict[str, object]) -> None:
    stop_at = monotonic() + DATABASE_AWAY
    while True:
        try:
            end.run(**facts)
        except (OperationalError, InterfaceError):
            if monotonic() > stop_at:
                raise
            connection.close()
            sleep(0.5)
        else:
            return

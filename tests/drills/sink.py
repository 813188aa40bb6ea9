"""A mail server that behaves as badly as a drill wants, and remembers each letter that it took."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesHeaderParser
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from forum.runtime.ports import free_port

GREETING = "220 "
TOO_MANY = "421 4.7.0 too many connections"


@dataclass
class Sink:
    """`ids` holds the Message-ID of every letter taken, in order of arrival. Shares are between 0 and 1."""

    port: int = field(default_factory=free_port)
    refuse: float = 0
    """Share of connections that are greeted with 421."""
    hang_up: float = 0
    """Share of letters after whose final dot the connection breaks without an answer; half of them are kept."""
    slow: float = 0
    """Seconds before each answer to the final dot."""
    ids: list[str] = field(default_factory=list)
    refused: int = 0
    hung_up: int = 0
    _owed: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def behave(self) -> None:
        """From now on a good server."""
        self.refuse = self.hang_up = self.slow = 0

    def refuses(self) -> bool:
        """Whether this connection gets a 421."""
        refuses = self._is_due("421", self.refuse)
        self.refused += refuses
        return refuses

    def _is_due(self, what: str, share: float) -> bool:
        """Evenly spread, so that no drill depends on chance."""
        self._owed[what] += share
        due = self._owed[what] >= 1
        self._owed[what] -= due
        return due

    # --- aiosmtpd's names ---
    async def handle_EHLO(  # noqa: N802 -- its name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [responses[0], "250-PIPELINING", *responses[1:]]

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 -- its name
        hangs_up = self._is_due("hang up", self.hang_up)
        if not hangs_up or self.hung_up % 2:
            head = BytesHeaderParser().parsebytes(envelope.original_content or b"")
            self.ids.append(head["Message-ID"].strip("<>").partition("@")[0])
        await asyncio.sleep(self.slow)
        if hangs_up:
            self.hung_up += 1
            server.transport.abort()
        return "250 2.0.0 kept"


class _Server(SMTP):
    """May say 421 instead of its greeting, as a server at its limit does."""

    async def push(self, status: Any) -> None:
        if isinstance(status, str) and status.startswith(GREETING) and self.event_handler.refuses():
            await super().push(TOO_MANY)
            self.transport.close()
            return
        await super().push(status)


class _Controller(Controller):
    def factory(self) -> SMTP:
        return _Server(self.handler, **self.SMTP_kwargs)


@contextmanager
def mail_server() -> Iterator[Sink]:
    """The server on a free port, in a thread of its own."""
    logging.getLogger("mail.log").setLevel(logging.ERROR)  # it writes addresses, and a line for each broken connection
    sink = Sink()
    controller = _Controller(sink, hostname="127.0.0.1", port=sink.port, ready_timeout=20)
    controller.start()
    try:
        yield sink
    finally:
        sink.behave()
        controller.stop()

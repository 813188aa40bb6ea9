"""A real SMTP server for tests. It keeps what it gets, and answers as the test has told it to.

def test_something(sink, settings):      # the fixture points the settings at the server
    sink.at_the_end("451 4.3.0 later")   # for the next letter only
    ...
    assert sink.letters[0]["To"] == "one@example.org"
"""

import asyncio
import logging
import re
import socket
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from threading import Event
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

OK = "250 2.0.0 kept"
HANG_UP = "hang up"
"""The letter is taken, but the connection breaks before the answer."""
HOLD = "hold"
"""The letter is taken, the answer waits until the test lets go (`sink.release`)."""


@dataclass
class Sink:
    """`letters` in order of arrival; `recipients` as of the envelope, one list for each letter."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    connections: int = 0
    pipelining: bool = True
    """Whether it takes commands in one go, as most servers do."""
    held: Event = field(default_factory=Event)
    release: Event = field(default_factory=Event)
    _ends: deque[str] = field(default_factory=deque)
    _rcpts: deque[str] = field(default_factory=deque)

    def at_the_end(self, *answers: str) -> None:
        """Answers to the final dot of the next letters; later ones are taken."""
        self._ends.extend(answers)

    def at_the_recipient(self, *answers: str) -> None:
        """Answers to RCPT of the next letters."""
        self._rcpts.extend(answers)

    def to(self, address: str) -> list[EmailMessage]:
        """What this person got."""
        return [letter for letter in self.letters if letter["To"] == address]

    # --- aiosmtpd's names ---
    async def handle_EHLO(  # noqa: N802 -- its name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return [responses[0], *(["250-PIPELINING"] if self.pipelining else []), *responses[1:]]

    async def handle_RCPT(  # noqa: N802 -- its name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self._rcpts.popleft() if self._rcpts else OK
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 -- its name
        answer = self._ends.popleft() if self._ends else OK
        if answer in (OK, HANG_UP, HOLD):
            self._keep(envelope)
        if answer == HOLD:
            self.held.set()
            await asyncio.to_thread(self.release.wait, 60)
        if answer == HANG_UP:
            server.transport.abort()
        return OK if answer in (HANG_UP, HOLD) else answer

    def _keep(self, envelope: Envelope) -> None:
        content = envelope.original_content or b""
        self.raw.append(content)
        self.letters.append(BytesParser(policy=policy.default).parsebytes(content))
        self.recipients.append(list(envelope.rcpt_tos))


@contextmanager
def smtp_sink() -> Iterator[Sink]:
    """The server on a free port, in a thread of its own."""
    # The server writes addresses; only our own log is of interest.
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    found = Sink()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found.port = probe.getsockname()[1]
    server = Controller(found, hostname="127.0.0.1", port=found.port, ready_timeout=20)
    server.start()
    try:
        yield found
    finally:
        found.release.set()
        server.stop()


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    """A server that the forum sends through during this test."""
    with smtp_sink() as found:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", found.port, False
        yield found


def text_of(letter: EmailMessage) -> str:
    """The plain text."""
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def html_of(letter: EmailMessage) -> str:
    """The HTML."""
    body = letter.get_body(("html",))
    assert body is not None
    return str(body.get_content())


def links_in(letter: EmailMessage) -> list[str]:
    """Addresses in the plain text, in order."""
    return re.findall(r"https?://\S+", text_of(letter))

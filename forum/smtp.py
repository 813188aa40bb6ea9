"""One SMTP connection that knows at which moment it broke.

Django's backend tells success from failure; we must also tell "certainly not taken" from "perhaps taken", since the
second must never be sent again by itself. Hence the DATA phase is spelled out here (docs/decisions/0002).
"""

import re
import smtplib
import ssl
from collections.abc import Callable, Sequence
from enum import Enum
from types import TracebackType

from django.conf import settings
from django.core.mail.utils import DNS_NAME
from django.utils.encoding import punycode

MOST = 100
"""Messages over one connection; many servers close it after some hundred."""
ENHANCED = re.compile(rb"[245]\.\d{1,3}\.\d{1,3}(?= |$)")
"""The finer code of RFC 3463 with which most answers begin."""
CLOSING = 421
"""The server says goodbye: nothing more may be sent over this connection."""
GO_ON = 354
"""The server waits for the content."""


class Outcome(Enum):
    """What is known about one message after the attempt."""

    SENT = "sent"
    REFUSED = "refused"  # for good: 5xx
    POSTPONED = "postponed"  # certainly not taken, worth another try: 4xx, connection lost before the final dot
    UNKNOWN = "unknown"  # the connection broke after the final dot
    KEPT = "kept"  # the sender said no in the last moment


Answer = tuple[Outcome, str]


class SmtpConnection:
    """A connection for a batch of messages; opened late, opened anew after it broke."""

    def __init__(self) -> None:
        self._smtp: smtplib.SMTP | None = None
        self._used = 0

    def __enter__(self) -> "SmtpConnection":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._drop(politely=True)

    def send(
        self,
        *,
        sender: str,
        recipient: str,
        content: bytes,
        may_leave: Callable[[], bool],
        meanwhile: Callable[[], None] = lambda: None,
    ) -> Answer:
        """Hand over one message; the text is the server's answer, without the address.

        `may_leave` is asked when the server waits for the content: until then nothing can have been taken. `meanwhile`
        is called while the server stores the content, and must not raise.
        """
        try:
            smtp = self._open()
            if refusal := self._envelope(smtp, sender=sender, recipient=recipient):
                return refusal
            if not self._asked(may_leave):
                return Outcome.KEPT, ""
            smtp.send(_dotted(content))
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Outcome.POSTPONED, type(error).__name__
        except ValueError:
            self._reset()
            return Outcome.REFUSED, "address"
        meanwhile()
        return self._after_the_dot(smtp)

    def _envelope(self, smtp: smtplib.SMTP, *, sender: str, recipient: str) -> Answer | None:
        """Sender, recipient, DATA: in one go where the server allows it (RFC 2920), else each after the one before was
        accepted. The refusal, or None.
        """
        body = " BODY=8BITMIME" if smtp.has_extn("8bitmime") else ""
        lines = [f"MAIL FROM:<{_ascii(sender)}>{body}", f"RCPT TO:<{_ascii(recipient)}>", "DATA"]
        for group in [lines] if smtp.has_extn("pipelining") else [[line] for line in lines]:
            smtp.send(b"".join(map(_command, group)))
            answers = _answers(smtp, len(group))
            refusal = next((answer for answer in answers if answer[0] >= 400), None)
            if refusal:
                # Only the end of the connection ends a DATA that was accepted after all.
                self._drop() if answers[-1][0] in (CLOSING, GO_ON) else self._reset()
                return _refusal(*refusal)
        return None

    def _asked(self, may_leave: Callable[[], bool]) -> bool:
        """Only the end of the connection ends a DATA that has begun."""
        may = False
        try:
            may = may_leave()
        finally:
            if not may:
                self._drop()
        return may

    def _after_the_dot(self, smtp: smtplib.SMTP) -> Answer:
        try:
            code, answer = smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Outcome.UNKNOWN, type(error).__name__
        if code == CLOSING:
            self._drop()
        return (Outcome.SENT, str(code)) if code < 400 else _refusal(code, answer)

    def _open(self) -> smtplib.SMTP:
        if self._used >= MOST:
            self._drop(politely=True)
        if self._smtp is None:
            self._smtp, self._used = _connect(), 0
        self._used += 1
        return self._smtp

    def _reset(self) -> None:
        try:
            if self._smtp is not None:
                self._smtp.rset()
        except (OSError, smtplib.SMTPException):
            self._drop()

    def _drop(self, *, politely: bool = False) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is None:
            return
        try:
            smtp.quit() if politely else smtp.close()
        except (OSError, smtplib.SMTPException):
            smtp.close()


def _connect() -> smtplib.SMTP:
    """A greeted connection. With TLS the server's certificate is checked, and there is no way back to plain text."""
    smtp = smtplib.SMTP(
        settings.EMAIL_HOST, settings.EMAIL_PORT, local_hostname=str(DNS_NAME), timeout=settings.EMAIL_TIMEOUT
    )
    try:
        if settings.EMAIL_USE_TLS:
            smtp.starttls(context=ssl.create_default_context())
        smtp.ehlo_or_helo_if_needed()
        if settings.EMAIL_HOST_USER:
            smtp.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _ascii(address: str) -> str:
    """The address as it travels: a domain in Cyrillic goes as its ASCII form."""
    name, at, domain = address.rpartition("@")
    return f"{name}{at}{punycode(domain)}" if not address.isascii() else address


def _command(line: str) -> bytes:
    """Raises `ValueError` for line breaks and letters that no server takes: an address must stay one command."""
    if "\r" in line or "\n" in line:
        raise ValueError("line break in a command")
    return line.encode("ascii") + b"\r\n"


def _answers(smtp: smtplib.SMTP, most: int) -> list[tuple[int, bytes]]:
    """So many answers, or as many as come before the server says goodbye."""
    found: list[tuple[int, bytes]] = []
    while len(found) < most and not (found and found[-1][0] == CLOSING):
        found.append(smtp.getreply())
    return found


def _refusal(code: int, answer: bytes) -> Answer:
    """4xx may pass another time, 5xx will not. Only the codes are kept: answers may repeat the address."""
    enhanced = ENHANCED.match(answer)
    text = f"{code} {enhanced[0].decode()}" if enhanced else str(code)
    return (Outcome.POSTPONED if code < 500 else Outcome.REFUSED), text


def _dotted(content: bytes) -> bytes:
    """Line ends and leading dots as RFC 5321 wants them, and the final dot."""
    lines: Sequence[bytes] = content.replace(b"\r\n", b"\n").split(b"\n")
    body = b"\r\n".join(b"." + line if line.startswith(b".") else line for line in lines)
    return body + (b"" if body.endswith(b"\r\n") else b"\r\n") + b".\r\n"

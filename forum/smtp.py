"""One SMTP connection that knows at which moment it broke.

Django's backend tells success from failure; we must also tell "certainly not taken" from "perhaps taken", since the
second must never be sent again by itself. Hence the DATA phase is spelled out here.
"""

import smtplib
from enum import Enum
from types import TracebackType

from django.conf import settings


class Outcome(Enum):
    """What is known about one message after the attempt."""

    SENT = "sent"
    REFUSED = "refused"  # for good: 5xx
    POSTPONED = "postponed"  # certainly not taken, worth another try: 4xx, connection lost before the final dot
    UNKNOWN = "unknown"  # the connection broke after the final dot


class SmtpConnection:
    """A connection for a batch of messages; opened late, opened anew after it broke."""

    def __init__(self) -> None:
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> "SmtpConnection":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._drop(politely=True)

    def send(self, *, sender: str, recipient: str, content: bytes) -> tuple[Outcome, str]:
        """Hand over one message; the text is the server's answer, without the address."""
        try:
            smtp = self._open()
            for code, answer in (smtp.mail(sender), smtp.rcpt(recipient), smtp.docmd("DATA")):
                if code >= 400:
                    self._reset()
                    return _refusal(code, answer)
            smtp.send(_dotted(content))
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Outcome.POSTPONED, type(error).__name__
        return self._after_the_dot(smtp)

    def _after_the_dot(self, smtp: smtplib.SMTP) -> tuple[Outcome, str]:
        try:
            code, answer = smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Outcome.UNKNOWN, type(error).__name__
        return (Outcome.SENT, str(code)) if code < 400 else _refusal(code, answer)

    def _open(self) -> smtplib.SMTP:
        if self._smtp is None:
            smtp = smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=settings.EMAIL_TIMEOUT)
            if settings.EMAIL_USE_TLS:
                smtp.starttls()
            smtp.ehlo_or_helo_if_needed()
            if settings.EMAIL_HOST_USER:
                smtp.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
            self._smtp = smtp
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


def _refusal(code: int, answer: bytes) -> tuple[Outcome, str]:
    """4xx may pass another time, 5xx will not. Only the codes are kept: answers may repeat the address."""
    enhanced = answer.decode("ascii", "replace").split(" ", 1)[0]
    text = f"{code} {enhanced}" if enhanced.count(".") == 2 else str(code)
    return (Outcome.POSTPONED if code < 500 else Outcome.REFUSED), text


def _dotted(content: bytes) -> bytes:
    """Line ends and leading dots as RFC 5321 wants them, and the final dot."""
    lines = content.replace(b"\r\n", b"\n").split(b"\n")
    body = b"\r\n".join(b"." + line if line.startswith(b".") else line for line in lines)
    return body + (b"" if body.endswith(b"\r\n") else b"\r\n") + b".\r\n"

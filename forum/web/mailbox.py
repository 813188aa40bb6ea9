"""The demo's mailbox: the letters that its own SMTP server kept as files (`forum/runtime/mailsink.py`)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from functools import cached_property
from pathlib import Path

from django.conf import settings

NAME = re.compile(r"^[0-9]{20}-[0-9a-f]{8}$")
"""A file's name without its ending: time of arrival in nanoseconds, and chance."""


@dataclass(frozen=True)
class Part:
    """One part of a letter; `number` counts from 1 through all of them."""

    number: int
    content: EmailMessage

    @property
    def kind(self) -> str:
        return self.content.get_content_type()

    @property
    def filename(self) -> str:
        return self.content.get_filename() or ""

    @property
    def size(self) -> int:
        return len(self.data)

    @property
    def data(self) -> bytes:
        return self.content.get_payload(decode=True) or b""  # type: ignore[return-value]

    @property
    def text(self) -> str:
        return str(self.content.get_content())


class Letter:
    """One letter; its file is read when somebody looks at it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def arrived(self) -> datetime:
        return datetime.fromtimestamp(int(self.name[:20]) / 1e9, UTC)

    @cached_property
    def mail(self) -> EmailMessage:
        with self.path.open("rb") as file:
            return BytesParser(policy=policy.default).parse(file)

    @property
    def to(self) -> str:
        return str(self.mail["To"] or "")

    @property
    def subject(self) -> str:
        return str(self.mail["Subject"] or "").strip()

    @property
    def language(self) -> str:
        return str(self.mail["Content-Language"] or "")

    def parts(self) -> list[Part]:
        """Everything that is not merely a container."""
        leaves = [part for part in self.mail.walk() if not part.is_multipart()]
        return [Part(number, content) for number, content in enumerate(leaves, start=1)]

    def body(self, kind: str) -> Part | None:
        """The letter itself as `text/plain` or `text/html`."""
        return next((part for part in self.parts() if part.kind == kind and not part.filename), None)

    def attachments(self) -> list[Part]:
        """What came with it."""
        return [part for part in self.parts() if part.filename]


def letters() -> list[Letter]:
    """All letters, newest first. Only the names are read."""
    return [Letter(path) for path in sorted(_files(), reverse=True)]


def letter(name: str) -> Letter | None:
    """The letter of this name; None for anything that is not the name of a kept letter, such as a path."""
    path = settings.DEMO_MAIL_DIR / f"{name}.eml"
    return Letter(path) if NAME.match(name) and path.is_file() else None


def _files() -> Iterator[Path]:
    folder: Path = settings.DEMO_MAIL_DIR
    return (path for path in folder.glob("*.eml") if NAME.match(path.stem))

"""Reading what the mail sink has kept."""

import re
from collections.abc import Collection
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path


def find_letter(folder: Path, *, to: str, but: Collection[str] = (), attached: str = "") -> EmailMessage | None:
    """The newest letter to this address that is not among `but` (Message-IDs) and has a part of type `attached`."""
    for path in sorted(folder.glob("*.eml"), reverse=True):
        letter = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
        if (
            to in str(letter["To"])
            and letter["Message-ID"] not in but
            and (not attached or attachment(letter, attached))
        ):
            return letter
    return None


def link_in(letter: EmailMessage, *, having: str) -> str:
    """The first address of the plain text that contains `having`. Raises `LookupError`."""
    body = letter.get_body(("plain",))
    for url in re.findall(r"https?://\S+", body.get_content() if body else ""):
        if having in url:
            return str(url)
    raise LookupError(f"the letter “{letter['Subject']}” has no link with {having}")


def attachment(letter: EmailMessage, kind: str) -> bytes:
    """The first attachment of this type; empty when there is none."""
    parts = (part.get_payload(decode=True) for part in letter.iter_attachments() if part.get_content_type() == kind)
    return next((bytes(data) for data in parts if isinstance(data, bytes)), b"")

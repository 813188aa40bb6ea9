"""Reading what the mail sink took."""

import re
import time
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path


def wait_for_mail(folder: Path, *, to: str, having: str, seconds: float = 30) -> EmailMessage:
    """The newest letter to `to` whose text contains `having`. Raises `TimeoutError`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for path in sorted(folder.rglob("*.eml"), key=lambda p: p.stat().st_mtime, reverse=True):
            letter = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
            if to in str(letter["To"]) and having in text_of(letter):
                return letter
        time.sleep(0.3)
    raise TimeoutError(f"no letter to {to} with {having!r} within {seconds:.0f} s")


def text_of(letter: EmailMessage) -> str:
    """The plain text part."""
    body = letter.get_body(("plain",))
    return body.get_content() if body else ""


def link_in(letter: EmailMessage, *, having: str) -> str:
    """The first address in the text that contains `having`."""
    return next(url for url in re.findall(r"https?://\S+", text_of(letter)) if having in url)


def pdf_of(letter: EmailMessage) -> bytes:
    """The attached PDF."""
    return next(
        part.get_payload(decode=True)
        for part in letter.iter_attachments()
        if part.get_content_type() == "application/pdf"
    )

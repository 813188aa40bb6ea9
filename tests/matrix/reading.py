"""What stands in an answer, whatever it is written in: pages, JSON, tables, calendars, papers."""

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pypdfium2 as pdfium

TEXT = ("text/", "application/json", "application/vnd.oai.openapi")


def content_of(response: Any) -> bytes:
    """The whole body."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def text_of(response: Any) -> str:
    """Every word of an answer."""
    kind, content = response.headers.get("Content-Type", ""), content_of(response)
    if kind.startswith("text/calendar"):
        return re.sub(r"\r\n[ \t]", "", content.decode())  # long lines are folded
    if kind.startswith(TEXT):
        return content.decode("utf-8-sig")
    if kind.endswith("spreadsheetml.sheet"):
        return _of_table(content)
    if kind == "application/pdf" and content.startswith(b"%PDF"):
        return _of_paper(content)
    if kind == "image/jpeg" and content.startswith(b"\xff\xd8"):
        return ""  # pixels alone: `tests/forum/test_uploads.py`
    assert not content, f"no words can be read from {kind}"
    return ""


def _of_table(content: bytes) -> str:
    with ZipFile(BytesIO(content)) as parts:
        return "\n".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))


def _of_paper(content: bytes) -> str:
    with pdfium.PdfDocument(content) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)

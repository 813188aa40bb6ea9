"""The one way in which private files leave: always a download, kept by nobody on the way, never guessed at by a browser."""

from typing import IO

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header


def private_file(content: bytes | str | IO[bytes], *, name: str, content_type: str) -> HttpResponseBase:
    """`name` is ours and holds nothing personal; whatever stands in it, it cannot break out of its header."""
    response: HttpResponse | FileResponse = (
        HttpResponse(content, content_type=content_type)
        if isinstance(content, bytes | str)
        else FileResponse(content, content_type=content_type)
    )
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=_plain(name))
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _plain(name: str) -> str:
    """Without signs that no name of ours has: line ends, control characters, ways into other folders."""
    return "".join(sign for sign in name if sign.isprintable() and sign not in '\\/:*?"<>|') or "file"

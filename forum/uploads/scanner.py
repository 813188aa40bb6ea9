"""The virus scanner, where the edition has one: `UPLOAD_SCANNER` names a clamd or a command; empty means none.

    clamd://scanner:3310      clamd on the network         clamd:///run/clamd.sock   clamd on a socket
    command:/usr/bin/clamdscan --no-summary -              reads the file from standard input; 0 clean, 1 found something

Whoever does not answer, answers wrongly or takes too long is away, and then nothing is taken.
"""

import logging
import shlex
import socket
import subprocess
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from forum.uploads.problems import UploadError

logger = logging.getLogger(__name__)
SECONDS = 15
"""How long a scan may take; people wait for it."""
_PIECE = 1 << 16
CLAMD, COMMAND = "clamd://", "command:"


def check_setting() -> None:
    """Raise `ImproperlyConfigured` at the start rather than refuse every file later."""
    where = settings.UPLOAD_SCANNER
    if where and not where.startswith((CLAMD, COMMAND)):
        raise ImproperlyConfigured(f"UPLOAD_SCANNER must begin with {CLAMD} or {COMMAND}")


def look_for_viruses(content: bytes) -> None:
    """Raise `UploadError`: `upload.infected`, or `upload.scanner_away` when nobody can say."""
    where = settings.UPLOAD_SCANNER
    if not where:
        return
    try:
        clean = _by_command(where, content) if where.startswith(COMMAND) else _by_clamd(where, content)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        logger.exception("the virus scanner is away")
        raise UploadError("upload.scanner_away") from error
    if not clean:
        logger.warning("the virus scanner refused a file")
        raise UploadError("upload.infected")


def _by_command(where: str, content: bytes) -> bool:
    done = subprocess.run(
        shlex.split(where.removeprefix(COMMAND)), input=content, capture_output=True, timeout=SECONDS, check=False
    )
    if done.returncode not in (0, 1):
        raise ValueError(f"the command ended with {done.returncode}")
    return done.returncode == 0


def _by_clamd(where: str, content: bytes) -> bool:
    """INSTREAM: pieces with their length before them, an empty one at the end."""
    with _line_to(where) as line:
        line.sendall(b"zINSTREAM\0")
        for at in range(0, len(content), _PIECE):
            piece = content[at : at + _PIECE]
            line.sendall(len(piece).to_bytes(4, "big") + piece)
        line.sendall(bytes(4))
        answer = _answer(line)
    if answer.endswith(b" OK"):
        return True
    if answer.endswith(b" FOUND"):
        return False
    raise ValueError("clamd gave neither OK nor FOUND")


def _line_to(where: str) -> socket.socket:
    address = urlsplit(where)
    if address.hostname:
        return socket.create_connection((address.hostname, address.port or 3310), timeout=SECONDS)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(SECONDS)
    try:
        line.connect(address.path)
    except OSError:
        line.close()
        raise
    return line


def _answer(line: socket.socket) -> bytes:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _PIECE and (piece := line.recv(4096)):
        answer += piece
    return answer.rstrip(b"\0\n")

"""A load client: prepared requests over kept connections, every answer read whole and checked.

Nothing is parsed but the status and the length: what the client costs is taken from the same two cores as the server.
"""

import socket
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from statistics import median
from typing import Any

TIMEOUT = 30.0
_clients = count()
Check = Callable[[int, bytes], str]


@dataclass(frozen=True)
class Sample:
    """What one round of requests took. `seconds` of each request; `wall` from the first start to the last end."""

    seconds: Sequence[float]
    wall: float
    errors: Sequence[str] = field(default_factory=tuple)

    @property
    def p50(self) -> float:
        """Seconds."""
        return median(self.seconds) if self.seconds else 0.0

    @property
    def per_second(self) -> float:
        return len(self.seconds) / self.wall if self.wall else 0.0


class Connection:
    """One kept connection; opened again when the server has closed it. `source`: our own address, 127.x.y.z; `patience`:
    seconds until silence is a fault.
    """

    def __init__(self, port: int, *, source: str = "127.0.0.1", patience: float = TIMEOUT) -> None:
        self._port, self._source, self._patience = port, source, patience
        self._socket: socket.socket | None = None

    def exchange(self, request: bytes) -> tuple[int, bytes, bytes]:
        """Status, head and body. Raises `OSError` when the second attempt fails too."""
        for last in (False, True):
            try:
                return self._once(request)
            except OSError:
                self.close()
                if last:
                    raise
        raise AssertionError

    def _once(self, request: bytes) -> tuple[int, bytes, bytes]:
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self._port), self._patience, (self._source, 0))
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(request)
        head, rest = self._until_blank_line()
        status = int(head[9:12])
        body = self._rest_of(rest, length=_length(head))
        if b"connection: close" in head.lower():
            self.close()
        return status, head, body

    def _until_blank_line(self) -> tuple[bytes, bytes]:
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._more()
        head, _, rest = data.partition(b"\r\n\r\n")
        return head, rest

    def _rest_of(self, data: bytes, *, length: int) -> bytes:
        parts, got = [data], len(data)
        while got < length:
            parts.append(self._more())
            got += len(parts[-1])
        return b"".join(parts)

    def _more(self) -> bytes:
        data = self._socket.recv(65536) if self._socket else b""
        if not data:
            raise ConnectionResetError("closed by the server")
        return data

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
        if name.lower() == b"transfer-encoding":
            raise ValueError("a chunked answer: its length is not known")
    return 0


def request(method: str, path: str, *, headers: dict[str, str] | None = None, body: bytes = b"") -> bytes:
    """One request, ready to be sent."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *(f"{k}: {v}" for k, v in (headers or {}).items())]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def fire(port: int, shares: Sequence[Iterable[bytes]], *, check: Check) -> Sample:
    """Each client sends its share, one request after the other; `check` names what is wrong with an answer, or is ''.

    Every client has an address of its own, as in life: one visitor is held to a pace.
    """
    began = time.perf_counter()
    with ThreadPoolExecutor(max_workers=len(shares)) as pool:
        done: list[Any] = list(pool.map(lambda share: _client(port, share, check), shares))
    wall = time.perf_counter() - began
    return Sample([s for seconds, _ in done for s in seconds], wall, [e for _, errors in done for e in errors])


def _client(port: int, share: Iterable[bytes], check: Check) -> tuple[list[float], list[str]]:
    seconds, errors = [], []
    connection = Connection(port, source=f"127.0.{next(_clients) % 250}.{next(_clients) % 250 + 2}")
    for prepared in share:
        began = time.perf_counter()
        try:
            status, _, body = connection.exchange(prepared)
        except (OSError, ValueError) as error:
            errors.append(str(error))
            continue
        seconds.append(time.perf_counter() - began)
        if wrong := check(status, body):
            errors.append(wrong)
    connection.close()
    return seconds, errors

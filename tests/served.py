"""Requests to the application as gunicorn serves it, short ways included; the test client of Django knows only the usual one."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

from forum.wsgi import application


@dataclass(frozen=True, kw_only=True)
class Served:
    """Like an answer of Django's test client."""

    status_code: int
    headers: dict[str, str]
    content: bytes

    def __getitem__(self, name: str) -> str:
        return self.headers[name]

    def json(self) -> Any:
        return json.loads(self.content)


def served(address: str, body: str, *, headers: dict[str, str], secure: bool = True, **environ: Any) -> Served:
    """Send JSON."""
    made = RequestFactory().post(
        address, body, content_type="application/json", secure=secure, headers=headers, **environ
    )
    told: dict[str, Any] = {}

    def start(status: str, headers: list[tuple[str, str]], *_rest: Any) -> None:
        told.update(status_code=int(status[:3]), headers=dict(headers))

    with kept_connection():
        content = b"".join(application(made.environ, start))
    return Served(content=content, **told)


@contextmanager
def kept_connection() -> Iterator[None]:
    """As Django's own test client does: the application must not close the connection of the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)

"""What everybody reads, kept in each process until something on it changes.

One word in the shared cache, the mark, owns all copies: whoever changes a row that stands on public pages writes a new
mark once the transaction is through, and what was kept under the old one is never looked at again. A reader takes the
mark before it reads rows, so a copy may be fresher than its mark, never older. When the shared cache is away nothing is
kept; when it goes away at the moment of the change, a copy lives on for `SECONDS` at most. Inside a transaction nothing
is kept either: it sees what nobody else may see yet.
"""

import logging
from collections.abc import Callable
from hashlib import sha256
from typing import Any, TypeVar, cast
from uuid import uuid4

from django.core.cache import cache, caches
from django.db import connection, transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

Kept = TypeVar("Kept")
MARK = "public-mark"
SECONDS = 60
stands_on_public_pages: set[type[Model]] = set()
"""Models whose rows `kept` pages read; `clear_with` fills it."""


def kept(*key: object, build: Callable[[], Kept], if_: Callable[[Kept], bool] = bool) -> Kept:
    """What `build` gave for this key since the last change; its result must be picklable and depend on `key` alone.

    Only results that pass `if_` are kept. What `build` raises is raised.
    """
    mark = None if connection.in_atomic_block else _mark()
    if mark is None:
        return build()
    name, copies = sha256(repr((mark, *key)).encode()).hexdigest(), caches["process"]
    found = copies.get(name)
    if found is None and if_(found := build()):
        copies.set(name, found, SECONDS)
    return cast(Kept, found)


def clear_with(*models: type[Model]) -> None:
    """Rows of these models stand on public pages: every save and deletion of one is a change."""
    for model in models:
        stands_on_public_pages.add(model)
        for signal in (post_save, post_delete):
            signal.connect(_changed, sender=model, dispatch_uid=f"forum.kept.{model._meta.label}")


def _changed(**_signal: Any) -> None:
    transaction.on_commit(_new_mark)


def _new_mark() -> None:
    try:
        cache.set(MARK, uuid4().hex, None)
    except RedisError:
        logger.warning("public pages may be old for %s s: the mark cannot be reached", SECONDS)


def _mark() -> str | None:
    try:
        return cast(str, cache.get(MARK) or cache.get_or_set(MARK, uuid4().hex, None))
    except RedisError:
        return None

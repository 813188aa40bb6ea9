"""Copies of what is read again and again, kept in each process until a row they were made from changes.

One word in the shared cache, a mark, owns all copies of a kind: whoever changes such a row writes a new mark once the
transaction is through, and what was kept under the old one is never looked at again. A reader takes the mark before it
reads rows, so a copy may be fresher than its mark, never older. When the shared cache is away nothing is kept; when it
goes away at the moment of the change, a copy lives on for `SECONDS` at most. Inside a transaction nothing is kept
either: it sees what nobody else may see yet.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
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
SECONDS = 60


@dataclass
class Count:
    """A count in the shared cache that is raised on the way to a mark; `value` is known afterwards, 0 when the cache is away."""

    key: str
    seconds: int
    value: int = 0


class Mark:
    """The owner of one kind of copies."""

    def __init__(self, name: str) -> None:
        self.name = f"mark:{name}"
        self.models: set[type[Model]] = set()

    def kept(
        self, *key: object, build: Callable[[], Kept], if_: Callable[[Kept], bool] = bool, count: Count | None = None
    ) -> Kept:
        """What `build` gave for this key since the last change; its result must be picklable and depend on `key` alone.

        Only results that pass `if_` are kept. `count` is raised on the same trip. What `build` raises is raised.
        """
        word = self._word(count)
        if word is None:
            return build()
        name, copies = sha256(repr((word, *key)).encode()).hexdigest(), caches["process"]
        found = copies.get(name)
        if found is None and if_(found := build()):
            copies.set(name, found, SECONDS)
        return cast(Kept, found)

    def clear_with(self, *models: type[Model], new: bool = True) -> None:
        """Copies are made from rows of these models: every save and deletion of one is a change. Without `new` a row that has
        just been made is none: no copy can have been made from it.
        """
        for model in models:
            self.models.add(model)
            for signal, heard in ((post_save, self._heard if new else self._heard_of_old), (post_delete, self._heard)):
                signal.connect(heard, sender=model, dispatch_uid=f"{self.name}:{model._meta.label}")

    def changed(self) -> None:
        """For changes that no signal tells: statements over many rows."""
        transaction.on_commit(self._renew)

    def _heard(self, **_signal: Any) -> None:
        self.changed()

    def _heard_of_old(self, *, created: bool, **_signal: Any) -> None:
        if not created:
            self.changed()

    def _renew(self) -> None:
        try:
            cache.set(self.name, uuid4().hex, None)
        except RedisError:
            logger.warning("copies may be old for %s s: %s cannot be reached", SECONDS, self.name)

    def _word(self, count: Count | None) -> str | None:
        inside = connection.in_atomic_block
        if inside and count is None:
            return None
        try:
            found = self._found(count)
            return None if inside else cast(str, found or cache.get_or_set(self.name, uuid4().hex, None))
        except RedisError:
            return None

    def _found(self, count: Count | None) -> str | None:
        if count is None:
            return cast("str | None", cache.get(self.name))
        count.value, found = cast(Any, cache).count_and_get(count.key, count.seconds, self.name)
        return cast("str | None", found)


PAGES = Mark("public")
"""Pages for everybody: edition, release, names of speakers."""
PHONES = Mark("phones")
"""Phones that scan, with their points, holders and rights."""
PRINTS = Mark("prints")
"""How many badges wait for the print desk: every page of the team says it. A badge whose facts have changed is drawn anew, which
clears it; where facts of many change at once, the number follows within `SECONDS`."""
NAMES = Mark("names")
"""Words that stand in people's names. No change clears them: a name written a moment ago is found as it is written."""

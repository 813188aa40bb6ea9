"""Copies of what takes long to read and is personal: in the shared cache, sealed for one place, for an hour.

Each copy says what it was made with; asked for with anything else it is made anew, and there is one copy of a place at most.
Whoever erases what it was made of clears it (`forget_copies`). The cache may be lost at any time, and so may a key: then it
is read again. A rotation of keys leaves copies alone, since they are gone before the old key is.
"""

import json
import logging
import zlib
from collections.abc import Callable
from hashlib import sha256
from typing import Any, TypeVar

from django.core.cache import cache
from redis.exceptions import RedisError

from forum.crypto import DecryptionError, decrypt, encrypt

logger = logging.getLogger(__name__)
Kept = TypeVar("Kept")
SECONDS = 3600


def sealed_copy(
    place: str,
    *,
    made_with: object,
    build: Callable[[], Kept],
    dump: Callable[[Kept], Any],
    load: Callable[[Any], Kept],
) -> Kept:
    """What `build` gave for `place` with the same `made_with`. `dump` makes plain JSON values of it, `load` it of them.

    What `build` raises is raised, and nothing is kept.
    """
    mark = sha256(repr(made_with).encode()).hexdigest()
    kept = _opened(place)
    if kept is not None and kept[0] == mark:
        return load(kept[1])
    made = build()
    _keep(place, [mark, dump(made)])
    return made


def forget_copies(*places: str) -> None:
    """What they were made of is erased."""
    try:
        cache.delete_many([_name(place) for place in places])
    except RedisError:
        logger.warning("copies may be there for %s s: the cache cannot be reached", SECONDS)


def _name(place: str) -> str:
    return f"copy:{place}"


def _opened(place: str) -> Any:
    try:
        sealed = cache.get(_name(place))
        return json.loads(zlib.decompress(decrypt(sealed, aad=_name(place)))) if sealed else None
    except (RedisError, DecryptionError):
        return None


def _keep(place: str, value: Any) -> None:
    packed = zlib.compress(json.dumps(value, ensure_ascii=False).encode(), level=1)
    try:
        cache.set(_name(place), encrypt(packed, aad=_name(place)), SECONDS)
    except RedisError:
        logger.warning("nothing is kept: the cache cannot be reached")

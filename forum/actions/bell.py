"""The bell of the mail workers. Letters wait in rows; the bell only says that they do, so one is enough until it is heard.

Whoever rings has committed before. A worker takes the bell down first and looks for letters then, so a letter whose writer
found a bell hanging is found by whoever hears it. A bell that got lost with its broker is hung anew after `HANGS`, and
the sweep looks anyway.
"""

from contextlib import suppress

from django.core.cache import cache
from django.db import transaction
from redis.exceptions import RedisError

from forum.tasks import send_messages

HANGS = 10
"""Seconds."""


def hurry_lane(lane: str) -> None:
    """Tell a worker, after the commit, that letters wait. A failure is logged."""

    def ring() -> None:  # Django names it in the log, which it cannot do with a `partial`
        _ring(lane)

    transaction.on_commit(ring, robust=True)


def _ring(lane: str) -> None:
    try:
        is_first = cache.add(_name(lane), "", HANGS)
    except RedisError:
        is_first = True
    if is_first:
        send_messages.delay(lane=lane)


def heard(lane: str) -> None:
    """From now on the next letter rings again."""
    with suppress(RedisError):
        cache.delete(_name(lane))


def _name(lane: str) -> str:
    return f"bell:{lane}"

"""How often and how long, counted by every process and kept in Redis: one place to read, whatever process is asked.

Each process adds up by itself and hands over every few seconds, so that a request does not wait for it. A Redis that is
away costs nothing but the numbers; after a restart of Redis the counters begin at zero, which Prometheus understands.
Labels are closed words (routes, names of tasks, states): never anything of a person.
"""

import json
import logging
from collections.abc import Iterator
from functools import lru_cache
from threading import Lock
from time import monotonic

from django.conf import settings
from redis import Redis, RedisError

logger = logging.getLogger(__name__)

TIMES, SECONDS = "forum:counted:times", "forum:counted:seconds"
HAND_OVER_EVERY = 2.0
"""Seconds between two hand-overs of a process."""
WAIT_AFTER_FAILURE = 15.0


@lru_cache(maxsize=4)
def _client(url: str) -> "Redis":
    return Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1)


def redis() -> "Redis":
    """Redis with short patience: whoever looks inside must not hang with it."""
    return _client(settings.REDIS_URL)


class Tally:
    """What this process has counted and not handed over yet."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._open: dict[str, tuple[int, float]] = {}
        self._due = 0.0

    def note(self, kind: str, *labels: str, seconds: float) -> None:
        """One more of `kind` with these labels took so long."""
        key = json.dumps([kind, *labels])
        with self._lock:
            times, total = self._open.get(key, (0, 0.0))
            self._open[key] = times + 1, total + seconds
            due = monotonic() >= self._due
            self._due = monotonic() + HAND_OVER_EVERY if due else self._due
        if due:
            self.hand_over()

    def hand_over(self) -> None:
        """Add what is open to the common numbers. Raises nothing: they are for looking, not for working."""
        with self._lock:
            going, self._open = self._open, {}
        if not going:
            return
        try:
            with redis().pipeline(transaction=True) as pipe:
                for key, (times, total) in going.items():
                    pipe.hincrby(TIMES, key, times)
                    pipe.hincrbyfloat(SECONDS, key, total)
                pipe.execute()
        except RedisError as error:
            logger.warning("counted numbers are lost: %s", type(error).__name__)
            self._due = monotonic() + WAIT_AFTER_FAILURE


tally = Tally()


def counted(kind: str) -> Iterator[tuple[list[str], int, float]]:
    """(labels, times, seconds) of all processes. Raises `RedisError`."""
    with redis().pipeline(transaction=False) as pipe:
        pipe.hgetall(TIMES)
        pipe.hgetall(SECONDS)
        times, seconds = pipe.execute()
    for key, number in sorted(times.items()):
        name, *labels = json.loads(key)
        if name == kind:
            yield labels, int(number), float(seconds.get(key, 0.0))

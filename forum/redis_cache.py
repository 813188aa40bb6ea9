"""Django's cache in Redis, with two things it lacks: one client for all commands, and counting in one round trip, be it on
the way to something else.
"""

from typing import Any, cast

from django.core.cache.backends import redis as django_redis
from django.utils.functional import cached_property


class Client(django_redis.RedisCacheClient):
    """Django makes a new client for every command, which takes longer than most commands."""

    @cached_property
    def _client_of_all(self) -> Any:
        return super().get_client(write=True)

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        return self._client_of_all

    def count(self, key: Any, seconds: int, also: Any = None) -> tuple[int, Any]:
        """One more under `key`, which is forgotten when it is not asked for `seconds`: how many they are now, and what stands
        under the key `also`.
        """
        with self.get_client().pipeline(transaction=False) as pipe:
            pipe.incr(key)
            pipe.expire(key, seconds)
            if also is not None:
                pipe.get(also)
            asked, _set, *found = pipe.execute()
        value = found[0] if found else None
        return int(asked), None if value is None else cast(Any, self)._serializer.loads(value)


class RedisCache(django_redis.RedisCache):
    """One server."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = Client

    def count(self, key: str, seconds: int) -> int:
        """One more under this key; how many they are now. Raises `RedisError`."""
        return cast(Client, self._cache).count(self.make_and_validate_key(key), seconds)[0]

    def count_and_get(self, key: str, seconds: int, also: str) -> tuple[int, Any]:
        """The same, and what is stored under `also` (None: nothing). Raises `RedisError`."""
        client = cast(Client, self._cache)
        return client.count(self.make_and_validate_key(key), seconds, self.make_and_validate_key(also))

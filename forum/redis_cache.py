"""Django's cache in Redis, with two things it lacks: one client for all commands, and counting in one round trip."""

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

    def count(self, key: Any, seconds: int) -> int:
        """One more; how many they are now. A key that is not asked for `seconds` is forgotten."""
        with self.get_client().pipeline(transaction=False) as pipe:
            pipe.incr(key)
            pipe.expire(key, seconds)
            return int(pipe.execute()[0])


class RedisCache(django_redis.RedisCache):
    """One server."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = Client

    def count(self, key: str, seconds: int) -> int:
        """One more under this key; how many they are now. Raises `RedisError`."""
        return int(cast(Client, self._cache).count(self.make_and_validate_key(key), seconds))

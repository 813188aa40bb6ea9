"""Django's cache in Redis, with two things it lacks: one client for all commands, and counting in one round trip, be it on
the way to something else.
"""

from hashlib import sha1
from typing import Any, cast

from django.core.cache.backends import redis as django_redis
from django.utils.functional import cached_property
from redis.exceptions import NoScriptError

COUNT = """
local count = redis.call('INCR', KEYS[1])
redis.call('EXPIRE', KEYS[1], ARGV[1])
return {count, KEYS[2] and redis.call('GET', KEYS[2]) or false}
"""
"""In one step, so that no count is left without an end."""
COUNT_NAME = sha1(COUNT.encode(), usedforsecurity=False).hexdigest()
"""How the server calls it once it has heard it."""


class Client(django_redis.RedisCacheClient):
    """Django makes a new client for every command, which takes longer than most commands."""

    @cached_property
    def _client_of_all(self) -> Any:
        return super().get_client(write=True)

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        return self._client_of_all

    def count(self, key: Any, seconds: int, *also: Any) -> tuple[int, Any]:
        """One more under `key`, which is forgotten when it is not asked for `seconds`: how many they are now, and what stands
        under the key `also`, if one is given. Raises `RedisError`, without a second attempt.
        """
        keys = [key, *also]
        try:
            asked, found = self._told("EVALSHA", COUNT_NAME, len(keys), *keys, seconds)
        except NoScriptError:
            asked, found = self._told("EVAL", COUNT, len(keys), *keys, seconds)
        return int(asked), None if found is None else cast(Any, self)._serializer.loads(found)

    def _told(self, *words: Any) -> Any:
        """The answer to one command, past the client's retries, events and metrics: they take as long as the server."""
        pool = self.get_client().connection_pool
        connection = pool.get_connection()
        try:
            connection.send_command(*words)
            return connection.read_response()
        finally:
            pool.release(connection)


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

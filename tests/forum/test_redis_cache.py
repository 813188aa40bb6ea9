"""Counting in Redis: exact under threads, never without an end, known again after the server has forgotten."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.core.cache import cache
from redis import Redis


@pytest.fixture
def key() -> str:
    return f"count:{uuid4().hex}"


def test_each_call_is_one_more_and_the_count_ends_by_itself(key: str) -> None:
    assert [cache.count(key, 100) for _ in range(3)] == [1, 2, 3]
    assert 90 < cache._cache.get_client().ttl(cache.make_and_validate_key(key)) <= 100


def test_what_stands_elsewhere_is_brought_along(key: str) -> None:
    assert cache.count_and_get(key, 9, key + ":other") == (1, None)
    cache.set(key + ":other", "слово", 9)
    assert cache.count_and_get(key, 9, key + ":other") == (2, "слово")


def test_parallel_calls_are_all_counted(key: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        counted = list(pool.map(lambda _number: cache.count(key, 9), range(200)))
    assert sorted(counted) == list(range(1, 201))


def test_a_server_that_has_forgotten_how_to_count_is_told_again(key: str) -> None:
    cache.count(key, 9)
    cache._cache.get_client().script_flush()
    assert cache.count(key, 9) == 2


def test_a_connection_that_was_cut_is_opened_anew(key: str) -> None:
    cache.count(key, 9)
    client = cache._cache.get_client()
    with Redis(connection_pool=type(client.connection_pool)(**client.get_connection_kwargs())) as other:
        assert other.client_kill_filter(_id=client.client_id())
    assert cache.count(key, 9) == 2

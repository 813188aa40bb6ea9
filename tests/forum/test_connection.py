"""Kept connections: looked at before they are used, without a statement."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client

from forum.models import Forum

pytestmark = pytest.mark.django_db(transaction=True)


def end_session() -> None:
    """What a restart of the server does to a connection that is kept; returns when the session is gone."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 10000)", [connection.connection.info.backend_pid])
            assert cursor.fetchone() == (True,)
    finally:
        other.close()


@pytest.fixture(autouse=True)
def fresh_connection_afterwards(transactional_db: None) -> Iterator[None]:
    """The tests that follow must not meet the connection that was cut here, whatever was asserted."""
    yield
    connection.close()


def test_open_connection_is_usable_and_asks_nothing(forum: Forum, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert connection.is_usable()


def test_ended_session_is_seen(forum: Forum) -> None:
    end_session()
    assert not connection.is_usable()


def test_request_after_a_restart_is_answered(forum: Forum, client: Client) -> None:
    assert client.get("/ru/programme/").status_code == 200
    end_session()
    connection.health_check_enabled, connection.health_check_done = True, False
    assert client.get("/ru/programme/").status_code == 200

"""Kept connections: looked at before they are used, without a statement."""

import pytest
from django.db import connection
from django.test import Client

from forum.models import Forum

pytestmark = pytest.mark.django_db(transaction=True)


def end_session() -> None:
    """What a restart of the server does to a connection that is kept."""
    with connection.copy().cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
        cursor.connection.close()


def test_open_connection_is_usable_and_asks_nothing(forum: Forum, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert connection.is_usable()


def test_ended_session_is_seen(forum: Forum) -> None:
    end_session()
    assert not connection.is_usable()
    connection.close()


def test_request_after_a_restart_is_answered(forum: Forum, client: Client) -> None:
    assert client.get("/ru/programme/").status_code == 200
    end_session()
    connection.health_check_enabled, connection.health_check_done = True, False
    assert client.get("/ru/programme/").status_code == 200

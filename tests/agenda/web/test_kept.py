"""The programme as everybody reads it is built once, and again when something on it has changed."""

from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from agenda.actions.releases import publish_release
from agenda.models import Speaker
from forum.models import Forum
from forum.queries.kept import PAGES
from tests.factories.agenda import make_session, make_speaker

pytestmark = pytest.mark.django_db(transaction=True)
PAGE, DATA = "/ru/programme/?day=all", "/api/v1/programme"


@pytest.fixture(autouse=True)
def _within_a_minute() -> Iterator[None]:
    """Copies of pages live for the minute in which they were built: no test runs over its end."""
    with time_machine.travel(now().replace(second=5), tick=True):
        yield


@pytest.fixture
def speaker(forum: Forum) -> Speaker:
    """On stage in the only session of the first release."""
    caches["process"].clear()
    speaker = make_speaker(forum)
    make_session(forum, slug="one", title={"ru": "Наследие Кузбасса", "en": "Heritage"}, speakers=(speaker,))
    publish_release(forum, by=None)
    return speaker


@pytest.mark.parametrize("path", [PAGE, DATA])
def test_second_reader_costs_the_database_nothing(
    path: str, client: Client, speaker, django_assert_num_queries
) -> None:
    first = client.get(path)
    with django_assert_num_queries(0):
        second = Client().get(path)
    assert (first.content, first["ETag"], first.status_code) == (second.content, second["ETag"], 200)


@pytest.mark.parametrize("path", [PAGE, DATA])
def test_who_has_it_is_answered_without_a_query(path: str, client: Client, speaker, django_assert_num_queries) -> None:
    mark = client.get(path)["ETag"]
    with django_assert_num_queries(0):
        answer = client.get(path, headers={"If-None-Match": mark})
    assert (answer.status_code, answer.content) == (304, b"")


@pytest.mark.parametrize("path", [PAGE, DATA])
def test_new_release_and_withdrawn_name_show_at_once(path: str, client: Client, forum: Forum, speaker) -> None:
    assert speaker.surname in client.get(path).content.decode()
    speaker.publication_consent = False
    speaker.save()
    assert speaker.surname not in client.get(path).content.decode()
    make_session(forum, slug="two", title={"ru": "Шахта как музей", "en": "A mine"})
    publish_release(forum, by=None)
    assert "Шахта как музей" in client.get(path).content.decode()


@pytest.mark.parametrize("path", [PAGE, DATA])
def test_whatever_the_answer_is_read_from_clears_it(path: str, client: Client, speaker) -> None:
    """A table that is read and not known to `clear_with` would leave old pages standing."""
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    known = {model._meta.db_table for model in PAGES.models}
    tables = {table for table in connection.introspection.table_names() if any(f'"{table}"' in q["sql"] for q in asked)}
    assert tables
    assert tables <= known


def test_languages_themes_and_filters_are_pages_of_their_own(client: Client, speaker) -> None:
    pages = [client.get(path).content for path in (PAGE, "/be/programme/?day=all", f"{PAGE}&words=zzz")]
    client.cookies["theme"] = "dark"
    assert len({*pages, client.get(PAGE).content}) == 4
    answers = [client.get(DATA, headers={"Accept-Language": code}).content for code in ("ru", "en")]
    assert len(set(answers)) == 2


def test_unknown_day_is_not_found_twice(client: Client, speaker) -> None:
    """A refusal is not kept as if it were a page."""
    for _time in range(2):
        assert client.get("/ru/programme/?day=1999-01-01").status_code == 404


def test_nothing_is_kept_inside_a_transaction_or_that_does_not_pass(speaker) -> None:
    answers = iter(range(1, 9))
    with transaction.atomic():
        assert [PAGES.kept("x", build=lambda: next(answers)) for _time in range(2)] == [1, 2]
    assert [PAGES.kept("x", build=lambda: next(answers), if_=lambda got: got > 3) for _time in range(3)] == [3, 4, 4]


def test_without_the_shared_cache_pages_are_built(client: Client, settings, speaker, caplog) -> None:
    """Nobody could say whether a copy is still true."""
    client.get(PAGE)
    away = settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}
    with override_settings(CACHES=settings.CACHES | {"default": away}):
        speaker.publication_consent = False
        speaker.save()
        page = client.get(PAGE).content.decode()
    assert "mark:public cannot be reached" in caplog.text
    assert speaker.surname not in page

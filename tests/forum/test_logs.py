"""Lines in production's form: ids and closed words, nothing of a person."""

import json
import logging
import sys
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client

from celery_app import app as celery
from forum.log_lines import IdsFilter, JsonLines
from forum.logs import carrying, request_id
from forum.models import Account, Forum, Message
from forum.task_trace import REQUEST_ID
from tests.factories.forum import make_account
from tests.factories.messages import make_message
from tests.mail import Sink
from tests.sessions import sign_in


def line_of(record: logging.LogRecord) -> dict[str, Any]:
    IdsFilter().filter(record)
    return json.loads(JsonLines().format(record))


def record_of(message: str, *args: Any, name: str = "x", level: int = logging.ERROR, **extra: Any) -> logging.LogRecord:
    return logging.getLogger(name).makeRecord(
        name, level, "", 0, message, args, extra.pop("exc_info", None), extra=extra
    )


@pytest.fixture
def lines() -> Iterator[list[dict[str, Any]]]:
    """What the root logger writes during the test, in production's form."""
    found: list[dict[str, Any]] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(line_of(record))

    handler = Keep()
    logging.getLogger().addHandler(handler)
    yield found
    logging.getLogger().removeHandler(handler)


def test_line_holds_time_level_logger_message_and_the_ids_in_hand() -> None:
    with carrying(request_id="abc", job="j", task="t", task_id="i", account="a"):
        line = line_of(record_of("%s went", "it"))
    assert line.pop("time").endswith("+00:00")
    assert line == {
        "level": "ERROR", "logger": "x", "message": "it went",
        "request_id": "abc", "job": "j", "task": "t", "task_id": "i", "account": "a",
    }  # fmt: skip


def test_unknown_ids_and_unknown_extras_are_left_out() -> None:
    line = line_of(record_of("went", email="a@example.org", status=200))
    assert set(line) == {"time", "level", "logger", "message", "status"}


def test_addresses_are_replaced_by_their_routes() -> None:
    request = SimpleNamespace(path="/ru/apply/return/secret/", resolver_match=SimpleNamespace(route="return/<token>/"))
    assert line_of(record_of("Fault: %s", request.path, request=request))["message"] == "Fault: return/<token>/"


def test_addresses_of_people_are_hidden_and_servers_are_not() -> None:
    line = line_of(record_of("to anna.primerova@example.org; mail@host ready; redis://:**@127.0.0.1:6379/0"))
    assert line["message"] == "to <hidden>; mail@host ready; redis://:**@127.0.0.1:6379/0"


@pytest.mark.django_db
def test_exception_shows_its_kind_its_constraint_and_places_but_no_row() -> None:
    account = make_account("anna@example.org")
    try:
        Account.objects.create(email=account.email)
    except IntegrityError as error:
        record = record_of("broke: %s", error, exc_info=sys.exc_info())
    line = line_of(record)
    assert line["message"] == "broke: IntegrityError"
    assert "UniqueViolation (forum_account_email" in line["exception"] and "test_logs.py" in line["exception"]
    assert "anna" not in json.dumps(line)


def test_end_of_a_task_names_the_kind_of_the_exception_only() -> None:
    words = {"name": "badges.x", "id": "1", "exc": "ValueError('Примерова')", "traceback": "Примерова", "args": "[]"}
    record = record_of("Task %(name)s[%(id)s] raised unexpected: %(exc)s", words, name="celery.app.trace")
    assert line_of(record)["message"] == "Task badges.x[1] ended with ValueError"


def test_gunicorn_says_neither_where_from_nor_what() -> None:
    said = [
        ("Invalid request from ip=10.0.0.7: GET /secret", ()),
        ("Error handling request %s %s", ("GET", "/secret")),
    ]
    found = [line_of(record_of(text, *args, name="gunicorn.error"))["message"] for text, args in said]
    assert found == ["Invalid request", "Error handling request %s %s"]


@pytest.mark.django_db
def test_request_writes_one_line_with_its_route(client: Client, forum: Forum, lines: list[dict[str, Any]]) -> None:
    answer = client.get("/ru/apply/return/not-a-token/?q=Примерова")
    line = next(line for line in lines if line["logger"] == "forum.web.middleware")
    assert line["request_id"] == answer["X-Request-ID"]
    assert line["route"] == "ru/apply/return/<slug:token>/" and line["status"] == answer.status_code
    assert "Примерова" not in str(lines) and "not-a-token" not in str(lines)


@pytest.mark.django_db
def test_line_of_somebody_signed_in_names_the_public_id(client: Client, forum: Forum, lines: Any) -> None:
    account = make_account()
    sign_in(client, account).get("/ru/")
    assert [line["account"] for line in lines if line["logger"] == "forum.web.middleware"] == [str(account.public_id)]


def test_health_is_not_logged(client: Client, lines: list[dict[str, Any]]) -> None:
    client.get("/healthz")
    assert lines == []


@pytest.mark.django_db
def test_page_of_a_stranger_is_a_line_without_its_address(client: Client, lines: list[dict[str, Any]]) -> None:
    client.get("/ru/anna.primerova/")
    assert [(line["route"], line["status"]) for line in lines] == [("unknown address", 404)]
    assert "primerova" not in str(lines)


# --- from the click to the letter -------------------------------------------------------------------------------------
def headers_in(queue: str) -> list[dict[str, Any]]:
    """Headers of the tasks that wait, taken from the broker itself."""
    with celery.connection_for_read() as connection:
        found, box = [], connection.SimpleQueue(queue)
        while True:
            try:
                message = box.get(block=False)
            except box.Empty:
                return found
            message.ack()
            found.append(message.headers)


def test_task_carries_the_id_of_the_request() -> None:
    from badges.tasks import issue_badge

    headers_in("badges")
    with carrying(request_id="click-0001"):
        issue_badge.delay(registration_id=0)
    assert [headers[REQUEST_ID] for headers in headers_in("badges")] == ["click-0001"]


def test_task_of_the_clock_gets_an_id_of_its_own() -> None:
    from badges.tasks import sweep_credentials

    headers_in("badges")
    sweep_credentials.delay()
    sweep_credentials.delay()
    first, second = (headers[REQUEST_ID] for headers in headers_in("badges"))
    assert len(first) == 16 and first != second


@pytest.mark.django_db
def test_task_inside_a_task_carries_the_first_ones_id() -> None:
    """A sweep that finds a letter tells the lane: both carry the id that the sweep was given."""
    from forum.tasks import sweep_messages

    headers_in("mail")
    make_message()
    headers_in("mail")
    sweep_messages.apply(headers={REQUEST_ID: "sweep-0001"})
    assert [headers[REQUEST_ID] for headers in headers_in("mail")] == ["sweep-0001"]
    assert request_id.get() == "-"


@pytest.mark.django_db(transaction=True)
def test_letter_and_its_lines_carry_the_id_of_the_click(sink: Sink, lines: list[dict[str, Any]]) -> None:
    from forum.tasks import send_messages

    with carrying(request_id="click-0002"):
        message = make_message()
    send_messages.apply(kwargs={"lane": "personal"}, headers={REQUEST_ID: "sweep-0002"})
    assert Message.objects.get().request_id == "click-0002"
    assert [letter["X-Request-ID"] for letter in sink.letters] == ["click-0002"]
    line = next(line for line in lines if line["logger"] == "forum.actions.mail")
    assert (line["request_id"], line["task"]) == ("click-0002", "forum.send_messages")
    assert message.recipient not in str(lines)

"""The measuring tools themselves: what they say must be true before it is compared with anything."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from forum.runtime.bench import cpu, floors, report, wire


class Answer(BaseHTTPRequestHandler):
    """Echoes a body; /gone answers 404; /closing closes the connection afterwards."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(404 if self.path == "/gone" else 200, b"here")

    def do_POST(self) -> None:
        self._answer(200, self.rfile.read(int(self.headers["Content-Length"])))

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        if self.path == "/closing":
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- its name
        pass


@pytest.fixture
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def wants(status: int, text: bytes) -> wire.Check:
    return lambda got, body: "" if (got, body) == (status, text) else f"{got} {body!r}"


def test_every_answer_is_read_whole_and_counted(port: int) -> None:
    prepared = wire.request("POST", "/", body=b"x" * 200_000)
    sample = wire.fire(port, [[prepared] * 3] * 2, check=wants(200, b"x" * 200_000))
    assert (len(sample.seconds), list(sample.errors)) == (6, [])
    assert 0 < sample.p50 < sample.wall
    assert sample.per_second == pytest.approx(6 / sample.wall)


def test_wrong_answers_are_named(port: int) -> None:
    sample = wire.fire(port, [[wire.request("GET", "/gone"), wire.request("GET", "/")]], check=wants(200, b"here"))
    assert list(sample.errors) == ["404 b'here'"]


def test_closed_connection_is_opened_again(port: int) -> None:
    sample = wire.fire(port, [[wire.request("GET", "/closing")] * 3], check=wants(200, b"here"))
    assert (len(sample.seconds), list(sample.errors)) == (3, [])


def test_nobody_there_is_an_error_and_no_figure(port: int) -> None:
    sample = wire.fire(1, [[wire.request("GET", "/")]], check=wants(200, b"here"))
    assert (len(sample.seconds), len(sample.errors)) == (0, 1)


def test_median_round_counts_and_errors_add_up() -> None:
    rounds = [
        report.Round(
            figures={"a": value}, floor={"b": 1.0}, ratios={"c": value * 2}, errors=["bad"] if value == 9 else []
        )
        for value in (1.0, 9.0, 2.0)
    ]
    found = report.summary("scan", rounds)
    assert (found["figures"], found["ratios"], found["errors"]) == ({"a": 2.0}, {"c": 4.0}, 1)
    assert report.as_json(found).startswith('{"name": "scan"')
    assert "scan: 1 errors" in report.as_table(found)


def test_floor_of_a_pdf_grows_with_its_pages() -> None:
    assert 0 < floors.pdf(2) < floors.pdf(200)


def test_our_own_work_is_not_foreign() -> None:
    with cpu.measured() as use:
        sum(number * number for number in range(3_000_000))
    assert 0 < use.ours <= 1
    assert 0 <= use.foreign <= 1

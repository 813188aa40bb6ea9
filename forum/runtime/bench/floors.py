"""The floors: the least that any program in our place would have to do, measured in the same round."""

import io
import smtplib
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from reportlab.pdfgen.canvas import Canvas

from forum.runtime import stack
from forum.runtime.bench import wire
from forum.runtime.ports import free_port
from forum.runtime.service import Probe
from forum.runtime.supervisor import Supervisor

A6 = (297.6, 419.5)
STRINGS = 8
MODULES = 33  # a code of version 4


def start_bare(supervisor: Supervisor, running: stack.Running) -> int:
    """The bare view under the same gunicorn as ours. Returns its port."""
    port = free_port()
    probe = Probe(kind="tcp", target=f"127.0.0.1:{port}")
    supervisor.start(stack.gunicorn(running, "bare", "forum.runtime.bench.bare:application", port=port, probe=probe))
    return port


def bare(port: int, *, clients: int) -> wire.Sample:
    """A second or so of it: a shorter look may differ by a third from the next one."""
    prepared = wire.request("GET", "/")
    share = 4000 if clients == 1 else 8000 // clients
    return wire.fire(port, [[prepared] * share] * clients, check=lambda status, _: "" if status == 204 else str(status))


@contextmanager
def _floor_table(url: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS bench_floor (id bigserial PRIMARY KEY, text text NOT NULL)")
        connection.commit()
        try:
            yield connection
        finally:
            connection.rollback()
            connection.execute("DROP TABLE bench_floor")
            connection.commit()


def durable_insert(url: str) -> float:
    """Seconds of one insert and its commit, the median of a thousand."""
    seconds = []
    with _floor_table(url) as connection:
        for _ in range(1000):
            began = time.perf_counter()
            connection.execute("INSERT INTO bench_floor (text) VALUES (%s)", ("x" * 100,))
            connection.commit()
            seconds.append(time.perf_counter() - began)
    return statistics.median(seconds)


def pdf(pages: int) -> float:
    """Seconds of a PDF with one prebuilt code and eight strings on each page."""
    began = time.perf_counter()
    canvas = Canvas(io.BytesIO(), pagesize=A6)
    path = canvas.beginPath()
    for row in range(MODULES):
        for column in range(0, MODULES, 2):
            path.rect(180 + column * 2.5, 60 + row * 2.5, 2.5, 2.5)
    for _ in range(pages):
        canvas.drawPath(path, stroke=0, fill=1)
        for line in range(STRINGS):
            canvas.drawString(20, 390 - line * 20, "Delegate of the forum")
        canvas.showPage()
    canvas.save()
    return time.perf_counter() - began


def smtp(port: int, letters: list[Path]) -> float:
    """Seconds of sending the same bytes on one connection with smtplib."""
    data = [path.read_bytes() for path in letters]
    began = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port, timeout=30) as connection:
        for number, letter in enumerate(data):
            connection.sendmail("floor@example.org", [f"floor{number}@example.org"], letter)
    return time.perf_counter() - began

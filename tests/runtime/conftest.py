"""Servers of their own: these tests kill what they start, so they never touch the ones of the test run."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from forum.runtime.paths import ROOT, outside_folder, socket_folder
from tests.runtime.processes import alive, descendants, eventually


@dataclass(frozen=True)
class Held:
    """A running holder: its process, the keeper below it, and every process that belongs to them."""

    process: subprocess.Popen[str]
    database: str
    redis: str
    keeper: int
    family: frozenset[int]

    def query(self, text: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.database, autocommit=True) as connection:
            cursor = connection.execute(text)
            return cursor.fetchall() if cursor.description else []

    def all_gone(self) -> bool:
        return eventually(lambda: not alive(self.family))


def without_servers() -> dict[str, str]:
    """The environment of somebody who has nothing running."""
    return {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}


@pytest.fixture
def state() -> Iterator[Path]:
    """A state folder with a short path; pytest's own may be too long or closed to other users."""
    path = Path(tempfile.mkdtemp(prefix="forum-test-"))
    yield path
    for folder in (path, socket_folder(path), outside_folder(path)):
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def hold(state: Path) -> Iterator[Callable[..., Held]]:
    """Start a holder of `state`; `command` and `env` may make it somebody else's."""
    started: list[subprocess.Popen[str]] = []

    def start(*, command: list[str] | None = None, env: dict[str, str] | None = None) -> Held:
        words = command or [sys.executable, "-m", "tests.runtime.holder", str(state)]
        process = subprocess.Popen(words, cwd=ROOT, env=env or without_servers(), stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout
        told = json.loads(process.stdout.readline())
        family = frozenset({process.pid, *descendants(process.pid)})
        return Held(process, told["database"], told["redis"], told["keeper"], family)

    yield start
    for process in started:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()

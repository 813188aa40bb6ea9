"""What a benchmark runs on: the forum as `./run serve` starts it, with durable commits, and servers nobody else uses."""

import json
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from forum.runtime import stack
from forum.runtime.commands.serve import WEB_WORKERS
from forum.runtime.paths import state_root
from forum.runtime.ports import free_port
from forum.runtime.supervisor import Supervisor

PEOPLE = "24"  # made through the actions; the crowd is poured in by `fill_for_bench`
TRANSACTION = re.compile(r"(?i)^\s*(begin|commit|rollback|savepoint|release|set\s+local)\b")
STATEMENT = re.compile(r"LOG:  (?:statement|execute [^:]*): (.*)")


@dataclass(frozen=True)
class Ground:
    """A running forum, and what its tools told: tokens, addresses, codes."""

    supervisor: Supervisor
    running: stack.Running

    @property
    def port(self) -> int:
        return self.running.plan.port

    def manage(self, *words: str) -> str:
        """Inventing people is refused in production mode; keys and addresses are the same."""
        return stack.manage(self.supervisor, self.running, *words, mode="demo")

    def told(self, *words: str) -> dict[str, Any]:
        """What a command prints on its last line as JSON."""
        found: dict[str, Any] = json.loads(self.manage(*words).strip().splitlines()[-1])
        return found

    def phones(self, point: str, *, count: int) -> list[str]:
        """Tokens of so many phones at this point: one alone is held to a human pace."""
        found: list[str] = self.told("access_tokens", "--json", "--phones", str(count))["devices"][point]
        return found

    def fill(self, people: int) -> list[str]:
        """Pour in `people` confirmed delegates with live badges. Returns what their codes hold.

        Such a load leaves PostgreSQL work for minutes; it is done before anything is measured.
        """
        codes: list[str] = self.told("bench_people", "--people", str(people))["codes"]
        with psycopg.connect(self.running.urls.database, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
            connection.execute("CHECKPOINT")
        return codes

    def one(self, query: str) -> Any:
        """The single value of a query."""
        with psycopg.connect(self.running.urls.database) as connection:
            row = connection.execute(query).fetchone()
        return row[0] if row else None

    def rows(self, query: str) -> list[Any]:
        """All rows of a query."""
        with psycopg.connect(self.running.urls.database) as connection:
            return connection.execute(query).fetchall()


@contextmanager
def open_ground(*, works: bool) -> Iterator[Ground]:
    """A forum of its own in a folder that goes away. `DATABASE_URL` and `REDIS_URL` are not used: a benchmark writes.

    Workers only where they are measured (`works`): a crowd poured in is a crowd whose badges they would draw meanwhile.
    """
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    with Supervisor(state=state_root() / f"bench-{os.getpid()}", temporary=True) as supervisor:
        port = free_port()
        plan = stack.Plan(
            mode="production", state=supervisor.state, port=port, site=f"http://127.0.0.1:{port}",
            seed=("--people", PEOPLE), web_workers=WEB_WORKERS, works=works,
        )  # fmt: skip
        yield Ground(supervisor, stack.bring_up(supervisor, plan, say=lambda text: None))


@contextmanager
def statements(ground: Ground) -> Iterator[list[str]]:
    """Everything that PostgreSQL is told meanwhile, transaction control left out."""
    log = next(Path(ground.running.plan.state).rglob("postgres*.log"))
    found: list[str] = []
    _log_statements(ground, "all")
    began = log.stat().st_size
    yield found
    _log_statements(ground, "none")
    text = log.read_bytes()[began:].decode(errors="replace")
    found += [sql for sql in STATEMENT.findall(text) if not TRANSACTION.match(sql) and "pg_reload_conf" not in sql]


def _log_statements(ground: Ground, what: str) -> None:
    with psycopg.connect(ground.running.urls.database, autocommit=True) as connection:
        connection.execute(f"ALTER SYSTEM SET log_statement = '{what}'")
        connection.execute("SELECT pg_reload_conf()")
    time.sleep(0.3)  # the servers of single connections read the setting when they are told

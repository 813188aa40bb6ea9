"""PostgreSQL and Valkey for whoever needs them: the ones named by DATABASE_URL and REDIS_URL, else embedded ones.

For tests, at the top of `tests/conftest.py` (before Django reads its settings; so DJANGO_SETTINGS_MODULE is set there
and not in `pyproject.toml`):

    from forum.runtime import servers
    urls = servers.ensure(durable=False)      # exported to os.environ: xdist workers and child processes see the same
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings")

Each pytest run gets servers of its own below `.run/`, gone at its end however it ends; nothing to clean up.
"""

import atexit
import contextlib
import fcntl
import os
import shutil
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from forum.runtime import postgres, valkey
from forum.runtime.paths import outside_folder, socket_folder, state_root
from forum.runtime.supervisor import StartError, Supervisor

PORT_ATTEMPTS = 3
_ours: Supervisor | None = None


@dataclass(frozen=True)
class Urls:
    database: str
    redis: str

    def export(self) -> None:
        os.environ["DATABASE_URL"], os.environ["REDIS_URL"] = self.database, self.redis


def ensure(*, durable: bool = False) -> Urls:
    """The servers of this process: started at the first call, exported to `os.environ`, stopped at exit.

    `durable=False` trades safety on power loss for speed. Raises `StartError` or `RuntimeError` when the embedded
    servers cannot start.
    """
    global _ours  # noqa: PLW0603 -- one set per process, ended by atexit
    if _ours is None and not _both_given():
        sweep_left_over()
        _ours = Supervisor(state=state_root() / f"servers-{os.getpid()}", temporary=True)
        atexit.register(_ours.close)
        try:
            start(_ours, durable=durable).export()
        except BaseException:
            _ours.close()
            _ours = None
            raise
    return Urls(database=os.environ["DATABASE_URL"], redis=os.environ["REDIS_URL"])


def start(supervisor: Supervisor, *, durable: bool) -> Urls:
    """Start what the environment does not name, below the supervisor's folder, and say where both are."""
    database = os.environ.get("DATABASE_URL", "") or _start_postgres(supervisor, durable=durable)
    return Urls(database=database, redis=os.environ.get("REDIS_URL", "") or _start_valkey(supervisor))


def _start_postgres(supervisor: Supervisor, *, durable: bool) -> str:
    cluster = postgres.prepare(state=supervisor.state, durable=durable)
    supervisor.start(cluster.service())
    cluster.create_database()
    return cluster.url


def _start_valkey(supervisor: Supervisor) -> str:
    """Between choosing a port and taking it, another program may take it: then choose again."""
    for attempt in range(1, PORT_ATTEMPTS + 1):
        broker = valkey.prepare(state=supervisor.state)
        try:
            supervisor.start(broker.service())
        except StartError:
            if attempt == PORT_ATTEMPTS:
                raise
        else:
            break
    return broker.url


def redis_database(url: str, number: int) -> str:
    """The same server's database `number`: parallel test workers must not read each other's queues."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"/{number}"))


def sweep_left_over() -> None:
    """Remove the folders of runs that died together with their keeper: nobody holds their lock any more."""
    for folder in state_root().glob("servers-*"):
        with contextlib.suppress(OSError), (folder / "lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for path in (socket_folder(folder), outside_folder(folder), folder):
                shutil.rmtree(path, ignore_errors=True)


def _both_given() -> bool:
    return bool(os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"))

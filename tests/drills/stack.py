"""The forum's servers and workers for drills: each one can be killed, stopped, frozen and started again.

Servers are kept by `forum.runtime`; the workers are ours, since a keeper would give up what is killed all the time. A folder,
a cluster and a broker of our own: no other test sees what happens here.
"""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen

import redis
from django.conf import settings
from django.core.cache import caches
from django.db import connections
from kombu import pools

from celery_app import app
from forum.runtime import postgres, servers, valkey
from forum.runtime.commands.serve import WEB_WORKERS
from forum.runtime.keeper import spawn
from forum.runtime.paths import ROOT, private_folder
from forum.runtime.ports import free_port
from forum.runtime.processes import group_signal
from forum.runtime.service import Probe, Service
from forum.runtime.stack import NO_ROOT_WARNING
from forum.runtime.supervisor import Supervisor
from tests.drills import steps
from tests.drills.sink import Sink, mail_server
from tests.runtime.processes import descendants, kill_9

QUEUES = {"default": 1, "mail": 2, "badges": 2}
"""Processes for each queue, as `docker-compose.yml` has them, but a machine for tests is small."""
READY_SECONDS = 60


@dataclass
class Program:
    """A worker or beat, the leader of its process group."""

    service: Service
    process: "Popen[bytes] | None" = None

    @property
    def pid(self) -> int:
        assert self.process
        return self.process.pid

    @property
    def is_dead(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def start(self) -> None:
        """Does not wait: see `Stack.await_ready`."""
        self.process = spawn(self.service)

    @property
    def is_ready(self) -> bool:
        return self.service.ready.passes(log=Path(self.service.log))

    def kill(self) -> None:
        """As a machine that runs out of memory does it, or a container that is taken away."""
        group_signal(self.pid, signal.SIGKILL)
        assert self.process
        self.process.wait()

    def log(self) -> str:
        return Path(self.service.log).read_text(errors="replace")


@dataclass
class Stack:
    """Everything that runs. `kills` counts the workers and children killed by the drill itself."""

    supervisor: Supervisor
    cluster: postgres.Postgres
    broker: valkey.Valkey
    sink: Sink
    programs: dict[str, Program] = field(default_factory=dict)
    kills: int = 0

    @property
    def state(self) -> Path:
        return self.supervisor.state

    @property
    def orders(self) -> Path:
        return self.state / "steps"

    @property
    def private(self) -> Path:
        return self.state / "private"

    @property
    def all_kills(self) -> int:
        """By the drill and at steps."""
        return self.kills + steps.fired(self.orders)

    # --- bringing it up ------------------------------------------------------------------------------------------
    def start(self) -> None:
        """Servers, workers and, while they come up, tables; nobody sends work before beat is there."""
        self.supervisor.start(self.cluster.service(), self.broker.service())
        self.programs = {name: Program(self._worker(name, size)) for name, size in QUEUES.items()}
        for program in self.programs.values():
            program.start()
        self.cluster.create_database()
        self._manage("migrate", "--no-input", "-v", "0")
        self.programs["beat"] = Program(self._beat())
        self.programs["beat"].start()
        self.await_ready()

    def await_ready(self) -> None:
        """Every worker hears its queue. Dead ones are started again, as a container would be."""
        self.until(lambda: all(program.is_ready for program in self.programs.values()), seconds=READY_SECONDS)

    def close(self) -> None:
        for program in self.programs.values():
            if not program.is_dead:
                program.kill()

    def environment(self) -> dict[str, str]:
        return os.environ | {
            "DATABASE_URL": self.cluster.url, "REDIS_URL": self.broker.url, "PYTHONPATH": str(ROOT),
            "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(self.sink.port), "EMAIL_USE_TLS": "false",
            "PRIVATE_ROOT": str(self.private), "CELERY_BEAT_SCHEDULE_FILE": str(self.state / "beat-schedule"),
            "C_FORCE_ROOT": "1", steps.WHERE: str(private_folder(self.orders)), "PYTHONUNBUFFERED": "1",
        }  # fmt: skip

    def _manage(self, *words: str) -> None:
        command = [sys.executable, str(ROOT / "manage.py"), *words]
        assert self.supervisor.run(command, env=self.environment()) == 0

    def _worker(self, queue: str, size: int) -> Service:
        words = ("worker", "-Q", queue, "-c", str(size), "-n", f"{queue}@%h", "--without-gossip", "--without-mingle")
        return self._celery(queue, *words, application="tests.drills.doomed", ready=" ready.")

    def _beat(self) -> Service:
        schedule = str(self.state / "beat-schedule")
        return self._celery("beat", "beat", "-s", schedule, application="celery_app", ready="beat: Starting")

    def _celery(self, name: str, *words: str, application: str, ready: str) -> Service:
        command = ["-W", NO_ROOT_WARNING, "-m", "celery", "-q", "-A", application, *words]
        return Service(
            name=name, command=[sys.executable, *command, "--loglevel", "INFO"], env=self.environment(),
            log=str(private_folder(self.state / "logs") / f"{name}.log"), ready=Probe(kind="log", target=ready),
        )  # fmt: skip

    @contextmanager
    def web(self) -> Iterator[int]:
        """The web server with production's workers and threads, for as long as the block lasts. Gives its port."""
        port = free_port()
        command = ["-m", "gunicorn", "forum.wsgi:application", "-c", "python:forum.serving"]
        service = Service(
            name="web", command=[sys.executable, *command, "--bind", f"127.0.0.1:{port}", "--workers", str(WEB_WORKERS)],
            env=self.environment(), log=str(private_folder(self.state / "logs") / "web.log"),
            ready=Probe(kind="http", target=f"http://127.0.0.1:{port}/healthz"),
        )  # fmt: skip
        program = Program(service)
        program.start()
        try:
            self.until(lambda: program.is_ready, seconds=READY_SECONDS)
            yield port
        finally:
            program.kill()

    # --- harm ----------------------------------------------------------------------------------------------------
    def kill_worker(self, queue: str) -> None:
        """A whole worker dies and is started again."""
        self.kills += 1
        self.programs[queue].kill()
        self.programs[queue].start()

    def kill_child(self, queue: str) -> None:
        """One process of a worker's pool dies; the worker makes another one."""
        if children := descendants(self.programs[queue].pid):
            self.kills += 1
            kill_9([max(children)])

    @contextmanager
    def workers_frozen(self) -> Iterator[None]:
        """Nobody takes anything from the broker inside the block: processes stand still and their sockets are cut."""
        workers = [self.programs[queue] for queue in QUEUES]
        for worker in workers:
            group_signal(worker.pid, signal.SIGSTOP)
        self.cut_sockets()
        try:
            yield
        finally:
            for worker in workers:
                group_signal(worker.pid, signal.SIGCONT)

    def stop_broker(self) -> None:
        self.supervisor.stop("valkey")

    def start_broker(self) -> None:
        """Empty, and with the address that everybody knows."""
        self.supervisor.start(self.broker.service())

    def broker_pid(self) -> int:
        return int(self._broker().info("server")["process_id"])

    def flush_broker(self) -> None:
        self._broker().flushall()

    def cut_sockets(self) -> int:
        """Every connection to the broker but the one that says so is closed by the server. Returns how many."""
        kinds = ("normal", "pubsub")
        return sum(int(self._broker().client_kill_filter(_type=kind, skipme=True)) for kind in kinds)

    def _broker(self) -> redis.Redis:
        return redis.from_url(self.broker.url)

    def restart_database(self) -> None:
        """All connections are cut in the middle of what they do, as at an update of the server."""
        self.supervisor.stop("postgres")
        self.supervisor.start(self.cluster.service())
        connections.close_all()

    # --- waiting -------------------------------------------------------------------------------------------------
    def until(self, true: Callable[[], object], *, seconds: float) -> float:
        """Ask until the answer is yes and return the seconds it took; who died meanwhile is started again.

        Raises `TimeoutError` with the ends of the logs.
        """
        began = time.monotonic()
        while not true():
            for program in self.programs.values():
                if program.is_dead:
                    program.start()
            if time.monotonic() - began > seconds:
                raise TimeoutError(f"not within {seconds} s\n{self.logs()}")
            time.sleep(0.1)
        return time.monotonic() - began

    def until_fired(self, step: steps.Step) -> None:
        """Until a worker has come to the armed step and died."""
        self.until(lambda: not steps.waits(self.orders, step), seconds=60)

    def logs(self) -> str:
        return "\n".join(f"--- {name}\n{program.log()[-3000:]}" for name, program in self.programs.items())


@contextmanager
def running() -> Iterator[Stack]:
    """A stack in a folder of its own, gone at the end of the block."""
    folder = private_folder(servers.state_root() / f"servers-drill-{os.getpid()}")
    with mail_server() as sink, Supervisor(state=folder, temporary=True) as supervisor:
        stack = Stack(
            supervisor=supervisor,
            cluster=postgres.prepare(state=folder, durable=True),
            broker=valkey.prepare(state=folder),
            sink=sink,
        )
        try:
            stack.start()
            with _spoken_to(stack):
                yield stack
        finally:
            stack.close()


@contextmanager
def _spoken_to(stack: Stack) -> Iterator[None]:
    """Inside the block actions called here reach the drill's servers instead of the test run's."""
    database, redis_url = dict(settings.DATABASES["default"]), app.conf.broker_url
    _speak_to(
        database | {"NAME": postgres.DATABASE, "OPTIONS": database["OPTIONS"] | {"host": str(stack.cluster.sockets)}},
        redis_url=stack.broker.url,
    )
    try:
        yield
    finally:
        _speak_to(database, redis_url=redis_url)


def _speak_to(database: dict[str, object], *, redis_url: str) -> None:
    connections.close_all()
    settings.DATABASES["default"].update(database)
    settings.CACHES["default"]["LOCATION"] = app.conf.broker_url = redis_url
    with suppress(AttributeError):  # not asked yet
        del caches["default"]
    pools.reset()
    app._pool = app.amqp._producer_pool = None

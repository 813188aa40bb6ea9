"""The whole forum as processes on one machine: servers, mail sink, web, workers, beat. Used by demo, serve, smoke, shots."""

import json
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from forum.runtime import assets, mailsink, postgres, servers
from forum.runtime.environment import django_environment
from forum.runtime.paths import ROOT, fingerprint, outside_folder, private_folder
from forum.runtime.ports import free_port, is_free
from forum.runtime.service import Probe, Service
from forum.runtime.supervisor import StartError, Supervisor

# Personal mail never waits behind a batch of badges.
WORKERS = {"mail": ("mail", 1), "work": ("default,badges", 2)}

NO_ROOT_WARNING = "ignore:You're running the worker with superuser"
"""Celery's, once for every start in a container of a developer; the image runs as somebody else."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What to bring up. `seed` are arguments of `manage.py seed_demo`; `site` is the address people type.

    Without `works` nothing is done in the background: no worker, no beat.
    """

    mode: str
    state: Path
    port: int
    site: str
    host: str = "127.0.0.1"
    seed: Sequence[str] = ()
    durable: bool = True
    web_workers: int = 1
    works: bool = True
    certificate: tuple[Path, Path] | None = None

    @property
    def local(self) -> str:
        """Where this machine reaches the web server, whatever name others use."""
        return f"{'https' if self.certificate else 'http'}://127.0.0.1:{self.port}"


@dataclass(frozen=True)
class Running:
    plan: Plan
    urls: servers.Urls
    env: dict[str, str] = field(repr=False)

    @property
    def mail(self) -> Path:
        return Path(self.env["DEMO_MAIL_DIR"])


def bring_up(supervisor: Supervisor, plan: Plan, *, say: Callable[[str], None]) -> Running:
    """Start everything in the order that each part needs. Raises `StartError` with the reason."""
    if not is_free(plan.port, host=plan.host):
        raise StartError(f"port {plan.port} is taken; choose another with --port")
    say("PostgreSQL and Valkey")
    urls = servers.start(supervisor, durable=plan.durable)
    mail_port = free_port()
    env = django_environment(mode=plan.mode, state=plan.state, urls=urls, site=plan.site, mail_port=mail_port)
    running = Running(plan, urls, env)
    remember(running)
    with ThreadPoolExecutor(max_workers=1) as beside:  # files and rows have nothing to do with each other
        files = beside.submit(assets.build, say=say, env=env)
        prepare_database(supervisor, running, say=say)
        files.result()
    say("web, workers, beat" if plan.works else "web")
    background = [*worker_services(running), beat_service(running)] if plan.works else []
    supervisor.start(mail_service(running, mail_port), web_service(running), *background)
    return running


def prepare_database(supervisor: Supervisor, running: Running, *, say: Callable[[str], None]) -> None:
    """Migrate, and seed once. A seeding that was cut short starts over on an empty database."""
    seeded = running.plan.state / f"seeded-{fingerprint(running.urls.database)}"
    if not seeded.exists() and not os.environ.get("DATABASE_URL"):
        empty(running.urls.database)
    say("migrations")
    manage(supervisor, running, "migrate", "--no-input", "-v", "0")
    if running.plan.seed and not seeded.exists():
        say("demo data (about a minute, only the first time)")
        # Inventing people is refused in production mode; keys and addresses are the same, so its server can read them.
        manage(supervisor, running, "seed_demo", "--if-empty", *running.plan.seed, mode="demo")
        seeded.touch()


def empty(url: str) -> None:
    """Throw the embedded database away and make it anew."""
    with psycopg.connect(url, dbname="postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {postgres.DATABASE} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {postgres.DATABASE}")


def manage(supervisor: Supervisor, running: Running, *arguments: str, mode: str = "") -> str:
    """Run `manage.py` with the running servers and return what it printed. Raises `StartError` when it fails."""
    env = running.env | ({"FORUM_MODE": mode} if mode else {})
    log = running.plan.state / f"{arguments[0]}.log"
    code = supervisor.run([sys.executable, str(ROOT / "manage.py"), *arguments], env=env, log=log)
    text = log.read_text(errors="replace")
    if code:
        raise StartError(f"manage.py {arguments[0]} ended with code {code}\n{text[-3000:]}")
    return text


# --- the processes -------------------------------------------------------------------------------------------------
def mail_service(running: Running, port: int) -> Service:
    return _service(
        running, "mail-sink", ["-m", "forum.runtime.mailsink", str(running.mail), str(port)],
        ready=Probe(kind="log", target=mailsink.LISTENING), alive=Probe(kind="tcp", target=f"127.0.0.1:{port}"),
    )  # fmt: skip


def web_service(running: Running) -> Service:
    """Our application says itself when it can work. Later only its own death is a reason to start it anew."""
    local = running.plan.local
    ready, alive = (Probe(kind="http", target=f"{local}/{name}") for name in ("readyz", "healthz"))
    return gunicorn(running, "web", "forum.wsgi:application", port=running.plan.port, probe=ready, alive=alive)


def gunicorn(
    running: Running, name: str, application: str, *, port: int, probe: Probe, alive: Probe | None = None
) -> Service:
    """gunicorn as in production. Nothing of a request is logged: addresses may hold a person's code."""
    plan = running.plan
    command = [
        "-m", "gunicorn", application, "-c", "python:forum.serving", "--bind", f"{plan.host}:{port}",
        "--workers", str(plan.web_workers), "--graceful-timeout", "5",
    ]  # fmt: skip
    if plan.certificate:
        command += ["--certfile", str(plan.certificate[0]), "--keyfile", str(plan.certificate[1])]
    return _service(running, name, command, ready=probe, alive=alive or probe)


def worker_services(running: Running) -> list[Service]:
    return [
        _celery(running, f"worker-{name}", "worker", "-Q", queues, "-c", str(processes), "-n", f"{name}@%h",
                "--without-gossip", "--without-mingle", "--loglevel", "INFO", ready=" ready.")
        for name, (queues, processes) in WORKERS.items()
    ]  # fmt: skip


def beat_service(running: Running) -> Service:
    schedule = running.env["CELERY_BEAT_SCHEDULE_FILE"]
    return _celery(running, "beat", "beat", "-s", schedule, "--loglevel", "INFO", ready="beat: Starting")


def _celery(running: Running, name: str, *arguments: str, ready: str) -> Service:
    command = ["-W", NO_ROOT_WARNING, "-m", "celery", "-q", "-A", "celery_app", *arguments]
    return _service(running, name, command, ready=Probe(kind="log", target=ready))


def _service(running: Running, name: str, arguments: list[str], *, ready: Probe, alive: Probe | None = None) -> Service:
    logs = private_folder(running.plan.state / "logs")
    return Service(
        name=name, command=[sys.executable, *arguments], log=str(logs / f"{name}.log"), env=running.env,
        ready=ready, alive=alive, restart=True,
    )  # fmt: skip


# --- the state folder ------------------------------------------------------------------------------------------------
def remember(running: Running) -> None:
    """Leave the environment for `./run manage` in another window. Only the owner may read it."""
    path = running.plan.state / "environment.json"
    path.touch(mode=0o600)
    ours = {name: value for name, value in running.env.items() if os.environ.get(name) != value}
    path.write_text(json.dumps(ours))


def clear(state: Path) -> None:
    """Remove all data of a state folder (`--fresh`). The caller's keeper holds its lock, which stays."""
    shutil.rmtree(outside_folder(state), ignore_errors=True)
    for path in state.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name not in ("lock", "running.json"):
            path.unlink()

"""The process that owns all services of one state folder: starts, watches, restarts and stops them.

It speaks lines of JSON: orders on standard input, events on standard output (`supervisor.py` is the other end).
When the input ends or the parent changes, the one who started us is gone, however it died: everything stops.
"""

import contextlib
import fcntl
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from forum.runtime.paths import outside_folder, socket_folder
from forum.runtime.processes import born, end_stray, group_signal
from forum.runtime.service import Probe, Service

LEASH = Path(__file__).with_name("leash.py")
HEALTH_EVERY = 15.0
SICK_AFTER = 3
MAX_RESTARTS = 5
WELL_AFTER = 10.0
"""A service that lived for so many seconds did not die of its start: its restarts count from the beginning."""
TAIL_BYTES = 3000
EXIT_BUSY = 3


def leashed(command: list[str], *, prefix: list[str], stop_signal: int) -> list[str]:
    """The command as it is started: change of user, then the leash, then the program."""
    return [*prefix, sys.executable, "-S", "-E", str(LEASH), str(os.getpid()), str(stop_signal), *command]


@dataclass
class Child:
    """One started service. Times are monotonic seconds."""

    service: Service
    process: subprocess.Popen[bytes]
    batch: int
    since: float
    ready: bool = False
    checked: float = 0.0
    misses: int = 0
    restarts: int = 0
    asked: bool = False

    @property
    def log(self) -> Path:
        return Path(self.service.log)

    def ask_to_stop(self) -> None:
        """Once: programs take a second request for impatience and drop what they are doing."""
        if not self.asked:
            self.asked = True
            self.process.send_signal(self.service.stop_signal)

    def tail(self) -> str:
        with contextlib.suppress(OSError):
            return self.log.read_bytes()[-TAIL_BYTES:].decode(errors="replace")
        return ""


def spawn(service: Service) -> subprocess.Popen[bytes]:
    """Start in an own session, so that Ctrl-C in the terminal reaches only the one who gives the orders."""
    path = Path(service.log)
    if path.exists():  # a fresh log, as "ready" may be looked for in it
        path.replace(path.with_suffix(".old.log"))
    command = [*service.prefix, *service.command]
    if service.leash:
        command = leashed(service.command, prefix=service.prefix, stop_signal=service.stop_signal)
    with path.open("wb") as log:
        return subprocess.Popen(
            command,
            env=dict(service.env), stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip


class Keeper:
    """See the module's docstring. `state` is the folder that this keeper holds locked."""

    def __init__(self, *, state: Path, temporary: bool) -> None:
        self.state, self.temporary = state, temporary
        self.parent = os.getppid()
        self.children: dict[str, Child] = {}
        self.batch = 0
        self.task: subprocess.Popen[bytes] | None = None
        self.unread = b""
        self.closing = False

    def say(self, event: str, **data: object) -> None:
        with contextlib.suppress(OSError):  # the listener may be gone
            os.write(1, json.dumps({"event": event, **data}).encode() + b"\n")

    # --- the loop ------------------------------------------------------------------------------------------------
    def work(self) -> None:
        while not self.closing:
            for order in self.orders():
                self.obey(order)
            self.look_after_task()
            for child in list(self.children.values()):
                self.look_after(child)
        self.stop()

    def orders(self) -> list[dict[str, Any]]:
        """What was asked since the last look. A closed pipe or another parent is the order to close."""
        busy = self.task is not None or any(not child.ready for child in self.children.values())
        readable, _, _ = select.select([0], [], [], 0.03 if busy else 0.4)
        chunk = os.read(0, 65536) if readable else b""
        if (readable and not chunk) or os.getppid() != self.parent:
            self.closing = True
        *lines, self.unread = (self.unread + chunk).split(b"\n")
        return [json.loads(line) for line in lines]

    def obey(self, order: dict[str, Any]) -> None:
        match order["do"]:
            case "start":
                self.batch += 1
                for service in order["services"]:
                    self.start(Service.from_json(service), batch=self.batch)
            case "stop":
                self.stop_one(order["name"])
                self.say("stopped", name=order["name"])
            case "run":
                self.run_task(order)
            case "close":
                self.closing = True

    # --- services ------------------------------------------------------------------------------------------------
    def start(self, service: Service, *, batch: int, restarts: int = 0) -> None:
        child = Child(service, spawn(service), batch, since=time.monotonic(), restarts=restarts)
        self.children[service.name] = child
        self.remember()

    def look_after(self, child: Child) -> None:
        code = child.process.poll()
        if code is not None:
            self.after_exit(child, code)
        elif not child.ready:
            self.await_ready(child)
        elif child.service.alive and time.monotonic() - child.checked > HEALTH_EVERY:
            self.check_health(child, child.service.alive)

    def await_ready(self, child: Child) -> None:
        name = child.service.name
        if child.service.ready.passes(log=child.log):
            child.ready, child.checked = True, time.monotonic()
            self.say("ready", name=name, seconds=round(time.monotonic() - child.since, 2))
        elif time.monotonic() - child.since > child.service.ready_seconds:
            self.stop_one(name)
            self.say("failed", name=name, reason="not ready in time", tail=child.tail())

    def after_exit(self, child: Child, code: int) -> None:
        """A service that was ready comes back, however often it is killed; one that never was has a fault to show.

        So has one that dies again and again just after its start.
        """
        name, service = child.service.name, child.service
        group_signal(child.process.pid, signal.SIGKILL)
        del self.children[name]
        lived = time.monotonic() - child.since
        restarts = 1 if lived > WELL_AFTER else child.restarts + 1
        if service.restart and (child.ready or child.restarts) and restarts <= MAX_RESTARTS:
            self.say("restarted", name=name, code=code)
            self.start(service, batch=child.batch, restarts=restarts)
        else:
            self.say("failed", name=name, reason=f"ended with code {code}", tail=child.tail())

    def check_health(self, child: Child, probe: Probe) -> None:
        child.checked = time.monotonic()
        child.misses = 0 if probe.passes(log=child.log) else child.misses + 1
        if child.misses < SICK_AFTER:
            return
        child.misses = 0
        self.say("sick", name=child.service.name)
        if child.service.restart:
            self.stop_one(child.service.name)
            self.start(child.service, batch=child.batch, restarts=child.restarts + 1)

    def stop_one(self, name: str) -> None:
        """Ask the leader, wait, then end what is left of its group by force."""
        child = self.children.pop(name, None)
        if child is None:
            return
        child.ask_to_stop()
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.process.wait(child.service.stop_seconds)
        group_signal(child.process.pid, signal.SIGKILL)
        child.process.wait()
        self.remember()

    def stop(self) -> None:
        """Everything in reverse order of its start; what started together is asked at once.

        Nobody may interrupt this: it is short and has limits.
        """
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        if self.task is not None:
            group_signal(self.task.pid, signal.SIGKILL)
        for batch in sorted({child.batch for child in self.children.values()}, reverse=True):
            together = [child for child in self.children.values() if child.batch == batch]
            for child in together:
                child.ask_to_stop()
            for child in together:
                self.stop_one(child.service.name)
        shutil.rmtree(socket_folder(self.state), ignore_errors=True)
        if self.temporary:
            for folder in (outside_folder(self.state), self.state):
                shutil.rmtree(folder, ignore_errors=True)
        self.say("closed")

    # --- one task at a time ---------------------------------------------------------------------------------------
    def run_task(self, order: dict[str, Any]) -> None:
        """A program that ends by itself, such as a migration; its output goes to `log`, or to our standard error."""
        with contextlib.ExitStack() as stack:
            out = stack.enter_context(Path(order["log"]).open("wb")) if order["log"] else sys.stderr.fileno()
            self.task = subprocess.Popen(
                leashed(order["command"], prefix=order["prefix"], stop_signal=signal.SIGTERM),
                env=order["env"], stdin=subprocess.DEVNULL, stdout=out,
                stderr=None if order["log"] is None else out, start_new_session=True,
            )  # fmt: skip

    def look_after_task(self) -> None:
        if self.task is not None and (code := self.task.poll()) is not None:
            self.task = None
            self.say("finished", code=code)

    # --- what outlives us ------------------------------------------------------------------------------------------
    def remember(self) -> None:
        """Write down who runs, for the next keeper of this folder in case this one and its leash both fail."""
        running = {name: [child.process.pid, born(child.process.pid)] for name, child in self.children.items()}
        with contextlib.suppress(OSError):  # a folder that somebody removed must not keep us from stopping
            (self.state / "running.json").write_text(json.dumps(running))

    def end_strays(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            running = json.loads((self.state / "running.json").read_text())
            for pid, mark in reversed(list(running.values())):
                end_stray(pid, mark)


def main() -> None:
    state, temporary = Path(sys.argv[1]), sys.argv[2] == "temporary"
    keeper = Keeper(state=state, temporary=temporary)

    def close(number: int, frame: FrameType | None) -> None:
        keeper.closing = True

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, close)
    with (state / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            keeper.say("busy")
            sys.exit(EXIT_BUSY)
        keeper.end_strays()
        keeper.say("open")
        keeper.work()


if __name__ == "__main__":
    main()

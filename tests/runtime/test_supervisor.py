"""What a keeper does with services that start, fail, die and are ill."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from forum.runtime.keeper import MAX_RESTARTS, SICK_AFTER, WELL_AFTER, Child, Keeper
from forum.runtime.paths import ROOT
from forum.runtime.ports import free_port
from forum.runtime.service import Probe, Service
from forum.runtime.supervisor import StartError, Supervisor
from tests.runtime.processes import alive, descendants, eventually

READY = "import time, sys; print('up', flush=True); time.sleep(60)"


def service(state: Path, name: str, code: str, *, restart: bool = False, ready_seconds: float = 10.0) -> Service:
    return Service(
        name=name,
        command=[sys.executable, "-c", code],
        log=str(state / f"{name}.log"),
        ready=Probe(kind="log", target="up"),
        env=dict(os.environ),
        restart=restart,
        ready_seconds=ready_seconds,
    )


def child_of(supervisor: Supervisor) -> int:
    return next(iter(descendants(supervisor.keeper.pid)))


def test_service_that_ends_at_once_shows_its_log(state: Path) -> None:
    with (
        Supervisor(state=state) as supervisor,
        pytest.raises(StartError, match=r"ended with code 1\n[\s\S]*no such luck"),
    ):
        supervisor.start(service(state, "broken", "raise SystemExit('no such luck')"))


def test_service_that_never_gets_ready_is_stopped(state: Path) -> None:
    with Supervisor(state=state) as supervisor:
        with pytest.raises(StartError, match="not ready in time"):
            supervisor.start(service(state, "slow", "import time; time.sleep(60)", ready_seconds=0.5))
        assert not descendants(supervisor.keeper.pid)


def test_old_log_does_not_make_a_new_start_ready(state: Path) -> None:
    (state / "late.log").write_text("up\n")
    with Supervisor(state=state) as supervisor, pytest.raises(StartError, match="not ready in time"):
        supervisor.start(service(state, "late", "import time; time.sleep(60)", ready_seconds=0.5))


def test_killed_worker_comes_back(state: Path) -> None:
    heard: list[str] = []
    with Supervisor(state=state, notice=heard.append) as supervisor:
        supervisor.start(service(state, "worker", READY, restart=True))
        first = child_of(supervisor)
        os.kill(first, signal.SIGKILL)
        assert eventually(lambda: alive(descendants(supervisor.keeper.pid)) - {first})


def killed(keeper: Keeper, *, lived: float, ready: bool) -> Child:
    """The worker's next life after it was killed; `lived` seconds after its start."""
    child = keeper.children["worker"]
    child.ready, child.since = ready, time.monotonic() - lived
    child.process.kill()
    child.process.wait()
    keeper.look_after(child)
    return keeper.children["worker"]


def test_worker_that_is_killed_now_and_then_comes_back_every_time(state: Path) -> None:
    keeper = Keeper(state=state, temporary=False)
    keeper.start(service(state, "worker", READY, restart=True), batch=1)
    for _ in range(3 * MAX_RESTARTS):
        assert killed(keeper, lived=WELL_AFTER + 1, ready=True).restarts == 1
    assert killed(keeper, lived=1, ready=False).restarts == 2  # in the middle of its start
    keeper.stop_one("worker")


def test_worker_that_dies_of_its_start_is_given_up(state: Path) -> None:
    keeper = Keeper(state=state, temporary=False)
    keeper.start(service(state, "worker", READY, restart=True), batch=1)
    lives = [killed(keeper, lived=1, ready=True).restarts for _ in range(MAX_RESTARTS)]
    assert lives == [1, 2, 3, 4, 5]
    with pytest.raises(KeyError):
        killed(keeper, lived=1, ready=True)


def test_loss_of_a_service_that_must_not_restart_ends_the_watch(state: Path) -> None:
    with Supervisor(state=state) as supervisor:
        supervisor.start(service(state, "database", READY))
        os.kill(child_of(supervisor), signal.SIGKILL)
        with pytest.raises(StartError, match="database: ended with code -9"):
            supervisor.watch()


def test_services_stop_in_reverse_order(state: Path) -> None:
    code = (
        "import signal, sys, time\n"
        f"def leave(*_):\n    open({str(state / 'order')!r}, 'a').write(sys.argv[1] + ' ')\n    sys.exit()\n"
        "signal.signal(signal.SIGTERM, leave)\nprint('up', flush=True)\ntime.sleep(60)\n"
    )
    with Supervisor(state=state) as supervisor:
        for name in ("first", "second", "third"):
            one = service(state, name, code)
            supervisor.start(Service.from_json(one.to_json() | {"command": [*one.command, name]}))
    assert (state / "order").read_text() == "third second first "


def test_service_that_ignores_the_request_is_ended_by_force(state: Path) -> None:
    code = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + READY
    stubborn = Service.from_json(service(state, "stubborn", code).to_json() | {"stop_seconds": 0.3})
    with Supervisor(state=state) as supervisor:
        supervisor.start(stubborn)
        pid = child_of(supervisor)
    assert not alive([pid])


def test_grandchildren_stop_with_their_service(state: Path) -> None:
    code = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {READY!r}]); " + READY
    with Supervisor(state=state) as supervisor:
        supervisor.start(service(state, "parent", code))
        assert eventually(lambda: len(descendants(supervisor.keeper.pid)) == 2)
        family = descendants(supervisor.keeper.pid)
    assert not alive(family)


def test_task_returns_its_code_and_writes_its_log(state: Path) -> None:
    with Supervisor(state=state) as supervisor:
        code = supervisor.run(
            [sys.executable, "-c", "print('done'); raise SystemExit(7)"], env=dict(os.environ), log=state / "task.log"
        )
    assert (code, (state / "task.log").read_text()) == (7, "done\n")


def test_running_task_dies_with_its_starter(state: Path) -> None:
    supervisor = Supervisor(state=state)
    supervisor._order(
        "run", command=[sys.executable, "-c", READY], env=dict(os.environ), prefix=[], log=str(state / "task.log")
    )
    assert eventually(lambda: descendants(supervisor.keeper.pid))
    family = descendants(supervisor.keeper.pid)
    supervisor.close()
    assert not alive(family)


def test_temporary_folder_goes_away(state: Path) -> None:
    folder = state / "short-lived"
    with Supervisor(state=folder, temporary=True):
        assert folder.exists()
    assert not folder.exists()


def test_ill_service_is_started_anew(state: Path) -> None:
    """Three missed answers in a row; a single one may be a busy moment."""
    closed = Probe(kind="tcp", target=f"127.0.0.1:{free_port()}")
    keeper = Keeper(state=state, temporary=False)
    keeper.start(service(state, "web", READY, restart=True), batch=1)
    child = keeper.children["web"]
    for _ in range(SICK_AFTER - 1):
        keeper.check_health(child, closed)
    assert child.process.poll() is None
    keeper.check_health(child, closed)
    replaced = keeper.children["web"]
    assert (child.process.poll() is not None, replaced.restarts) == (True, 1)
    keeper.stop_one("web")


def test_stray_of_a_dead_keeper_is_ended_at_the_next_start(state: Path) -> None:
    """Where the kernel offers no leash, both may die and leave a service behind."""
    keeper = Keeper(state=state, temporary=False)
    keeper.start(service(state, "stray", READY), batch=1)
    pid = keeper.children["stray"].process
    with Supervisor(state=state):
        assert eventually(lambda: not alive([pid.pid]))
    pid.wait()


def test_command_tidies_up_when_its_parent_is_killed(state: Path) -> None:
    """`uv` stands between the shell and us and can pass nothing on when it is killed."""
    up, tidied = state / "up", state / "tidied"
    inner = (
        "import pathlib, time; from forum.runtime.orphan import end_with_parent; end_with_parent()\n"
        f"pathlib.Path({str(up)!r}).touch()\n"
        f"try:\n    time.sleep(60)\nfinally:\n    pathlib.Path({str(tidied)!r}).touch()\n"
    )
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}])"
    process = subprocess.Popen([sys.executable, "-c", outer], cwd=ROOT)
    assert eventually(up.exists)
    family = descendants(process.pid)
    process.kill()
    process.wait()
    assert eventually(tidied.exists)
    assert eventually(lambda: not alive(family))

"""`./run smoke`: does the whole thing work at all? At most 90 seconds, exit code 0, or the name of the step that failed."""

import os
import shutil
import time
from argparse import Namespace

from forum.runtime import smoke
from forum.runtime.console import Console
from forum.runtime.paths import state_root
from forum.runtime.smoke_walk import STEPS
from forum.runtime.supervisor import Supervisor

LIMIT_SECONDS = 90.0


def main(known: Namespace, rest: list[str]) -> int:
    console = Console()
    state = state_root() / f"smoke-{os.getpid()}"
    logs = state_root() / "smoke-logs"
    with Supervisor(state=state, temporary=True) as supervisor:
        ground = smoke.start(supervisor, say=console.say)
        failed = smoke.walk(ground, STEPS, show=console.show)
        if failed:
            shutil.copytree(state / "logs", logs, dirs_exist_ok=True)
    return _verdict(console, failed=failed, logs=str(logs))


def _verdict(console: Console, *, failed: str | None, logs: str) -> int:
    seconds = time.monotonic() - console.began
    if failed:
        console.show(f"\nsmoke failed at: {failed}\nlogs: {logs}")
        return 1
    if seconds > LIMIT_SECONDS:
        console.show(f"\nsmoke took {seconds:.0f} s; at most {LIMIT_SECONDS:.0f} s is allowed")
        return 1
    console.show(f"\nsmoke passed in {seconds:.0f} s")
    return 0

"""A real Celery worker, in a process of its own, on the test's database and broker."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from celery_app import app


@contextmanager
def worker(*, queues: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Runs until the end of the block, or until the test kills it. Needs committed rows (`transaction=True`)."""
    process = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "celery_app", "worker", "-Q", queues, "-P", "solo", "-l", "warning",
         "--without-gossip", "--without-mingle"],
        env=os.environ | environment(), cwd=Path(__file__).parent.parent, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True)  # fmt: skip
    try:
        wait_until(lambda: _hears(process), seconds=40)
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.wait(timeout=20)


def environment() -> dict[str, str]:
    """The test's own database instead of the one that the run was started with."""
    head, _, query = os.environ["DATABASE_URL"].partition("?")
    base = head.rpartition("/")[0]
    return {
        "DATABASE_URL": f"{base}/{connection.settings_dict['NAME']}" + (f"?{query}" if query else ""),
        "EMAIL_HOST": settings.EMAIL_HOST,
        "EMAIL_PORT": str(settings.EMAIL_PORT),
        "EMAIL_USE_TLS": "false",
        "C_FORCE_ROOT": "1",
    }


def _hears(process: "subprocess.Popen[bytes]") -> bool:
    if process.poll() is not None:
        raise RuntimeError(f"the worker ended with {process.returncode}")
    return bool(app.control.inspect(timeout=0.5).ping())


def wait_until(true: Callable[[], bool], *, seconds: float) -> None:
    """Ask until the answer is yes. Raises `TimeoutError`."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise TimeoutError(f"not within {seconds} s")
        time.sleep(0.05)

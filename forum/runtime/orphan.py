"""A command must not outlive the one who typed it, and every way of ending it must stop what it started."""

import os
import signal
import threading
import time
from types import FrameType

LOOK_EVERY = 0.5
# Killed by kill -9, `uv` cannot pass anything on: then our parent changes.
EXIT_BY_SIGNAL = 128


def end_with_parent() -> None:
    """Turn SIGTERM, SIGHUP and the loss of the parent into `SystemExit` in the main thread, so that `finally` runs."""

    def leave(number: int, frame: FrameType | None) -> None:
        raise SystemExit(EXIT_BY_SIGNAL + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)
    threading.Thread(target=_watch, args=(os.getppid(),), daemon=True, name="parent-watch").start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY)
    os.kill(os.getpid(), signal.SIGTERM)

"""Small facts about processes: which one is still the one we started, how to end a group."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path


def born(pid: int) -> str:
    """A mark that two processes with the same number do not share; empty when the process is gone."""
    stat = Path(f"/proc/{pid}/stat")
    if Path("/proc/self/stat").exists():
        with contextlib.suppress(OSError):
            # The program's name may hold spaces and brackets, so count the fields from its end.
            fields = stat.read_text().rpartition(")")[2].split()
            return "" if fields[0] in "ZX" else fields[19]
        return ""
    asks = ["ps", "-o", "lstart=", "-p", str(pid)]  # systems without /proc
    return subprocess.run(asks, capture_output=True, text=True, check=False).stdout.strip()


def group_signal(pid: int, number: int) -> None:
    """Signal the whole group that `pid` leads; a group that is gone is no error."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)


def end_stray(pid: int, mark: str, *, seconds: float = 10.0) -> None:
    """End a process that an earlier keeper left behind, if it is still the same one: softly, then by force."""
    if not mark or born(pid) != mark:
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, signal.SIGINT)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and born(pid) == mark:
        time.sleep(0.1)
    if born(pid) == mark:
        group_signal(pid, signal.SIGKILL)

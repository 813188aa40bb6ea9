"""`./run test`: pytest on real PostgreSQL and Valkey, in parallel where that pays, browser tests where there is a browser.

Words of pytest's own (`./run test tests/badges -k scan`) are passed on; then it runs as one process.
"""

import os
import subprocess
import sys
from argparse import Namespace

from forum.runtime import assets, browser
from forum.runtime.console import Console
from forum.runtime.paths import ROOT

BROWSER_TESTS = "tests/e2e"
DRILLS = "tests/drills"
NO_TESTS = 5  # pytest's word for an empty folder
EVERYTHING = ["-m", ""]  # pyproject.toml leaves the long ones out


def main(known: Namespace, rest: list[str]) -> int:
    console = Console()
    missing = browser.missing()
    if missing and os.environ.get("CI") == "true":
        raise RuntimeError(
            f"{' and '.join(missing)} missing: browser tests must run in CI (apt-get install chromium ffmpeg)"
        )
    assets.build(say=console.say)
    long = EVERYTHING if known.long else []
    codes = [_pytest([*long, *words]) for words in (_runs(rest, missing) if not rest else [rest])]
    if missing:
        console.show(f"\nBROWSER TESTS WERE NOT RUN: {' and '.join(missing)} not found (apt install chromium ffmpeg).")
    return next((code for code in codes if code not in (0, NO_TESTS)), 0)


def _runs(rest: list[str], missing: list[str]) -> list[list[str]]:
    """Most tests share the cores; those with a browser and a camera, and the crash drills, want them for themselves."""
    alone = [DRILLS] if missing else [DRILLS, BROWSER_TESTS]
    shared = [
        "-n",
        str(os.cpu_count() or 2),
        "--dist",
        "loadfile",
        *(f"--ignore={path}" for path in (DRILLS, BROWSER_TESTS)),
    ]
    return [shared, *([path] for path in alone)]


def _pytest(words: list[str]) -> int:
    """The leash ends pytest when we are killed; its servers then stop by their own watch."""
    leash = [sys.executable, "-S", "-E", str(ROOT / "forum/runtime/leash.py"), str(os.getpid()), "15"]
    command = [*leash, sys.executable, "-m", "pytest", *words]
    process = subprocess.Popen(command, cwd=ROOT)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue  # pytest got it too and is summing up

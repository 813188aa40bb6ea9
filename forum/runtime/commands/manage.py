"""`./run manage WORDS…`: Django's manage.py on the demo's data, beside a running demo or with servers of its own."""

import json
import os
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

from forum.runtime import servers
from forum.runtime.environment import django_environment
from forum.runtime.paths import ROOT, private_folder, state_root
from forum.runtime.supervisor import BusyError, Supervisor

NO_MAIL = 1  # nobody listens there: a command line must not send by accident


def main(known: Namespace, rest: list[str]) -> int:
    state = private_folder(state_root() / "demo-before")
    try:
        with Supervisor(state=state) as supervisor:
            urls = servers.start(supervisor, durable=True)
            site = "http://localhost:8000"
            return _run(rest, env=django_environment(mode="demo", state=state, urls=urls, site=site, mail_port=NO_MAIL))
    except BusyError:  # the demo is running: go where it is
        return _run(rest, env={**os.environ, **_left_by_demo(state)})


def _left_by_demo(state: Path) -> dict[str, str]:
    values: dict[str, str] = json.loads((state / "environment.json").read_text())
    return values


def _run(words: list[str], *, env: dict[str, str]) -> int:
    """In the foreground, with the terminal: `shell` and `createsuperuser` ask questions."""
    return subprocess.run([sys.executable, str(ROOT / "manage.py"), *words], env=env, check=False).returncode

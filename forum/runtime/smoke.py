"""Frame of `./run smoke`: a whole forum on free ports in a folder of its own, then steps over HTTP, each timed.

The steps stand in `smoke_walk.py`. A step that cannot do its part raises; the first one that does ends the walk.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from forum.runtime import stack
from forum.runtime.ports import free_port
from forum.runtime.supervisor import Supervisor
from forum.runtime.visitor import Client

PEOPLE = "24"  # enough for every state, quick to make


@dataclass
class Ground:
    """What the steps share. `notes` carries findings from one step to the next."""

    base: str
    mail: Path
    visitors: dict[str, Client] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)

    def visitor(self, name: str, *, language: str = "ru") -> Client:
        """The browser of one person, with cookies of their own."""
        return self.visitors.setdefault(name, Client(self.base, language=language))


Step = tuple[str, Callable[[Ground], None]]


class StepError(Exception):
    """A step found something else than it must. The text says what."""


def need(condition: object, what: str) -> None:
    """Like `assert`, but it holds under `python -O` too, and speaks."""
    if not condition:
        raise StepError(what)


def wait_for(look: Callable[[], Any], *, what: str, seconds: float = 20.0) -> Any:
    """Ask until the answer is true and return it. Raises `StepError` when the time is over."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.2)
    raise StepError(f"{what}: not within {seconds:.0f} s")


def start(supervisor: Supervisor, *, say: Callable[[str], None]) -> Ground:
    port = free_port()
    plan = stack.Plan(
        mode="demo", state=supervisor.state, port=port, site=f"http://127.0.0.1:{port}",
        seed=("--stage", "before", "--people", PEOPLE), durable=False,
    )  # fmt: skip
    running = stack.bring_up(supervisor, plan, say=say)
    return Ground(base=plan.local, mail=running.mail)


def walk(ground: Ground, steps: Sequence[Step], *, show: Callable[[str], None]) -> str | None:
    """Do the steps in order. Returns what failed, or None."""
    for name, step in steps:
        began = time.monotonic()
        try:
            step(ground)
        except Exception as error:
            show(f"FAIL  {name:<48}{time.monotonic() - began:6.1f} s")
            return f"{name}: {error or type(error).__name__}"
        show(f"ok    {name:<48}{time.monotonic() - began:6.1f} s")
    return None

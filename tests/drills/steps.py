"""The exact moments at which a worker can be killed, and the way to ask for it.

The product knows nothing of this: a drill's worker starts from `tests.drills.doomed`, which wraps the functions named here.
A step is armed by a file that the dying process moves away first, so that each order kills once, whoever comes to it.
"""

import json
import os
import signal
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any

WHERE = "DRILL_STEPS"
"""Variable that tells a doomed worker where the orders lie."""


@dataclass(frozen=True)
class Step:
    """Just before or just after the call of one function; `target` is "module:name" as its caller finds it."""

    name: str
    target: str
    after: bool = False


BADGE_STEPS = (
    Step("badge-before-credential", "badges.actions.issuing:issue_credential"),
    Step("badge-credential-committed", "badges.actions.issuing:issue_credential", after=True),
    Step("badge-half-drawn", "badges.engine.layout:draw_back"),
    Step("badge-file-before-commit", "badges.actions.issuing:_tell", after=True),
    Step("badge-file-committed", "badges.actions.issuing:_keep", after=True),
    Step("badge-before-ack", "badges.actions.issuing:issue_badge", after=True),
)
MAIL_STEPS = (
    Step("mail-claimed", "forum.actions.mail:_claim", after=True),
    Step("mail-connected", "forum.smtp:_connect", after=True),
    Step("mail-data-begun", "forum.actions.mail:Notes.leaves"),
    Step("mail-before-dot", "forum.smtp:_dotted", after=True),
    Step("mail-after-dot", "forum.smtp:SmtpConnection._after_the_dot"),
    Step("mail-answered", "forum.smtp:SmtpConnection._after_the_dot", after=True),
    Step("mail-committed", "forum.actions.mail:Notes.write", after=True),
    Step("mail-before-ack", "forum.actions.mail:send_due", after=True),
)
JOB_STEPS = (
    Step("print-half-drawn", "badges.engine.sheets:draw_badge"),
    Step("print-before-commit", "forum.actions.jobs:Progress.keep", after=True),
    Step("print-committed", "badges.actions.printing:_Run._keep", after=True),
    Step("bulk-before-one", "registration.actions.review:approve"),
    Step("bulk-after-one", "registration.actions.review:approve", after=True),
    Step("job-before-end", "forum.actions.jobs:_finish"),
    Step("job-before-ack", "forum.actions.jobs:run", after=True),
)
PAPER_STEPS = (
    Step("letter-before-drawing", "registration.actions.letters:draw"),
    Step("letter-stored", "registration.actions.letters:store_drawing", after=True),
    Step("letter-before-commit", "registration.actions.letters:tell_letter_ready", after=True),
    Step("letter-before-ack", "registration.actions.letters:draw_letter", after=True),
    Step("pass-stored", "registration.actions.vehicle_passes:store_drawing", after=True),
    Step("pass-before-ack", "registration.actions.vehicle_passes:draw_pass", after=True),
)
LEAVES_A_DRAWING = {"letter-stored", "letter-before-commit", "pass-stored"}
"""A worker that dies here has stored bytes that no paper names; the sweep erases them after a day."""
MAIL_IN_DOUBT = {"mail-before-dot", "mail-after-dot", "mail-answered"}
"""A worker that dies here leaves a letter of which nobody knows; at all other steps nothing has been handed over."""
ALL = (*BADGE_STEPS, *MAIL_STEPS, *JOB_STEPS, *PAPER_STEPS)


# --- the drill's side ------------------------------------------------------------------------------------------------
def arm(folder: Path, step: Step, *, skip: int = 0, whole: bool = False) -> None:
    """Kill whoever comes to `step` after `skip` harmless passes; `whole` takes the worker's other processes along."""
    half = folder / f".{step.name}"
    half.write_text(json.dumps({"skip": skip, "whole": whole}))
    half.rename(folder / f"{step.name}.armed")


def fired(folder: Path) -> int:
    """How often a worker was killed at a step."""
    return len(list(folder.glob("*.fired-*")))


def waits(folder: Path, step: Step) -> bool:
    """Nobody has come to the step yet."""
    return (folder / f"{step.name}.armed").exists()


# --- the worker's side -----------------------------------------------------------------------------------------------
def lay(folder: Path) -> None:
    """Wrap every function that a step names."""
    for step in ALL:
        module, _, path = step.target.partition(":")
        *owners, name = path.split(".")
        owner: Any = import_module(module)
        for part in owners:
            owner = getattr(owner, part)
        setattr(owner, name, _deadly(getattr(owner, name), step, folder))


def _deadly(function: Callable[..., Any], step: Step, folder: Path) -> Callable[..., Any]:
    @wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        if not step.after:
            _die_if_armed(step, folder)
        result = function(*args, **kwargs)
        if step.after:
            _die_if_armed(step, folder)
        return result

    return call


_passes: Counter[tuple[str, int]] = Counter()


def _die_if_armed(step: Step, folder: Path) -> None:
    armed = folder / f"{step.name}.armed"
    try:
        order, key = json.loads(armed.read_text()), (step.name, armed.stat().st_mtime_ns)
        _passes[key] += 1
        if _passes[key] <= order["skip"]:
            return
        armed.rename(folder / f"{step.name}.fired-{os.getpid()}-{key[1]}")
    except FileNotFoundError:  # not armed, or another process was first
        return
    os.kill(0 if order["whole"] else os.getpid(), signal.SIGKILL)

"""The side that gives a keeper its orders: used by every command and by the tests."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from forum.runtime.paths import ROOT, private_folder
from forum.runtime.service import Service

CLOSE_SECONDS = 60.0


class StartError(Exception):
    """A service did not come up, or a keeper could not take the folder. The text is meant for a person."""


class BusyError(StartError):
    """Another keeper holds the folder."""


class Supervisor:
    """Orders for one keeper, which holds `state` locked. With `temporary` the folder goes away at the end.

    Use as a context manager. A keeper that notices our death stops everything by itself.
    """

    def __init__(self, *, state: Path, temporary: bool = False, notice: Callable[[str], None] | None = None) -> None:
        self.state = private_folder(state)
        self.notice = notice or (lambda text: None)
        self.failure: str | None = None
        self.keeper = subprocess.Popen(
            [sys.executable, "-m", "forum.runtime.keeper", str(state), "temporary" if temporary else "kept"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
            cwd=ROOT, env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )  # fmt: skip
        if self._next_event()["event"] == "busy":
            self.close()
            raise BusyError(f"another one is already running in {state}; stop it first (Ctrl-C in its window)")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def start(self, *services: Service) -> None:
        """Start side by side and return when all are ready. What starts together also stops together.

        Raises `StartError` with the end of the log when one of them does not come up.
        """
        waiting = {service.name for service in services}
        self._order("start", services=[service.to_json() for service in services])
        while waiting:
            event = self._next_event()
            if event["event"] == "ready":
                waiting.discard(event["name"])
            else:
                self._raise_on_failure(event)

    def stop(self, name: str) -> None:
        """Stop one service and wait until it is gone; stopping what does not run is no error."""
        self._order("stop", name=name)
        self._await("stopped")

    def run(
        self, command: Sequence[str], *, env: Mapping[str, str], prefix: Sequence[str] = (), log: Path | None = None
    ) -> int:
        """Run a program that ends by itself and return its code; it dies with us. Output: `log`, or standard error."""
        self._order("run", command=list(command), env=dict(env), prefix=list(prefix), log=str(log) if log else None)
        return int(self._await("finished")["code"])

    def watch(self) -> None:
        """Wait until a service is lost for good. Raises `StartError`; ends otherwise only by a signal."""
        while True:
            event = self._next_event()
            self._raise_on_failure(event)
            if event["event"] in ("restarted", "sick"):
                self.notice(f"{event['name']}: {event['event']}")

    def close(self) -> None:
        """Stop everything in reverse order. Safe to call twice."""
        if self.keeper.stdin and not self.keeper.stdin.closed:
            with contextlib.suppress(OSError):  # it may be gone already
                self.keeper.stdin.close()
        try:
            self.keeper.wait(CLOSE_SECONDS)
        except subprocess.TimeoutExpired:
            self.keeper.kill()
            self.keeper.wait()
        if self.keeper.stdout:
            self.keeper.stdout.close()

    # --- the wire ------------------------------------------------------------------------------------------------
    def _order(self, what: str, **data: object) -> None:
        if not self.keeper.stdin:
            raise StartError("the keeper of the services is gone")
        try:
            self.keeper.stdin.write(json.dumps({"do": what, **data}).encode() + b"\n")
            self.keeper.stdin.flush()
        except (OSError, ValueError) as error:
            raise StartError("the keeper of the services is gone") from error

    def _next_event(self) -> dict[str, Any]:
        line = self.keeper.stdout.readline() if self.keeper.stdout else b""
        if not line:
            raise StartError("the keeper of the services ended unexpectedly")
        event: dict[str, Any] = json.loads(line)
        return event

    def _await(self, kind: str) -> dict[str, Any]:
        while True:
            event = self._next_event()
            if event["event"] == kind:
                return event
            self._raise_on_failure(event)

    def _raise_on_failure(self, event: dict[str, Any]) -> None:
        if event["event"] == "failed":
            raise StartError(f"{event['name']}: {event['reason']}\n{event['tail']}".rstrip())

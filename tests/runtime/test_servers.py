"""The embedded servers stop with whoever started them, however that one dies, and keep their data."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
import redis as redis_client

from forum.runtime import identity, postgres, servers
from forum.runtime.paths import ROOT, state_root
from forum.runtime.supervisor import BusyError, Supervisor
from tests.runtime.conftest import Held, without_servers
from tests.runtime.processes import alive, descendants, eventually, kill_9

Hold = Callable[..., Held]


def test_servers_answer(hold: Hold) -> None:
    held = hold()
    assert held.query("SELECT lower('ЎҚҒҲ')") == [("ўқғҳ",)]
    with redis_client.from_url(held.redis) as client:
        assert client.ping()


def test_redis_refuses_without_the_password(hold: Hold) -> None:
    held = hold()
    open_url = "redis://127.0.0.1" + held.redis.rpartition("127.0.0.1")[2]
    with redis_client.from_url(open_url) as client, pytest.raises(redis_client.AuthenticationError):
        client.ping()


@pytest.mark.parametrize("victims", [("parent",), ("keeper",), ("parent", "keeper")])
def test_kill_9_leaves_no_process(hold: Hold, victims: tuple[str, ...]) -> None:
    held = hold()
    with psycopg.connect(held.database):  # an open session must not hold the server up
        for victim in victims:
            os.kill(held.process.pid if victim == "parent" else held.keeper, signal.SIGKILL)
        rest = held.family - {held.process.pid}
        assert eventually(lambda: not alive(rest))


def test_sigterm_to_the_keeper_stops_in_order(hold: Hold, state: Path) -> None:
    held = hold()
    os.kill(held.keeper, signal.SIGTERM)
    assert eventually(lambda: not alive(held.family - {held.process.pid}))
    assert not (state / "postgres" / "data" / "postmaster.pid").exists()


def test_data_survive_a_restart(hold: Hold) -> None:
    first = hold()
    first.query("CREATE TABLE kept (name text)")
    first.query("INSERT INTO kept VALUES ('Ўткир')")
    first.process.kill()
    assert first.all_gone()
    assert hold().query("SELECT name FROM kept") == [("Ўткир",)]


def test_committed_data_survive_kill_9_of_everything(hold: Hold, state: Path) -> None:
    """The postmaster's lock file is stale then, and recovery has work to do."""
    first = hold()
    first.query("CREATE TABLE kept AS SELECT 42 AS number")
    lock = state / "postgres" / "data" / "postmaster.pid"
    postmaster = int(lock.read_text().split()[0])
    kill_9([postmaster, *first.family])  # it first: nobody may ask it to stop in order
    assert first.all_gone()
    assert lock.exists()
    assert hold().query("SELECT number FROM kept") == [(42,)]


def test_stale_lock_naming_a_stranger_is_ignored(hold: Hold, state: Path) -> None:
    first = hold()
    first.process.kill()
    assert first.all_gone()
    lock = state / "postgres" / "data" / "postmaster.pid"
    lock.write_text(f"{os.getpid()}\n{state}\n")
    assert hold().query("SELECT 1") == [(1,)]
    assert alive([os.getpid()])


def test_half_made_cluster_is_made_anew(hold: Hold, state: Path) -> None:
    data = state / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("18\n")
    assert hold().query("SELECT 1") == [(1,)]


def test_second_start_in_the_same_folder_is_refused(hold: Hold, state: Path) -> None:
    held = hold()
    with pytest.raises(BusyError, match="already running"):
        Supervisor(state=state)
    assert held.query("SELECT 1") == [(1,)]


def test_only_the_owner_may_enter_the_folders(hold: Hold, state: Path) -> None:
    held = hold()
    sockets = Path(held.database.rpartition("host=")[2])
    assert [oct(path.stat().st_mode & 0o777) for path in (state, sockets, state / "valkey.conf")] == [
        "0o700",
        "0o700",
        "0o600",
    ]


def test_ensure_leaves_nothing_behind(hold: Hold) -> None:
    held = hold(command=[sys.executable, "-m", "tests.runtime.holder"])
    folder = state_root() / f"servers-{held.process.pid}"
    assert folder.exists()
    held.process.kill()
    assert held.all_gone()
    assert eventually(lambda: not folder.exists())


def test_ensure_sweeps_what_a_killed_keeper_left(hold: Hold) -> None:
    held = hold(command=[sys.executable, "-m", "tests.runtime.holder"])
    folder = state_root() / f"servers-{held.process.pid}"
    kill_9(held.family)
    assert held.all_gone()
    assert folder.exists()
    servers.sweep_left_over()
    assert not folder.exists()


def test_given_servers_are_used_as_they_are(hold: Hold) -> None:
    given = hold()
    env = without_servers() | {"DATABASE_URL": given.database, "REDIS_URL": given.redis}
    user = hold(command=[sys.executable, "-m", "tests.runtime.holder"], env=env)
    assert (user.database, user.redis) == (given.database, given.redis)
    assert user.family == {user.process.pid}


def test_only_the_missing_server_is_started(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setenv("REDIS_URL", "redis://example.invalid:6379/0")
    with Supervisor(state=state) as supervisor:
        urls = servers.start(supervisor, durable=False)
        assert urls.redis == "redis://example.invalid:6379/0"
        assert not (state / "valkey.log").exists()
        with psycopg.connect(urls.database) as connection:
            assert connection.execute("SHOW fsync").fetchone() == ("off",)


def test_redis_database_keeps_the_rest_of_the_address() -> None:
    assert servers.redis_database("redis://:secret@127.0.0.1:6379/0", 3) == "redis://:secret@127.0.0.1:6379/3"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can drop its rights")
def test_root_without_user_namespaces_runs_postgres_as_nobody(state: Path) -> None:
    with Supervisor(state=state) as supervisor:
        cluster = postgres.prepare(state=state, durable=False, who=identity.dropped())
        supervisor.start(cluster.service())
        cluster.create_database()
        with psycopg.connect(cluster.url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        family = descendants(supervisor.keeper.pid)
        owners = {Path(f"/proc/{pid}").stat().st_uid for pid in family}
        assert owners == {identity.NOBODY}
        supervisor.keeper.kill()
        assert eventually(lambda: not alive(family))


def system_python() -> str | None:
    """An interpreter that every user may start; the test environment's own may lie in a closed home."""
    found = shutil.which("python3", path="/usr/bin")
    if found is None:
        return None
    version = subprocess.run(
        [found, "-c", "import sys; print(*sys.version_info[:2])"], capture_output=True, text=True, check=True
    )
    return found if version.stdout.split() == [str(part) for part in sys.version_info[:2]] else None


@pytest.mark.skipif(os.geteuid() != 0, reason="this run is without root's rights anyway")
@pytest.mark.skipif(system_python() is None, reason="no system Python of the same version")
def test_user_without_rights_starts_and_stops_everything(hold: Hold, state: Path) -> None:
    """The way of most developers: no root, nothing to drop."""
    shutil.chown(state, identity.NOBODY, identity.NOBODY)
    packages = Path(postgres.packaged_binaries()).parents[2]
    env = without_servers() | {"PYTHONPATH": os.pathsep.join((str(ROOT), str(packages))), "HOME": str(state)}
    held = hold(command=[*identity.DROP, str(system_python()), "-m", "tests.runtime.holder", str(state)], env=env)
    assert {Path(f"/proc/{pid}").stat().st_uid for pid in held.family} == {identity.NOBODY}
    held.process.kill()
    assert held.all_gone()

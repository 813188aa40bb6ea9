"""A server burns down: its archive makes the same rows, files and limits on an empty one, or changes nothing."""

import base64
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection

from badges.actions.issuing import issue_badge
from forum.actions.files import store_file
from forum.backup import BackupError
from forum.backup.archive import Writer, checked
from forum.backup.making import make_backup
from forum.backup.restoring import restore_backup
from forum.backup.sealing import FRAME, Sealer, opened
from forum.enums import JobState, Role
from forum.models import Account, Forum, StoredFile
from forum.runtime.paths import ROOT
from tests.factories.badges import make_device, make_holder, make_point, scan
from tests.factories.forum import make_forum, make_staff
from tests.factories.jobs import make_job
from tests.factories.messages import make_message
from tests.factories.questions import asks, make_form
from tests.workers import environment

KEY = base64.b64encode(b"k" * 32).decode()
OTHER = base64.b64encode(b"o" * 32).decode()
KEYS = {"k1": b"k" * 32}


@dataclass
class Server:
    """A database and a private storage, reached as on a real machine: through `manage.py` in a process of its own."""

    url: str
    private: Path

    def manage(self, *words: str) -> str:
        """What it prints. It must end well."""
        values = environment() | {"DATABASE_URL": self.url, "PRIVATE_ROOT": str(self.private)}
        values |= {"BACKUP_KEYS": f"k1:{KEY}"}
        command = [sys.executable, str(ROOT / "manage.py"), *words]
        done = subprocess.run(command, env=os.environ | values, capture_output=True, text=True, check=False, cwd=ROOT)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def ask(self, query: str) -> list[Any]:
        with psycopg.connect(self.url) as connection:
            return connection.execute(query).fetchall()  # type: ignore[arg-type]  # a test's own text

    def contents(self) -> dict[str, tuple[int, str]]:
        """Rows and a hash of each table, counted here in another way than the archive does."""
        names = [name for (name,) in self.ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        count = "SELECT '{0}', count(*), coalesce(md5(string_agg(t::text, '|' ORDER BY t::text COLLATE \"C\")), '') FROM {0} t"
        rows = self.ask(" UNION ALL ".join(count.format(name) for name in names if name != "django_migrations"))
        return {name: (number, digest) for name, number, digest in rows}

    def files(self) -> dict[str, str]:
        paths = [path for path in self.private.rglob("*") if path.is_file()]
        return {str(p.relative_to(self.private)): hashlib.sha256(p.read_bytes()).hexdigest() for p in paths}


@pytest.fixture
def here(tmp_path: Path, transactional_db: None, settings: Any) -> Server:
    """The test's own database as a server."""
    settings.BACKUP_KEYS = f"k1:{KEY}"
    return Server(environment()["DATABASE_URL"], tmp_path / "private")


@pytest.fixture
def there(tmp_path: Path, here: Server) -> Iterator[Server]:
    """A server with an empty database."""
    name = f"{connection.settings_dict['NAME']}_there"
    with psycopg.connect(here.url, dbname="postgres", autocommit=True) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        admin.execute(f'CREATE DATABASE "{name}"')
        yield Server(here.url.replace(connection.settings_dict["NAME"], name, 1), tmp_path / "there")
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def world(here: Server) -> Forum:
    """A person with a badge that was scanned, letters, a long work, audit entries, files, a published form, an odd text."""
    forum = make_forum(title_uz="Sanoat turizmi forumi — oʻzbekcha\tva\n\\N")
    owner = make_staff(forum, Role.ORGANISER)
    credential = make_holder(forum)
    assert issue_badge(registration_id=credential.registration_id)
    scan(credential, device=make_device(make_point(forum))[0])
    make_message(forum)
    make_form(forum, asks("size", "choice", choices=["s", "m"]), by=owner)
    make_job(forum, owner, state=JobState.FAILED, errors=[{"item": "1", "message": "Ў"}])
    content = ContentFile(os.urandom(2 * FRAME + 7), name="x")
    store_file(content, purpose="export", name="list.pdf", content_type="application/pdf", owner=owner)
    return forum


@pytest.fixture
def archive(here: Server, world: Forum, tmp_path: Path) -> Path:
    return make_backup(tmp_path)[0]


# --- there and back -------------------------------------------------------------------------------------------------
def test_empty_server_becomes_the_same(here: Server, there: Server, world: Forum, tmp_path: Path) -> None:
    """As on a real machine; then once more over what somebody has written since."""
    said = StringIO()
    call_command("backup", str(tmp_path), stdout=said)
    path, before, files = said.getvalue().strip(), here.contents(), here.files()
    assert len([rows for rows, _hash in before.values() if rows]) >= 25 and len(files) == 2
    assert "counts and hashes" in there.manage("restore", path)
    assert (there.contents(), there.files()) == (before, files)
    for query in (MIGRATIONS, CONSTRAINTS, TRIGGERS):
        assert there.ask(query) == here.ask(query) != []
    there.manage("check_places")
    counts_on(there)
    there.manage("restore", "--replace", path)
    assert (there.contents(), there.files()) == (before, files)


MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY 1, 2"
CONSTRAINTS = "SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1"
TRIGGERS = "SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1"


def counts_on(there: Server) -> None:
    """A new row gets a new number, and what is append-only stays so."""
    (highest,) = there.ask("SELECT max(id) FROM forum_auditentry")[0]
    with psycopg.connect(there.url) as database:
        number = database.execute("SELECT nextval(pg_get_serial_sequence('forum_auditentry', 'id'))").fetchone()
        assert number is not None and number[0] > highest
        database.execute(
            "UPDATE forum_account SET email = 'later@example.org' WHERE id = (SELECT min(id) FROM forum_account)"
        )
        database.commit()
        with pytest.raises(psycopg.errors.RestrictViolation):
            database.execute("UPDATE forum_auditentry SET action = 'x'")


@pytest.mark.long
def test_archive_of_an_older_version_comes_back_and_is_migrated(there: Server, here: Server, tmp_path: Path) -> None:
    there.manage("migrate", "-v0")
    there.manage("migrate", "-v0", "registration", "0002")
    old = there.ask("SELECT app, name FROM django_migrations WHERE app = 'registration' ORDER BY 2")
    path = there.manage("backup", str(tmp_path)).strip()
    there.manage("migrate", "-v0")
    there.manage("restore", path)
    assert there.ask("SELECT app, name FROM django_migrations WHERE app = 'registration' ORDER BY 2") == old
    there.manage("migrate", "-v0")
    there.manage("migrate", "--check")


def test_backup_sees_one_moment_while_others_write(here: Server, world: Forum, tmp_path: Path) -> None:
    """A row that is not committed yet is not in it, and holds it up no more than it holds others up."""
    with psycopg.connect(here.url) as other:
        other.execute(
            "UPDATE forum_account SET email = 'later@example.org' WHERE id = (SELECT min(id) FROM forum_account)"
        )
        path, manifest = make_backup(tmp_path)
        other.rollback()
    accounts = next(entry for entry in manifest.tables() if entry.name == "forum_account")
    assert accounts.rows == Account.objects.count()
    with path.open("rb") as source:
        assert b"later@example.org" not in b"".join(opened(source, keys=KEYS))


# --- the archive ------------------------------------------------------------------------------------------------------
def test_archive_is_private_sealed_and_alone(archive: Path) -> None:
    content = archive.read_bytes()
    assert archive.stat().st_mode & 0o777 == 0o600
    for text in ("Примерова".encode(), b"PRIMEROVA", b"forum_account", b"example.org"):
        assert text not in content
    assert [path.name for path in archive.parent.iterdir() if path.is_file()] == [archive.name]


def test_archive_holds_no_keys_but_says_which_ones_are_needed(archive: Path, settings: Any) -> None:
    with archive.open("rb") as source:
        about = checked(source, keys=KEYS).about
    assert about["field_keys"] == [settings.FIELD_KEYS.partition(":")[0]]
    with archive.open("rb") as source:
        plain = b"".join(opened(source, keys=KEYS))
    for secret in (settings.FIELD_KEYS.partition(":")[2], settings.SECRET_KEY, settings.HASH_PEPPER, KEY):
        assert secret.encode() not in plain


def test_file_that_the_storage_lost_is_said_and_the_rest_is_kept(here: Server, world: Forum, tmp_path: Path) -> None:
    lost = StoredFile.objects.get(purpose="export")
    Path(lost.file.path).unlink()
    with pytest.raises(CommandError, match=f"but for 1 files that the storage no longer has: {lost.file.name}"):
        call_command("backup", str(tmp_path), stdout=StringIO(), stderr=StringIO())
    assert len(list(tmp_path.glob("*.backup"))) == 1


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("", "BACKUP_KEYS is empty; make a key with: openssl rand -base64 32"),
        ("k1:short", "the key 'k1' is not base64"),
    ],
)
def test_without_a_key_nothing_is_written(here: Server, settings: Any, tmp_path: Path, keys: str, words: str) -> None:
    settings.BACKUP_KEYS = keys
    with pytest.raises(BackupError, match=words):
        make_backup(tmp_path)
    assert list(tmp_path.glob("forum-*")) == []


# --- what must change nothing -----------------------------------------------------------------------------------------
@contextmanager
def nothing_changes(here: Server) -> Iterator[None]:
    """Rows and files are as before."""
    before, files = here.contents(), here.files()
    yield
    assert (here.contents(), here.files()) == (before, files)


def refused(here: Server, path: Path, *, words: str, replace: bool = True) -> None:
    """The restore fails with these words and changes nothing."""
    with nothing_changes(here), pytest.raises(BackupError, match=words):
        restore_backup(path, replace=replace)


def test_damage_anywhere_is_found_before_anything_changes(here: Server, archive: Path) -> None:
    whole, size = archive.read_bytes(), archive.stat().st_size
    with nothing_changes(here):
        for at in (60, FRAME // 2, FRAME + 100, size // 2, size - 3):
            spoiled = bytearray(whole)
            spoiled[at] ^= 1
            archive.write_bytes(spoiled)
            with pytest.raises(BackupError, match="damaged near byte"):
                restore_backup(archive, replace=True)


@pytest.mark.long
def test_cut_archive_is_found_before_anything_changes(here: Server, archive: Path) -> None:
    whole = archive.read_bytes()
    with nothing_changes(here):
        for length in (0, 5, 20, 70, FRAME, len(whole) // 2, len(whole) - 1):
            archive.write_bytes(whole[:length])
            with pytest.raises(BackupError, match="ends too early"):
                restore_backup(archive, replace=True)
    archive.write_bytes(whole + b"x")
    refused(here, archive, words="damaged")


def test_frames_cannot_be_exchanged_or_left_out(tmp_path: Path) -> None:
    path = tmp_path / "frames"
    with path.open("wb") as out:
        sealer = Sealer(out, key_id="k1", key=KEYS["k1"])
        sealer.write(b"a" * FRAME + b"b" * FRAME + b"c")
        sealer.close()
    whole = path.read_bytes()
    start, frame = len(whole) - 2 * (FRAME + 20) - 21, FRAME + 20
    first, second, last = (whole[start:][a:b] for a, b in ((0, frame), (frame, 2 * frame), (2 * frame, None)))
    with path.open("rb") as source:
        assert b"".join(opened(source, keys=KEYS)) == b"a" * FRAME + b"b" * FRAME + b"c"
    for wrong in (second + first + last, first + last, second + last, last):
        path.write_bytes(whole[:start] + wrong)
        with path.open("rb") as source, pytest.raises(BackupError, match="damaged"):
            list(opened(source, keys=KEYS))


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (f"k1:{OTHER}", "'k1' in BACKUP_KEYS is not the one that sealed"),
        (f"k2:{KEY}", "key 'k1', which BACKUP_KEYS does not hold"),
    ],
)
def test_wrong_key_changes_nothing(here: Server, archive: Path, settings: Any, keys: str, words: str) -> None:
    settings.BACKUP_KEYS = keys
    refused(here, archive, words=words)


def test_older_key_still_opens_after_rotation(archive: Path) -> None:
    with archive.open("rb") as source:
        assert checked(source, keys={"k2": b"o" * 32, **KEYS}).tables()


def test_foreign_file_changes_nothing(here: Server, world: Forum, tmp_path: Path) -> None:
    (tmp_path / "dump").write_bytes(b"PGDMP" * 100)
    refused(here, tmp_path / "dump", words="no archive of the forum")
    refused(here, tmp_path / "nowhere", words="cannot be read: No such file")


def test_used_database_is_not_overwritten_unless_said_so(here: Server, archive: Path) -> None:
    refused(here, archive, words="in use: .* tables have rows.*--replace", replace=False)
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", str(archive))


def test_newer_schema_is_refused(here: Server, world: Forum, tmp_path: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('badges', '9999_later', now())")
    try:
        path, _manifest = make_backup(tmp_path)
        refused(here, path, words=r"1 migrations that this version does not have \(badges.9999_later\)")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE name = '9999_later'")


def test_missing_key_of_columns_is_said_before(here: Server, archive: Path, settings: Any) -> None:
    settings.FIELD_KEYS = f"other:{OTHER}"
    refused(here, archive, words="FIELD_KEYS lacks demo1")


def test_another_file_in_the_way_is_left_alone(here: Server, archive: Path) -> None:
    Path(StoredFile.objects.get(purpose="export").file.path).write_bytes(b"another")
    refused(here, archive, words="Another file lies at export/")


@pytest.mark.long
def test_failure_in_the_middle_rolls_everything_back(here: Server, archive: Path, tmp_path: Path) -> None:
    """An archive that is whole but holds a row that the database refuses; a file before it is taken out again."""
    with archive.open("rb") as source:
        manifest = checked(source, keys=KEYS)
    bad = tmp_path / "bad"
    with bad.open("wb") as out:
        writer = Writer(Sealer(out, key_id="k1", key=KEYS["k1"]))
        with writer.entry("file", "export/aa/new") as entry:
            entry.write(b"new")
        for table in manifest.tables():
            with writer.entry("table", table.name, columns=table.columns) as entry:
                if table.name == "forum_job":
                    entry.write(b"no\trow\n")
        writer.finish(manifest.about)
    refused(here, bad, words="could not be written: .*Nothing was changed")

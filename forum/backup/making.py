"""Writing an archive: one snapshot of the database, the files that it names, checked before it gets its name."""

import os
import tomllib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from psycopg import IsolationLevel

from forum.backup import BackupError
from forum.backup.archive import PIECE, Manifest, Writer, checked
from forum.backup.sealing import Sealer
from forum.backup.tables import SAME_EVERYWHERE, rows_of, sequences, tables
from forum.crypto.keys import FieldKeysError, field_keys, parse_keys


def backup_keys() -> dict[str, bytes]:
    """Key id to key, the first one seals. Raises `BackupError`."""
    try:
        return parse_keys(settings.BACKUP_KEYS, variable="BACKUP_KEYS")
    except FieldKeysError as error:
        raise BackupError(f"{error}. docs/operations.md tells how to make a key and where to keep it.") from error


def software_version() -> str:
    """Of this code."""
    return str(tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]["version"])


def make_backup(directory: Path) -> tuple[Path, Manifest]:
    """A new archive in `directory`, readable by its owner only. Raises `BackupError`.

    It has its final name only when it is complete, on the disk, and has been read once from end to end.
    """
    keys = backup_keys()
    if not directory.is_dir():
        raise BackupError(f"There is no folder {directory}.")
    path = directory / f"forum-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.backup"
    half = path.with_suffix(".part")
    try:
        with _new_file(half) as out:
            _write(out, keys)
        with half.open("rb") as source:
            manifest = checked(source, keys=keys)
        half.rename(path)
    finally:
        half.unlink(missing_ok=True)
    return path, manifest


@contextmanager
def _new_file(path: Path) -> Iterator[BinaryIO]:
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise BackupError(f"{path} cannot be written: {error.strerror}.") from error
    with os.fdopen(number, "wb") as out:
        yield out
        out.flush()
        os.fsync(out.fileno())


def _write(out: BinaryIO, keys: dict[str, bytes]) -> None:
    key_id, key = next(iter(keys.items()))
    archive = Writer(Sealer(out, key_id=key_id, key=key))
    with _snapshot() as cursor:
        about = _about(cursor)
        for table in tables(cursor):
            with archive.entry("table", table.name, columns=table.columns) as entry:
                for piece in rows_of(cursor, table):
                    entry.write(piece)
        about["missing"] = [name for name in _file_names(cursor) if not _file(archive, name)]
    archive.finish(about)


@contextmanager
def _snapshot() -> Iterator[Any]:
    """A connection of its own that sees one moment of the database, whatever goes on meanwhile."""
    with closing(connection.get_new_connection(connection.get_connection_params())) as own:
        own.isolation_level, own.read_only = IsolationLevel.REPEATABLE_READ, True
        with own.cursor() as cursor:
            for statement in SAME_EVERYWHERE:
                cursor.execute(statement)
            yield cursor


def _about(cursor: Any) -> dict[str, Any]:
    """What the restoring side has to know. Of the keys of columns only their names: the keys are kept apart."""
    applied = cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall()
    return {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "software": software_version(),
        "postgresql": cursor.execute("SHOW server_version").fetchone()[0],
        "migrations": [list(row) for row in applied],
        "field_keys": list(field_keys()),
        "sequences": sequences(cursor),
    }


def _file_names(cursor: Any) -> list[str]:
    return [name for (name,) in cursor.execute("SELECT file FROM forum_storedfile ORDER BY id").fetchall()]


def _file(archive: Writer, name: str) -> bool:
    """False for a file that its row names and the storage does not have: said in the manifest, not passed over."""
    try:
        content = default_storage.open(name)
    except FileNotFoundError:
        return False
    with content, archive.entry("file", name) as entry:
        for piece in content.chunks(PIECE):
            entry.write(piece)
    return True

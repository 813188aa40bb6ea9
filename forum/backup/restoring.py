"""Reading an archive back: all of it is checked first; then schema, rows and comparison are one transaction."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from forum.backup import BackupError
from forum.backup.archive import Counting, Entry, Manifest, agreeing, checked, read
from forum.backup.making import backup_keys
from forum.backup.tables import SAME_EVERYWHERE, Table, counted, set_sequences, tables, used_tables
from forum.crypto.keys import field_keys


def restore_backup(path: Path, *, replace: bool = False) -> Manifest:
    """Bring back what the archive holds. Raises `BackupError`, and then nothing was changed.

    `replace` throws away what stands in the database. The schema becomes that of the archive; `migrate` then brings it
    to this version of the software.
    """
    keys = backup_keys()
    try:
        with path.open("rb") as source:
            manifest = checked(source, keys=keys)
    except OSError as error:
        raise BackupError(f"{path} cannot be read: {error.strerror}.") from error
    _check_fits(manifest)
    try:
        with transaction.atomic(durable=True), connection.cursor() as cursor, _new_files() as new:
            if not replace:
                _check_unused(cursor)
            _bring_back(cursor, path, manifest, keys, new)
    except (DatabaseError, psycopg.Error) as error:  # COPY's own errors come past Django
        raise BackupError(
            f"The rows could not be written: {type(error).__name__}. Nothing was changed. Are web, workers and beat"
            " stopped, is the disk full, may this user create tables?"
        ) from error
    return manifest


def _check_unused(cursor: Any) -> None:
    if used := used_tables(cursor):
        raise BackupError(
            f"The database is in use: {len(used)} tables have rows, such as {used[0]}. Restore into an empty one, or"
            " say --replace to throw away what is there."
        )


def _bring_back(cursor: Any, path: Path, manifest: Manifest, keys: dict[str, bytes], new: list[Path]) -> None:
    """Schema, rows, files, and the comparison. What the archive says is checked a second time on the way."""
    _empty_schema(cursor, manifest)
    with path.open("rb") as source:
        items = (item for item in read(source, keys=keys) if not isinstance(item, Manifest))
        with _without_triggers(cursor):
            agreeing(manifest, [_load(cursor, entry, pieces, new) for entry, pieces in items])
    set_sequences(cursor, manifest.about["sequences"])
    _compare(cursor, manifest)


@contextmanager
def _without_triggers(cursor: Any) -> Iterator[None]:
    """Our own ones sleep while rows go in: they refuse new parts of a published form, which all of these are. What the
    database itself holds (keys, uniqueness) is checked at the end all the same.
    """
    names = [connection.ops.quote_name(table.name) for table in tables(cursor)]
    for name in names:
        cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
    yield
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for name in names:
        cursor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")


def _check_fits(manifest: Manifest) -> None:
    """Before anything is touched: this software knows the schema, and no other file lies where one will go."""
    known = set(MigrationLoader(None).disk_migrations or {})
    newer = sorted(f"{app}.{name}" for app, name in manifest.about["migrations"] if (app, name) not in known)
    if newer:
        raise BackupError(
            f"The archive is of version {manifest.about['software']} with {len(newer)} migrations that this version does"
            f" not have ({newer[0]}). Restore it with that version or a later one."
        )
    if lost := sorted(set(manifest.about["field_keys"]) - set(field_keys())):
        raise BackupError(
            f"FIELD_KEYS lacks {', '.join(lost)}: encrypted columns of the archive could not be read. Add what was kept."
        )
    for entry in manifest.files():
        target = Path(default_storage.path(entry.name))
        if target.exists() and _hash_of(target) != entry.sha256:
            raise BackupError(f"Another file lies at {entry.name} in the private storage. Move the old storage away.")


def _hash_of(path: Path) -> str:
    counting = Counting(Entry("file", path.name))
    with path.open("rb") as source:
        while piece := source.read(1 << 20):
            counting.add(piece)
    return counting.done().sha256


def _empty_schema(cursor: Any, manifest: Manifest) -> None:
    """An empty schema as the archive's migrations make it."""
    for statement in (*SAME_EVERYWHERE, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public"):
        cursor.execute(statement)
    executor = MigrationExecutor(connection)
    executor.migrate(_last_ones(executor, {(app, name) for app, name in manifest.about["migrations"]}))
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what migrations have written is checked before tables change
    known = tables(cursor)
    if {t.name for t in known} != {entry.name for entry in manifest.tables()}:
        raise BackupError("The tables of the archive are not those that its migrations make. Take another archive.")
    cursor.execute(f"TRUNCATE {', '.join(connection.ops.quote_name(table.name) for table in known)}")
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")  # rows come table by table; keys between them are checked at the end


def _last_ones(executor: MigrationExecutor, applied: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of each app the migrations on which no other applied one of the app builds."""
    graph = executor.loader.graph
    return [
        node
        for node in sorted(applied)
        if not any(child.key in applied and child.key[0] == node[0] for child in graph.node_map[node].children)
    ]


def _load(cursor: Any, entry: Entry, pieces: Iterator[bytes], new: list[Path]) -> Entry:
    counting = Counting(entry)
    if entry.kind == "table":
        with cursor.copy(Table(entry.name, [], []).into(entry.columns)) as copy:
            for piece in pieces:
                counting.add(piece)
                copy.write(piece)
    else:
        _keep_file(entry, pieces, counting, new)
    return counting.done()


def _keep_file(entry: Entry, pieces: Iterator[bytes], counting: Counting, new: list[Path]) -> None:
    """Under its old name, and only when it is whole. One that lies there is the same one (`_check_fits`)."""
    target = Path(default_storage.path(entry.name))
    target.parent.mkdir(parents=True, exist_ok=True)
    number, half = tempfile.mkstemp(dir=target.parent)
    try:
        with os.fdopen(number, "wb") as out:
            for piece in pieces:
                counting.add(piece)
                out.write(piece)
        if not target.exists():
            new.append(target)
            Path(half).replace(target)
    finally:
        Path(half).unlink(missing_ok=True)


@contextmanager
def _new_files() -> Iterator[list[Path]]:
    """Files that were put into the storage; taken out again when the transaction fails."""
    new: list[Path] = []
    try:
        yield new
    except BaseException:
        for path in new:
            path.unlink(missing_ok=True)
        raise


def _compare(cursor: Any, manifest: Manifest) -> None:
    """Count and hash every table as it now stands, and every file, against the list."""
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    listed = {entry.name: entry for entry in manifest.tables()}
    for table in tables(cursor):
        has, wants = counted(cursor, table), listed[table.name]
        if (has.rows, has.sha256) != (wants.rows, wants.sha256):
            raise BackupError(f"{table.name} has {has.rows} rows after restoring, not the {wants.rows} of the archive.")
    for entry in manifest.files():
        if _hash_of(Path(default_storage.path(entry.name))) != entry.sha256:
            raise BackupError(f"{entry.name} differs from the archive after restoring: is the disk full?")

"""Looking for words in every row and every file there is.

Tables and columns come from the catalogue of PostgreSQL, sealed columns from the models, files from the storage: what is new
is searched by itself.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.contrib.sessions.models import Session
from django.db import connection

from forum.crypto import decrypt
from forum.models import StoredFile
from forum.queries.sealed import sealed_tables

COLUMNS = """
    SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
"""
HASH = 32
"""Bytes that tell nothing: keyed hashes are as long as this."""


def where(words: Sequence[str]) -> dict[str, set[str]]:
    """`table.column` or `file:purpose` -> which of the words stand there."""
    found: dict[str, set[str]] = defaultdict(set)
    for place, text in [*_texts(), *_sealed(), *_sessions(), *_files()]:
        if hits := {word for word in words if word in text.lower()}:
            found[place] |= hits
    return dict(found)


def _texts() -> Iterator[tuple[str, str]]:
    """Everything that is not sealed, as PostgreSQL writes it; bytes that are longer than a hash as text."""
    sealed = {table.place(field) for table in sealed_tables() for field in table.fields}
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        for table, column, kind in cursor.fetchall():
            if (place := f"{table}.{column}") not in sealed:
                yield from ((place, text) for text in _values(table, column, is_bytes=kind == "bytea"))


def _values(table: str, column: str, *, is_bytes: bool) -> Iterator[str]:
    shown = f'"{column}"' if is_bytes else f'"{column}"::text'
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT DISTINCT {shown} FROM "{table}" WHERE "{column}" IS NOT NULL')  # noqa: S608 -- our own
        for (value,) in cursor.fetchall():
            if not is_bytes:
                yield str(value)
            elif len(value) > HASH:
                yield _read(bytes(value))


def _sealed() -> Iterator[tuple[str, str]]:
    """Opened with the keys of the test."""
    for table in sealed_tables():
        for row in table.model._base_manager.all():
            for field in table.fields:
                if (text := getattr(row, field.name)) is not None:
                    yield table.place(field), text + _unescaped(text)


def _unescaped(text: str) -> str:
    """Letters that JSON has written as codes."""
    try:
        return json.dumps(json.loads(text), ensure_ascii=False)
    except ValueError:
        return ""


def _sessions() -> Iterator[tuple[str, str]]:
    for one in Session.objects.all():
        yield "django_session.session_data", json.dumps(one.get_decoded(), ensure_ascii=False)


def _files() -> Iterator[tuple[str, str]]:
    for one in StoredFile.objects.all():
        with one.file.open("rb") as kept:
            content = kept.read()
        opened = decrypt(content, aad=one.sealed_for) if one.sealed_for else content
        yield f"file:{one.purpose}", _read(opened)


def _read(content: bytes) -> str:
    return content.decode(errors="replace")

"""Rows as PostgreSQL's own COPY text, in the order of the primary key: the same rows give the same bytes everywhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from psycopg import sql

from forum.backup.archive import Counting, Entry

NOT_KEPT = ("django_migrations",)
"""Written by the migrations themselves; the list of them stands in the manifest."""
MADE_BY_MIGRATE = (*NOT_KEPT, "django_content_type", "auth_permission")
"""Tables with rows in a database that nobody has used yet."""
SAME_EVERYWHERE = (
    "SET LOCAL timezone = 'UTC'",
    "SET LOCAL datestyle = 'ISO, YMD'",
    "SET LOCAL intervalstyle = 'postgres'",
    "SET LOCAL bytea_output = 'hex'",
    "SET LOCAL extra_float_digits = 1",
    "SET LOCAL client_encoding = 'UTF8'",
    "SET LOCAL statement_timeout = 0",
)
COLUMNS = """
SELECT c.relname, a.attname, a.attcollation <> 0, a.attnum = ANY (coalesce(i.indkey::int2[], '{}'))
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
ORDER BY c.relname COLLATE "C", a.attnum
"""


@dataclass
class Table:
    """`key`: (column, does it sort by a language) of the primary key."""

    name: str
    columns: list[str]
    key: list[tuple[str, bool]]

    def out(self) -> sql.Composed:
        """All rows, sorted by the key in the order of bytes."""
        order = sql.SQL(", ").join(
            sql.SQL('{} COLLATE "C"' if by_language else "{}").format(sql.Identifier(name))
            for name, by_language in self.key
        )
        return sql.SQL("COPY (SELECT {columns} FROM {table} ORDER BY {order}) TO STDOUT").format(
            columns=_names(self.columns), table=sql.Identifier("public", self.name), order=order
        )

    def into(self, columns: list[str]) -> sql.Composed:
        """Rows in the columns' order as they were written."""
        table = sql.Identifier("public", self.name)
        return sql.SQL("COPY {} ({}) FROM STDIN").format(table, _names(columns))


def _names(columns: list[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))


def tables(cursor: Any) -> list[Table]:
    """Every table that is kept, by name."""
    found: dict[str, Table] = {}
    for table, column, by_language, in_key in cursor.execute(COLUMNS).fetchall():
        entry = found.setdefault(table, Table(table, [], []))
        entry.columns.append(column)
        if in_key:
            entry.key.append((column, by_language))
    return [table for table in found.values() if table.name not in NOT_KEPT]


def rows_of(cursor: Any, table: Table) -> Iterator[bytes]:
    """The text of a table, piece by piece."""
    with cursor.copy(table.out()) as copy:
        for piece in copy:
            yield bytes(piece)


def counted(cursor: Any, table: Table) -> Entry:
    """Rows, size and hash of what stands in the database now."""
    counting = Counting(Entry("table", table.name, table.columns))
    for piece in rows_of(cursor, table):
        counting.add(piece)
    return counting.done()


def used_tables(cursor: Any) -> list[str]:
    """Tables with rows that somebody has made."""
    return [
        table.name
        for table in tables(cursor)
        if table.name not in MADE_BY_MIGRATE
        and cursor.execute(
            sql.SQL("SELECT EXISTS (SELECT FROM {})").format(sql.Identifier("public", table.name))
        ).fetchone()[0]
    ]


def sequences(cursor: Any) -> dict[str, int]:
    """The last number that each sequence has given; those that never gave one are left out."""
    return dict(
        cursor.execute(
            "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL"
            " ORDER BY sequencename"
        ).fetchall()
    )


def set_sequences(cursor: Any, numbers: dict[str, int]) -> None:
    """Go on after these numbers."""
    for name, number in numbers.items():
        if name != "django_migrations_id_seq":
            cursor.execute("SELECT setval(%s::regclass, %s::bigint)", [f'public."{name}"', number])

"""A file of people is read once for many looks: its table, and what each row says, as sealed copies for an hour."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from forum.queries.sealed_copies import sealed_copy
from registration.engine.imports.rows import Row
from registration.engine.imports.tables import Table
from registration.engine.imports.values import Places
from registration.models import ImportRun


def places_of_copies(public_id: UUID) -> tuple[str, str]:
    """Where the copies of a list are; whoever erases its file clears both."""
    return f"registration_importrun.table:{public_id}", f"registration_importrun.rows:{public_id}"


def table_copy(run: ImportRun, read: Callable[[], Table]) -> Table:
    """As this encoding and delimiter have it."""
    return sealed_copy(
        places_of_copies(run.public_id)[0], made_with=_reading(run), build=read, dump=_dump_table, load=_load_table
    )


def rows_copy(run: ImportRun, table: Table, *, places: Places, read: Callable[[], list[Row]]) -> list[Row]:
    """As these columns have it, and what this edition knows today; the cells stand in `table`."""
    known = (sorted(places.delegations.items()), sorted(places.categories.items()), places.category, places.own)
    return sealed_copy(
        places_of_copies(run.public_id)[1],
        made_with=(_reading(run), list(run.columns), known, places.today.isoformat()),
        build=read,
        dump=_dump_rows,
        load=lambda kept: _load_rows(kept, table),
    )


def _reading(run: ImportRun) -> tuple[Any, ...]:
    return run.file_id, run.kind, run.encoding, run.delimiter


def _dump_table(table: Table) -> list[Any]:
    return [table.heads, table.rows, table.encoding, table.delimiter]


def _load_table(kept: list[Any]) -> Table:
    heads, rows, encoding, delimiter = kept
    return Table(tuple(heads), tuple((number, tuple(cells)) for number, cells in rows), encoding, delimiter)


def _dump_rows(rows: Sequence[Row]) -> list[Any]:
    return [[row.answers, row.errors, row.known_by, row.external_id] for row in rows]


def _load_rows(kept: list[Any], table: Table) -> list[Row]:
    return [
        Row(number, cells, answers, tuple((field, code) for field, code in errors), known_by, external_id)
        for (number, cells), (answers, errors, known_by, external_id) in zip(table.rows, kept, strict=True)
    ]

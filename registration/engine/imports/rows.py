"""All rows of a table as people: answers, errors, and by what a person is known again in the next file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from forum.names import fold
from registration.engine.imports.tables import Table
from registration.engine.imports.values import Places, read_values


@dataclass(frozen=True)
class Row:
    """`number` as the spreadsheet shows it. `known_by`: email and name, or name and organisation; empty with errors.

    `external_id` is the list's own key; where there is one it decides, and answers that make `known_by` may change.
    """

    number: int
    cells: tuple[str, ...]
    answers: Mapping[str, Any]
    errors: tuple[tuple[str, str], ...]
    known_by: str
    external_id: str


def read_rows(table: Table, *, columns: Sequence[str], places: Places) -> list[Row]:
    """Every row; a person who stands in the table twice is an error of the second row."""
    ids: set[str] = set()
    known: dict[str, str] = {}
    return [_refused(row) if _is_twice(row, ids, known) else row for row in _each(table, columns, places)]


def _is_twice(row: Row, ids: set[str], known: dict[str, str]) -> bool:
    """Whether the person stood above already; else they are noted. Numbers of the list tell namesakes apart."""
    if row.errors:
        return False
    before = known.get(row.known_by)
    if row.external_id in ids or before == "" or (before and not row.external_id):
        return True
    ids |= {row.external_id} - {""}
    known.setdefault(row.known_by, row.external_id)
    return False


def _each(table: Table, columns: Sequence[str], places: Places) -> Iterator[Row]:
    for number, cells in table.rows:
        said = read_values({c: text for c, text in zip(columns, cells, strict=False) if c}, places=places)
        known = "" if said.errors else known_by(said.answers)
        yield Row(number, cells, said.answers, tuple(said.errors), known, said.external_id)


def _refused(row: Row) -> Row:
    field = "external_id" if row.external_id else "email" if row.answers.get("email") else "surname"
    return Row(row.number, row.cells, row.answers, ((field, "twice"),), "", row.external_id)


def known_by(answers: Mapping[str, Any]) -> str:
    """The person's own key: one email may serve ten people, so the name belongs to it.

    Without an address the organisation tells namesakes apart. Spelling does not matter: case, ё, apostrophes, hyphens.
    """
    names = ("surname", "given_name") if answers.get("surname") else ("latin_surname", "latin_given_name")
    name = "|".join(fold(answers.get(part) or "") for part in names)
    if email := answers.get("email"):
        return f"mail|{email}|{name}"
    return f"name|{name}|{fold(answers.get('organisation') or '')}"

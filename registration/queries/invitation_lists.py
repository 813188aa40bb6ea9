"""Lists of people to invite: the same files, readers and guesses as lists of people, with another plan for each row."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from forum.queries.any_of import AnyOf
from registration.engine.imports.rows import Row, known_by
from registration.engine.imports.tables import Table
from registration.enums import LIVING, ImportOutcome
from registration.models import ImportRun, Invitation, InvitationBatch
from registration.queries.imports import AT_ONCE, Planned, own_applications, plan, rows_of_table

TAKEN = (
    "full_name",
    "surname",
    "given_name",
    "patronymic",
    "latin_surname",
    "latin_given_name",
    "email",
    "language",
    "delegation",
    "organisation",
    "position",
    "category",
)
"""Columns that an invitation has a use for; whatever else the file holds is not taken."""
NAMELESS = ("surname", "missing")


def batch_of(run: ImportRun) -> InvitationBatch | None:
    """What the list is for, where it invites people; None for a list of people."""
    return getattr(run, "batch", None)


def taken_columns(columns: Sequence[str]) -> list[str]:
    """The guess, without what invitations do not take."""
    return [column if column in TAKEN else "" for column in columns]


def rows_to_plan(run: ImportRun, table: Table) -> list[Row]:
    """Every row as a person. Invitations need an address and no name; applications need a name and no address."""
    rows = rows_of_table(run, table)
    return [_with_address(row) for row in rows] if batch_of(run) else rows


def _with_address(row: Row) -> Row:
    errors = tuple(error for error in row.errors if error != NAMELESS)
    if not row.answers.get("email") and ("email", "email_invalid") not in errors:
        errors = (*errors, ("email", "email_missing"))
    return replace(row, errors=errors, known_by="" if errors else known_by(row.answers))


def plan_of_run(run: ImportRun, rows: Sequence[Row]) -> list[Planned]:
    """Row by row what the list would do here. Nothing is written."""
    if batch_of(run) is None:
        return plan(run.forum, rows, delegation=run.delegation)
    planned: list[Planned] = []
    above: set[tuple[str, str]] = set()
    for at in range(0, len(rows), AT_ONCE):
        part = rows[at : at + AT_ONCE]
        alive, applied = _alive(run, part), own_applications(run.forum, part)
        planned.extend(_planned(row, alive, applied, above) for row in part)
    return planned


def _key(row: Row) -> tuple[str, str]:
    return row.answers.get("email", ""), row.answers["category"]


def _alive(run: ImportRun, rows: Iterable[Row]) -> set[tuple[str, str]]:
    """Addresses with a living invitation, and to what."""
    emails = {row.answers["email"] for row in rows if row.answers.get("email")}
    here = Invitation.objects.filter(AnyOf("email", emails), forum=run.forum, state__in=LIVING).order_by()
    return set(here.values_list("email", "category__code"))


def _planned(row: Row, alive: set[tuple[str, str]], applied: frozenset[str], above: set[tuple[str, str]]) -> Planned:
    if row.errors:
        return Planned(row, ImportOutcome.ERROR, row.errors)
    key = _key(row)
    if key in above:
        return Planned(row, ImportOutcome.ERROR, (("email", "twice"),))
    above.add(key)
    if key in alive:
        return Planned(row, ImportOutcome.CONFLICT, (("email", "invited_already"),))
    if row.known_by in applied:
        return Planned(row, ImportOutcome.CONFLICT, (("email", "already_applied"),))
    return Planned(row, ImportOutcome.NEW)

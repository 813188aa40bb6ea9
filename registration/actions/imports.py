"""Lists of people: taken in, read as an officer says, taken over, taken back, erased.

What happens to the rows: `registration.actions.import_rows` and `import_undo`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import uuid4

from django.db import transaction
from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.actions.audit import record
from forum.actions.files import give_up_file, store_sealed
from forum.actions.jobs import Progress, start_job
from forum.errors import DomainError
from forum.models import Account, Forum, Job, StoredFile
from forum.queries.sealed_copies import forget_copies
from forum.uploads import UploadError, look_for_viruses
from registration.actions.import_rows import take_over
from registration.actions.import_undo import take_back_rows
from registration.actions.invitation_lists import take_back_invitations, take_over_invitations
from registration.engine.imports.columns import preselected
from registration.engine.imports.files import ImportFileError, kind_of
from registration.engine.imports.reading import read_table
from registration.engine.imports.tables import Table
from registration.engine.imports.words import problem_text
from registration.enums import ImportOutcome
from registration.models import Category, Delegation, ImportRow, ImportRun, InvitationBatch
from registration.queries.import_copies import places_of_copies, table_copy
from registration.queries.imports import KEPT_FOR, counts_of_run, is_running, seal_of, table_of_run
from registration.queries.invitation_lists import batch_of, taken_columns

IMPORT, UNDO = "registration.import", "registration.undo_import"
PURPOSE = "people_list"
SET_UP = ("forum", "category", "file", "by", "delegation__region", "batch")
MOST_NAMED = 200
"""Rows that the page of the work names; the page of the list has all of them."""


@dataclass(frozen=True, kw_only=True)
class BatchTerms:
    """What holds for every invitation of a list."""

    name: str
    skips_review: bool = False
    expires_at: datetime | None = None


def receive(
    *,
    forum: Forum,
    name: str,
    content: bytes,
    category: Category,
    language: str,
    by: Account | None,
    delegation: Delegation | None = None,
    encoding: str = "",
    delimiter: str = "",
    sends_letters: bool = True,
    batch: BatchTerms | None = None,
) -> ImportRun:
    """Keep a file for a week, sealed, with the columns as they are guessed. No person is written yet. With `batch` the
    list is one of people to invite; `delegation`: whose list it is, where a head hands it in.

    Raises `ImportFileError` for a file that is not taken; then nothing is kept.
    """
    kind = kind_of(name, content)
    _look_for_viruses(content)
    table = read_table(name, content, encoding=encoding, delimiter=delimiter)
    run = ImportRun(public_id=uuid4(), forum=forum, by=by, kind=kind, category=category, language=language)
    run.sends_letters, run.delegation = sends_letters, delegation
    run.file = _sealed_file(run, content)
    _read_as(run, table, columns=_guessed(table, invites=batch is not None))
    table_copy(run, lambda: table)
    with transaction.atomic():
        run.save()
        if batch is not None:
            InvitationBatch.objects.create(run=run, **vars(batch))
        record("import.received", on=("import", run.public_id), forum=forum, by=by, rows=run.rows_count)
    return run


def _sealed_file(run: ImportRun, content: bytes) -> StoredFile:
    """For a week; its name says nothing of the list."""
    return store_sealed(
        content,
        sealed_for=seal_of(run),
        purpose=PURPOSE,
        name=f"list-{run.public_id.hex[:8]}.{run.kind}",
        content_type="application/octet-stream",
        owner=run.by,
        erase_after=now() + KEPT_FOR,
    )


def _guessed(table: Table, *, invites: bool) -> list[str]:
    columns = preselected(table.heads)
    return taken_columns(columns) if invites else list(columns)


def _look_for_viruses(content: bytes) -> None:
    try:
        look_for_viruses(content)
    except UploadError as error:
        raise ImportFileError(error.code) from error


def _read_as(run: ImportRun, table: Table, *, columns: Sequence[str]) -> None:
    run.encoding, run.delimiter, run.rows_count = table.encoding, table.delimiter, len(table.rows)
    run.columns = list(columns)


def choose(
    run: ImportRun,
    *,
    encoding: str,
    delimiter: str,
    columns: Sequence[str],
    category: Category,
    language: str,
    sends_letters: bool,
    by: Account,
) -> ImportRun:
    """Read the file another way. Columns are guessed anew where another encoding or delimiter gives other heads.

    Raises `DomainError` once the import has begun, `ImportFileError` when the file cannot be read like this.
    """
    other, invites = (encoding, delimiter) != (run.encoding, run.delimiter), batch_of(run) is not None
    run.encoding, run.delimiter = encoding, delimiter
    table = table_of_run(run)
    with transaction.atomic():
        fresh = _lock_waiting(run)
        fresh.category, fresh.language, fresh.sends_letters = category, language, sends_letters
        _read_as(fresh, table, columns=_guessed(table, invites=invites) if other else _fitting(columns, table))
        fresh.save()
    return fresh


def _fitting(columns: Sequence[str], table: Table) -> list[str]:
    """One for each head, no field twice: the first one keeps it."""
    taken: list[str] = []
    for column, _head in zip([*columns, *[""] * len(table.heads)], table.heads, strict=False):
        taken.append("" if column in taken else column)
    return taken


def _locked(run: ImportRun) -> ImportRun:
    """As it stands now. Without joins: a row that another transaction has just named would be missing from them."""
    return ImportRun.objects.select_for_update().get(pk=run.pk)


def _lock_waiting(run: ImportRun) -> ImportRun:
    fresh = _locked(run)
    if fresh.started_at is not None:
        raise DomainError("import.begun", _("This list is being taken over already."))
    return fresh


@transaction.atomic
def start_import(run: ImportRun, *, by: Account) -> Job:
    """Have the list taken over as a work. Asked twice, also by two people at once, the second one gets the first work.

    A work that was stopped or broke off goes on where it ended. Raises `DomainError` when nothing is left to do.
    """
    run = _locked(run)
    if run.job is not None and (is_running(run) or run.finished_at):
        return run.job
    _refuse_gone(run)
    run.job = start_job(IMPORT, forum=run.forum, owner=by, total=run.rows_count, run=str(run.public_id))
    run.started_at = run.started_at or now()
    run.save(update_fields=["job", "started_at"])
    record("import.started", on=("import", run.public_id), forum=run.forum, by=by, rows=run.rows_count)
    return run.job


def _refuse_gone(run: ImportRun) -> None:
    if run.file_id is None:
        raise DomainError("import.erased", _("The file has been erased after a week. Hand it in again."))
    if run.undo_job_id is not None:
        raise DomainError("import.undone", _("This list has been taken back. Hand the file in again."))


def run_import(job: Job, progress: Progress) -> None:
    """The work. Run again after a crash it passes over the rows that are written."""
    run = ImportRun.objects.select_related(*SET_UP).get(public_id=job.params["run"])

    def tell(rows: Sequence[ImportRow]) -> None:
        for row in rows:
            if row.outcome == ImportOutcome.ERROR and len(progress.errors) < MOST_NAMED:
                progress.fail(str(row.number), " ".join(problem_text(*problem) for problem in row.problems))
            else:
                progress.failed += row.outcome == ImportOutcome.ERROR
                progress.step()

    with translation.override(job.owner.language):
        _take_over(run, by=job.owner, tell=tell)
    finish(run, by=job.owner)


def _take_over(run: ImportRun, *, by: Account | None, tell: Callable[[Sequence[ImportRow]], None]) -> None:
    """As applications, or as invitations where the list is one of those."""
    if batch := batch_of(run):
        take_over_invitations(run, batch, by=by, tell=tell)
    else:
        take_over(run, by=by, tell=tell)


@transaction.atomic
def finish(run: ImportRun, *, by: Account | None) -> None:
    """Everything is written: say so once, with the figures."""
    if ImportRun.objects.filter(pk=run.pk, finished_at=None).update(finished_at=now()):
        record("import.finished", on=("import", run.public_id), forum=run.forum, by=by, rows=counts_of_run(run))


def import_now(run: ImportRun) -> None:
    """The same without a worker, for the command line."""
    with transaction.atomic():
        begun = _lock_waiting(run)
        begun.started_at = now()
        begun.save(update_fields=["started_at"])
        record("import.started", on=("import", run.public_id), forum=run.forum, by=None, rows=run.rows_count)
    _take_over(begun, by=None, tell=lambda _rows: None)
    finish(begun, by=None)


@transaction.atomic
def start_undo(run: ImportRun, *, by: Account) -> Job:
    """Take the whole list back as a work. Asked twice, the second one gets the first work.

    Raises `DomainError` while the list is being taken over, and once the file and the old values are erased.
    """
    run = _locked(run)
    if run.undo_job is not None and (is_running(run) or run.undone_at):
        return run.undo_job
    if run.started_at is None or is_running(run):
        raise DomainError("import.running", _("This list is still being taken over. Wait until it ends, or stop it."))
    if run.file_id is None:
        raise DomainError(
            "import.undo_late", _("After a week nothing can be taken back. Withdraw the people one by one.")
        )
    run.undo_job = start_job(UNDO, forum=run.forum, owner=by, total=run.rows.count(), run=str(run.public_id))
    run.save(update_fields=["undo_job"])
    record("import.undo_started", on=("import", run.public_id), forum=run.forum, by=by)
    return run.undo_job


def run_undo(job: Job, progress: Progress) -> None:
    """The work. What was taken back before a crash stays taken back."""
    run = ImportRun.objects.select_related("forum", "batch").get(public_id=job.params["run"])
    take_back = take_back_invitations if batch_of(run) else take_back_rows
    take_back(run, by=job.owner, tell=progress.step)
    with transaction.atomic():
        if ImportRun.objects.filter(pk=run.pk, undone_at=None).update(undone_at=now()):
            record("import.undone", on=("import", run.public_id), forum=run.forum, by=job.owner)


def discard(run: ImportRun, *, by: Account) -> None:
    """Throw a file away that nothing was taken from. Raises `DomainError` once the import has begun."""
    with transaction.atomic():
        fresh = _lock_waiting(run)
        stored, fresh.file = fresh.file, None
        fresh.delete()
        record("import.discarded", on=("import", run.public_id), forum=run.forum, by=by)
        if stored is not None:
            _give_up(run, stored)


def _give_up(run: ImportRun, stored: StoredFile) -> None:
    """The file, and after the commit what was read from it."""
    give_up_file(stored)
    transaction.on_commit(partial(forget_copies, *places_of_copies(run.public_id)), robust=True)


def erase_old() -> int:
    """Files older than a week, and the old values of their rows, are erased; the figures stay. Returns how many."""
    late = ImportRun.objects.filter(file__erase_after__lte=now()).select_related("file", "job", "undo_job", "forum")
    return sum(_erase(run) for run in late if not is_running(run))


def _erase(run: ImportRun) -> bool:
    stored = run.file
    if stored is None:
        return False
    with transaction.atomic():
        ImportRun.objects.filter(pk=run.pk).update(file=None)
        run.rows.filter(before__isnull=False).update(before=None)
        _give_up(run, stored)
        record("import.erased", on=("import", run.public_id), forum=run.forum)
    return True

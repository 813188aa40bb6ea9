"""Tables of people that leave the system: the choice of columns is kept, each copy is written down."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from forum.actions.audit import record
from forum.actions.jobs import start_job
from forum.errors import DomainError
from forum.models import Account, AuditEntry, Forum, Job
from registration.models import ColumnSet

EXPORT = "registration.export_people"
ASKED = "people.export_asked"
MOST_SETS = 20


@transaction.atomic
def note_people_export(forum: Forum, *, kind: str, columns: Sequence[str], rows: int, reason: str, by: Account) -> None:
    """That somebody took a table of people out: how large, which columns, and why. The copy itself is not kept."""
    record(
        "people.exported",
        on=("forum", forum.slug),
        forum=forum,
        by=by,
        reason=reason,
        format=kind,
        rows=rows,
        columns=list(columns),
    )


@transaction.atomic
def start_export(
    *, forum: Forum, refs: Sequence[str], columns: Sequence[str], kind: str, reason: str, by: Account
) -> Job:
    """A table too large to wait for, made by a worker for its owner alone. What it is for was typed by hand, so it stands in
    the log and not with the work.
    """
    facts = {"refs": list(refs), "columns": list(columns), "format": kind}
    job = start_job(EXPORT, forum=forum, owner=by, total=len(refs), **facts)
    record(ASKED, on=("job", job.public_id), forum=forum, by=by, reason=reason)
    return job


def reason_of(job: Job) -> str:
    """What its owner wants the table for."""
    asked = AuditEntry.objects.filter(object_kind="job", object_id=str(job.public_id), action=ASKED)
    return asked.values_list("reason", flat=True)[0]


@transaction.atomic
def keep_columns(*, forum: Forum, name: str, columns: Sequence[str], shared: bool, by: Account) -> ColumnSet:
    """Keep a choice under a name; one's own of the same name is replaced.

    Raises `DomainError` for an empty choice and for more than `MOST_SETS` of one person.
    """
    if not columns:
        refusal = _("Tick at least one column.")
        raise DomainError("export.no_columns", refusal, fields={"columns": refusal})
    Account.objects.select_for_update(no_key=True).get(pk=by.pk)
    mine = ColumnSet.objects.filter(forum=forum, owner=by)
    if mine.exclude(name=name).count() >= MOST_SETS:
        refusal = _("You keep %(most)s choices already. Remove one first.") % {"most": MOST_SETS}
        raise DomainError("export.too_many_sets", refusal, fields={"name": refusal})
    kept, _made = ColumnSet.objects.update_or_create(
        forum=forum, owner=by, name=name, defaults={"columns": list(columns), "shared": shared}
    )
    return kept


def forget_columns(column_set: ColumnSet) -> None:
    """Remove a choice; doing it twice is doing it once."""
    ColumnSet.objects.filter(pk=column_set.pk).delete()

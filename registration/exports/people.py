"""People as a table: the columns one chose, read in batches, so that a large table costs no more for each person."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db.models import QuerySet
from django.utils import translation
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum.actions.files import store_file
from forum.models import Job
from forum.registry import ExportColumn
from forum.tables import CSV, XLSX, csv_table, xlsx_table
from registration.actions.exports import note_people_export, reason_of
from registration.models import Registration
from registration.queries.applications import registrations_visible_to
from registration.queries.columns import columns_for

KINDS = {"csv": CSV, "xlsx": XLSX}
"""Endings of the file and what it is."""
BATCH = 500
KEPT = timedelta(days=7)
"""How long the file of a large export waits for its owner."""
PURPOSE = "people_export"
TITLE = gettext_lazy("Table of people")


def people_table(registrations: QuerySet[Registration], columns: Sequence[ExportColumn], *, kind: str) -> bytes:
    """`registrations` with what they are asked for (`WITH_ALL`), in their order; heads in the language in force."""
    rows = _rows(list(registrations), columns)
    if kind == "csv":
        return csv_table(rows)
    return xlsx_table(rows, title=_("People"), widths=[column.width for column in columns])


def file_name(kind: str) -> str:
    """Nothing personal in it."""
    return f"people-{localdate():%Y-%m-%d}.{kind}"


def _rows(registrations: Sequence[Registration], columns: Sequence[ExportColumn]) -> Iterator[list[str]]:
    yield [str(column.label) for column in columns]
    for start in range(0, len(registrations), BATCH):
        batch = registrations[start : start + BATCH]
        told = [column.cells(batch) for column in columns]
        yield from ([cells.get(one.pk, "") for cells in told] for one in batch)


def run_export(job: Job, progress: Any) -> None:
    """The work of the job. What its owner may no longer see is left out; safe to run again after a crash."""
    asked = job.params
    visible = registrations_visible_to(job.owner).filter(forum=job.forum, ref__in=asked["refs"])
    with translation.override(job.owner.language):
        offered = columns_for(job.owner, forum=job.forum)
        columns = [column for column in offered if column.name in asked["columns"]]
        content = people_table(visible.order_by("person__sort_key", "pk"), columns, kind=asked["format"])
    if job.result_id is None:
        note_people_export(
            job.forum,
            kind=asked["format"],
            columns=[column.name for column in columns],
            rows=visible.count(),
            reason=reason_of(job),
            by=job.owner,
        )
        progress.keep(
            store_file(
                ContentFile(content),
                purpose=PURPOSE,
                name=file_name(asked["format"]),
                content_type=KINDS[asked["format"]],
                owner=job.owner,
                erase_after=now() + KEPT,
            )
        )
    progress.step(job.total)

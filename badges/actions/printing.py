"""Printing: any number of badges as one PDF, made by a worker, written down badge by badge."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from django.core.files import File
from django.db import transaction
from django.db.models import Prefetch
from django.utils import translation
from django.utils.translation import gettext as _

from badges.actions.erasing import erase_after
from badges.actions.issuing import flag
from badges.engine.facts import BadgeFacts, Problem
from badges.engine.problem_words import problem_text
from badges.engine.sheets import BatchReport, Sheet, render_batch
from badges.enums import CredentialState
from badges.models import Credential, PrintBatch, PrintRecord
from badges.queries.badges import badge_facts
from badges.queries.photos import PHOTOS, for_badge, still_there
from badges.queries.printing import PrintState, being_printed, print_queue
from badges.queries.rows import PrintRow
from forum.actions.audit import record
from forum.actions.files import give_up_file, store_file, store_sealed
from forum.actions.jobs import Progress, start_job
from forum.errors import DomainError
from forum.models import Account, Forum, Job, StoredFile
from forum.queries.jobs import seal_of
from forum.queries.kept import PRINTS
from forum.refs import format_ref
from registration.models import PersonPicture, Registration

PRINT_BATCH = "badges.print_batch"
PURPOSE = "print_batch"
CHUNK = 200


@transaction.atomic
def start_print_batch(
    *, forum: Forum, credentials: Iterable[int], sheet: Sheet, sides: Literal[1, 2], by: Account, reason: str = ""
) -> PrintBatch:
    """Have these badges printed as one PDF. What another batch is printing now is left to it.

    The forum's row is locked, so a double click makes one batch: the second one gets the first. Raises `DomainError` when
    nothing is left to print, and without a `reason` for badges that are on paper already (a jam, a spoilt sheet).
    """
    Forum.objects.select_for_update(no_key=True).get(pk=forum.pk)
    wanted = set(credentials)
    left = wanted - being_printed(forum)
    if not left:
        return _batch_in_hand(forum, wanted)
    _refuse_needless(forum, left, reason=reason)
    job = start_job(
        PRINT_BATCH, forum=forum, owner=by, total=len(left), credentials=sorted(left), sheet=sheet, sides=sides
    )
    batch = PrintBatch.objects.create(forum=forum, job=job, sheet=sheet)
    record(
        "badges.batch_started",
        on=("print_batch", batch.public_id),
        forum=forum,
        by=by,
        reason=reason.strip(),
        badges=len(left),
    )
    return batch


def _refuse_needless(forum: Forum, credentials: set[int], *, reason: str) -> None:
    on_paper = print_queue(forum).filter(credential_pk__in=credentials, print_state=PrintState.PRINTED)
    if not reason.strip() and on_paper.exists():
        raise DomainError(
            "badges.reason_missing",
            _("These badges are on paper already. Say why they are printed again."),
            fields={"reason": _("Write a reason.")},
        )


def _batch_in_hand(forum: Forum, wanted: set[int]) -> PrintBatch:
    """The unfinished batch that prints some of `wanted`."""
    for batch in PrintBatch.objects.filter(forum=forum, job__finished_at=None).select_related("job"):
        if wanted & set(batch.job.params["credentials"]):
            return batch
    raise DomainError("badges.nothing_to_print", _("There is nothing to print here. Choose other badges."))


def run_print_batch(job: Job, progress: Progress) -> None:
    """The work of the job: one PDF, by delegation and name; memory does not grow with the number of badges.

    Run again after a crash it starts from the beginning: records and file are written together at the end, and stay when
    the crash came after that. What must not be printed is flagged and becomes an error row.
    """
    while not _printed(job, progress):
        progress.done, progress.failed, progress.errors = 0, 0, []


def _printed(job: Job, progress: Progress) -> bool:
    """False when a photo was taken back, or somebody erased, while we drew: then everything is drawn anew, without them."""
    run = _Run(job, progress)
    with tempfile.TemporaryFile() as paper, translation.override(job.owner.language):
        report = render_batch(
            run.facts(), paper, sheet=job.params["sheet"], sides=job.params["sides"], on_progress=run.show
        )
        return run.finish(report, File(paper))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Drawn:
    """One badge of a run."""

    credential_pk: int
    facts_hash: str
    ref: str
    photo: int | None


def _somebody_is_erased(printed: list[_Drawn]) -> bool:
    """To be asked after their records are written: from then on whoever erases one of them waits, and finds the sheets."""
    credentials = [one.credential_pk for one in printed]
    return Registration.objects.filter(credentials__in=credentials, erased_at__isnull=False).exists()


class _Run:
    """One run of one batch. `drawn` holds the badges in the order of printing."""

    def __init__(self, job: Job, progress: Progress) -> None:
        self._job, self._progress = job, progress
        self._drawn: list[_Drawn] = []

    def facts(self) -> Iterator[BadgeFacts]:
        """What to draw, read from the database in pieces."""
        rows = print_queue(self._job.forum).filter(credential_pk__in=self._job.params["credentials"])
        live = Credential.objects.filter(state=CredentialState.LIVE)
        rows = rows.prefetch_related(
            Prefetch("credentials", live, to_attr="live"), Prefetch("pictures", PHOTOS, to_attr="photos")
        )
        for registration in rows.iterator(chunk_size=CHUNK):
            # Replaced within these seconds: the new badge is printed by another batch.
            credential = next(iter(registration.live), None)
            if credential is None or credential.pk != registration.credential_pk:
                continue
            yield self._facts_of(registration, credential, registration.photos)

    def _facts_of(self, row: PrintRow, credential: Credential, photos: Sequence[PersonPicture]) -> BadgeFacts:
        picture = next((one for one in photos if one.pk == row.photo_pk), None)
        self._drawn.append(
            _Drawn(credential_pk=credential.pk, facts_hash=row.facts_hash, ref=row.ref, photo=row.photo_pk)
        )
        return badge_facts(row, credential=credential, photo=for_badge(picture))

    def show(self, done: int) -> None:
        """Progress is told as a total; whoever asked to stop stops it here."""
        self._progress.step(done - self._progress.done)

    def finish(self, report: BatchReport, paper: "File[bytes]") -> bool:
        """Error rows, then records and file together. False when what was drawn may be kept no more."""
        left_out = {flagged.index: flagged.problems for flagged in report.flagged}
        self._progress.done -= len(left_out)
        for index, problems in left_out.items():
            self._leave_out(self._drawn[index], problems=problems)
        printed = [row for index, row in enumerate(self._drawn) if index not in left_out]
        was_kept = self._job.result_id is not None or self._job.result_erased_at is not None
        return self._keep(printed, paper) if printed and not was_kept else True

    def _leave_out(self, one: _Drawn, *, problems: tuple[Problem, ...]) -> None:
        self._progress.fail(format_ref(one.ref), problem_text(asdict(problems[0])))
        flag(one.credential_pk, facts_hash=one.facts_hash, problems=[asdict(problem) for problem in problems])

    def _keep(self, printed: list[_Drawn], paper: "File[bytes]") -> bool:
        batch = PrintBatch.objects.get(job=self._job)
        stored = self._stored(batch, paper, sealed=any(one.photo for one in printed))
        with transaction.atomic():
            # Credentials before pictures, as whoever erases a person takes them.
            kept = self._written_down(batch, printed, stored) and still_there(one.photo for one in printed)
            if not kept:
                transaction.set_rollback(True)
        if not kept:
            give_up_file(stored)
        return kept

    def _written_down(self, batch: PrintBatch, printed: list[_Drawn], stored: StoredFile) -> bool:
        records = [
            PrintRecord(batch=batch, credential_id=one.credential_pk, facts_hash=one.facts_hash, photo=one.photo)
            for one in printed
        ]
        PrintRecord.objects.bulk_create(records, batch_size=1000)
        PRINTS.changed()
        self._progress.keep(stored)
        return not _somebody_is_erased(printed)

    def _stored(self, batch: PrintBatch, paper: "File[bytes]", *, sealed: bool) -> StoredFile:
        """As it is; with photos on it sealed, for which it has to be read whole."""
        paper.seek(0)
        about: dict[str, Any] = {
            "purpose": PURPOSE,
            "name": f"badges-{batch.public_id.hex[:8]}.pdf",
            "content_type": "application/pdf",
            "owner": self._job.owner,
            "erase_after": erase_after(self._job.forum),
        }
        if sealed:
            return store_sealed(paper.read(), sealed_for=seal_of(self._job), **about)
        return store_file(paper, **about)

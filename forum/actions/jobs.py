"""Long works: asked for as a row, run by a worker, seen by a progress bar, started again when the worker dies."""

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from time import monotonic
from typing import Any, TypeVar

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F, Q, QuerySet
from django.utils.timezone import now

from forum.actions.audit import record
from forum.enums import JobState
from forum.errors import DomainError
from forum.logs import carrying, known_request_id
from forum.models import Account, Forum, Job, StoredFile
from forum.registry import job_kinds
from forum.tasks import run_job

logger = logging.getLogger(__name__)
Item = TypeVar("Item")

STALE_AFTER = timedelta(seconds=60)
"""A running job without a heartbeat for this long has lost its worker."""
MAX_RUNS = 5
"""A job that killed its worker this often is given up, so that it cannot go round for ever."""
WRITE_EVERY = 0.4
"""Seconds between two writes of the progress: often enough for the eye, rare enough for the database."""


class JobCancelledError(Exception):
    """Somebody asked the job to stop."""


class JobLostError(Exception):
    """Another worker has taken the job over, because ours was silent for too long."""


@transaction.atomic
def start_job(kind: str, *, forum: Forum, owner: Account, total: int, **params: Any) -> Job:
    """Write the job down and tell a worker. `params` holds ids and choices only, never personal data."""
    job_kinds[kind]  # an unregistered kind is a programming error
    job = Job.objects.create(
        kind=kind, forum=forum, owner=owner, total=total, params=params, request_id=known_request_id()
    )
    record("job.started", on=("job", job.public_id), forum=forum, by=owner, kind=kind, total=total)
    run_job.delay_on_commit(job_id=job.pk)
    return job


@transaction.atomic
def cancel_job(job: Job, *, by: Account) -> None:
    """Ask a job to stop after the item in hand; what was done stays done. Safe to ask twice."""
    changed = Job.objects.filter(pk=job.pk, cancel_asked=False, state__in=[JobState.QUEUED, JobState.RUNNING]).update(
        cancel_asked=True
    )
    if changed:
        record("job.cancel_asked", on=("job", job.public_id), forum=job.forum, by=by)


class Progress:
    """What a running job tells about itself. Writes are bundled; the last one is made by `run`."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.done = 0
        self.failed = 0
        self.errors: list[dict[str, str]] = []
        self._written = monotonic()

    def step(self, count: int = 1) -> None:
        """`count` more items are done. Raises `JobCancelledError` when somebody asked to stop."""
        self.done += count
        if monotonic() - self._written >= WRITE_EVERY:
            self.write()

    def fail(self, item: str, message: str) -> None:
        """One item could not be done; the work goes on."""
        self.failed += 1
        self.errors.append({"item": item, "message": str(message)})
        self.step()

    def each(self, items: Iterable[Item], work: Callable[[Item], object], *, name: Callable[[Item], str] = str) -> None:
        """Do `work` for each item; what our rules refuse becomes an error row, the rest goes on."""
        for item in items:
            try:
                work(item)
            except DomainError as error:
                self.fail(name(item), error.message)
            else:
                self.step()

    def write(self) -> None:
        """Show the figures and look whether to stop. Raises `JobCancelledError`, and `JobLostError` when not ours."""
        self._written = monotonic()
        if not _still_ours(self.job).update(done=self.done, failed=self.failed, errors=self.errors, heartbeat_at=now()):
            raise JobLostError
        if Job.objects.filter(pk=self.job.pk, cancel_asked=True).exists():
            raise JobCancelledError

    def keep(self, result: StoredFile) -> None:
        """The file that came out of the job. Raises `JobLostError` when another worker has the job by now."""
        if not _still_ours(self.job).update(result=result):
            raise JobLostError


def run(*, job_id: int) -> None:
    """Do the work of one job, from the beginning. A second worker that gets the same id finds it taken and leaves."""
    if not _take(job_id):
        return
    job = Job.objects.select_related("forum", "owner").get(pk=job_id)
    progress = Progress(job)
    with carrying(request_id=job.request_id, job=str(job.public_id)):
        try:
            _finish(progress, _work(job, progress))
        except JobLostError:
            logger.warning("job %s went on elsewhere", job.public_id)


def _work(job: Job, progress: Progress) -> JobState:
    """How it ended. A stop that is asked for after the last item comes too late and changes nothing.

    A database that was away, or that made us wait too long, says nothing about the work: the sweep starts it again.
    """
    if job.cancel_asked:
        return JobState.CANCELLED
    try:
        job_kinds[job.kind].run(job, progress)
    except JobCancelledError:
        return JobState.CANCELLED
    except (JobLostError, OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("job %s failed", job.public_id)
        return JobState.FAILED
    return JobState.DONE


def _still_ours(job: Job) -> QuerySet[Job]:
    """The row, as long as no other worker has taken it since: each taking has its own number."""
    return Job.objects.filter(pk=job.pk, runs=job.runs, state=JobState.RUNNING)


def _take(job_id: int) -> bool:
    """Compare-and-set: only one worker runs a job, unless its heartbeat has stopped."""
    free = Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING, heartbeat_at__lt=now() - STALE_AFTER)
    return bool(
        Job.objects.filter(free, pk=job_id).update(
            state=JobState.RUNNING, heartbeat_at=now(), runs=F("runs") + 1, done=0, failed=0, errors=[]
        )
    )


@transaction.atomic
def _finish(progress: Progress, state: JobState) -> None:
    job = progress.job
    if not _still_ours(job).update(
        state=state, done=progress.done, failed=progress.failed, errors=progress.errors, finished_at=now()
    ):
        raise JobLostError
    record(f"job.{state}", on=("job", job.public_id), forum=job.forum, done=progress.done, failed=progress.failed)


def sweep() -> None:
    """Tell workers again about jobs that nobody works on; give up those that keep killing their worker."""
    stale = Job.objects.filter(
        Q(state=JobState.QUEUED, created_at__lt=now() - timedelta(seconds=20))
        | Q(state=JobState.RUNNING, heartbeat_at__lt=now() - STALE_AFTER)
    )
    stale.filter(runs__gte=MAX_RUNS).update(state=JobState.FAILED, finished_at=now())
    for job_id in stale.values_list("pk", flat=True):
        run_job.delay(job_id=job_id)

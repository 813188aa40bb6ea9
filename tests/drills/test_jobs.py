"""A worker is killed in the middle of a long work: the work starts again and its records are exact."""

from collections import Counter

import pytest

from badges.models import PrintBatch, PrintRecord
from forum.models import AuditEntry, Job
from forum.tasks import run_job, sweep_jobs
from registration.enums import RegistrationState
from registration.models import Pool, Registration, RegistrationMove
from tests.drills import steps
from tests.drills.figures import tell
from tests.drills.people import Guests
from tests.drills.stack import Stack

PRINT = [step for step in steps.JOB_STEPS if step.name.startswith("print")]
BULK = [step for step in steps.JOB_STEPS if step.name.startswith("bulk")]
ENDS = [step for step in steps.JOB_STEPS if step.name.startswith("job")]


def records_of(batch: PrintBatch) -> Counter[int]:
    return Counter(PrintRecord.objects.filter(batch=batch).values_list("credential_id", flat=True))


def assert_printed(stack: Stack, batch: PrintBatch) -> None:
    """One record for each badge, one file that holds them, one end in the log."""
    job = Job.objects.select_related("result").get(pk=batch.job_id)
    assert records_of(batch) == Counter(job.params["credentials"])
    assert (stack.private / job.result.file.name).stat().st_size == job.result.size
    assert ends_of(job) == 1


def assert_approved(job: Job) -> None:
    """Each application was approved once, and the quota counts each one."""
    approved = Registration.objects.filter(bulk_rows__bulk__job=job)
    assert {r.state for r in approved} == {RegistrationState.APPROVED}
    assert (
        RegistrationMove.objects.filter(registration__in=approved, to=RegistrationState.APPROVED).count() == job.total
    )
    for pool in Pool.objects.all():
        assert pool.taken == pool.claims.filter(state="held").count()
    assert ends_of(job) == 1


def ends_of(job: Job) -> int:
    return AuditEntry.objects.filter(action="job.done", object_id=str(job.public_id)).count()


def test_child_killed_in_the_middle(stack: Stack, guests: Guests) -> None:
    guests.confirm(4)
    guests.settle(seconds=60)
    after_records, after_one = PRINT[-1], BULK[-1]
    steps.arm(stack.orders, after_records)
    steps.arm(stack.orders, after_one, skip=2)
    batch, bulk = guests.print_badges(4), guests.approve_in_bulk(5)
    stack.until_fired(after_records)
    stack.until_fired(after_one)
    guests.settle(seconds=60)
    assert guests.faults() == []
    assert_printed(stack, batch)
    assert_approved(bulk)


def test_task_delivered_ten_times(stack: Stack, guests: Guests) -> None:
    guests.confirm(2)
    guests.settle(seconds=60)
    batch, bulk = guests.print_badges(2), guests.approve_in_bulk(2)
    for _ in range(10):
        for job_id in (batch.job_id, bulk.pk):
            run_job.delay(job_id=job_id)
        sweep_jobs.delay()
    guests.settle(seconds=60)
    assert guests.faults() == []
    assert_printed(stack, batch)
    assert_approved(bulk)


@pytest.mark.long
def test_whole_worker_killed_at_each_step(stack: Stack, guests: Guests) -> None:
    """One work dies at several steps, one after the other, and is taken up each time when its heartbeat is old."""
    guests.confirm(25)
    guests.settle(seconds=240, patient=True)
    # Passes are counted in each process, and decisions that were made are not made again: after two kills there are still some.
    skipped = {"print-half-drawn": 11} | {step.name: 2 for step in BULK}
    for step in (*PRINT, *BULK, *ENDS):
        steps.arm(stack.orders, step, skip=skipped.get(step.name, 0), whole=True)
    batch, bulk = guests.print_badges(25), guests.approve_in_bulk(20)
    tell("two works done after seven whole workers were killed", guests.settle(seconds=900, patient=True))
    assert not [step.name for step in steps.JOB_STEPS if steps.waits(stack.orders, step)]
    assert guests.faults() == []
    assert_printed(stack, batch)
    assert_approved(bulk)

"""Long works: done once, seen while they run, stopped when asked, started again when their worker died."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import OperationalError, transaction
from django.utils.timezone import now

from forum.actions import jobs
from forum.actions.files import store_file
from forum.actions.jobs import MAX_RUNS, STALE_AFTER, JobLostError, Progress, cancel_job, run, start_job, sweep
from forum.enums import JobState
from forum.models import Account, AuditEntry, Forum, Job
from tests.factories.jobs import KIND, Counting, counting_kind, make_job

S = JobState


@pytest.fixture
def counting() -> Iterator[Counting]:
    with counting_kind() as found:
        yield found


def test_started_work_is_a_row_an_audit_entry_and_a_word_to_a_worker(
    forum: Forum, organiser: Account, counting: Counting, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks() as told:
        job = start_job(KIND, forum=forum, owner=organiser, total=3)
    assert (job.state, job.total, len(told)) == (S.QUEUED, 3, 1)
    assert AuditEntry.objects.get(action="job.started").object_id == str(job.public_id)


def test_start_that_is_rolled_back_leaves_nothing(
    forum: Forum, organiser: Account, counting: Counting, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks() as told, pytest.raises(RuntimeError), transaction.atomic():
        start_job(KIND, forum=forum, owner=organiser, total=3)
        raise RuntimeError("the action failed")
    assert not Job.objects.exists()
    assert told == []


def test_unregistered_kind_is_refused(forum: Forum, organiser: Account) -> None:
    with pytest.raises(KeyError):
        start_job("test.nothing", forum=forum, owner=organiser, total=1)


def test_run_does_everything_and_says_so(forum: Forum, organiser: Account, counting: Counting) -> None:
    job = make_job(forum, organiser, total=5)
    run(job_id=job.pk)
    job.refresh_from_db()
    assert counting.seen == [0, 1, 2, 3, 4]
    assert (job.state, job.done, job.failed, job.errors, job.runs) == (S.DONE, 5, 0, [], 1)
    assert job.finished_at is not None
    assert AuditEntry.objects.get(action="job.done").data == {"done": 5, "failed": 0}


def test_what_our_rules_refuse_is_an_error_row_and_the_rest_goes_on(
    forum: Forum, organiser: Account, counting: Counting
) -> None:
    job = make_job(forum, organiser, total=4, params={"refused": [1, 2]})
    run(job_id=job.pk)
    job.refresh_from_db()
    assert counting.seen == [0, 3]
    assert (job.state, job.done, job.failed) == (S.DONE, 4, 2)
    assert job.errors == [
        {"item": "item 1", "message": "This one is refused."},
        {"item": "item 2", "message": "This one is refused."},
    ]


def test_fault_ends_the_work_as_failed_and_keeps_what_was_counted(
    forum: Forum, organiser: Account, counting: Counting
) -> None:
    def break_at_three(job: Job, progress: Progress, item: int) -> None:
        if item == 3:
            raise ZeroDivisionError

    counting.before = break_at_three
    job = make_job(forum, organiser, total=5)
    run(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.done) == (S.FAILED, 3)


def test_lost_database_leaves_the_work_to_the_sweep(forum: Forum, organiser: Account, counting: Counting) -> None:
    def lose_the_database(job: Job, progress: Progress, item: int) -> None:
        raise OperationalError

    counting.before = lose_the_database
    job = make_job(forum, organiser, total=5)
    with pytest.raises(OperationalError):
        run(job_id=job.pk)
    job.refresh_from_db()
    assert job.state == S.RUNNING


def test_finished_work_is_not_run_again(forum: Forum, organiser: Account, counting: Counting) -> None:
    job = make_job(forum, organiser, total=2)
    for _ in range(3):
        run(job_id=job.pk)
    assert counting.seen == [0, 1]


def test_progress_is_written_while_it_runs(forum: Forum, organiser: Account, counting: Counting, monkeypatch) -> None:
    seen: list[tuple[str, int]] = []

    def look(job: Job, progress: Progress, item: int) -> None:
        row = Job.objects.get(pk=job.pk)
        seen.append((row.state, row.done))

    monkeypatch.setattr(jobs, "WRITE_EVERY", 0)
    counting.before = look
    run(job_id=make_job(forum, organiser, total=3).pk)
    assert seen == [(S.RUNNING, 0), (S.RUNNING, 1), (S.RUNNING, 2)]


def test_stop_is_obeyed_after_the_item_in_hand(
    forum: Forum, organiser: Account, counting: Counting, monkeypatch
) -> None:
    def stop_at_two(job: Job, progress: Progress, item: int) -> None:
        if item == 2:
            cancel_job(job, by=organiser)

    monkeypatch.setattr(jobs, "WRITE_EVERY", 0)
    counting.before = stop_at_two
    job = make_job(forum, organiser, total=9)
    run(job_id=job.pk)
    job.refresh_from_db()
    assert counting.seen == [0, 1, 2]
    assert (job.state, job.done) == (S.CANCELLED, 3)


def test_stop_before_the_start_does_nothing_at_all(forum: Forum, organiser: Account, counting: Counting) -> None:
    job = make_job(forum, organiser)
    cancel_job(job, by=organiser)
    cancel_job(job, by=organiser)
    run(job_id=job.pk)
    job.refresh_from_db()
    assert (counting.seen, job.state) == ([], S.CANCELLED)
    assert AuditEntry.objects.filter(action="job.cancel_asked").count() == 1


def test_stop_after_the_last_item_comes_too_late(forum: Forum, organiser: Account, counting: Counting) -> None:
    def stop_at_the_last(job: Job, progress: Progress, item: int) -> None:
        if item == job.total - 1:
            Job.objects.filter(pk=job.pk).update(cancel_asked=True)

    counting.before = stop_at_the_last
    job = make_job(forum, organiser, total=3)
    run(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.done) == (S.DONE, 3)


def test_finished_work_cannot_be_stopped(forum: Forum, organiser: Account) -> None:
    job = make_job(forum, organiser, state=S.DONE)
    cancel_job(job, by=organiser)
    job.refresh_from_db()
    assert not job.cancel_asked


def test_running_work_is_left_to_its_worker_until_the_heartbeat_stops(
    forum: Forum, organiser: Account, counting: Counting
) -> None:
    job = make_job(forum, organiser, total=2, state=S.RUNNING, heartbeat_at=now(), runs=1)
    run(job_id=job.pk)
    assert counting.seen == []
    Job.objects.filter(pk=job.pk).update(heartbeat_at=now() - STALE_AFTER - timedelta(seconds=1))
    run(job_id=job.pk)
    job.refresh_from_db()
    assert (counting.seen, job.state, job.runs) == ([0, 1], S.DONE, 2)


def test_worker_that_was_silent_too_long_notices_and_spoils_nothing(
    forum: Forum, organiser: Account, counting: Counting
) -> None:
    """The second worker is done when the first one wakes up."""

    def sleep_while_another_works(job: Job, progress: Progress, item: int) -> None:
        if job.runs == 1 and item == 1:
            Job.objects.filter(pk=job.pk).update(heartbeat_at=now() - STALE_AFTER * 2)
            run(job_id=job.pk)

    counting.before = sleep_while_another_works
    job = make_job(forum, organiser, total=3, params={"refused": [2]})
    run(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.failed, job.runs) == (S.DONE, 3, 1, 2)
    assert AuditEntry.objects.filter(action="job.done").count() == 1


def test_result_of_a_lost_work_is_not_kept(forum: Forum, organiser: Account) -> None:
    job = make_job(forum, organiser, state=S.RUNNING, runs=2, heartbeat_at=now())
    job.runs = 1
    file = store_file(ContentFile(b"x", name="x"), purpose="test", name="x.pdf", content_type="application/pdf")
    with pytest.raises(JobLostError):
        Progress(job).keep(file)


def test_sweep_tells_workers_again_and_gives_up_what_kills_them(
    forum: Forum, organiser: Account, counting: Counting, monkeypatch
) -> None:
    old = now() - timedelta(minutes=5)
    forgotten = make_job(forum, organiser)
    dead = make_job(forum, organiser, state=S.RUNNING, heartbeat_at=old, runs=1)
    deadly = make_job(forum, organiser, state=S.RUNNING, heartbeat_at=old, runs=MAX_RUNS)
    alive = make_job(forum, organiser, state=S.RUNNING, heartbeat_at=now(), runs=1)
    fresh = make_job(forum, organiser)
    Job.objects.filter(pk=forgotten.pk).update(created_at=old)
    told: list[int] = []
    monkeypatch.setattr(jobs.run_job, "delay", lambda *, job_id: told.append(job_id))
    sweep()
    assert sorted(told) == sorted([forgotten.pk, dead.pk])
    deadly.refresh_from_db()
    assert deadly.state == S.FAILED
    assert {alive.pk, fresh.pk}.isdisjoint(told)

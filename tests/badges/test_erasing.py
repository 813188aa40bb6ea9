"""Drawings and sheets go at their day, and with the person."""

import threading
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.db import connection
from django.utils.timezone import localdate, now

from badges.actions import printing
from badges.actions.erasing import erase_after, erase_late_badges
from badges.actions.issuing import issue_badge, sweep
from badges.actions.printing import start_print_batch
from badges.models import BadgeFile, Credential, PrintRecord
from forum.actions.job_results import erase_late_results
from forum.actions.jobs import run
from forum.enums import JobState
from forum.models import Account, AuditEntry, Forum, Job, StoredFile
from registration.actions.person_erasing import erase_person
from registration.enums import ErasureBasis
from registration.models import Registration
from registration.queries.retention import plan
from tests.badges.test_actions_printing import printed
from tests.factories.badges import make_holder

pytestmark = pytest.mark.django_db


def erase(credential: Credential) -> None:
    registration = Registration.objects.get(pk=credential.registration_id)
    assert erase_person(registration, basis=ErasureBasis.ASKED, by=None, as_applicant=True)


def test_drawings_go_a_month_after_the_forum_and_are_not_drawn_again(
    forum: Forum, django_capture_on_commit_callbacks: Any
) -> None:
    issue_badge(registration_id=make_holder(forum).registration_id)
    path = StoredFile.objects.get().file.name
    assert erase_late_badges() == 0
    with time_machine.travel(erase_after(forum) + timedelta(minutes=1), tick=False):
        with django_capture_on_commit_callbacks(execute=True):
            assert erase_late_badges() == 1
        assert erase_late_badges() == sweep() == 0
    drawn = BadgeFile.objects.get()
    assert (drawn.file, drawn.erased_at is None, default_storage.exists(path)) == (None, False, False)
    assert not StoredFile.objects.exists()


def test_sheets_go_at_their_day_and_the_work_stays(
    forum: Forum, officer: Account, django_capture_on_commit_callbacks: Any
) -> None:
    job = printed(forum, officer, make_holder(forum)).job
    planned = next(line for line in plan(forum) if line.kind == "results")
    assert (planned.number, planned.on, erase_late_results()) == (1, localdate(job.result.erase_after), 0)
    with time_machine.travel(job.result.erase_after, tick=False), django_capture_on_commit_callbacks(execute=True):
        assert erase_late_results() == 1
    job = Job.objects.get(pk=job.pk)
    assert (job.state, job.result, job.result_erased_at is None) == (JobState.DONE, None, False)
    assert not StoredFile.objects.exists()
    assert AuditEntry.objects.filter(action="job.result_erased", object_id=str(job.public_id)).count() == 1


def test_sheets_go_with_whoever_is_on_them(
    forum: Forum, officer: Account, django_capture_on_commit_callbacks: Any
) -> None:
    gone, stays = make_holder(forum), make_holder(forum)
    both, other = printed(forum, officer, gone, stays).job, printed(forum, officer, stays, reason="again").job
    with django_capture_on_commit_callbacks(execute=True):
        erase(gone)
    assert Job.objects.get(pk=both.pk).result is None
    assert Job.objects.get(pk=other.pk).result == other.result


def test_sheets_that_went_before_the_worker_died_are_not_drawn_again(
    forum: Forum, officer: Account, django_capture_on_commit_callbacks: Any
) -> None:
    """Their records are there: the second run has nothing left to do, and does not break off."""
    gone, stays = make_holder(forum), make_holder(forum)
    job = printed(forum, officer, gone, stays).job
    with django_capture_on_commit_callbacks(execute=True):
        erase(gone)
    Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED)
    run(job_id=job.pk)
    job = Job.objects.get(pk=job.pk)
    assert (job.state, job.result, PrintRecord.objects.count()) == (JobState.DONE, None, 2)


@pytest.mark.django_db(transaction=True)
def test_who_is_erased_while_we_draw_is_on_no_sheet(
    forum: Forum, officer: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, stays = make_holder(forum), make_holder(forum)
    batch = start_print_batch(forum=forum, credentials=[gone.pk, stays.pk], by=officer, sheet="a6", sides=1)
    draw = printing.render_batch

    def slowly(*args: Any, **options: Any) -> Any:
        report = draw(*args, **options)
        if Registration.objects.filter(pk=gone.registration_id, erased_at=None).exists():
            elsewhere = threading.Thread(target=lambda: (erase(gone), connection.close()))
            elsewhere.start()
            elsewhere.join()
        return report

    monkeypatch.setattr(printing, "render_batch", slowly)
    run(job_id=batch.job_id)
    assert list(PrintRecord.objects.values_list("credential", flat=True)) == [stays.pk]
    job = Job.objects.get(pk=batch.job_id)
    assert (job.state, job.result is None) == (JobState.DONE, False)
    assert StoredFile.objects.filter(purpose="print_batch").count() == 1
    assert now() < job.result.erase_after

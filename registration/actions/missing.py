"""Reminding people of answers that are still missing: once a day at most, whoever presses."""

from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.timezone import localdate

from forum.actions.audit import record
from forum.actions.bell import hurry_lane
from forum.actions.jobs import Progress, start_job
from forum.actions.messages import queue_message
from forum.enums import Lane
from forum.models import Account, Forum, Job
from registration.actions.notices import letter_context
from registration.actions.state import lock
from registration.models import Registration
from registration.queries.missing import LETTERS, asking, can_be_reminded, missing_answers, written_today
from registration.queries.questions import owes_answers

REMINDER = LETTERS[1]
REMIND = "registration.remind_of_answers"


@transaction.atomic
def start_reminding(forum: Forum, *, category: str = "", by: Account) -> int:
    """Write to everybody in the list who has an address and no such letter today. Returns how many that are; a second
    press on the same day finds nobody.
    """
    Forum.objects.select_for_update(no_key=True).get(pk=forum.pk)  # two presses at once are one
    written = written_today(forum)
    number = sum(can_be_reminded(one, written) for one, _owed in missing_answers(asking(forum, category)))
    if number and not _is_running(forum, category):
        start_job(REMIND, forum=forum, owner=by, total=number, category=category)
        record("forms.reminded", on=("forum", forum.slug), forum=forum, by=by, category=category, people=number)
    return number


def _is_running(forum: Forum, category: str) -> bool:
    running = Job.objects.filter(forum=forum, kind=REMIND, finished_at=None)
    return any(job.params.get("category") in ("", category) for job in running)


def run_reminding(job: Job, progress: Progress) -> None:
    """The work: a letter to each. Safe to run again: one letter for one day."""
    assert job.forum is not None  # noqa: S101 -- started with one
    written = written_today(job.forum)
    for registration, _owed in missing_answers(asking(job.forum, job.params["category"])):
        if can_be_reminded(registration, written):
            _remind(registration)
            progress.step()
    hurry_lane(Lane.BULK)


@transaction.atomic
def _remind(registration: Registration) -> None:
    """Looked at once more under the lock: the person may have answered, or left, meanwhile."""
    registration = lock(registration)
    if registration.person.processing_stopped_at is not None or not owes_answers(registration):
        return
    today = localdate(timezone=ZoneInfo(registration.forum.timezone))
    queue_message(
        REMINDER,
        about=("registration", registration.ref),
        occasion=f"day:{today.isoformat()}",
        to=registration.person.email,
        language=registration.language,
        forum=registration.forum,
        context=letter_context(registration),
        lane=Lane.BULK,
        hurry=False,
    )

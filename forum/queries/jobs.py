"""Long works as their owners see them."""

from datetime import timedelta
from typing import IO

from django.db.models import Q, QuerySet
from django.utils.timezone import now

from forum.enums import JobState, Role
from forum.models import Forum, Job
from forum.queries.access import User, has_role
from forum.queries.files import content_of
from forum.registry import job_kinds

UNFINISHED = (JobState.QUEUED, JobState.RUNNING)
JUST_NOW = timedelta(seconds=20)
"""A finished work stays in the strip for so long, so that its end is seen on whatever page one is."""


def jobs_visible_to(user: User) -> QuerySet[Job]:
    """One's own; organisers see everybody's. Only of the current edition."""
    jobs = Job.objects.filter(forum__is_current=True).select_related("owner", "result")
    return jobs if has_role(user, Role.ORGANISER) else jobs.filter(owner=user.pk)


def jobs_within_rights(user: User) -> QuerySet[Job]:
    """Of the visible ones those whose kind `user` may start: a token with fewer rights than its holder sees fewer."""
    kinds = [kind.name for kind in job_kinds if user.has_perm(kind.permission)]
    return jobs_visible_to(user).filter(kind__in=kinds)


def jobs_in_hand(user: User) -> QuerySet[Job]:
    """One's own works that run, wait, or ended a moment ago, oldest first."""
    fresh = Q(state__in=UNFINISHED) | Q(finished_at__gt=now() - JUST_NOW)
    return Job.objects.filter(fresh, owner=user.pk, forum__is_current=True).order_by("pk")


def may_fetch_result(user: User, job: Job) -> bool:
    """A file is for those who still hold the right that made it: roles end, files stay."""
    return job.result is not None and user.has_perm(job_kinds[job.kind].permission)


def seal_of(job: Job) -> str:
    """The place for which the file that came out of a work is sealed, where it is."""
    return f"forum_job.result:{job.public_id}"


def result_of(job: Job) -> bytes | IO[bytes]:
    """What came out of a work: opened where it is sealed, else the file. Raises `FileNotFoundError` when there is none."""
    if job.result is None:
        raise FileNotFoundError
    if job.result.sealed_for:
        return content_of(job.result, sealed_for=seal_of(job))
    return job.result.file.open("rb")


def failed_jobs(forum: Forum) -> int:
    """Works of the last week that broke."""
    return Job.objects.filter(forum=forum, state=JobState.FAILED, finished_at__gt=now() - timedelta(days=7)).count()


def broken_jobs(user: User) -> QuerySet[Job]:
    """One's own works of the last week that broke."""
    return Job.objects.filter(
        owner=user.pk, forum__is_current=True, state=JobState.FAILED, finished_at__gt=now() - timedelta(days=7)
    )


def job_label(kind: str) -> str:
    """What people call this kind of work; its name when the kind is no longer registered."""
    try:
        return str(job_kinds[kind].label)
    except KeyError:
        return kind

"""One long work, many workers."""

from functools import partial

import pytest

from forum.actions.jobs import run
from forum.enums import JobState
from forum.models import Account, Forum
from tests.factories.jobs import counting_kind, make_job
from tests.races.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_workers_with_the_same_work_do_it_once(forum: Forum, organiser: Account) -> None:
    job = make_job(forum, organiser, total=20)
    with counting_kind() as counting:
        at_once([partial(run, job_id=job.pk) for _ in range(6)])
    job.refresh_from_db()
    assert sorted(counting.seen) == list(range(20))
    assert (job.state, job.runs, job.done) == (JobState.DONE, 1, 20)

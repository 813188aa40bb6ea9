"""Two people with the same list at the same moment."""

from functools import partial

import pytest

from forum.actions.jobs import run as run_job
from forum.models import Account, Forum, Job
from registration.actions.imports import receive, start_import
from registration.models import ImportedPerson, Person, Registration
from registration.queries.imports import counts_of_run
from tests.factories.registration import make_category, make_delegation
from tests.races.at_once import at_once
from tests.registration.lists import HEADS, as_text, many

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_imports_of_the_same_list_make_each_person_once(
    forum: Forum, officer: Account, organiser: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("registration.actions.import_rows.CHUNK", 5)
    category = make_category(forum)
    make_delegation(forum)
    content = as_text([HEADS, *many(20)])
    runs = [
        receive(forum=forum, name="list.csv", content=content, category=category, language="ru", by=by)
        for by in (officer, organiser)
    ]
    # Each list is started by both, at once, and both works run at once.
    at_once([partial(start_import, run, by=by) for run in runs for by in (officer, organiser)])
    jobs = list(Job.objects.all())
    assert len(jobs) == 2
    at_once([partial(run_job, job_id=job.pk) for job in jobs])
    assert Registration.objects.count() == Person.objects.count() == ImportedPerson.objects.count() == 20
    counts = [counts_of_run(run) for run in runs]
    assert (sum(c["new"] for c in counts), sum(c["unchanged"] for c in counts)) == (20, 20)

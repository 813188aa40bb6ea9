"""Deleting at the same moment as approving, writing and deleting: one erasure, no name, no place that nobody has."""

import time
from functools import partial
from typing import Any

import pytest

from badges.actions.issuing import issue_badge
from badges.actions.printing import start_print_batch
from badges.models import BadgeFile, Credential, PrintRecord
from forum.actions.jobs import run
from forum.actions.patience import busy_in_words
from forum.enums import JobState, Role
from forum.models import Forum, Job, StoredFile
from registration.actions.corrections import correct_facts
from registration.actions.person_erasing import erase_person
from registration.actions.review import approve
from registration.enums import ErasureBasis, RegistrationState
from registration.models import Erasure, Person, PersonPicture, Registration
from tests.badges.test_photos import holder, withdraw
from tests.factories.forum import make_account, make_staff
from tests.factories.registration import make_category, make_registration
from tests.races.at_once import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)


def test_erased_once_whatever_else_happens(forum: Forum) -> None:
    category, by = make_category(forum, places=10), make_account("officer@example.org")
    waiting = [make_registration(forum, category=category) for _ in range(3)]
    calls = []
    for one in waiting:
        erase = partial(erase_person, one, basis=ErasureBasis.ASKED, by=None, as_applicant=True)
        correct = partial(correct_facts, one, version=1, answers={"surname": "Иная"}, reason="slip", by=by)
        calls += [erase, erase, partial(approve, one, by=by), correct]
    assert set(refusals(at_once(calls))) <= {
        "registration.move_refused", "registration.consent_withdrawn", "registration.stale",
    }  # fmt: skip
    assert Person.objects.filter(erased_at=None).count() == 0
    assert set(Registration.objects.values_list("state", flat=True)) == {RegistrationState.CANCELLED}
    category.pool.refresh_from_db()
    assert (category.pool.taken, Erasure.objects.count()) == (0, 3)


LATER = 0.06
"""Seconds between those who go: while the run reads, draws, writes down, and begins anew."""


def after(seconds: float, call: Any) -> Any:
    """Somebody else's click, a moment later."""
    time.sleep(seconds)
    return call()


def erased(credential: Credential) -> Any:
    one = Registration.objects.get(pk=credential.registration_id)
    return partial(erase_person, one, basis=ErasureBasis.ASKED, by=None, as_applicant=True)


def test_a_print_run_with_photos_keeps_no_sheet_with_whoever_goes_meanwhile(forum: Forum) -> None:
    """Erased, or without the consent to the photo: the sheets are drawn anew without it, or go."""
    by = make_staff(forum, Role.ACCREDITATION_OFFICER)
    gone, bare, stays = [holder(forum) for _ in range(4)], [holder(forum) for _ in range(2)], holder(forum)
    everybody = [one.pk for one in (*gone, *bare, stays)]
    batch = start_print_batch(forum=forum, credentials=everybody, by=by, sheet="a6", sides=1)
    calls: list[Any] = [partial(run, job_id=batch.job_id)]
    calls += [
        partial(busy_in_words(issue_badge), registration_id=one.registration_id) for one in gone
    ]  # a task comes again
    calls += [partial(after, LATER * step, erased(one)) for step, one in enumerate(gone)]
    calls += [partial(after, LATER * step, partial(withdraw, one)) for step, one in enumerate(bare, start=1)]
    assert set(refusals(at_once(calls, timeout=60))) <= {"badges.ended", "busy"}
    job = Job.objects.get(pk=batch.job_id)
    assert job.state == JobState.DONE
    forgotten = PrintRecord.objects.filter(credential__in=gone) | PrintRecord.objects.filter(
        credential__in=bare, photo__gt=0
    )
    assert job.result is None or not forgotten.exists()
    assert StoredFile.objects.filter(purpose="print_batch").count() == (job.result is not None)
    assert BadgeFile.objects.filter(credential__in=gone, file__isnull=False).count() == 0
    assert [picture.registration_id for picture in PersonPicture.objects.all()] == [stays.registration_id]

"""One live code, one file, one letter, however often a worker is told; none for those who leave meanwhile."""

from functools import partial

import pytest

from badges.actions.credentials import issue_credential, reissue_badge
from badges.actions.issuing import sweep
from badges.actions.printing import start_print_batch
from badges.enums import CredentialState
from badges.models import BadgeFile, Credential, PrintBatch
from badges.tasks import issue_badge
from forum.models import Account, Forum, Job, Message, StoredFile
from registration.actions.applications import confirm, withdraw
from registration.enums import RegistrationState
from registration.models import Registration
from tests.factories.badges import make_holder
from tests.factories.registration import make_registration
from tests.races.at_once import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)
S = RegistrationState


def fresh(registration: Registration) -> Registration:
    return Registration.objects.get(pk=registration.pk)


def live(registration: Registration) -> int:
    return Credential.objects.filter(registration=registration, state=CredentialState.LIVE).count()


def test_issuing_at_once_gives_one_code(forum: Forum) -> None:
    registration = make_registration(forum, state=S.CONFIRMED)
    issued = at_once([partial(issue_credential, fresh(registration)) for _ in range(8)])
    assert len({credential.pk for credential in issued}) == 1
    assert Credential.objects.count() == 1


def test_ten_workers_with_one_task_make_one_code_one_file_one_letter(forum: Forum) -> None:
    registration = make_registration(forum, state=S.CONFIRMED)
    at_once([partial(issue_badge, registration_id=registration.pk) for _ in range(10)])
    assert live(registration) == Credential.objects.count() == 1
    assert BadgeFile.objects.count() == StoredFile.objects.count() == 1
    assert Message.objects.filter(reason="badges.ready").count() == 1


def test_sweeps_and_tasks_together_make_one_of_each(forum: Forum) -> None:
    people = [make_registration(forum, state=S.CONFIRMED) for _ in range(3)]
    at_once([sweep, sweep, *(partial(issue_badge, registration_id=person.pk) for person in people)])
    assert Credential.objects.count() == BadgeFile.objects.count() == Message.objects.count() == 3


@pytest.mark.parametrize("attempt", range(4))
def test_nobody_who_withdraws_keeps_a_live_code(forum: Forum, attempt: int) -> None:
    registration = make_registration(forum, state=S.CONFIRMED)
    at_once(
        [
            partial(withdraw, fresh(registration)),
            *(partial(issue_badge, registration_id=registration.pk) for _ in range(3)),
        ]
    )
    assert live(registration) == 0


def test_confirming_twice_at_once_issues_once(forum: Forum) -> None:
    registration = make_registration(forum, state=S.APPROVED)
    at_once([partial(confirm, fresh(registration)) for _ in range(4)])
    at_once([partial(issue_badge, registration_id=registration.pk) for _ in range(3)])
    assert live(registration) == Credential.objects.count() == 1


def test_reissuing_at_once_leaves_one_live_code(forum: Forum, officer: Account) -> None:
    registration = make_holder(forum).registration
    results = at_once([partial(reissue_badge, fresh(registration), reason="lost", by=officer) for _ in range(5)])
    assert refusals(results) == []
    assert live(registration) == 1
    assert list(Credential.objects.order_by("pk").values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_double_click_prints_one_batch(forum: Forum, officer: Account) -> None:
    credentials = [make_holder(forum).pk for _ in range(3)]
    batches = at_once(
        [
            partial(start_print_batch, forum=forum, credentials=credentials, sheet="a4", sides=1, by=officer)
            for _ in range(5)
        ]
    )
    assert len({batch.pk for batch in batches}) == 1
    assert PrintBatch.objects.count() == Job.objects.count() == 1

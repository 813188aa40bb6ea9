"""A withdrawn consent and an officer's decision at the same moment: nobody who withdrew keeps a place."""

from functools import partial

import pytest

from forum.models import Account, Forum, Message
from registration.actions.consents import give_consent, withdraw_consent
from registration.actions.review import approve
from registration.enums import ClaimState, RegistrationState
from registration.models import ConsentWithdrawal, Pool, Registration
from registration.queries.consents import matters_of
from tests.factories.registration import make_consent_document, make_registration
from tests.races.at_once import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)


def test_withdrawing_and_approving_at_once_leave_no_place_and_no_letter(forum: Forum, officer: Account) -> None:
    document = make_consent_document(forum)
    applications = [make_registration(forum) for _ in range(4)]
    calls = []
    for application in applications:
        give_consent(application, document=document, language="ru", by=None)
        matter = matters_of(application.person)[0]
        fresh = partial(Registration.objects.get, pk=application.pk)
        calls += [partial(withdraw_consent, fresh(), matter=matter, language="ru", by=None)] * 2
        calls += [partial(approve, fresh(), by=officer)]
    results = at_once(calls)
    assert set(refusals(results)) <= {"registration.move_refused"}
    assert set(Registration.objects.values_list("state", flat=True)) == {RegistrationState.CANCELLED}
    assert ConsentWithdrawal.objects.count() == 4
    pool = Pool.objects.get(pk=applications[0].category.pool_id)
    assert (pool.taken, pool.claims.exclude(state=ClaimState.RELEASED).count()) == (0, 0)
    assert set(Message.objects.values_list("reason", flat=True)) == {"registration.consent_withdrawn"}

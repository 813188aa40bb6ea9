"""Deleting at the same moment as approving, writing and deleting: one erasure, no name, no place that nobody has."""

from functools import partial

import pytest

from forum.models import Forum
from registration.actions.corrections import correct_facts
from registration.actions.person_erasing import erase_person
from registration.actions.review import approve
from registration.enums import ErasureBasis, RegistrationState
from registration.models import Erasure, Person, Registration
from tests.factories.forum import make_account
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

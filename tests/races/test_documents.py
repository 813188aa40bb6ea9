"""One number entered by many at the same moment: one stands above suspicion, every other one waits for an officer."""

from functools import partial

import pytest

from forum.models import Forum
from registration.actions.consents import withdraw_consent
from registration.enums import ConsentPurpose
from registration.models import Erasure, IdentityDocument
from registration.queries.consents import matters_of
from registration.queries.documents import suspects
from tests.factories.documents import make_holder, need, save
from tests.races.at_once import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_number_at_once_has_one_holder_above_suspicion(forum: Forum, monkeypatch: pytest.MonkeyPatch) -> None:
    need(monkeypatch)
    people = [make_holder(forum) for _ in range(6)]
    results = at_once([partial(save, person) for person in people])
    assert refusals(results) == []
    assert IdentityDocument.objects.filter(suspect_since=None).count() == 1
    assert suspects(forum).count() == 5


def test_saving_and_withdrawing_at_once_leave_nothing(forum: Forum, monkeypatch: pytest.MonkeyPatch) -> None:
    need(monkeypatch)
    people = [make_holder(forum) for _ in range(4)]
    calls = []
    for person in people:
        save(person)
        matter = next(one for one in matters_of(person.person) if one.purpose == ConsentPurpose.DOCUMENT)
        calls += [partial(withdraw_consent, person, matter=matter, language="ru", by=None)]
        calls += [partial(save, person, values={"number": "700000"}, version=1)]
    assert set(refusals(at_once(calls))) <= {"document.no_consent", "document.stale"}
    assert IdentityDocument.objects.filter(erased_at=None).count() == 0
    assert IdentityDocument.objects.exclude(number__isnull=True).count() == 0
    assert Erasure.objects.count() == 4

"""One open request for a field, and one answer to it, whoever does what at one moment."""

from functools import partial

import pytest

from forum.models import Account, Forum, Message
from registration.actions.changes import accept_change, ask_for_change, decline_change
from registration.enums import ChangeState, KeyField
from registration.enums import RegistrationState as S
from registration.models import ChangeRequest, Registration
from tests.factories.registration import make_registration
from tests.races.at_once import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_field_is_asked_for_once_and_answered_once(forum: Forum, officer: Account) -> None:
    coming = make_registration(forum, state=S.CONFIRMED)
    facts = {"field": KeyField.SURNAME, "why": "Новый паспорт", "by": None}
    calls = [partial(ask_for_change, coming, value=f"Образцова{letter}", **facts) for letter in "абвг"]
    assert refusals(at_once(calls)) == ["change.open"] * 3
    change = ChangeRequest.objects.select_related("registration__forum").get()
    answers = [partial(accept_change, change, by=officer), partial(decline_change, change, answer="Нет", by=officer)]
    assert refusals(at_once([*answers, *answers])) == ["change.over"] * 2
    kept = ChangeRequest.objects.get()
    surname = Registration.objects.select_related("person").get().person.surname
    assert (surname != "Примерова") == (kept.state == ChangeState.ACCEPTED)
    assert Message.objects.filter(reason__startswith="registration.change_").count() == 1

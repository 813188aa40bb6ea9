"""Key fields after sending: asked for, accepted with everything that follows, declined with a reason."""

import pytest
from django.db import IntegrityError, transaction

from forum.errors import DomainError
from forum.models import Account, AuditEntry, Forum, Message
from registration.actions.applications import withdraw
from registration.actions.changes import accept_change, ask_for_change, decline_change, take_request_back
from registration.actions.pools import miscounted
from registration.enums import ChangeState, KeyField
from registration.enums import RegistrationState as S
from registration.models import ChangeRequest, Registration
from registration.signals import person_changed
from tests.factories.registration import make_category, make_registration

pytestmark = pytest.mark.django_db
F = KeyField


@pytest.fixture
def coming(forum: Forum) -> Registration:
    return make_registration(forum, state=S.CONFIRMED)


def asked(registration: Registration, field: F = F.SURNAME, value: str = "Образцова") -> ChangeRequest:
    return ask_for_change(registration, field=field, value=value, why="Новый паспорт", by=None)


def refused(code: str) -> object:
    return pytest.raises(DomainError, check=lambda error: error.code == code)


def test_an_accepted_name_is_written_told_and_heard_by_the_rooms_above(coming: Registration, officer: Account) -> None:
    heard = []
    person_changed.connect(listener := lambda **news: heard.append(news["registration"].ref))
    accept_change(asked(coming), by=officer)
    person_changed.disconnect(listener)
    fresh = Registration.objects.select_related("person").get()
    assert (fresh.person.surname, heard) == ("Образцова", [coming.ref])
    kept = ChangeRequest.objects.get()
    assert (kept.state, kept.value, kept.decided_by) == (ChangeState.ACCEPTED, None, officer)
    letter = Message.objects.get(reason="registration.change_accepted")
    assert "Образцова" not in (letter.context or "")
    entries = AuditEntry.objects.filter(object_id=coming.ref)
    assert "registration.change_asked" in {entry.action for entry in entries}
    assert not any("Образцова" in str(entry.__dict__) for entry in entries)


def test_a_declined_one_stays_and_says_why(coming: Registration, officer: Account) -> None:
    change = asked(coming)
    with refused("change.no_reason"):
        decline_change(change, answer=" ", by=officer)
    decline_change(change, answer="В паспорте иначе", by=officer)
    decline_change(change, answer="другое", by=officer)
    kept = ChangeRequest.objects.get()
    assert (kept.state, kept.answer, kept.value) == (ChangeState.DECLINED, "В паспорте иначе", None)
    assert Registration.objects.select_related("person").get().person.surname == "Примерова"
    assert Message.objects.filter(reason="registration.change_declined").count() == 1
    with refused("change.over"):
        accept_change(change, by=officer)


@pytest.mark.parametrize("state", [S.DRAFT, S.NEEDS_CHANGES, S.CANCELLED, S.BLOCKED])
def test_only_people_whose_application_is_under_way_ask(forum: Forum, state: S) -> None:
    with refused("change.not_locked"):
        asked(make_registration(forum, state=state))


@pytest.mark.parametrize("state", [S.SUBMITTED, S.WAITLISTED])
def test_whoever_waits_for_a_decision_asks_too_and_it_ends_with_the_application(
    forum: Forum, officer: Account, state: S
) -> None:
    waiting = make_registration(forum, state=state)
    accept_change(asked(waiting), by=officer)
    fresh = Registration.objects.select_related("person").get()
    assert (fresh.person.surname, fresh.state) == ("Образцова", state)
    change = asked(fresh, F.GIVEN_NAME, "Яна")
    withdraw(waiting)
    change.refresh_from_db()
    assert change.state == ChangeState.WITHDRAWN


def test_what_is_there_already_and_a_second_open_request_are_refused(coming: Registration) -> None:
    with refused("change.same"):
        asked(coming, value="Примерова")
    asked(coming)
    with refused("change.open"):
        asked(coming, value="Иная")
    asked(coming, F.ORGANISATION, "Другой завод")
    with pytest.raises(IntegrityError, match="change_one_open_per_field"), transaction.atomic():
        ChangeRequest.objects.create(registration=coming, field=F.SURNAME, value="Иная", why="x")


def test_taken_back_it_can_be_asked_again(coming: Registration) -> None:
    change = asked(coming)
    assert take_request_back(change, by=None)
    assert not take_request_back(change, by=None)
    asked(coming)


def test_another_category_takes_its_place_and_gives_the_old_one_back(
    forum: Forum, coming: Registration, officer: Account
) -> None:
    media = make_category(forum, code="media", places=1)
    accept_change(asked(coming, F.CATEGORY, "media"), by=officer)
    assert Registration.objects.get().category == media
    held = {claim.pool_id for claim in coming.person.claims.filter(state="held")}
    assert held == {media.pool_id}
    assert list(miscounted()) == []


def test_a_full_category_refuses_and_everything_stays(forum: Forum, coming: Registration, officer: Account) -> None:
    media = make_category(forum, code="media", places=1)
    make_registration(forum, category=media, state=S.CONFIRMED)
    change = asked(coming, F.CATEGORY, "media")
    with refused("places.full"):
        accept_change(change, by=officer)
    assert Registration.objects.get(pk=coming.pk).category == coming.category
    assert ChangeRequest.objects.get().state == ChangeState.OPEN


def test_whoever_leaves_asks_for_nothing_any_more(coming: Registration) -> None:
    asked(coming)
    withdraw(coming)
    kept = ChangeRequest.objects.get()
    assert (kept.state, kept.value) == (ChangeState.WITHDRAWN, None)

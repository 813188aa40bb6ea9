"""The table of moves, and what every move leaves behind."""

import pytest
from django.db import IntegrityError, connection, transaction

from forum.errors import DomainError
from forum.models import Account, AuditEntry, Forum, Message
from registration.actions.applications import confirm, withdraw
from registration.actions.review import approve, ask_for_changes, block, lift_block, put_in_line, reject, reopen
from registration.actions.state import lock, move
from registration.enums import HOLDS_PLACE, MOVES, RegistrationState
from registration.models import Pool
from registration.signals import registration_moved
from tests.factories.registration import make_category, make_registration

S = RegistrationState


@pytest.mark.parametrize("was", S)
@pytest.mark.parametrize("to", S)
def test_move_follows_the_table(forum: Forum, was: S, to: S) -> None:
    registration = make_registration(forum, state=was)
    if to in MOVES[was]:
        if to not in (S.DRAFT, S.CANCELLED):
            registration.submitted_at = registration.created_at
        move(registration, to, by=None)
        registration.refresh_from_db()
        assert registration.state == to
        return
    with pytest.raises(DomainError) as refusal:
        move(registration, to, by=None)
    assert refusal.value.code == "registration.move_refused"
    registration.refresh_from_db()
    assert registration.state == was


def test_move_writes_history_audit_and_message_and_tells_the_rooms_above(forum: Forum, officer: Account) -> None:
    heard = []
    registration_moved.connect(listener := lambda **news: heard.append((news["was"], news["to"])))
    registration = make_registration(forum)
    approve(registration, by=officer)
    registration_moved.disconnect(listener)
    assert heard == [(S.SUBMITTED, S.APPROVED)]
    step = registration.moves.get()
    assert (step.was, step.to, step.by) == (S.SUBMITTED, S.APPROVED, officer)
    entry = AuditEntry.objects.get(object_id=registration.ref)
    assert (entry.action, entry.actor, entry.data) == ("registration.approved", officer, {"was": "submitted"})
    message = Message.objects.get(subject_id=registration.ref)
    assert (message.reason, message.recipient) == ("registration.approved", registration.person.email)


def test_rolled_back_move_leaves_nothing(forum: Forum, officer: Account, django_capture_on_commit_callbacks) -> None:
    registration = make_registration(forum)
    with django_capture_on_commit_callbacks() as queued:
        try:
            with transaction.atomic():
                move(lock(registration), S.NEEDS_CHANGES, by=officer)
                raise RuntimeError
        except RuntimeError:
            pass
    assert queued == []
    assert not Message.objects.exists()
    assert not registration.moves.exists()


@pytest.mark.parametrize("state", sorted(HOLDS_PLACE))
def test_withdrawing_gives_the_place_back(forum: Forum, state: S) -> None:
    registration = make_registration(forum, state=state)
    withdraw(registration)
    withdraw(registration)
    assert Pool.objects.get(pk=registration.category.pool_id).taken == 0


def test_approval_without_a_free_place_is_refused_and_the_line_is_offered(forum: Forum, officer: Account) -> None:
    category = make_category(forum, places=1)
    make_registration(forum, category=category, state=S.CONFIRMED)
    late = make_registration(forum, category=category)
    with pytest.raises(DomainError) as refusal:
        approve(late, by=officer)
    assert refusal.value.code == "places.full"
    put_in_line(late, by=officer)
    late.refresh_from_db()
    assert late.state == S.WAITLISTED
    with pytest.raises(DomainError):
        approve(late, by=officer)


def test_changes_need_a_message(forum: Forum, officer: Account) -> None:
    registration = make_registration(forum)
    with pytest.raises(DomainError) as refusal:
        ask_for_changes(registration, by=officer, note="  ")
    assert refusal.value.fields.keys() == {"note"}
    ask_for_changes(registration, by=officer, note="Укажите должность")
    assert registration.moves.get().note == "Укажите должность"


def test_rejection_can_be_taken_back_without_a_message(forum: Forum, officer: Account) -> None:
    registration = make_registration(forum)
    reject(registration, by=officer)
    reopen(registration, by=officer)
    registration.refresh_from_db()
    assert registration.state == S.SUBMITTED
    assert list(Message.objects.values_list("reason", flat=True)) == ["registration.rejected"]


def test_reason_of_a_block_is_not_sent(forum: Forum, officer: Account) -> None:
    registration = make_registration(forum, state=S.CONFIRMED)
    block(registration, by=officer, reason="чужой бейдж")
    assert not Message.objects.exists()
    assert Pool.objects.get(pk=registration.category.pool_id).taken == 0


@pytest.mark.parametrize(("was", "letters"), [(S.CONFIRMED, []), (S.APPROVED, ["registration.approved"])])
def test_a_lifted_block_takes_a_free_place_again(forum: Forum, officer: Account, was: S, letters: list[str]) -> None:
    """Nobody confirms for another: who had not said “I am coming” is asked to, in time."""
    registration = make_registration(forum, state=was)
    block(registration, by=officer, reason="ошибка")
    for _press in range(2):
        lift_block(registration, by=officer)
    registration.refresh_from_db()
    assert (registration.state, registration.note) == (was, "")
    assert bool(registration.confirm_by) == (was == S.APPROVED)
    assert list(Message.objects.values_list("reason", flat=True)) == letters
    assert Pool.objects.get(pk=registration.category.pool_id).taken == 1


def test_a_block_is_not_lifted_past_the_places(forum: Forum, officer: Account) -> None:
    category = make_category(forum, places=1)
    registration = make_registration(forum, category=category, state=S.CONFIRMED)
    block(registration, by=officer, reason="ошибка")
    make_registration(forum, category=category, state=S.CONFIRMED)
    with pytest.raises(DomainError, match=r"places\.full") as refusal:
        lift_block(registration, by=officer)
    assert "1" in str(refusal.value.message)
    registration.refresh_from_db()
    assert registration.state == S.BLOCKED


def test_confirming_twice_is_confirming_once(forum: Forum) -> None:
    registration = make_registration(forum, state=S.APPROVED)
    confirm(registration)
    confirm(registration)
    assert registration.moves.count() == 1


@pytest.mark.parametrize(
    "sql", ["UPDATE registration_registrationmove SET note = 'x'", "DELETE FROM registration_registrationmove"]
)
def test_history_is_append_only(forum: Forum, officer: Account, sql: str) -> None:
    approve(make_registration(forum), by=officer)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_one_person_has_one_live_application(forum: Forum) -> None:
    registration = make_registration(forum)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_registration(forum, person=registration.person)

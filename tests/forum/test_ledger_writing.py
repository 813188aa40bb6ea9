"""Writing letters into the ledger: once for each occasion, with the transaction or not at all."""

import pytest
from django.db import transaction

from forum.actions.messages import queue_message, send_again
from forum.enums import MessageState
from forum.models import Account, AuditEntry, Forum, Message
from tests.factories.messages import make_message

S = MessageState
LETTER = {"about": ("account", "a1"), "to": "One@Example.org ", "language": "ru", "forum": None}


@pytest.mark.django_db
def test_same_occasion_is_written_once_and_keeps_its_first_words() -> None:
    first = queue_message("account.code", occasion="login-1", context={"code": "AAAA"}, **LETTER)
    second = queue_message("account.code", occasion="login-1", context={"code": "BBBB"}, **LETTER)
    assert second.pk == first.pk
    assert "AAAA" in Message.objects.get().context
    assert Message.objects.get().recipient == "one@example.org"


@pytest.mark.django_db
def test_another_occasion_is_another_letter() -> None:
    for occasion in ("login-1", "login-2"):
        queue_message("account.code", occasion=occasion, **LETTER)
    assert Message.objects.count() == 2


@pytest.mark.django_db
def test_unknown_reason_is_refused_before_anything_is_written() -> None:
    with pytest.raises(KeyError):
        queue_message("account.nothing", occasion="x", **LETTER)
    assert not Message.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_rolled_back_action_leaves_no_letter_and_tells_no_worker(django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks() as told, pytest.raises(RuntimeError), transaction.atomic():
        queue_message("account.code", occasion="login-1", **LETTER)
        raise RuntimeError("the action failed")
    assert not Message.objects.exists()
    assert told == []


@pytest.mark.django_db
def test_worker_is_told_after_commit_and_only_about_new_letters(django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks() as told:
        queue_message("account.code", occasion="login-1", **LETTER)
        queue_message("account.code", occasion="login-1", **LETTER)
    assert len(told) == 1


@pytest.mark.django_db
def test_context_is_unreadable_in_the_database(django_db_blocker) -> None:
    from django.db import connection

    queue_message("account.code", occasion="login-1", context={"code": "SECRET-1"}, **LETTER)
    with connection.cursor() as cursor:
        cursor.execute("SELECT context FROM forum_message")
        assert b"SECRET-1" not in bytes(cursor.fetchone()[0])


@pytest.mark.parametrize("state", [S.FAILED, S.UNKNOWN])
def test_sending_again_is_a_decision_with_a_name(forum: Forum, organiser: Account, state: str) -> None:
    message = make_message(forum, state=state, attempts=7)
    assert send_again(message, by=organiser)
    message.refresh_from_db()
    assert (message.state, message.attempts) == (S.RETRY, 0)
    entry = AuditEntry.objects.get(action="message.sent_again")
    assert (entry.actor, entry.object_id, entry.data) == (organiser, str(message.public_id), {"was": state})


@pytest.mark.parametrize("state", [S.QUEUED, S.SENDING, S.RETRY, S.SENT])
def test_letter_that_is_on_its_way_or_left_is_not_sent_again(forum: Forum, organiser: Account, state: str) -> None:
    message = make_message(forum, state=state)
    assert not send_again(message, by=organiser)
    message.refresh_from_db()
    assert message.state == state
    assert not AuditEntry.objects.filter(action="message.sent_again").exists()

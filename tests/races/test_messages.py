"""However many workers send, and however they die: nobody gets a letter twice, and no letter is lost."""

import signal
from functools import partial

import pytest
from django.utils.timezone import now

from forum.actions.mail import send_due, sweep
from forum.actions.messages import queue_message
from forum.enums import Lane, MessageState
from forum.models import Message
from tests.factories.messages import make_message
from tests.mail import HOLD, Sink, sink
from tests.races.at_once import at_once
from tests.workers import wait_until, worker

__all__ = ["sink"]
pytestmark = pytest.mark.django_db(transaction=True)
S = MessageState


def test_workers_that_send_at_once_send_each_letter_once(sink: Sink) -> None:
    addresses = [make_message().recipient for _ in range(120)]
    at_once([partial(send_due, lane=Lane.PERSONAL) for _ in range(4)])
    assert sorted(letter["To"] for letter in sink.letters) == sorted(addresses)
    assert not Message.objects.exclude(state=S.SENT).exists()
    assert set(Message.objects.values_list("attempts", flat=True)) == {1}


def test_same_occasion_written_at_once_is_one_letter(sink: Sink) -> None:
    write = partial(
        queue_message,
        "account.code",
        about=("account", "a1"),
        occasion="login-1",
        to="one@example.org",
        language="en",
        forum=None,
        context={"code": "AAAA"},
    )
    results = at_once([write for _ in range(8)])
    assert len({message.pk for message in results if isinstance(message, Message)}) == 1
    send_due(lane=Lane.PERSONAL)
    assert len(sink.letters) == 1


def test_real_worker_sends_what_an_action_wrote(sink: Sink) -> None:
    with worker(queues="mail"):
        message = make_message()
        wait_until(lambda: bool(sink.letters), seconds=20)
        wait_until(lambda: Message.objects.get(pk=message.pk).state == S.SENT, seconds=10)
    assert len(sink.letters) == 1


def test_worker_killed_with_a_letter_on_the_wire_leaves_it_unknown_and_the_rest_untouched(sink: Sink) -> None:
    sink.at_the_end(HOLD)
    with worker(queues="mail") as process:
        on_the_wire, waiting = make_message(), make_message()
        assert sink.held.wait(20)
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=20)
    sink.release.set()
    # Time passes: the leases of the dead worker end.
    Message.objects.update(leased_until=now())
    sweep()
    send_due(lane=Lane.PERSONAL)
    states = dict(Message.objects.values_list("pk", "state"))
    assert states == {on_the_wire.pk: S.UNKNOWN, waiting.pk: S.SENT}
    assert sorted(letter["To"] for letter in sink.letters) == sorted([on_the_wire.recipient, waiting.recipient])

"""A worker is killed at every step of a letter; the mail server refuses, hangs up and is slow."""

import time

import pytest

from forum.enums import Lane, MessageState
from forum.models import Message
from forum.tasks import send_messages, sweep_messages
from tests.drills import steps
from tests.drills.figures import tell
from tests.drills.people import Guests
from tests.drills.stack import Stack


def states(letters: list[Message]) -> set[str]:
    return set(Message.objects.filter(pk__in=[letter.pk for letter in letters]).values_list("state", flat=True))


def test_child_killed_at_each_step(stack: Stack, guests: Guests) -> None:
    before = guests.unknown()
    for step in steps.MAIL_STEPS:
        steps.arm(stack.orders, step)
        guests.write(2)
        stack.until_fired(step)
    guests.settle(seconds=60)
    assert guests.faults() == []
    assert guests.unknown() - before == len(steps.MAIL_IN_DOUBT)


@pytest.mark.long
def test_whole_worker_killed_at_each_step(stack: Stack, guests: Guests) -> None:
    """Leases end by themselves here: nobody moves the clock."""
    before = guests.unknown()
    for step in steps.MAIL_STEPS:
        steps.arm(stack.orders, step, whole=True)
        guests.write(20)
        stack.until_fired(step)
    tell("letters sent after eight whole workers were killed", guests.settle(seconds=300, patient=True))
    assert guests.faults() == []
    assert guests.unknown() - before == len(steps.MAIL_IN_DOUBT)


def test_task_delivered_ten_times(stack: Stack, guests: Guests) -> None:
    letters = guests.write(10)
    for _ in range(10):
        sweep_messages.delay()
        for lane in Lane.values:
            send_messages.delay(lane=lane)
    guests.settle(seconds=60)
    assert guests.faults() == []
    assert states(letters) == {MessageState.SENT}


def test_server_that_refuses_a_third_and_is_slow(stack: Stack, guests: Guests) -> None:
    stack.sink.refuse, stack.sink.slow = 0.3, 0.05
    letters = []
    for _ in range(15):  # one by one: many connections
        letters += guests.write()
        time.sleep(0.1)
    guests.settle(seconds=60)
    stack.sink.behave()
    assert stack.sink.refused
    assert guests.faults() == []
    assert states(letters) == {MessageState.SENT}


def test_server_that_hangs_up_after_the_dot(stack: Stack, guests: Guests) -> None:
    before, hung_up = guests.unknown(), stack.sink.hung_up
    stack.sink.hang_up = 0.3
    guests.write(12)
    guests.settle(seconds=60)
    stack.sink.behave()
    assert guests.faults() == []
    assert guests.unknown() - before == stack.sink.hung_up - hung_up > 0

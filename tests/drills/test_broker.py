"""The broker forgets everything, is away, is cut off, does not answer. Work goes on within a minute of its return."""

import os
import signal
import time

import pytest

from tests.drills.figures import tell
from tests.drills.people import Guests
from tests.drills.stack import QUEUES, Stack

RESUMES_SECONDS = 60
LONG = 30
PATIENCE_SECONDS = 12
"""Nobody waits longer for a page than this, whatever the broker does."""


@pytest.mark.long
def test_flushed_with_work_in_it(stack: Stack, guests: Guests) -> None:
    with stack.workers_frozen():
        guests.write(5)
        guests.confirm(2)
        guests.approve_in_bulk(2)
        stack.flush_broker()
    tell("everything found after the broker was flushed", guests.settle(seconds=RESUMES_SECONDS, patient=True))
    assert guests.faults() == []


@pytest.mark.parametrize(
    "away", [3, pytest.param(LONG, marks=pytest.mark.long), pytest.param(90, marks=pytest.mark.long)]
)
def test_stopped_then_cut(stack: Stack, guests: Guests, away: int) -> None:
    """What is asked for meanwhile is kept, and every queue is served again. An empty broker is what comes back."""
    stack.stop_broker()
    guests.write(2)
    if away >= LONG:  # their sweeps come every 15 s and 30 s
        guests.approve_in_bulk(2)
        guests.confirm(2)
    time.sleep(away)
    stack.start_broker()
    back = time.monotonic()
    guests.confirm()
    guests.approve_in_bulk(1)
    time.sleep(1)
    stack.cut_sockets()
    guests.settle(seconds=RESUMES_SECONDS, patient=True)
    tell(f"all queues served after the broker was away for {away} s", time.monotonic() - back)
    assert time.monotonic() - back < RESUMES_SECONDS
    assert guests.faults() == []


def test_sockets_cut_while_idle(stack: Stack, guests: Guests) -> None:
    assert stack.cut_sockets() >= len(QUEUES)
    guests.confirm()
    guests.approve_in_bulk(1)
    tell("all queues served after the sockets were cut", guests.settle(seconds=RESUMES_SECONDS, patient=True))
    assert guests.faults() == []


def test_sockets_cut_with_work_in_hand(stack: Stack, guests: Guests) -> None:
    """Every process of the mail worker is busy: what it says when it is done finds a dead connection."""
    stack.sink.slow = 1.5
    for _ in range(2):
        guests.write(2)
        time.sleep(0.5)
    stack.cut_sockets()
    time.sleep(3)
    stack.sink.behave()
    guests.write(2)
    tell("mail served after the sockets were cut under it", guests.settle(seconds=RESUMES_SECONDS, patient=True))
    assert guests.faults() == []


@pytest.mark.long
def test_frozen(stack: Stack, guests: Guests) -> None:
    """It takes connections and says nothing, as a machine that swaps: people still get their answers."""
    pid = stack.broker_pid()
    os.kill(pid, signal.SIGSTOP)
    try:
        began = time.monotonic()
        guests.write()
        tell("an action while the broker does not answer", time.monotonic() - began)
        assert time.monotonic() - began < PATIENCE_SECONDS
        time.sleep(30)
    finally:
        os.kill(pid, signal.SIGCONT)
    guests.confirm(2)
    guests.approve_in_bulk(1)
    tell("all queues served after the broker was frozen for 30 s", guests.settle(seconds=RESUMES_SECONDS, patient=True))
    assert guests.faults() == []

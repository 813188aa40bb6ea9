"""Minutes of everything at once: 300 people, workers killed at random, a bad mail server."""

import time
from random import Random

import pytest

from tests.drills.figures import tell
from tests.drills.people import Guests
from tests.drills.stack import QUEUES, Stack

PEOPLE = 300
MINUTES = 4
QUIET_MINUTES = 15
"""Letters that were refused three times in a row wait for five minutes."""


@pytest.mark.long
def test_nothing_is_lost_and_nothing_doubled(stack: Stack, guests: Guests) -> None:
    chance = Random(1721)
    kills, hung_up, refused, unknown = stack.all_kills, stack.sink.hung_up, stack.sink.refused, guests.unknown()
    stack.sink.refuse, stack.sink.hang_up, stack.sink.slow = 0.3, 0.01, 0.05
    end, came = time.monotonic() + 60 * MINUTES, 0
    while time.monotonic() < end or came < PEOPLE:
        if came < PEOPLE:
            guests.confirm(5)
            came += 5
        if came % 50 == 0:
            guests.approve_in_bulk(5)
        harm = chance.choice([stack.kill_child, stack.kill_worker])
        harm(chance.choice(list(QUEUES)))
        stack.until(lambda: True, seconds=1)
        time.sleep(chance.uniform(0.5, 4))
    stack.sink.refuse = 0
    stack.await_ready()
    tell("everything done after minutes of random kills", guests.settle(seconds=60 * QUIET_MINUTES, patient=True))
    stack.sink.behave()
    tell("  workers and children killed", stack.all_kills - kills, unit="")
    tell("  connections refused with 421", stack.sink.refused - refused, unit="")
    tell("  hang-ups after the final dot", stack.sink.hung_up - hung_up, unit="")
    tell("  letters unknown", guests.unknown() - unknown, unit="")
    tell("  letters arrived in all drills", len(stack.sink.ids), unit="")
    assert guests.faults() == []

"""PostgreSQL is restarted while workers and people are at it."""

import time

import pytest

from tests.drills.figures import tell
from tests.drills.people import Guests
from tests.drills.stack import Stack


def test_restarted_in_the_middle_of_work(stack: Stack, guests: Guests) -> None:
    """Nobody is killed, so nothing may end as unknown: a worker knows what the mail server said."""
    guests.confirm(2)
    guests.settle(seconds=60)
    unknown = guests.unknown()
    stack.sink.slow = 0.2
    guests.write(10)
    guests.confirm(2)
    guests.print_badges(2)
    stack.restart_database()
    stack.sink.behave()
    tell("everything done after PostgreSQL was restarted", guests.settle(seconds=60))
    assert guests.faults() == []
    assert guests.unknown() == unknown


@pytest.mark.long
def test_restarted_again_and_again_under_load(stack: Stack, guests: Guests) -> None:
    unknown = guests.unknown()
    stack.sink.slow = 0.1
    for _ in range(6):
        guests.confirm(15)
        guests.write(20)
        guests.approve_in_bulk(5)
        guests.print_badges(20)
        time.sleep(1)
        stack.restart_database()
    stack.sink.behave()
    tell("everything done after six restarts of PostgreSQL", guests.settle(seconds=400, patient=True))
    assert guests.faults() == []
    assert guests.unknown() == unknown

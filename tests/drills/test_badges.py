"""A worker is killed at every step from “confirmed” to the badge in private storage."""

import pytest

from badges.tasks import issue_badge, sweep_credentials
from tests.drills import steps
from tests.drills.figures import tell
from tests.drills.people import Guests
from tests.drills.stack import Stack


def test_child_killed_at_each_step(stack: Stack, guests: Guests) -> None:
    for step in steps.BADGE_STEPS:
        steps.arm(stack.orders, step)
        guests.confirm()
        stack.until_fired(step)
    guests.settle(seconds=60)
    assert guests.faults() == []


@pytest.mark.long
def test_whole_worker_killed_at_each_step(stack: Stack, guests: Guests) -> None:
    """Nobody is left to give the task back: the sweep finds the person."""
    for step in steps.BADGE_STEPS:
        steps.arm(stack.orders, step, whole=True)
        guests.confirm(5)
        stack.until_fired(step)
    tell("badges done after six whole workers were killed", guests.settle(seconds=240, patient=True))
    assert guests.faults() == []


def test_task_delivered_ten_times(stack: Stack, guests: Guests) -> None:
    for guest in guests.confirm(2):
        for _ in range(10):
            issue_badge.delay(registration_id=guest.pk)
            sweep_credentials.delay()
    guests.settle(seconds=60)
    assert guests.faults() == []

"""A wait for a lock that ended is begun anew; only after some tries are people told to press again, and nothing was changed."""

from collections.abc import Callable

import pytest
from django.db import OperationalError
from psycopg.errors import DeadlockDetected, LockNotAvailable, QueryCanceled

from forum.actions.patience import TRIES, busy_in_words
from forum.errors import DomainError


def failing(times: int, cause: type[Exception]) -> tuple[Callable[[], str], list[int]]:
    """An action that meets this so many times before it comes through, and how often it was begun."""
    begun: list[int] = []

    @busy_in_words
    def act() -> str:
        begun.append(1)
        if len(begun) <= times:
            raise OperationalError("no") from cause("no")
        return "done"

    return act, begun


@pytest.mark.parametrize("cause", [LockNotAvailable, DeadlockDetected])
@pytest.mark.parametrize("times", range(TRIES))
def test_a_lock_that_was_not_there_in_time_is_asked_for_again(cause: type[Exception], times: int) -> None:
    act, begun = failing(times, cause)
    assert (act(), len(begun)) == ("done", times + 1)


def test_after_some_tries_people_are_told() -> None:
    act, begun = failing(TRIES, LockNotAvailable)
    with pytest.raises(DomainError) as refusal:
        act()
    assert (refusal.value.code, refusal.value.status, len(begun)) == ("busy", 503, TRIES)


def test_another_fault_is_no_wait() -> None:
    act, begun = failing(1, QueryCanceled)
    with pytest.raises(OperationalError):
        act()
    assert len(begun) == 1

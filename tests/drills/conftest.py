"""One stack for all drills: starting it takes longer than most of them."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.drills.figures import figures
from tests.drills.people import Guests
from tests.drills.stack import Stack, running


@pytest.fixture(scope="session")
def stack(django_db_blocker: DjangoDbBlocker) -> Iterator[Stack]:
    """Servers, workers and beat, with nobody registered yet. No test database: the workers would not see it."""
    with django_db_blocker.unblock(), running() as stack:
        yield stack


@pytest.fixture(autouse=True)
def _own_cache() -> None:
    """Nothing is cleared: cache and broker are one server, and its queues are what the drills are about."""


@pytest.fixture(scope="session")
def guests(stack: Stack) -> Guests:
    """The edition of the drills, its officer, and the way to people."""
    return Guests(stack)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The times that the drills took, beside pass or fail."""
    if figures:
        terminalreporter.section("crash drills")
        for line in figures:
            terminalreporter.line(line)

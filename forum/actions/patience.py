"""When too many press the same button at once: a wait for a lock ends after three seconds and is begun anew; after some tries
people are told so.

The limit is `lock_timeout` of the database connection (`forum.settings`). Nothing was changed, and asking again is safe
for every action that uses this (complaint CAP-8: never an endless wait, never a bare fault).
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection
from django.utils.translation import gettext as _
from psycopg.errors import DeadlockDetected, LockNotAvailable

from forum.errors import DomainError

Given = ParamSpec("Given")
Result = TypeVar("Result")
TRIES = 4
"""Twelve seconds at most: less than a browser's or a server's patience."""


def busy_in_words(action: Callable[Given, Result]) -> Callable[Given, Result]:
    """For an action with a transaction of its own: raises `DomainError("busy")` (503) instead of a fault."""

    @wraps(action)
    def act(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        for tries_left in reversed(range(TRIES)):
            try:
                return action(*args, **kwargs)
            except OperationalError as error:
                if not isinstance(error.__cause__, LockNotAvailable | DeadlockDetected):
                    raise
                if not tries_left or connection.in_atomic_block:
                    message = _("Many people are here right now. Nothing was changed: please press the button again.")
                    raise DomainError("busy", message, status=503) from error
        raise AssertionError

    return act

"""Running the same thing in several threads at the same moment."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connections

from forum.errors import DomainError

Result = TypeVar("Result")


def at_once(calls: Sequence[Callable[[], Result]], *, timeout: float = 20) -> list[Result | DomainError]:
    """Call all of `calls` together and return what each gave; our own refusals are results, faults are raised."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], Result]) -> Result | DomainError:
        try:
            barrier.wait(timeout=timeout)
            return call()
        except DomainError as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=len(calls)) as pool:
        return list(pool.map(run, calls))


def refusals(results: Sequence[object]) -> list[str]:
    """The codes of what was refused."""
    return [r.code for r in results if isinstance(r, DomainError)]

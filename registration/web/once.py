"""A form that is sent twice does its work once: the second request gets the first one's answer."""

from collections.abc import Callable
from time import monotonic, sleep

from django.core.cache import cache
from django.utils.crypto import get_random_string

KEEP = 3600
"""Seconds an answer is remembered: a double click, a reload, a step back."""
PATIENCE = 5.0
"""Seconds the second request waits for the first one."""
_PAUSE = 0.05
_LENGTH = 32


def new_ticket() -> str:
    """A secret for a hidden field; whoever sends it back gets the answer it has led to."""
    return get_random_string(_LENGTH)


def once(ticket: str, make: Callable[[], str]) -> str:
    """What `make` gives for this ticket. Asked again, even at the same time, it does not make anything a second time.

    A malformed ticket (somebody built the request by hand) is not remembered.
    """
    if len(ticket) != _LENGTH or not ticket.isalnum():
        return make()
    key = f"once:{ticket}"
    if not cache.add(key, "", timeout=KEEP):
        return _answer_of_the_other(key) or make()
    try:
        answer = make()
    except BaseException:
        cache.delete(key)
        raise
    cache.set(key, answer, timeout=KEEP)
    return answer


def _answer_of_the_other(key: str) -> str:
    stop_at = monotonic() + PATIENCE
    while not (answer := cache.get(key)) and answer is not None and monotonic() < stop_at:
        sleep(_PAUSE)
    return str(answer or "")

"""One bell for many letters: rung once, heard before anybody looks, and rung anew from then on."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.cache import cache
from django.db import connections, transaction
from django.test import override_settings

from forum.actions.bell import hurry_lane
from forum.enums import MessageState
from forum.models import Forum, Message
from forum.tasks import send_messages
from tests.factories.messages import make_message
from tests.forum.test_logs import headers_in
from tests.mail import Sink

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def silence() -> Iterator[None]:
    """Nobody has rung, nothing is queued."""
    cache.clear()
    headers_in("mail")
    yield
    headers_in("mail")


def test_many_letters_ring_once_for_each_lane() -> None:
    for lane in ("personal", "bulk", "personal"):
        with transaction.atomic():
            hurry_lane(lane)
            hurry_lane(lane)
    assert len(headers_in("mail")) == 2


def test_a_change_that_does_not_pass_rings_nothing() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        hurry_lane("personal")
        raise ZeroDivisionError
    with transaction.atomic():
        hurry_lane("personal")
    assert len(headers_in("mail")) == 1


def test_whoever_hears_it_takes_it_down_before_looking(sink: Sink) -> None:
    with transaction.atomic():
        make_message()
    send_messages(lane="personal")
    with transaction.atomic():
        make_message()
    assert len(sink.letters) == 1
    assert len(headers_in("mail")) == 2


def test_a_bell_that_nobody_hears_hangs_for_seconds_only() -> None:
    hurry_lane("personal")
    client = cache._cache.get_client()
    assert 0 < client.ttl(cache.make_and_validate_key("bell:personal")) <= 10


@override_settings(
    CACHES={
        "default": {"BACKEND": "forum.redis_cache.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"},
        "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    }
)
def test_without_the_cache_every_letter_rings() -> None:
    hurry_lane("personal")
    hurry_lane("personal")
    assert len(headers_in("mail")) == 2


def test_no_letter_stays_however_writers_and_workers_meet(forum: Forum, sink: Sink) -> None:
    """After everybody is through, each letter has left or a bell is still to be heard."""
    together = Barrier(8)

    def work(number: int) -> None:
        try:
            together.wait(10)
            for _time in range(5):
                if number % 4:
                    with transaction.atomic():
                        make_message()
                elif headers_in("mail"):
                    send_messages(lane="personal")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    while headers_in("mail"):
        send_messages(lane="personal")
    assert Message.objects.count() == 30 == len(sink.letters)
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.SENT}

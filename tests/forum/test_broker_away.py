"""The broker may be away: what people do is kept, and found by the sweeps."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from kombu import pools

from celery_app import app
from forum.actions.mail import send_due
from forum.enums import MessageState
from forum.models import Message
from tests.factories.messages import make_message
from tests.mail import Sink


@pytest.fixture
def no_broker() -> Iterator[None]:
    """Nobody listens where the broker should be."""
    before = app.conf.broker_url
    _use(broker="redis://127.0.0.1:1/0")
    yield
    _use(broker=before)


def _use(*, broker: str) -> None:
    app.conf.broker_url = broker
    pools.reset()
    app._pool = app.amqp._producer_pool = None


@pytest.mark.django_db(transaction=True)
def test_action_succeeds_and_the_letter_waits_for_a_sweep(no_broker: None, sink: Sink, caplog) -> None:
    with transaction.atomic():
        message = make_message()
    assert Message.objects.get().state == MessageState.QUEUED
    assert "on_commit" in caplog.text
    assert message.recipient not in caplog.text
    send_due(lane="personal")
    assert len(sink.letters) == 1

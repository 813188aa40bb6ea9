"""Keys rotate while people write and read: no value is lost, none is read wrong, none stays under the old key."""

import base64
from collections.abc import Callable
from functools import partial
from threading import Event
from typing import Any

import pytest
from django.conf import settings as project
from django.db import transaction

from badges.actions.credentials import issue_credential
from badges.engine.token import new_token
from badges.models import Credential
from forum.actions.files import store_sealed
from forum.actions.rotation import Rotation, rotate
from forum.models import Forum, StoredFile
from forum.queries.files import content_of
from forum.queries.sealed import keys_in_use
from registration.enums import RegistrationState
from tests.factories.registration import make_registration
from tests.races.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "new:" + base64.b64encode(bytes(range(32))).decode()
BADGES, FILES = 12, 6


def place(number: int) -> str:
    return f"thing.file:{number}"


def test_rotation_beside_writers_and_readers(forum: Forum, settings: Any) -> None:
    badges = [issue_credential(make_registration(forum, state=RegistrationState.CONFIRMED)) for _ in range(BADGES)]
    tokens = {badge.pk: badge.token for badge in badges if badge}
    files = [
        store_sealed(str(number).encode(), sealed_for=place(number), purpose="x", name="x", content_type="x").pk
        for number in range(FILES)
    ]
    settings.FIELD_KEYS = f"{NEW},{project.FIELD_KEYS}"
    over = Event()

    def write(keys: list[int]) -> None:
        """Under the row's lock, as actions do."""
        for _ in range(4):
            for pk in keys:
                with transaction.atomic():
                    credential = Credential.objects.select_for_update().get(pk=pk)
                    credential.token = tokens[pk] = new_token()
                    credential.save(update_fields=["token"])

    def read() -> None:
        while not over.is_set():
            for number, pk in enumerate(files):
                assert content_of(StoredFile.objects.get(pk=pk), sealed_for=place(number)) == str(number).encode()
            for credential in Credential.objects.all():
                assert len(credential.token) > 10

    def turn() -> list[Rotation]:
        done = [rotate() for _ in range(5)]
        over.set()
        return done

    first, second = list(tokens)[: BADGES // 2], list(tokens)[BADGES // 2 :]
    calls: list[Callable[[], Any]] = [partial(write, first), partial(write, second), read, turn]
    at_once(calls, timeout=30)
    assert rotate().is_complete
    assert {pk: Credential.objects.get(pk=pk).token for pk in tokens} == tokens
    assert {key for keys in keys_in_use().values() for key, number in keys.items() if number} == {"new"}
    settings.FIELD_KEYS = NEW
    assert [content_of(StoredFile.objects.get(pk=pk), sealed_for=place(n)) for n, pk in enumerate(files)] == [
        str(number).encode() for number in range(FILES)
    ]


def test_a_row_that_somebody_holds_is_met_in_a_later_round(forum: Forum, settings: Any) -> None:
    credential = issue_credential(make_registration(forum, state=RegistrationState.CONFIRMED))
    assert credential
    settings.FIELD_KEYS = f"{NEW},{project.FIELD_KEYS}"
    held = Event()

    def hold() -> None:
        with transaction.atomic():
            Credential.objects.select_for_update().get(pk=credential.pk)
            held.set()
            Event().wait(0.7)

    def turn() -> Rotation:
        assert held.wait(10)
        return rotate()

    _nothing, done = at_once([hold, turn])
    assert isinstance(done, Rotation)
    assert (done.is_complete, done.resealed["badges_credential.token"]) == (True, 1)

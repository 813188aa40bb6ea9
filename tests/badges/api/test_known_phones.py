"""A phone is looked up once a minute; whatever ends its right to scan shows at once all the same."""

from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from badges.actions.devices import revoke_device
from badges.models import Credential, Device
from badges.queries.devices import device_by_hash, device_hash
from forum.actions.accounts import end_role
from forum.models import Account, Forum, Membership
from forum.queries.kept import PHONES
from tests.badges.api.test_scans import Phone, body
from tests.factories.badges import make_device, make_holder, make_point

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def device(forum: Forum) -> tuple[Device, Phone]:
    """Known already: it has asked once."""
    caches["process"].clear()
    device, token = make_device(make_point(forum))
    phone = Phone(token)
    assert phone.get("device").status_code == 200
    return device, phone


def statements(phone: Phone, sent: dict[str, Any]) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        assert phone.post(sent).status_code == 200
    words = [query["sql"].strip().split()[0] for query in asked]
    return [word for word in words if word not in ("BEGIN", "COMMIT")]


def test_scan_of_a_known_phone_takes_two_statements(forum: Forum, device: tuple[Device, Phone]) -> None:
    """Whose code it is with all that decides, the new row."""
    known, phone = device
    holder: Credential = make_holder(forum)
    for _time in range(2):
        assert statements(phone, body(holder, known)) == ["SELECT", "INSERT"]


def revoke(device: Device, by: Account) -> None:
    revoke_device(device, by=by)


def take_the_right(device: Device, by: Account) -> None:
    end_role(Membership.objects.get(account=device.holder), by=by)


def end_the_edition(device: Device, by: Account) -> None:
    forum = device.point.forum
    forum.is_current = False
    forum.save()


@pytest.mark.parametrize("end", [revoke, take_the_right, end_the_edition])
def test_end_shows_at_once(forum: Forum, organiser: Account, device: tuple[Device, Phone], end: Any) -> None:
    known, phone = device
    end(known, organiser)
    assert phone.get("device").json()["code"] == "device_revoked"


def test_new_hours_of_the_point_show_at_once(device: tuple[Device, Phone]) -> None:
    known, phone = device
    point = known.point
    point.name_ru = point.name_en = "Южный вход"
    point.save()
    assert phone.get("device").json()["point"]["name"] == "Южный вход"


def test_whatever_a_phone_is_known_by_clears_it(device: tuple[Device, Phone]) -> None:
    """A table that is read and not known to `clear_with` would leave a phone scanning that must not."""
    with CaptureQueriesContext(connection) as asked:
        device_by_hash(device_hash("unknown"))
    known = {model._meta.db_table for model in PHONES.models}
    read = {table for table in connection.introspection.table_names() if f'"{table}"' in asked[0]["sql"]}
    assert read == known

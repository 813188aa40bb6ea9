"""Unsurprising badges, points and phones."""

from datetime import timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.utils.timezone import now

from badges.actions.credentials import issue_credential
from badges.actions.devices import enrol_device
from badges.actions.scans import ScanAnswer, ScanRequest, record_scan
from badges.enums import Direction, PointKind, ScanMethod
from badges.models import Credential, Device, Point
from forum.enums import Role
from forum.models import Account, Forum
from registration.enums import RegistrationState
from registration.models import Registration
from tests.factories.forum import make_staff
from tests.factories.registration import make_registration, make_zone

_numbers = count(1)


def make_holder(forum: Forum, **changes: Any) -> Credential:
    """A confirmed person with a live credential; `changes` as of `make_registration`."""
    registration = make_registration(forum, state=RegistrationState.CONFIRMED, **changes)
    credential = issue_credential(Registration.objects.get(pk=registration.pk))
    assert credential
    return credential


def make_point(forum: Forum, **changes: Any) -> Point:
    """The main entrance, open at any time, unless `changes` say otherwise."""
    number = next(_numbers)
    values = {
        "slug": f"point-{number}",
        "name_ru": f"Вход {number}",
        "name_en": f"Entrance {number}",
        "kind": PointKind.ENTRY_EXIT,
        "position": number,
    }
    zone = changes.pop("zone", None) or make_zone(forum)
    return Point.objects.create(forum=forum, zone=zone, **values | changes)


def make_device(point: Point, *, holder: Account | None = None) -> tuple[Device, str]:
    """A phone and its token; its holder belongs to the check-in staff."""
    return enrol_device(point=point, holder=holder or make_staff(point.forum, Role.CHECKIN_STAFF))


def scan_of(credential: Credential, *, point: Point, **changes: Any) -> ScanRequest:
    """A scan by the camera, just now."""
    values = {
        "nonce": uuid4(),
        "point": point.slug,
        "direction": Direction.IN,
        "method": ScanMethod.CAMERA,
        "code": credential.token,
        "device_time": now() - timedelta(milliseconds=120),
        "sent_at": now(),
    }
    return ScanRequest(**values | changes)


def scan(credential: Credential, *, device: Device, **changes: Any) -> ScanAnswer:
    """Scan a badge at the device's point."""
    return record_scan(scan_of(credential, point=device.point, **changes), device=device)

"""Phones and the points where they scan."""

from datetime import timedelta

from django.db.models import BinaryField, DateTimeField, Exists, OuterRef, Q, QuerySet
from django.utils.timezone import now

from badges.models import Device, Point
from badges.queries.rows import DeviceRow
from forum.crypto import keyed_hash
from forum.enums import Role
from forum.models import Account, Forum, Membership
from forum.queries.access import User, has_role
from forum.queries.compiled import Compiled, Slot

DEVICE_LOOKUP = "badges.device.token"
SILENT_AFTER = timedelta(minutes=15)
TODAY = timedelta(hours=12)
SCANNING = (Role.CHECKIN_STAFF, Role.CHECKIN_SUPERVISOR, Role.ORGANISER)


def device_hash(token: str) -> bytes:
    """How a device's token is looked up."""
    return keyed_hash(token, purpose=DEVICE_LOOKUP)


def device_by_hash(token_hash: bytes) -> DeviceRow | None:
    """The phone with this token, its point, forum and holder, in one query; `holder_may` tells whether the person who
    enrolled it still belongs to the check-in team of the edition in hand, as with tokens.
    """
    return _BY_HASH.first(token=token_hash, at=now())


def _by_hash() -> QuerySet[DeviceRow]:
    grants = Membership.objects.active(at=Slot("at", DateTimeField())).filter(
        account=OuterRef("holder"), forum=OuterRef("point__forum"), forum__is_current=True, role__in=SCANNING
    )
    devices = Device.objects.select_related("point__zone", "point__forum", "holder").annotate(holder_may=Exists(grants))
    return devices.filter(token_hash=Slot("token", BinaryField()))


_BY_HASH: Compiled[DeviceRow] = Compiled(_by_hash)


def points_open_to(user: User, *, forum: Forum) -> QuerySet[Point]:
    """Points where `user` may scan, in order."""
    points = Point.objects.filter(forum=forum).select_related("zone", "forum")
    return points if has_role(user, Role.CHECKIN_STAFF, Role.CHECKIN_SUPERVISOR) else points.none()


def devices_visible_to(user: User, *, forum: Forum) -> QuerySet[Device]:
    """Phones that can still scan, the ones heard of last first."""
    devices = Device.objects.filter(point__forum=forum, revoked_at=None, expires_at__gt=now())
    if not has_role(user, Role.CHECKIN_SUPERVISOR, Role.ACCREDITATION_OFFICER):
        return devices.none()
    return devices.select_related("point", "holder").order_by("-last_seen_at", "-pk")


def silent_devices(user: User, *, forum: Forum) -> QuerySet[Device]:
    """Phones that worked today and fell silent while their point is open; a point without hours is open all day.

    A phone that has not scanned for so long has no network, no battery or nobody who holds it.
    """
    return devices_visible_to(user, forum=forum).filter(is_silent())


def is_silent() -> Q:
    """Of phones that can still scan: heard of today, but not lately, though their point is open."""
    moment = now()
    is_open = Q(point__opens_at=None) | Q(point__opens_at__lte=moment)
    not_closed = Q(point__closes_at=None) | Q(point__closes_at__gt=moment)
    return is_open & not_closed & Q(last_seen_at__gt=moment - TODAY, last_seen_at__lt=moment - SILENT_AFTER)


def scanned_there(point: Point, *, holder: Account) -> bool:
    """Whether `holder` has had a phone at `point`: only then may a scan made there arrive from another one of theirs."""
    return Device.objects.filter(point=point, holder=holder).exists()

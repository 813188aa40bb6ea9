"""Phones that scan: enrolled by the person who holds them, watched, revoked."""

import secrets
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now

from badges.models import Device, Point
from badges.queries.devices import device_by_hash, device_hash
from badges.queries.rows import DeviceRow
from forum.actions.audit import record
from forum.models import Account, Forum
from forum.queries.kept import PHONES, Count

TOKEN_BYTES = 32
CONTACT_EVERY = timedelta(minutes=1)
"""How exactly we know when a phone was last heard of: often enough for the board, rare enough for the database."""


@transaction.atomic
def enrol_device(*, point: Point, holder: Account) -> tuple[Device, str]:
    """Let a phone scan at `point`; returns the device and its token, which is shown once and stored as a hash only.

    It ends with the forum's last day; after that, with the day in hand, so that late visits can still be scanned.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    device = Device.objects.create(
        point=point,
        name=str(Device.objects.filter(point__forum=point.forum).count() + 1),
        holder=holder,
        token_hash=device_hash(token),
        expires_at=end_of_work(point.forum),
    )
    record("device.enrolled", on=("device", device.public_id), forum=point.forum, by=holder, point=point.slug)
    return device, token


@transaction.atomic
def revoke_device(device: Device, *, by: Account) -> None:
    """A lost phone scans no more; what it scanned stays. Safe to ask twice."""
    if Device.objects.filter(pk=device.pk, revoked_at=None).update(revoked_at=now()):
        PHONES.changed()
        record("device.revoked", on=("device", device.public_id), forum=device.point.forum, by=by)


def device_of(token_hash: bytes, *, count: Count | None = None) -> DeviceRow | None:
    """The phone that shows this token, as `device_by_hash` gives it; that it was heard of is noted once a minute.

    Between two notes a copy is kept: a phone that is revoked or moved, and a right that is taken away, show at once; a
    right that ends by the clock, within `forum.queries.kept.SECONDS`. `count` is raised on the way.
    """
    return PHONES.kept("device", token_hash.hex(), build=lambda: _heard(token_hash), count=count)


def _heard(token_hash: bytes) -> DeviceRow | None:
    device = device_by_hash(token_hash)
    if device and device.holder_may and device.revoked_at is None and device.expires_at > now():
        note_contact(device)
    return device


def note_contact(device: Device) -> None:
    """Remember that the phone was heard of, at most once a minute."""
    long_ago = now() - CONTACT_EVERY
    if device.last_seen_at is None or device.last_seen_at < long_ago:
        stale = Q(last_seen_at=None) | Q(last_seen_at__lt=long_ago)
        Device.objects.filter(stale, pk=device.pk).update(last_seen_at=now())
        device.last_seen_at = now()


def end_of_work(forum: Forum) -> datetime:
    """The end of the forum's last day, or of today when that day is over; in the forum's zone."""
    zone = ZoneInfo(forum.timezone)
    last_day = max(forum.ends_on, now().astimezone(zone).date())
    return datetime.combine(last_day + timedelta(days=1), time(), zone)

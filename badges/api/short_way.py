"""Scans as phones send them, read and answered without the frame of the API: it takes longer than the scan itself.

Everything else is for `ScansView`: other forms of the same values, refusals, phones that are too fast or not known.
A scan is stored once, however often it comes, so one that has come to a refusal here may begin anew there.
"""

import json
import re
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.renderers import JSONRenderer

from badges.actions.scans import ScanRequest, record_scan
from badges.api.authentication import device_and_pace
from badges.api.serializers import ScanAnswerSerializer
from badges.enums import Direction, ScanMethod
from badges.models import Device
from forum.errors import DomainError

FIELDS = frozenset({"nonce", "point", "direction", "method", "code", "device_time", "sent_at"})
CODE, POINT = re.compile(r"[!-~]{1,200}"), re.compile(r"[-a-zA-Z0-9_]{1,40}")
METHODS = {method.value: method for method in (ScanMethod.CAMERA, ScanMethod.TYPED)}
YEARS = range(2000, 2200)
"""The ends of the calendar are for the usual way: there times overflow."""
ANSWER, RENDERER = ScanAnswerSerializer(), JSONRenderer()


def answered(request: HttpRequest) -> bytes | None:
    """The answer to a plain scan, as JSON; None for all that the usual way has to look at."""
    scan = plain_scan(request.body)
    try:
        device = _device(request) if scan else None
        if scan is None or device is None or device.point.slug != scan.point:
            return None
        return RENDERER.render(ANSWER.to_representation(record_scan(scan, device=device)))
    except (AuthenticationFailed, DomainError):
        return None


def _device(request: HttpRequest) -> Device | None:
    """The phone, unless it is too fast."""
    found = device_and_pace(request)
    return found[0] if found and found[1].holds else None


def plain_scan(body: bytes) -> ScanRequest | None:
    """What was sent, where it has all fields and no others, each in the form in which the scanner writes it."""
    try:
        sent = json.loads(body.decode())
        is_plain = sent.keys() == FIELDS and CODE.fullmatch(sent["code"]) and POINT.fullmatch(sent["point"])
        return _scan(sent) if is_plain else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _scan(sent: dict[str, Any]) -> ScanRequest:
    return ScanRequest(
        nonce=UUID(sent["nonce"]),
        point=sent["point"],
        direction=Direction(sent["direction"]),
        method=METHODS[sent["method"]],
        code=sent["code"],
        device_time=_time(sent["device_time"]),
        sent_at=_time(sent["sent_at"]),
    )


def _time(text: str) -> datetime:
    """Raises `ValueError` for a time without an offset, or far from our days."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None or found.year not in YEARS:
        raise ValueError
    return found

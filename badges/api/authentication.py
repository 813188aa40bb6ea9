"""Who scans: a device by its token in a header. No cookie, hence no CSRF and no session that ends (CHK-6)."""

from typing import Any, cast

from django.http import HttpRequest
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from badges.actions.devices import device_of
from badges.models import Device
from badges.queries.devices import device_hash
from badges.queries.rows import DeviceRow
from forum.api.throttles import Pace
from forum.models import Account

KEYWORD = "Device"


def device_and_pace(request: Request | HttpRequest) -> tuple[DeviceRow, Pace] | None:
    """The phone that asks, counted on the way; None without such a header. Raises `AuthenticationFailed` for an unknown,
    revoked or expired device, and when its holder no longer belongs to the team.
    """
    scheme, _blank, token = get_authorization_header(cast(Request, request)).decode("latin-1").partition(" ")
    if scheme != KEYWORD:
        return None
    token_hash = device_hash(token.strip())
    pace = Pace.of("device", token_hash.hex())
    device = device_of(token_hash, count=pace)
    if device is None:
        raise AuthenticationFailed(_("This phone is not known. Choose the point again."), code="device_unknown")
    if device.revoked_at or not device.holder_may:
        raise AuthenticationFailed(_("This phone may no longer scan."), code="device_revoked")
    if device.expires_at <= now():
        raise AuthenticationFailed(_("This phone's pass has ended."), code="device_expired")
    return device, pace


class DeviceAuthentication(BaseAuthentication):
    """`Authorization: Device <token>`. The user is the holder, `request.auth` the device."""

    def authenticate(self, request: Request) -> tuple[Account, Device] | None:
        """None without such a header. Raises `AuthenticationFailed`. `request.pace` is for `DeviceThrottle`."""
        found = device_and_pace(request)
        if found is None:
            return None
        device, cast(Any, request).pace = found
        return device.holder, device

    def authenticate_header(self, request: Request) -> str:
        """Makes DRF answer 401, after which the scanner keeps its scans and asks to choose the point again."""
        return KEYWORD


class IsDevice(BasePermission):
    """A browser session is not a device."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return isinstance(request.auth, Device)


class DeviceScheme(OpenApiAuthenticationExtension):
    """How the documentation names it."""

    target_class = "badges.api.authentication.DeviceAuthentication"
    name = "device"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Device <token>`; the token is given once, when a phone is enrolled at `/scan/`.",
        }

"""How fast one phone may ask."""

from typing import Any, cast

from rest_framework.request import Request

from badges.models import Device
from forum.api.throttles import Pace, TokenThrottle, counted


class DeviceThrottle(TokenThrottle):
    """By device; counted when it showed its token (`DeviceAuthentication`), on the same trip to the cache."""

    def counted(self, request: Request) -> Pace:
        """As it stands; who shows no token that we know is counted by network address."""
        return cast(Any, request).pace if isinstance(request.auth, Device) else super().counted(request)


class PeopleThrottle(TokenThrottle):
    """A search costs more than a scan."""

    def counted(self, request: Request) -> Pace:
        """By device, in a count of its own."""
        return counted(Pace.of("people", str(request.auth.pk)))

"""How fast one phone may ask. Without Redis nobody is held back: check-in must go on."""

import logging

from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from badges.models import Device

logger = logging.getLogger(__name__)


class DeviceThrottle(SimpleRateThrottle):
    """Counts by device; the rate stands in `settings.REST_FRAMEWORK`."""

    scope = "device"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        """None for requests without a device: they were refused before."""
        return f"throttle:{self.scope}:{request.auth.pk}" if isinstance(request.auth, Device) else None

    def allow_request(self, request: Request, view: APIView) -> bool:
        """True also when the counter cannot be reached."""
        try:
            return super().allow_request(request, view)
        except RedisError:
            logger.warning("the throttle's counter cannot be reached")
            return True


class PeopleThrottle(DeviceThrottle):
    """A search costs more than a scan."""

    scope = "people"

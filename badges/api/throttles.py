"""How fast one phone may ask."""

from badges.models import Device
from forum.api.throttles import TokenThrottle


class DeviceThrottle(TokenThrottle):
    """By device."""

    scope = "device"
    holder = Device


class PeopleThrottle(DeviceThrottle):
    """A search costs more than a scan."""

    scope = "people"

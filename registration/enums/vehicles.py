"""Vehicles and what crews bring."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class VehicleState(TextChoices):
    """Where a vehicle pass stands."""

    ASKED = "asked", pgettext_lazy("vehicle pass", "Asked for")
    APPROVED = "approved", pgettext_lazy("vehicle pass", "Pass issued")
    REFUSED = "refused", pgettext_lazy("vehicle pass", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("vehicle pass", "Withdrawn")


_W = VehicleState
VEHICLE_MOVES: dict[VehicleState, frozenset[VehicleState]] = {
    _W.ASKED: frozenset({_W.APPROVED, _W.REFUSED, _W.WITHDRAWN}),
    _W.APPROVED: frozenset({_W.WITHDRAWN}),
    _W.REFUSED: frozenset(),
    _W.WITHDRAWN: frozenset(),
}
"""The only moves there are; `registration.actions.vehicles` is the only writer."""
VEHICLE_LIVE = frozenset({_W.ASKED, _W.APPROVED})
"""Only these keep the plate on their days."""


class EquipmentKind(TextChoices):
    """What somebody brings through the gate."""

    CAMERA = "camera", _("Photo camera")
    VIDEO = "video", _("Video camera")
    DRONE = "drone", _("Drone")
    SOUND = "sound", _("Microphone or sound recorder")
    LIGHT = "light", _("Light or tripod")
    COMPUTER = "computer", _("Computer")
    LINK = "link", _("Radio or broadcasting link")
    TOOLS = "tools", _("Tools or installation kit")
    OTHER = "other", pgettext_lazy("equipment", "Something else")

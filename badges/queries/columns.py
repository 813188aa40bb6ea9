"""What badges and check-in tell in a table of people."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from badges.enums import CredentialState, Direction, PointKind
from badges.models import Credential, Scan
from forum.registry import ExportColumn
from registration.models import Registration

BADGE = _("Badge")


def numbers(registrations: Sequence[Registration]) -> dict[int, str]:
    """How many badges the person has had, where one is in force. One query."""
    live = Credential.objects.filter(registration__in=registrations, state=CredentialState.LIVE)
    return {pk: str(number) for pk, number in live.values_list("registration", "number")}


def collected(registrations: Sequence[Registration]) -> dict[int, str]:
    """When the badge was first handed over at the desk, on the forum's clock. One query."""
    return _first(registrations, kind=PointKind.BADGE_ISSUE)


def arrived(registrations: Sequence[Registration]) -> dict[int, str]:
    """When the person first came in. One query."""
    return _first(registrations, kind=PointKind.ENTRY_EXIT)


def _first(registrations: Sequence[Registration], *, kind: PointKind) -> dict[int, str]:
    zones = {one.pk: ZoneInfo(one.forum.timezone) for one in registrations}
    scans = Scan.objects.filter(registration__in=registrations, point__kind=kind, counts=True, direction=Direction.IN)
    first = scans.order_by().values_list("registration").annotate(first=Min("at"))
    return {pk: f"{at.astimezone(zones[pk]):%Y-%m-%d %H:%M}" for pk, at in first}


SEE = "registration.view_people"
COLUMNS = (
    ExportColumn("badge", BADGE, _("Badge number"), numbers, SEE, 12),
    ExportColumn("collected", BADGE, _("Badge handed over"), collected, SEE, 18),
    ExportColumn("arrived", BADGE, _("First entry"), arrived, SEE, 18),
)

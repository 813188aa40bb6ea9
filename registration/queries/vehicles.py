"""Vehicles with their passes: who may see them, what stands on a pass, who comes on a day."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Count, QuerySet

from forum.enums import Role
from forum.models import Forum, Organisation, Paper
from forum.queries.access import User, has_role
from registration.enums import VehicleState, ZoneKind
from registration.models import Delegation, Vehicle, VehicleDay, Zone

PASS = "vehicle_pass"  # noqa: S105 -- a kind of paper
"""The kind of paper, and of what it is about."""
BEFORE, AFTER = timedelta(days=3), timedelta(days=2)
"""Stands are brought before the forum and taken away after it."""
SET_UP = ("forum", "organisation", "delegation__region")


def vehicles_visible_to(user: User, *, forum: Forum) -> QuerySet[Vehicle]:
    """For the officers, the newest first."""
    rows = Vehicle.objects.filter(forum=forum).select_related(*SET_UP).prefetch_related("days", "zones")
    return rows if has_role(user, Role.ACCREDITATION_OFFICER) else rows.none()


def pass_of(vehicle: Vehicle) -> Paper | None:
    """The valid pass."""
    return _passes([vehicle]).filter(voided_at=None).first()


def passes_of(vehicles: Iterable[Vehicle]) -> dict[str, Paper]:
    """The newest pass of each, by the public id of the vehicle; one query."""
    return {paper.subject_id: paper for paper in _passes(vehicles).order_by("pk")}


def _passes(vehicles: Iterable[Vehicle]) -> QuerySet[Paper]:
    about = [str(vehicle.public_id) for vehicle in vehicles]
    return Paper.objects.filter(kind=PASS, subject_kind=PASS, subject_id__in=about).select_related("file", "forum")


def vehicle_of(paper: Paper) -> Vehicle | None:
    """What a pass is about."""
    return Vehicle.objects.select_related(*SET_UP).filter(public_id=paper.subject_id).first()


def comes_for(vehicle: Vehicle) -> str:
    """The organisation or the delegation, by name."""
    return str(vehicle.organisation or vehicle.delegation or "")


def pass_days(forum: Forum) -> list[date]:
    """Days for which a pass may be asked."""
    first, last = forum.starts_on - BEFORE, forum.ends_on + AFTER
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def gate_days(forum: Forum) -> list[tuple[date, int]]:
    """Days on which vehicles with a pass come, and how many."""
    rows = VehicleDay.objects.filter(forum=forum, is_live=True, vehicle__state=VehicleState.APPROVED).order_by("day")
    return list(rows.values_list("day").annotate(number=Count("pk")))


def vehicles_at_the_gate(user: User, *, forum: Forum, day: date) -> list[Vehicle]:
    """Vehicles with a valid pass for the day, by plate."""
    rows = vehicles_visible_to(user, forum=forum).filter(state=VehicleState.APPROVED, days__day=day, days__is_live=True)
    return list(rows.order_by("plate"))


def organisations_of_passes() -> QuerySet[Organisation]:
    """Whose vehicles may come."""
    return Organisation.objects.order_by("slug")


def delegations_of_passes(forum: Forum) -> QuerySet[Delegation]:
    """Whose vehicles may come."""
    return Delegation.objects.filter(forum=forum).select_related("region")


def zones_of_passes(forum: Forum) -> QuerySet[Zone]:
    """Areas into which one may drive; a visit is not an area."""
    return Zone.objects.filter(forum=forum, kind=ZoneKind.AREA)

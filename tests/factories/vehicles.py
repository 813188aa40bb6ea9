"""Vehicles with passes, and what people bring."""

from typing import Any

from django.utils.text import slugify

from forum.enums import Role
from forum.models import Account, Forum, Organisation
from registration.actions.equipment import Device, add_equipment
from registration.actions.vehicles import VehicleTerms, approve_vehicle, ask_for_pass
from registration.enums import EquipmentKind, RegistrationState
from registration.models import Equipment, Registration, Vehicle, Zone
from tests.factories.forum import make_staff
from tests.factories.registration import make_category, make_registration, make_zone


def make_organisation(name: str = "Кузбасс-ТВ") -> Organisation:
    """An outlet."""
    slug = slugify(name) or f"o-{Organisation.objects.count()}"
    return Organisation.objects.get_or_create(name=name, defaults={"slug": slug})[0]


def terms_of(forum: Forum, **changes: Any) -> VehicleTerms:
    """A lorry for the first day, or whatever `changes` make of it."""
    zone = Zone.objects.filter(forum=forum).first() or make_zone(forum)
    usual = {
        "plate": "А123ВС142",
        "make": "ГАЗель",
        "driver": "Рулёва Ирина",
        "driver_phone": "+79000000001",
        "organisation": make_organisation(),
        "delegation": None,
        "zones": [zone],
        "days": [forum.starts_on],
        "purpose": "стенд",
    }
    return VehicleTerms(**usual | changes)


def make_vehicle(forum: Forum, *, by: Account | None = None, approved: bool = False, **changes: Any) -> Vehicle:
    """Asked for, or with a pass."""
    officer = by or make_staff(forum, Role.ACCREDITATION_OFFICER)
    vehicle = ask_for_pass(forum, terms=terms_of(forum, **changes), by=officer)
    if approved:
        approve_vehicle(vehicle, by=officer)
    vehicle.refresh_from_db()
    return vehicle


def make_crew(forum: Forum, *, code: str = "media", **more: Any) -> Registration:
    """Somebody of the media with a place."""
    category = make_category(forum, code=code, lists_equipment=True)
    made = make_registration(forum, category=category, state=RegistrationState.CONFIRMED, **more)
    return Registration.objects.select_related("person", "forum", "category", "delegation__region").get(pk=made.pk)


def make_device(registration: Registration, *, serial: str = "ZZ-1", count: int = 1) -> Equipment:
    """A line of the list."""
    device = Device(kind=EquipmentKind.VIDEO, model="Sony FX6", serial=serial, count=count)
    return add_equipment(registration, device=device, by=None)

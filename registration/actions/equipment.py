"""Writing the list of equipment: by the person, within limits; erased after the forum."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from forum.actions.audit import record
from forum.errors import DomainError
from forum.models import Account, Forum
from registration.actions.documents import note
from registration.actions.state import lock, refuse_stopped
from registration.enums import EquipmentKind
from registration.models import Equipment, Registration
from registration.models.equipment import MOST
from registration.queries.documents import KEPT_FOR
from registration.queries.equipment import is_asked

MOST_LINES = 40
"""A film crew with everything it has; whoever brings more asks the officers."""
ONCE = "equipment_serial_once"


@dataclass(frozen=True, kw_only=True)
class Device:
    """One line. With a serial number it is one thing."""

    kind: EquipmentKind
    model: str
    serial: str
    count: int


@transaction.atomic(durable=True)
def add_equipment(registration: Registration, *, device: Device, by: Account | None) -> Equipment:
    """A new line. Raises `DomainError` for the limit, a number that is listed already, or whoever lists nothing."""
    registration = _open(registration)
    if Equipment.objects.filter(registration=registration).count() >= MOST_LINES:
        message = _("A list has at most %(most)s lines. Put alike things into one line with their number.")
        raise DomainError("equipment.limit", message % {"most": MOST_LINES}, status=422)
    return _write(Equipment(registration=registration), device, by=by, action="registration.equipment_added")


@transaction.atomic(durable=True)
def change_equipment(one: Equipment, *, device: Device, by: Account | None) -> Equipment:
    """Another text of a line. Raises as above."""
    registration = _open(one.registration)
    row = Equipment.objects.select_for_update().filter(pk=one.pk).first()
    if row is None:
        raise DomainError("equipment.gone", _("This line has been removed meanwhile."))
    row.registration = registration
    return _write(row, device, by=by, action="registration.equipment_changed")


@transaction.atomic(durable=True)
def remove_equipment(one: Equipment, *, by: Account | None) -> bool:
    """The line goes. Removing twice is removing once."""
    registration = lock(one.registration)
    gone, _rows = Equipment.objects.filter(pk=one.pk).delete()
    if gone:
        note(registration, "registration.equipment_removed", by=by)
    return bool(gone)


def _open(registration: Registration) -> Registration:
    registration = lock(registration)
    refuse_stopped(registration)
    if not is_asked(registration):
        raise DomainError("equipment.not_asked", _("There is no list of equipment for this application."))
    return registration


def _write(row: Equipment, device: Device, *, by: Account | None, action: str) -> Equipment:
    _refuse_bad(device)
    row.kind, row.model, row.serial, row.count = device.kind, device.model, device.serial, device.count
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if ONCE not in str(error):
            raise
        message = _("This serial number is on your list already. Look at the line above, or correct the number.")
        raise DomainError("equipment.twice", message, fields={"serial": message}) from error
    note(row.registration, action, by=by, kind=device.kind)
    return row


def _refuse_bad(device: Device) -> None:
    if not 1 <= device.count <= MOST:
        message = _("Give a number from 1 to %(most)s.") % {"most": MOST}
        raise DomainError("equipment.count", message, fields={"count": message}, status=422)
    if device.serial and device.count > 1:
        message = _("A serial number belongs to one thing. Write each into a line of its own, or leave the number out.")
        raise DomainError("equipment.serial_of_many", message, fields={"count": message}, status=422)


def erase_equipment() -> int:
    """Lists of editions whose term is over. Returns how many lines went."""
    over = Forum.objects.filter(ends_on__lt=localdate() - KEPT_FOR)
    return sum(_erase(forum) for forum in over.filter(registrations__equipment__isnull=False).distinct())


@transaction.atomic(durable=True)
def _erase(forum: Forum) -> int:
    gone, _rows = Equipment.objects.filter(registration__forum=forum).delete()
    if gone:
        record("equipment.erased", on=("forum", forum.slug), forum=forum, lines=gone)
    return gone

"""Vehicle passes: asking, correcting, deciding, withdrawing. Every write of a pass is here; its paper: `vehicle_passes`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.actions.audit import record
from forum.actions.papers import issue_paper, void_paper
from forum.errors import DomainError
from forum.models import Account, Forum, Organisation, Paper
from registration.engine.plates import plate_key, shown_plate
from registration.engine.questions.cleaning import AnswerError, phone_of
from registration.enums import VEHICLE_LIVE, VEHICLE_MOVES, VehicleState
from registration.models import Delegation, Vehicle, VehicleDay, Zone
from registration.queries.documents import KEPT_FOR
from registration.queries.vehicles import PASS, pass_days, pass_of
from registration.tasks import draw_vehicle_pass

ONCE = "plate_once_a_day"
DRIVER = ("driver", "driver_phone")


@dataclass(frozen=True, kw_only=True)
class VehicleTerms:
    """What is asked for. Exactly one of `organisation` and `delegation`."""

    plate: str
    make: str
    driver: str
    driver_phone: str
    organisation: Organisation | None
    delegation: Delegation | None
    zones: Sequence[Zone]
    days: Sequence[date]
    purpose: str


@transaction.atomic(durable=True)
def ask_for_pass(forum: Forum, *, terms: VehicleTerms, by: Account) -> Vehicle:
    """A vehicle that waits for a decision. Raises `DomainError` with a message per field; a plate that has a pass for one
    of the days, or waits for one, is refused by the database.
    """
    vehicle = Vehicle(forum=forum, asked_by=by, erase_after=forum.ends_on + KEPT_FOR)
    _write(vehicle, terms)
    record("vehicle.asked", on=about(vehicle), forum=vehicle.forum, by=by, days=len(terms.days))
    return vehicle


@transaction.atomic(durable=True)
def change_vehicle(vehicle: Vehicle, *, terms: VehicleTerms, version: int, by: Account) -> Vehicle:
    """Correct what is asked for, until it is decided. Raises `DomainError` as above, and for a change in between."""
    row = lock_vehicle(vehicle)
    _refuse_stale(row, version)
    if row.state != VehicleState.ASKED:
        raise DomainError(
            "vehicle.decided",
            _("This pass is decided. Withdraw it and ask for another one, or change the driver only."),
        )
    row.days.all().delete()
    _write(row, terms)
    record("vehicle.changed", on=about(row), forum=row.forum, by=by, days=len(terms.days))
    return row


@transaction.atomic(durable=True)
def change_driver(vehicle: Vehicle, *, driver: str, phone: str, version: int, by: Account) -> Vehicle:
    """Somebody else drives. The pass stays valid: the driver is not printed on it."""
    row = lock_vehicle(vehicle)
    _refuse_stale(row, version)
    _refuse_over(row)
    row.driver, row.driver_phone = driver, _phone(phone)
    row.version += 1
    row.save()
    record("vehicle.driver_changed", on=about(row), forum=row.forum, by=by, changed=DRIVER)
    return row


@transaction.atomic(durable=True)
def approve_vehicle(vehicle: Vehicle, *, by: Account) -> Paper:
    """Give the pass its number; a worker draws it."""
    row = lock_vehicle(vehicle)
    last = row.days.order_by("-day").values_list("day", flat=True).first()
    _move(row, VehicleState.APPROVED, by=by)
    paper = issue_paper(PASS, forum=row.forum, about=(PASS, row.public_id), by=by, valid_until=last)
    record("vehicle.approved", on=about(row), forum=row.forum, by=by, number=paper.number)
    draw_vehicle_pass.delay_on_commit(paper_id=paper.pk)
    return paper


@transaction.atomic(durable=True)
def refuse_vehicle(vehicle: Vehicle, *, reason: str, by: Account) -> None:
    """No pass; the plate is free again on these days."""
    row = lock_vehicle(vehicle)
    _move(row, VehicleState.REFUSED, by=by, answer=reason)
    record("vehicle.refused", on=about(row), forum=row.forum, by=by, reason=reason)


@transaction.atomic(durable=True)
def withdraw_vehicle(vehicle: Vehicle, *, reason: str, by: Account) -> None:
    """The pass ends at once: the check page says so, and the plate is off the list of the gate."""
    row = lock_vehicle(vehicle)
    _move(row, VehicleState.WITHDRAWN, by=by, answer=reason)
    if paper := pass_of(row):
        void_paper(paper)
    record("vehicle.withdrawn", on=about(row), forum=row.forum, by=by, reason=reason)


def lock_vehicle(vehicle: Vehicle) -> Vehicle:
    """The row as it stands now, locked."""
    return Vehicle.objects.select_for_update(of=("self",)).select_related("forum").get(pk=vehicle.pk)


def _move(row: Vehicle, to: VehicleState, *, by: Account, answer: str = "") -> None:
    if to not in VEHICLE_MOVES[VehicleState(row.state)]:
        message = _("This pass is already decided: %(state)s. Load the page again.")
        raise DomainError("vehicle.decided", message % {"state": row.get_state_display()})
    row.state, row.answer, row.decided_by, row.decided_at = to, answer, by, now()
    row.version += 1
    row.save()
    if to not in VEHICLE_LIVE:
        row.days.update(is_live=False)


def _write(row: Vehicle, terms: VehicleTerms) -> None:
    _refuse_bad_terms(row.forum, terms)
    row.plate_key, row.plate = _plate(terms.plate)
    row.make, row.purpose = terms.make, terms.purpose
    row.driver, row.driver_phone = terms.driver, _phone(terms.driver_phone)
    row.organisation, row.delegation = terms.organisation, terms.delegation
    if row.pk:
        row.version += 1
    row.save()
    row.zones.set(terms.zones)
    days = [VehicleDay(vehicle=row, forum=row.forum, day=day, plate_key=row.plate_key) for day in terms.days]
    try:
        with transaction.atomic():
            VehicleDay.objects.bulk_create(days)
    except IntegrityError as error:
        if ONCE not in str(error):
            raise
        message = _("This plate has a pass, or waits for one, on one of these days. Look it up in the list first.")
        raise DomainError("vehicle.twice", message, fields={"plate": message}) from error


def _refuse_bad_terms(forum: Forum, terms: VehicleTerms) -> None:
    fields: dict[str, str] = {}
    if (terms.organisation is None) == (terms.delegation is None):
        fields["organisation"] = _("Say for whom it comes: an organisation or a delegation, not both.")
    if not terms.days or not set(terms.days) <= set(pass_days(forum)):
        fields["days"] = _("Choose at least one of the days on which vehicles may come.")
    if not terms.zones:
        fields["zones"] = _("Choose at least one zone.")
    if fields:
        raise DomainError("vehicle.incomplete", _("Something is missing for the pass."), fields=fields, status=422)


def _plate(typed: str) -> tuple[str, str]:
    try:
        return plate_key(typed), shown_plate(typed)
    except ValueError as error:
        message = _("This is not a number plate. Write letters and digits as on the vehicle, for example А 123 ВС 142.")
        raise DomainError("vehicle.plate", message, fields={"plate": message}, status=422) from error


def _phone(typed: str) -> str:
    try:
        return phone_of(typed)
    except AnswerError as error:
        message = _("This is not a phone number. Write it with the code of the country: +7 900 000-00-00.")
        raise DomainError("vehicle.phone", message, fields={"driver_phone": message}, status=422) from error


def _refuse_stale(row: Vehicle, version: int) -> None:
    if row.version != version:
        raise DomainError(
            "vehicle.stale", _("Somebody changed this vehicle meanwhile. Load the page again and compare.")
        )


def _refuse_over(row: Vehicle) -> None:
    if row.state not in VEHICLE_LIVE or row.erased_at is not None:
        raise DomainError("vehicle.over", _("This pass is over: nothing can be changed in it."))


def about(row: Vehicle) -> tuple[str, object]:
    """Whom an entry of the log is about."""
    return "vehicle", row.public_id

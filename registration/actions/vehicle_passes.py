"""The pass as a paper: drawn by a worker, taken with a word in the log; the driver erased after the forum."""

import logging

from django.db import transaction
from django.utils.timezone import localdate, now

from forum.actions.audit import record
from forum.actions.papers import draw_undrawn, erase_drawing, keep_drawing, store_drawing
from forum.models import Account, Forum, Paper
from forum.queries.papers import content_of_paper
from registration.actions.vehicles import DRIVER, about, lock_vehicle
from registration.models import Vehicle
from registration.queries.vehicle_pass import draw
from registration.queries.vehicles import PASS, pass_of, passes_of, vehicle_of

logger = logging.getLogger(__name__)


def draw_pass(*, paper_id: int) -> bool:
    """Draw a pass that has a number and no drawing yet. Safe to run twice; what is void meanwhile stays undrawn."""
    paper = Paper.objects.select_related("forum").filter(pk=paper_id, kind=PASS, voided_at=None, drawn_at=None).first()
    vehicle = vehicle_of(paper) if paper else None
    if paper is None or vehicle is None:
        logger.info("pass %s needs no drawing", paper_id)
        return False
    stored = store_drawing(paper, draw(vehicle, paper))
    with transaction.atomic(durable=True):
        lock_vehicle(vehicle)
        return keep_drawing(paper, stored)


def draw_missing() -> int:
    """Passes that a lost broker forgot, or that a worker died over. Returns how many were drawn."""
    return draw_undrawn(PASS, draw_pass)


@transaction.atomic
def take_pass(vehicle: Vehicle, *, by: Account) -> bytes:
    """The bytes of the valid pass; that it was printed stands in the log. Raises `FileNotFoundError` without one."""
    paper = pass_of(vehicle)
    if paper is None:
        raise FileNotFoundError(vehicle.public_id)
    content = content_of_paper(paper)
    record("vehicle.pass_taken", on=about(vehicle), forum=vehicle.forum, by=by, number=paper.number)
    return content


@transaction.atomic
def note_gate_list(forum: Forum, *, day: str, kind: str, vehicles: int, by: Account) -> None:
    """That a list with drivers left the system."""
    record("vehicles.list_made", on=("forum", forum.slug), forum=forum, by=by, day=day, format=kind, vehicles=vehicles)


def erase_drivers() -> int:
    """Name and phone of every driver whose term is over, and the drawn pass. Returns how many went."""
    late = Vehicle.objects.filter(erased_at=None, erase_after__lt=localdate()).order_by("pk")
    return sum(_erase(vehicle) for vehicle in late)


@transaction.atomic(durable=True)
def _erase(vehicle: Vehicle) -> bool:
    row = lock_vehicle(vehicle)
    if row.erased_at is not None:
        return False
    row.driver = row.driver_phone = None
    row.erased_at = now()
    row.version += 1
    row.save()
    for paper in passes_of([row]).values():
        erase_drawing(paper)
    record("vehicle.driver_erased", on=about(row), forum=row.forum, changed=DRIVER)
    return True


def leave_driver(vehicle: Vehicle) -> int:
    """The driver does not come and is erased; the pass stays, and another driver may be named. The caller owns the
    transaction.
    """
    row = lock_vehicle(vehicle)
    row.driver = row.driver_phone = ""
    row.version += 1
    row.save()
    record("vehicle.driver_erased", on=about(row), forum=row.forum, changed=DRIVER)
    return 1

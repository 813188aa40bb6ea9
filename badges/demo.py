"""Badges and check-in of the demo, through the actions: points, phones, badges, a print run, the scans of the days past."""

import csv
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

from django.db.models import Max, Q

from badges.actions.devices import enrol_device
from badges.actions.issuing import issue_badge
from badges.actions.points import create_point
from badges.actions.printing import start_print_batch
from badges.demo_data.scanning import scan_the_days
from badges.enums import PointKind
from badges.models import Device, Point
from badges.queries.facts import holding_badges
from badges.queries.printing import PrintFilter, narrowed, print_queue
from forum.actions.jobs import run
from forum.demo import DemoContext
from forum.models import Account
from registration.actions.corrections import correct_facts
from registration.enums import RegistrationState
from registration.models import Registration, Zone

OFFICER, STAFF, SUPERVISOR = "officer@example.org", "checkin@example.org", "supervisor@example.org"
RENDERING = timedelta(seconds=3)
"""What a worker takes from the confirmation to the badge."""
UNPRINTED_BEFORE = 25
"""Badges that still wait for paper while the forum is ahead."""


def build(context: DemoContext) -> None:
    """Everything of badges; the scans only on stages where the forum has begun."""
    devices = _devices(context, _points(context))
    _badges(context)
    _print_run(context)
    if context.stage != "before":
        scan_the_days(context, devices)


def _points(context: DemoContext) -> list[tuple[Point, int]]:
    """Ten points of the forum, and one to rehearse with on any day; each with its number of phones."""
    zones = {zone.code: zone for zone in Zone.objects.filter(forum=context.forum)}
    with context.at(context.moment(-30, time(12))):
        return [(_point(context, zones, row), int(row["phones"])) for row in _rows()]


def _rows() -> Iterator[dict[str, str]]:
    with (Path(__file__).parent / "demo_data" / "points.csv").open(encoding="utf-8", newline="") as table:
        yield from csv.DictReader(table)


def _point(context: DemoContext, zones: dict[str, Zone], row: dict[str, str]) -> Point:
    def moment(name: str) -> datetime | None:
        day, at = row[f"{name}_day"], row[f"{name}_at"]
        return context.moment(int(day), time.fromisoformat(at)) if day else None

    return create_point(
        forum=context.forum,
        slug=row["slug"],
        kind=PointKind(row["kind"]),
        zone=zones[row["zone"]],
        opens_at=moment("opens"),
        closes_at=moment("closes"),
        by=context.by,
        **{name: text for name, text in row.items() if name.startswith("name_")},
    )


def _devices(context: DemoContext, points: list[tuple[Point, int]]) -> dict[str, list[Device]]:
    """Phones of the check-in team by the slug of their point. Before the forum only the rehearsal has one."""
    staff, supervisor = (Account.objects.get(email=email) for email in (STAFF, SUPERVISOR))
    devices: dict[str, list[Device]] = {}
    with context.at(context.moment(-1, time(13))):
        for point, phones in points:
            wanted = phones if context.stage != "before" or point.opens_at is None else 0
            holders = [staff if number else supervisor for number in range(wanted)]
            devices[point.slug] = [enrol_device(point=point, holder=holder)[0] for holder in holders]
    return devices


def _badges(context: DemoContext) -> None:
    """What the worker does after each confirmation, at the moment when it would have done it."""
    confirmed_at = Max("moves__at", filter=Q(moves__to=RegistrationState.CONFIRMED))
    rows = holding_badges(context.forum).annotate(confirmed_at=confirmed_at).order_by("confirmed_at", "pk")
    for pk, moment in rows.values_list("pk", "confirmed_at"):
        with context.at(moment + RENDERING):
            issue_badge(registration_id=pk)


def _print_run(context: DemoContext) -> None:
    """The officer has printed what was confirmed early; one name was corrected since, so its paper is out of date."""
    officer = Account.objects.get(email=OFFICER)
    queue = narrowed(print_queue(context.forum), PrintFilter())
    early = queue.order_by("credential_pk").values_list("credential_pk", flat=True)
    credentials = list(early if context.stage != "before" else early[: max(early.count() - UNPRINTED_BEFORE, 0)])
    if not credentials:
        return
    with context.at(context.moment(-1, time(11))):
        batch = start_print_batch(forum=context.forum, credentials=credentials, sheet="a4", sides=1, by=officer)
        run(job_id=batch.job_id)
    with context.at(context.moment(-1, time(12))):
        _correct_one(officer, batch.records.order_by("pk")[len(credentials) // 2].credential.registration)


def _correct_one(officer: Account, registration: Registration) -> None:
    correct_facts(
        registration,
        version=registration.version,
        answers={"organisation": f"{registration.organisation} (филиал)"},
        reason="просьба делегата",
        by=officer,
    )

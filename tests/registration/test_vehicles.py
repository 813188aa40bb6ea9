"""Passes of vehicles: asked, decided, numbered, drawn, withdrawn, erased."""

from datetime import date, timedelta

import pytest
import time_machine

from forum.errors import DomainError
from forum.models import Account, AuditEntry, Forum, Paper
from registration.actions.vehicle_passes import draw_missing, erase_drivers, take_pass
from registration.actions.vehicles import (
    approve_vehicle,
    ask_for_pass,
    change_driver,
    change_vehicle,
    refuse_vehicle,
    withdraw_vehicle,
)
from registration.enums import VehicleState
from registration.models import Vehicle
from registration.queries.vehicle_pass import days_of
from registration.queries.vehicles import gate_days, pass_of, vehicles_at_the_gate
from registration.tasks import erase_documents, sweep_vehicles
from tests.factories.registration import make_delegation
from tests.factories.vehicles import make_vehicle, terms_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"plate": "бензовоз"}, "plate"),
        ({"driver_phone": "завтра"}, "driver_phone"),
        ({"organisation": None}, "organisation"),
        ({"days": []}, "days"),
        ({"zones": []}, "zones"),
    ],
)
def test_what_is_missing_is_named(forum: Forum, officer: Account, changes: dict[str, object], field: str) -> None:
    with pytest.raises(DomainError) as refused:
        ask_for_pass(forum, terms=terms_of(forum, **changes), by=officer)
    assert list(refused.value.fields) == [field]
    assert not Vehicle.objects.exists()


def test_a_day_far_from_the_forum_and_two_groups_are_refused(forum: Forum, officer: Account) -> None:
    wrong = {"days": [forum.starts_on - timedelta(days=60)], "delegation": make_delegation(forum)}
    with pytest.raises(DomainError) as refused:
        ask_for_pass(forum, terms=terms_of(forum, **wrong), by=officer)
    assert set(refused.value.fields) == {"days", "organisation"}


def test_a_plate_has_one_pass_a_day_until_it_is_free_again(forum: Forum, officer: Account) -> None:
    first = make_vehicle(forum, by=officer)
    with pytest.raises(DomainError, match=r"vehicle\.twice") as refused:
        make_vehicle(forum, by=officer, plate="a 123 bc 142")
    assert (refused.value.code, list(refused.value.fields)) == ("vehicle.twice", ["plate"])
    make_vehicle(forum, by=officer, days=[forum.starts_on + timedelta(days=1)])
    refuse_vehicle(first, reason="поздно", by=officer)
    assert make_vehicle(forum, by=officer).state == VehicleState.ASKED


def test_numbers_have_no_gaps_and_a_withdrawn_pass_is_over(forum: Forum, officer: Account) -> None:
    vehicle, other = make_vehicle(forum, by=officer), make_vehicle(forum, by=officer, plate="О777ОО42")
    assert [approve_vehicle(one, by=officer).number for one in (vehicle, other)] == [1, 2]
    with pytest.raises(DomainError, match=r"vehicle\.decided"):
        approve_vehicle(vehicle, by=officer)
    sweep_vehicles()
    assert take_pass(vehicle, by=officer).startswith(b"%PDF")
    assert [one.plate for one in vehicles_at_the_gate(officer, forum=forum, day=forum.starts_on)] == [
        "А 123 ВС 142",
        "О 777 ОО 42",
    ]
    withdraw_vehicle(vehicle, reason="передумали", by=officer)
    assert (pass_of(vehicle), gate_days(forum)) == (None, [(forum.starts_on, 1)])
    with pytest.raises(FileNotFoundError):
        take_pass(vehicle, by=officer)
    assert Paper.objects.filter(voided_at=None).count() == 1
    assert draw_missing() == 0


def test_until_the_decision_everything_may_change_then_the_driver_alone(forum: Forum, officer: Account) -> None:
    vehicle = make_vehicle(forum, by=officer)
    changed = change_vehicle(vehicle, terms=terms_of(forum, plate="О777ОО42"), version=1, by=officer)
    assert (changed.plate, changed.version) == ("О 777 ОО 42", 2)
    with pytest.raises(DomainError, match=r"vehicle\.stale"):
        change_vehicle(vehicle, terms=terms_of(forum), version=1, by=officer)
    approve_vehicle(vehicle, by=officer)
    with pytest.raises(DomainError, match=r"vehicle\.decided"):
        change_vehicle(vehicle, terms=terms_of(forum), version=3, by=officer)
    change_driver(vehicle, driver="Другая Анна", phone="8 900 000 00 02", version=3, by=officer)
    fresh = Vehicle.objects.get()
    assert (fresh.driver, fresh.driver_phone) == ("Другая Анна", "+79000000002")
    assert "Другая" not in str(list(AuditEntry.objects.values()))


def test_the_driver_is_erased_a_month_after_the_forum(forum: Forum, officer: Account) -> None:
    vehicle = make_vehicle(forum, by=officer, approved=True)
    draw_missing()
    assert erase_drivers() == 0
    with time_machine.travel(forum.ends_on + timedelta(days=32), tick=False):
        erase_documents()
        assert erase_drivers() == 0
    vehicle.refresh_from_db()
    assert (vehicle.driver, vehicle.driver_phone, vehicle.erased_at is None) == (None, None, False)
    paper = Paper.objects.get()
    assert (paper.file, paper.voided_at) == (None, None)


def test_days_are_said_in_spans() -> None:
    days = [date(2026, 12, day) for day in (28, 29, 31)] + [date(2027, 1, 1)]
    assert days_of(days) == "28.12–29.12.2026, 31.12.2026–01.01.2027"
    assert days_of(days[:1]) == "28.12.2026"

"""What crews bring: limits, the table of people, the list for the gate, outlets, erasure."""

from datetime import timedelta

import pytest
import time_machine

from forum.errors import DomainError
from forum.models import Account, Forum
from registration.actions import equipment
from registration.actions.equipment import Device, add_equipment, change_equipment, remove_equipment
from registration.actions.quotas import Terms, set_quota
from registration.enums import EquipmentKind, RegistrationState
from registration.exports.equipment import equipment_pdf, equipment_xlsx
from registration.models import Equipment
from registration.queries.equipment import equipment_cells, equipment_for_gate, line_of
from registration.queries.outlets import outlets
from registration.tasks import erase_documents
from tests.factories.registration import make_registration
from tests.factories.vehicles import make_crew, make_device, make_organisation

pytestmark = pytest.mark.django_db


def test_lines_are_added_changed_and_removed(forum: Forum) -> None:
    crew = make_crew(forum)
    one = make_device(crew)
    assert equipment_cells([crew]) == {crew.pk: line_of(one)}
    device = Device(kind=EquipmentKind.SOUND, model="Rode", serial="", count=3)
    assert line_of(change_equipment(one, device=device, by=None)).startswith("3 × ")
    assert [remove_equipment(one, by=None) for _press in range(2)] == [True, False]


def test_limits_are_said(forum: Forum, monkeypatch: pytest.MonkeyPatch) -> None:
    crew = make_crew(forum)
    make_device(crew)
    with pytest.raises(DomainError, match=r"equipment\.twice"):
        make_device(crew)
    with pytest.raises(DomainError, match=r"equipment\.serial_of_many"):
        make_device(crew, serial="ZZ-2", count=2)
    with pytest.raises(DomainError, match=r"equipment\.count"):
        make_device(crew, serial="", count=100)
    monkeypatch.setattr(equipment, "MOST_LINES", 1)
    with pytest.raises(DomainError, match=r"equipment\.limit"):
        make_device(crew, serial="ZZ-3")
    delegate = make_registration(forum, state=RegistrationState.CONFIRMED)
    with pytest.raises(DomainError, match=r"equipment\.not_asked"):
        add_equipment(delegate, device=Device(kind=EquipmentKind.DRONE, model="a", serial="", count=1), by=None)


def test_the_gate_reads_who_has_a_place_and_outlets_are_counted(forum: Forum, officer: Account) -> None:
    outlet = make_organisation()
    crew = make_crew(forum, sent_by=outlet)
    make_device(crew)
    waits = make_registration(forum, category=crew.category, state=RegistrationState.SUBMITTED, organisation="Газета")
    make_device(waits)
    set_quota(crew.category, group=outlet, terms=Terms(places=4), by=officer)
    rows = list(equipment_for_gate(officer, forum=forum))
    assert [one.registration_id for one in rows] == [crew.pk]
    assert equipment_pdf(forum, rows).startswith(b"%PDF")
    assert equipment_xlsx(forum, rows).startswith(b"PK")
    told = [
        (o.name, o.is_typed, o.applied, o.approved, o.confirmed, o.things, len(o.quotas))
        for o in outlets(officer, forum=forum)
    ]
    assert told == [("Газета", True, 1, 0, 0, 0, 0), ("Кузбасс-ТВ", False, 1, 1, 1, 1, 1)]


def test_lists_are_erased_a_month_after_the_forum(forum: Forum) -> None:
    make_device(make_crew(forum))
    erase_documents()
    assert Equipment.objects.exists()
    with time_machine.travel(forum.ends_on + timedelta(days=32), tick=False):
        erase_documents()
    assert not Equipment.objects.exists()

"""The list with document data: the fields that the plant needs, of those who have agreed, and of nobody else."""

from collections.abc import Sequence
from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pypdfium2
import pytest
import time_machine
from django.core.files.storage import default_storage
from django.utils.timezone import now

from agenda.actions.bookings import take
from agenda.actions.plant_lists import erase_old_lists, make_plant_list, open_plant_list
from agenda.actions.plant_reminders import ask_for_data
from agenda.enums import ListKind
from agenda.exports.plant_lists import plant_list_pdf, plant_list_xlsx
from agenda.models import PlantList, PlantListEntry
from agenda.queries.bookables import Bookable
from agenda.queries.own_data import plant_lists_part
from agenda.queries.plant_consents import on_the_list, plants_of
from agenda.queries.plant_lists import Gap, content_of_list, plant_state, since_last
from agenda.queries.visitors import visitors
from forum.enums import Role
from forum.errors import DomainError
from forum.models import Account, AuditEntry, Forum, Message, StoredFile
from registration.actions.consents import note_consent
from registration.actions.erasing import erase_document
from registration.enums import ConsentPurpose as P
from registration.enums import ErasureBasis
from registration.models import Registration
from registration.queries.consents import matters_of
from registration.queries.disclosures import to_tell
from registration.queries.documents import looks_at
from tests.factories.agenda import make_delegate
from tests.factories.documents import RUSSIAN, SECRETS, agree, save
from tests.factories.forum import make_staff
from tests.factories.plant_lists import agree_to_plant, make_list, make_visit, make_visitor, take_back
from tests.factories.registration import make_consent_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(forum: Forum) -> Account:
    return make_staff(forum, Role.VISIT_COORDINATOR)


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(BytesIO(content))
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def cells_of(content: bytes) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    assert sheet is not None
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def gaps(place: Bookable) -> dict[int, Sequence[Gap]]:
    return {one.registration.pk: one.gaps for one in plant_state(place).missing}


def test_the_list_holds_exactly_what_the_plant_needs(forum: Forum, coordinator: Account) -> None:
    place = make_visit(forum, "number", "birth_date")
    make_visitor(place, surname="Абрамова")
    made, content = make_plant_list(place, kind=ListKind.PDF, reason="Проход", draw=plant_list_pdf, by=coordinator)
    text = text_of(content)
    for wanted in ("Абрамова", "0001 712345", "17.05.1990", "Завод «Образец»"):
        assert wanted in text
    for other in (RUSSIAN["issued_by"], RUSSIAN["birth_place"], RUSSIAN["registration_address"], "000-001"):
        assert other not in text
    assert (made.number, made.people, made.fields) == (1, 1, ["number", "birth_date"])


def test_the_table_has_a_column_for_each_field_and_no_other(forum: Forum, coordinator: Account) -> None:
    place = make_visit(forum, "number", "issued_on")
    make_visitor(place)
    _made, content = make_plant_list(place, kind=ListKind.XLSX, reason="Проход", draw=plant_list_xlsx, by=coordinator)
    rows = cells_of(content)
    heads = next(row for row in rows if row[0] == "№")
    assert heads[4:6] == ["Серия и номер", "Дата выдачи"] and len([one for one in heads if one]) == 8
    assert rows[-1][4:6] == ["Паспорт гражданина России 0001 712345", "01.06.2015"]
    assert all(secret not in str(rows) for secret in ("ОВД", "Небывалая", "Придуманный"))


def test_everybody_else_is_missing_for_a_reason(forum: Forum) -> None:
    place = make_visit(forum, "number", "registration_address")
    ready = make_visitor(place)
    bare, no_plant, no_document, incomplete = (make_delegate(forum) for _ in range(4))
    for one in (bare, no_plant, no_document, incomplete):
        take(place, registration=one)
    agree(no_plant)
    save(no_plant, values={"number": "700001"})
    agree(no_document)
    agree_to_plant(no_document, place)
    agree(incomplete)
    agree_to_plant(incomplete, place)
    save(incomplete, values={"number": "700002", "registration_address": ""})
    twin = make_visitor(place)
    assert [one.registration for one in plant_state(place).ready] == [ready]
    assert gaps(place) == {
        bare.pk: [Gap.PLANT_CONSENT, Gap.DOCUMENT_CONSENT, Gap.NO_DOCUMENT],
        no_plant.pk: [Gap.PLANT_CONSENT],
        no_document.pk: [Gap.NO_DOCUMENT],
        incomplete.pk: [Gap.INCOMPLETE],
        twin.pk: [Gap.SUSPECT],
    }


@pytest.mark.parametrize("people", [1, 3])
def test_who_is_ready_takes_constant_queries(forum: Forum, people: int, django_assert_num_queries: Any) -> None:
    place = make_visit(forum, "number")
    for _ in range(people):
        make_visitor(place)
    with django_assert_num_queries(6):
        plant_state(place)


def test_a_consent_to_another_plant_is_none(forum: Forum) -> None:
    place, other = make_visit(forum, "number"), make_visit(forum, "number")
    visitor = make_delegate(forum)
    take(place, registration=visitor)
    agree(visitor)
    save(visitor)
    text = make_consent_document(forum, purpose="plant_access", receiver=other.slot.programme.host)
    note_consent(visitor.person, document=text, language="ru", evidence="own_tick")
    assert gaps(place) == {visitor.pk: [Gap.PLANT_CONSENT]}


def test_nothing_is_made_without_people_or_need(forum: Forum, coordinator: Account) -> None:
    museum, empty = make_visit(forum), make_visit(forum, "number")
    make_visitor(empty)
    take_back(visitors(empty).get(), P.DOCUMENT)
    for place, code in ((museum, "plant_list.nothing_needed"), (empty, "plant_list.nobody")):
        with pytest.raises(DomainError) as refused:
            make_list(place, by=coordinator)
        assert refused.value.code == code
    assert (PlantList.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_making_it_is_written_down_for_the_run_and_for_each_person(forum: Forum, coordinator: Account) -> None:
    place = make_visit(forum, "number", "issued_by")
    one, other = make_visitor(place), make_visitor(place, citizenship="UZ")
    make_list(place, by=coordinator)
    entry = AuditEntry.objects.get(action="visitors.documents_listed")
    assert (entry.actor, entry.reason, entry.object_id) == (coordinator, "Для проходной", str(place.slot.public_id))
    assert entry.data == {
        "plant": place.slot.programme.host.slug,
        "number": 1,
        "format": "pdf",
        "people": 2,
        "fields": ["number", "issued_by"],
    }
    for person in (one, other):
        look = looks_at(person).get()
        assert (look.actor, look.reason, look.changed) == (coordinator, "Для проходной", ["number", "issued_by"])
    assert not any(secret in str(AuditEntry.objects.values_list()) for secret in SECRETS)


def test_the_file_is_sealed_and_names_nobody(forum: Forum) -> None:
    place = make_visit(forum, "number")
    make_visitor(place, surname="Тайнова")
    made = make_list(place)
    with default_storage.open(str(made.file.file.name)) as kept:
        raw = kept.read()
    assert not raw.startswith(b"%PDF") and content_of_list(made).startswith(b"%PDF")
    assert made.file.name == f"list-{place.slot.programme.slug}-{place.slot.day:%Y-%m-%d}-1.pdf"
    assert made.erase_after == place.slot.day + timedelta(days=30)


def test_what_is_taken_back_while_it_is_drawn_stands_in_no_list(forum: Forum, coordinator: Account) -> None:
    place = make_visit(forum, "number")
    visitor, _other = make_visitor(place), make_visitor(place, citizenship="UZ")

    def slow(*asked: Any) -> bytes:
        take_back(visitor, P.PLANT_ACCESS, place=place)
        return plant_list_pdf(*asked)

    with pytest.raises(DomainError) as refused:
        make_plant_list(place, kind=ListKind.PDF, reason="Проход", draw=slow, by=coordinator)
    assert refused.value.code == "plant_list.changed"
    assert PlantList.objects.count() == 0
    assert StoredFile.objects.filter(given_up_at=None).count() == 0
    assert not AuditEntry.objects.filter(action="registration.document_listed").exists()


@pytest.mark.parametrize("purpose", [P.PLANT_ACCESS, P.DOCUMENT, P.PROCESSING])
def test_a_withdrawal_erases_the_file_and_the_plant_has_to_be_told(
    forum: Forum, coordinator: Account, purpose: P, django_capture_on_commit_callbacks: Any
) -> None:
    place = make_visit(forum, "number")
    gone, _stays = make_visitor(place), make_visitor(place, citizenship="UZ")
    made = make_list(place, by=coordinator)
    path = str(made.file.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        take_back(gone, purpose, place=place if purpose == P.PLANT_ACCESS else None)
    made.refresh_from_db()
    assert (made.file, default_storage.exists(path)) == (None, False)
    told = to_tell(coordinator, forum=forum)
    assert {one.registration_id for one in told} == {gone.pk}
    assert P.DOCUMENT in {one.purpose for one in told}
    with pytest.raises(FileNotFoundError):
        open_plant_list(made, reason="x", by=coordinator)


def test_a_withdrawal_for_one_plant_leaves_the_list_of_another(forum: Forum, coordinator: Account) -> None:
    place, other = make_visit(forum, "number"), make_visit(forum, "number")
    visitor = make_visitor(place)
    made = make_list(place)
    text = make_consent_document(forum, purpose="plant_access", receiver=other.slot.programme.host)
    note_consent(visitor.person, document=text, language="ru", evidence="own_tick")
    take_back(visitor, P.PLANT_ACCESS, place=other)
    made.refresh_from_db()
    assert made.file is not None and not to_tell(coordinator, forum=forum).exists()


@pytest.mark.parametrize(("basis", "to_be_told"), [(ErasureBasis.ASKED, [P.DOCUMENT]), (ErasureBasis.TERM, [])])
def test_an_erased_document_leaves_the_list(
    forum: Forum, coordinator: Account, basis: ErasureBasis, to_be_told: list[P]
) -> None:
    """The plant is told of what a person took back; after our term it has one of its own."""
    place = make_visit(forum, "number")
    visitor = make_visitor(place)
    made = make_list(place)
    erase_document(visitor, basis=basis)
    made.refresh_from_db()
    assert made.file is None
    assert [one.purpose for one in to_tell(coordinator, forum=forum)] == to_be_told


def test_thirty_days_after_the_visit_the_file_goes(forum: Forum, django_capture_on_commit_callbacks: Any) -> None:
    place = make_visit(forum, "number")
    make_visitor(place)
    made = make_list(place)
    with time_machine.travel(now() + (place.slot.day - now().date()) + timedelta(days=29), tick=False):
        assert erase_old_lists() == 0
    late = time_machine.travel(now() + (place.slot.day - now().date()) + timedelta(days=32), tick=False)
    with late, django_capture_on_commit_callbacks(execute=True):
        assert (erase_old_lists(), erase_old_lists()) == (1, 0)
    made.refresh_from_db()
    assert (made.file, made.people, StoredFile.objects.count()) == (None, 1, 0)


def test_what_changed_since_the_last_list_is_told(forum: Forum) -> None:
    place = make_visit(forum, "number")
    stays, changes, leaves = (
        make_visitor(place),
        make_visitor(place, citizenship="UZ"),
        make_visitor(place, citizenship="BY"),
    )
    save(leaves, kind="foreign_passport", values={"number": "BY1234567"})
    assert since_last(place, plant_state(place)) is None
    make_list(place)
    assert since_last(place, plant_state(place)).is_same
    save(changes, values={"number": "ZZ1111111"})
    take_back(leaves, P.PLANT_ACCESS, place=place)
    comes = make_visitor(place, citizenship="KZ")
    save(comes, values={"number": "KZ7777777"})
    since = since_last(place, plant_state(place))
    assert (since.number, since.new, since.changed, since.left) == (1, [comes], [changes], [leaves])
    assert stays.pk in {one.registration.pk for one in plant_state(place).ready}


def test_numbers_of_a_run_have_no_gaps(forum: Forum) -> None:
    place, other = make_visit(forum, "number"), make_visit(forum, "number")
    make_visitor(place), make_visitor(other, citizenship="UZ")
    assert [make_list(place).number, make_list(place).number, make_list(other).number] == [1, 2, 1]


def test_opening_it_again_is_written_down_with_its_own_reason(forum: Forum, coordinator: Account) -> None:
    place = make_visit(forum, "number")
    visitor = make_visitor(place)
    made = make_list(place)
    assert open_plant_list(made, reason="Потерян на проходной", by=coordinator).startswith(b"%PDF")
    assert AuditEntry.objects.get(action="visitors.documents_opened").reason == "Потерян на проходной"
    assert [look.reason for look in looks_at(visitor)] == ["Потерян на проходной", "Для проходной"]


def test_the_list_of_names_obeys_the_consent_to_the_plant(forum: Forum) -> None:
    place = make_visit(forum)
    visitor, silent = make_visitor_of_museum(place), make_delegate(forum)
    take(place, registration=silent)
    assert list(on_the_list(place)) == [visitor]


def make_visitor_of_museum(place: Bookable) -> Registration:
    registration = make_delegate(place.forum)
    take(place, registration=registration)
    agree_to_plant(registration, place)
    return registration


def test_a_consent_is_offered_to_those_whom_it_concerns(forum: Forum) -> None:
    place, other = make_visit(forum, "number"), make_visit(forum, "number")
    visitor = make_delegate(forum)
    assert [one for one in matters_of(visitor.person) if one.document.receiver] == []
    take(place, registration=visitor)
    host = place.slot.programme.host
    assert [one.document.receiver for one in matters_of(visitor.person) if one.document.receiver] == [host]
    assert plants_of([visitor]) == {visitor.pk: {host.pk}}
    assert other.slot.programme.host.pk not in plants_of([visitor])[visitor.pk]


def test_reminders_go_once_a_day_to_those_who_can_mend_it(forum: Forum, coordinator: Account) -> None:
    place = make_visit(forum, "number")
    make_visitor(place)
    twin, bare, unreachable = make_visitor(place), make_delegate(forum), make_delegate(forum, email="")
    take(place, registration=bare)
    take(place, registration=unreachable)
    missing = plant_state(place).missing
    assert {one.registration for one in missing} == {twin, bare, unreachable}
    assert (ask_for_data(place, missing, by=coordinator), ask_for_data(place, missing, by=coordinator)) == (1, 0)
    assert Message.objects.get(reason="agenda.plant_data").subject_id == bare.ref
    with time_machine.travel(now() + timedelta(days=1), tick=False):
        assert ask_for_data(place, plant_state(place).missing, by=coordinator) == 1


def test_the_person_sees_which_plant_has_got_what(forum: Forum) -> None:
    place = make_visit(forum, "number")
    visitor = make_visitor(place)
    make_list(place)
    (row,) = plant_lists_part(visitor).rows
    told = {cell.name: cell.value for cell in row.cells} if hasattr(row, "cells") else str(row)
    assert "Для проходной" in str(told)
    assert PlantListEntry.objects.count() == 1

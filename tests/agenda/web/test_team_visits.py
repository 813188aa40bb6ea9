"""The Visits room: numbers, people, moving, removing, the list for the plant; seats for the session's editors."""

import zipfile
from io import BytesIO

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from agenda.actions.bookings import take, wait_for
from agenda.actions.releases import publish_release
from agenda.models import VisitSlot
from agenda.queries.bookables import Bookable, of_slot
from forum.enums import Role
from forum.models import AuditEntry, Forum, Message, Organisation
from registration.models import Pool
from tests.agenda.test_released_places import seat
from tests.factories.agenda import (
    make_bookable_session,
    make_delegate,
    make_organisation,
    make_programme,
    make_slot,
    partner,
)
from tests.factories.forum import make_staff
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def coordinator(forum: Forum) -> Client:
    account = make_staff(forum, Role.VISIT_COORDINATOR)
    account.language = "en"
    account.save(update_fields=["language"])
    return sign_in(Client(), account)


def visit(forum: Forum, **changes: object) -> Bookable:
    slot = make_slot(make_programme(forum), **changes)
    return of_slot(VisitSlot.objects.get(pk=slot.pk), forum=forum)


def url(name: str, place: Bookable, *more: object) -> str:
    return reverse(f"visits:{name}", args=[place.slot.public_id, *more])


def text(response: object) -> str:
    return " ".join(response.content.decode().split())


def taken(place: Bookable) -> int:
    return Pool.objects.get(pk=place.pool.pk).taken


def test_people_stand_by_the_russian_alphabet_and_are_found_in_any_spelling(forum: Forum, coordinator: Client) -> None:
    place = visit(forum)
    for surname, latin in (("Яковлев", "YAKOVLEV"), ("Ёлкина", "ELKINA"), ("Абрамов", "ABRAMOV")):
        take(place, registration=make_delegate(forum, surname=surname, latin_surname=latin))
    page = text(coordinator.get(url("slot", place)))
    assert page.index("Абрамов") < page.index("Ёлкина") < page.index("Яковлев")
    found = text(coordinator.post(url("slot", place), {"q": "yakovlev"}))
    assert "Яковлев" in found
    assert "Абрамов" not in found
    assert "Яковлев" in text(coordinator.post(url("slot", place), {"q": "yakov\0lev"}))
    assert "Nobody of this visit fits" in text(coordinator.post(url("slot", place), {"q": "Zzz"}))


def test_line_says_why_it_passes_somebody_over(forum: Forum, coordinator: Client) -> None:
    place, other = visit(forum, places=1), visit(forum)
    take(place, registration=make_delegate(forum))
    waiting = make_delegate(forum, surname="Ожидающая")
    wait_for(place, registration=waiting)
    take(other, registration=waiting)
    page = text(coordinator.get(url("slot", place)))
    assert "Passed over for now:" in page
    assert other.name in page


def test_moving_says_what_speaks_against_it_and_takes_a_reason(forum: Forum, coordinator: Client) -> None:
    was, to, busy = visit(forum), visit(forum, day=forum.starts_on), visit(forum, day=forum.starts_on)
    delegate = make_delegate(forum)
    for place in (was, busy):
        take(place, registration=delegate)
    address, target = url("move", was, delegate.ref), str(to.slot.public_id)
    response = coordinator.post(address, {"to": target, "note": "Автобус меньше"})
    assert response.status_code == 409
    assert busy.name in text(response)
    assert "Автобус меньше" in text(response)
    assert coordinator.post(address, {"to": target, "override": "согласовано"}).status_code == 302
    assert (taken(was), taken(to)) == (0, 1)
    assert Message.objects.filter(reason="agenda.visit_moved").count() == 1
    assert coordinator.get(address).status_code == 404


def test_removing_needs_a_line_for_the_person(forum: Forum, coordinator: Client) -> None:
    place, delegate = visit(forum), make_delegate(forum)
    take(place, registration=delegate)
    address = url("take_back", place, delegate.ref)
    assert coordinator.post(address, {"note": ""}).status_code == 422
    assert coordinator.post(address, {"note": "Завод перенёс визит"}).status_code == 302
    assert taken(place) == 0


def test_list_on_paper_is_numbered_cyrillic_and_logged(forum: Forum, coordinator: Client) -> None:
    place = visit(forum, places=60)
    for number in range(40):
        take(place, registration=make_delegate(forum, surname=f"Очень-Длинная-Фамилия{'абвгдежз'[number % 8]}"))
    response = coordinator.post(url("list", place, "pdf"))
    assert response["Content-Type"] == "application/pdf"
    assert "no-store" in response["Cache-Control"]
    pdf = pypdfium2.PdfDocument(response.content)
    pages = [pdf[number].get_textpage().get_text_range() for number in range(len(pdf))]
    assert len(pages) > 1
    assert f"страница 1 из {len(pages)}" in pages[0]
    assert "Список посетителей" in pages[0]
    whole = " ".join(pages)
    assert "@" not in whole.replace(forum.contact_email, "")
    assert all(str(number) in whole for number in (1, 40))
    entry = AuditEntry.objects.get(action="visitors.list_made")
    assert entry.data == {"format": "pdf", "people": 40}


def test_table_holds_names_as_text_and_no_formula(forum: Forum, coordinator: Client) -> None:
    place = visit(forum)
    delegate = make_delegate(forum)
    type(delegate).objects.filter(pk=delegate.pk).update(organisation='=HYPERLINK("http://example.org","x")')
    take(place, registration=delegate)
    response = coordinator.post(url("list", place, "xlsx"))
    with zipfile.ZipFile(BytesIO(response.content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        strings = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "=HYPERLINK" in strings
    assert "Примерова" in strings
    assert delegate.person.email not in strings


def test_empty_list_is_a_page_that_says_so(forum: Forum, coordinator: Client) -> None:
    response = coordinator.post(url("list", visit(forum), "pdf"))
    assert "В списке никого нет" in pypdfium2.PdfDocument(response.content)[0].get_textpage().get_text_range()


@pytest.mark.parametrize("role", [Role.PARTNER_EDITOR, Role.HOST_CONTACT, Role.PROGRAMME_EDITOR, Role.CHECKIN_STAFF])
def test_nobody_else_of_the_team_sees_visitors(forum: Forum, role: Role) -> None:
    place, delegate = visit(forum), make_delegate(forum)
    take(place, registration=delegate)
    scopes = {Role.PARTNER_EDITOR: "RU-SPE", Role.HOST_CONTACT: str(make_organisation().public_id)}
    stranger = sign_in(Client(), make_staff(forum, role, scope_id=scopes.get(role, "")))
    for address in (reverse("visits:room"), url("slot", place), url("move", place, delegate.ref)):
        assert stranger.get(address).status_code == 404
    assert stranger.post(url("list", place, "pdf")).status_code == 404
    assert stranger.post(url("take_back", place, delegate.ref), {"note": "x"}).status_code == 404
    assert taken(place) == 1
    assert Organisation.objects.exists()


def test_partner_sees_seats_of_its_own_sessions_by_name_organisation_category_only(forum: Forum) -> None:
    own = make_bookable_session(forum, host_region=partner(forum))
    foreign = make_bookable_session(forum, starts="15:00", ends="16:00")
    publish_release(forum, by=None)
    delegate = make_delegate(forum)
    for session in (own, foreign):
        take(seat(forum, session), registration=delegate)
    client = sign_in(Client(), make_staff(forum, Role.PARTNER_EDITOR, scope_id="RU-SPE"))
    page = text(client.get(reverse("visits:seats", args=[own.slug])))
    assert "Примерова" in page
    assert "Завод «Образец»" in page
    for hidden in (delegate.ref, delegate.person.email, "директор музея", "Томская"):
        assert hidden not in page
    assert client.get(reverse("visits:seats", args=[foreign.slug])).status_code == 404


@pytest.mark.parametrize("count", (1, 3))
def test_room_and_run_ask_the_database_as_much_for_three_as_for_one(
    forum: Forum, coordinator: Client, count: int, django_assert_max_num_queries
) -> None:
    runs = [visit(forum, places=count) for _ in range(count)]
    for _ in range(count):
        take(runs[0], registration=make_delegate(forum))
    for _ in range(count):
        wait_for(runs[0], registration=make_delegate(forum))
    coordinator.get(reverse("visits:room"))
    with django_assert_max_num_queries(24):
        coordinator.get(reverse("visits:room"))
    with django_assert_max_num_queries(30):
        coordinator.get(url("slot", runs[0]))

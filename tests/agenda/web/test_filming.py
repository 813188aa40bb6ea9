"""Pages of filming: the person's own, the coordinator's board, the plant's answer."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from agenda.models import FilmingWish, VisitSlot
from forum.enums import Role
from forum.models import Forum
from registration.models import Registration
from tests.factories.agenda import make_programme, make_slot, make_wish
from tests.factories.forum import make_account, make_staff
from tests.factories.registration import make_registration
from tests.factories.vehicles import make_crew, make_device
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def crew(forum: Forum) -> Registration:
    made = make_crew(forum)
    made.person.account = make_account("crew@example.org")
    made.person.save()
    make_device(made)
    return made


@pytest.fixture
def mine(crew: Registration) -> Client:
    client = Client()
    client.force_login(crew.person.account)
    return client


@pytest.fixture
def slot(forum: Forum) -> VisitSlot:
    return make_slot(make_programme(forum))


def team(forum: Forum, role: Role, **more: str) -> Client:
    account = make_staff(forum, role, **more)
    account.language = "en"
    account.save(update_fields=["language"])
    return sign_in(Client(), account)


def text(response: object) -> str:
    return " ".join(response.content.decode().split())


def typed(slot: VisitSlot, crew: Registration, **changes: object) -> dict[str, object]:
    device = crew.equipment.get().public_id
    usual = {"where": f"{slot.programme.slug}/{slot.slug}", "subject": "Workshop", "means": ["video"], "hours": ""}
    return usual | {"devices": [str(device)]} | changes


def test_from_the_wish_to_the_plants_answer(forum: Forum, crew: Registration, mine: Client, slot: VisitSlot) -> None:
    own = reverse("places:filming", args=[crew.ref])
    assert "You have not asked any plant yet" in text(mine.get(own))
    assert mine.post(own, typed(slot, crew)).status_code == 302
    wish = FilmingWish.objects.get()
    change = reverse("places:film_wish", args=[crew.ref, wish.public_id])
    assert 'value="video" id="id_means_1" checked' in text(mine.get(change)).replace('name="means" ', "")
    assert mine.post(change, typed(slot, crew, subject="Museum")).status_code == 302
    coordinator = team(forum, Role.VISIT_COORDINATOR)
    plant = reverse("filming:plant", args=[slot.programme.slug])
    assert "1 wish is not put to the plant yet" in text(coordinator.get(plant))
    assert coordinator.post(reverse("filming:put", args=[slot.programme.slug])).status_code == 302
    assert mine.get(change).status_code == 302
    host = team(forum, Role.HOST_CONTACT, scope_id=str(slot.programme.host.public_id), email="h@plant.example")
    page = reverse("filming:wish", args=[wish.public_id])
    wish.refresh_from_db()
    said = {"version": wish.version, "state": "allowed_if", "answer": ""}
    assert host.post(page, said).status_code == 422
    assert host.post(page, said | {"answer": "No faces"}).status_code == 302
    shown = text(mine.get(own))
    assert "Allowed with conditions" in shown
    assert "No faces" in shown


def test_whoever_has_not_put_equipment_on_a_list_finds_the_way_there(
    forum: Forum, mine: Client, crew: Registration
) -> None:
    make_slot(make_programme(forum))
    crew.equipment.all().delete()
    assert reverse("registration:equipment", args=[crew.ref]) in text(
        mine.get(reverse("places:filming", args=[crew.ref]))
    )


def test_a_drone_with_a_camera_stays_in_the_form(crew: Registration, mine: Client, slot: VisitSlot) -> None:
    own = reverse("places:filming", args=[crew.ref])
    answer = mine.post(own, typed(slot, crew, means=["video", "drone"]))
    assert answer.status_code == 422
    assert "ask for the drone in a wish of its own" in text(answer)


def test_the_page_is_for_crews(forum: Forum) -> None:
    delegate = make_registration(forum, state="confirmed")
    delegate.person.account = make_account("d@example.org")
    delegate.person.save()
    client = Client()
    client.force_login(delegate.person.account)
    assert client.get(reverse("places:filming", args=[delegate.ref])).status_code == 404


def test_a_withdrawn_wish_is_a_task_until_the_plant_knows(
    forum: Forum, crew: Registration, mine: Client, slot: VisitSlot
) -> None:
    wish = make_wish(crew, slot, put_by=make_staff(forum, Role.VISIT_COORDINATOR))
    mine.post(reverse("places:film_withdraw", args=[crew.ref, wish.public_id]))
    coordinator = team(forum, Role.VISIT_COORDINATOR, email="second@team.example")
    assert "Tell a plant: 1 wish to film is withdrawn" in text(coordinator.get(reverse("team:tasks")))
    coordinator.post(reverse("filming:told", args=[wish.public_id]))
    assert "Tell a plant" not in text(coordinator.get(reverse("team:tasks")))


def test_officers_read_and_do_not_answer(forum: Forum, crew: Registration, slot: VisitSlot) -> None:
    wish = make_wish(crew, slot, put_by=make_staff(forum, Role.VISIT_COORDINATOR))
    officer = team(forum, Role.ACCREDITATION_OFFICER)
    page = reverse("filming:wish", args=[wish.public_id])
    assert "Write the answer down" not in text(officer.get(page))
    assert officer.post(page, {"version": wish.version, "state": "allowed"}).status_code == 404
    assert "Filming at plants" in text(officer.get(reverse("people:detail", args=[crew.ref])))


def test_lists_are_downloads_and_stand_in_the_log(forum: Forum, crew: Registration, slot: VisitSlot) -> None:
    make_wish(crew, slot, put_by=make_staff(forum, Role.VISIT_COORDINATOR))
    coordinator = team(forum, Role.VISIT_COORDINATOR, email="second@team.example")
    answer = coordinator.post(reverse("filming:list", args=[slot.programme.slug, "pdf"]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"

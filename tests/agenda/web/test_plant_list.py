"""The page of the list with documents: masked, with reasons, a file only for a reason, for the coordinator alone."""

import pytest
from django.test import Client
from django.urls import reverse

from agenda.actions.bookings import take
from agenda.models import PlantList
from agenda.queries.bookables import Bookable
from forum.enums import Role
from forum.models import Account, AuditEntry, Forum, Message
from registration.enums import ConsentPurpose as P
from registration.models import ConsentDocument
from registration.queries.disclosures import to_tell
from tests.factories.agenda import make_delegate
from tests.factories.documents import SECRETS
from tests.factories.forum import make_account, make_staff
from tests.factories.plant_lists import agree_to_plant, make_list, make_visit, make_visitor, take_back
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db


def client_of(forum: Forum, role: Role) -> Client:
    account = make_staff(forum, role)
    Account.objects.filter(pk=account.pk).update(language="en")
    return sign_in(Client(), Account.objects.get(pk=account.pk))


@pytest.fixture
def coordinator(forum: Forum) -> Client:
    return client_of(forum, Role.VISIT_COORDINATOR)


def url(place: Bookable, name: str = "documents", *more: object) -> str:
    return reverse(f"visits:{name}", args=[place.slot.public_id, *more])


def text(response: object) -> str:
    return " ".join(response.content.decode().split())  # type: ignore[attr-defined]


def test_the_page_masks_documents_and_says_who_lacks_what(forum: Forum, coordinator: Client) -> None:
    place = make_visit(forum, "number", "issued_by")
    make_visitor(place, surname="Готовая")
    bare = make_delegate(forum, surname="Неготовая")
    take(place, registration=bare)
    page = text(coordinator.get(url(place)))
    for words in ("Готовая", "•• 345", "Неготовая", "has not entered the document", "has not agreed that this plant"):
        assert words in page
    assert not any(secret in page for secret in SECRETS)


def test_the_file_comes_for_a_reason_only(forum: Forum, coordinator: Client) -> None:
    place = make_visit(forum, "number")
    make_visitor(place)
    assert coordinator.post(url(place), {"reason": " ", "kind": "pdf"}).status_code == 422
    assert coordinator.post(url(place), {"reason": "Проход", "kind": "doc"}).status_code == 422
    assert PlantList.objects.count() == 0
    answer = coordinator.post(url(place), {"reason": "Проход", "kind": "pdf"})
    assert answer.content.startswith(b"%PDF")
    assert "no-store" in answer["Cache-Control"] and "list-visit-" in answer["Content-Disposition"]
    made = PlantList.objects.get()
    assert "Проход" in text(coordinator.get(url(place)))
    again = url(place, "documents_list", made.public_id)
    assert (coordinator.get(again).status_code, coordinator.post(again).status_code) == (302, 302)
    assert coordinator.post(again, {"reason": "Ещё раз"}).content.startswith(b"%PDF")
    assert AuditEntry.objects.filter(action="visitors.documents_opened").count() == 1


def test_only_those_who_read_documents_of_visitors_make_it(forum: Forum, organiser_client: Client) -> None:
    place = make_visit(forum, "number")
    make_visitor(place)
    made = make_list(place)
    for role in (Role.ACCREDITATION_OFFICER, Role.CHECKIN_SUPERVISOR, Role.PROGRAMME_EDITOR, Role.PRIVACY_OFFICER):
        stranger = client_of(forum, role)
        assert stranger.get(url(place)).status_code == 404
        assert stranger.post(url(place), {"reason": "x", "kind": "pdf"}).status_code == 404
        assert stranger.post(url(place, "documents_list", made.public_id), {"reason": "x"}).status_code == 404
    assert organiser_client.get(url(place)).status_code == 200
    assert PlantList.objects.count() == 1


def test_a_list_of_another_run_is_not_found(forum: Forum, coordinator: Client) -> None:
    place, other = make_visit(forum, "number"), make_visit(forum, "number")
    make_visitor(place)
    made = make_list(place)
    assert coordinator.post(url(other, "documents_list", made.public_id), {"reason": "x"}).status_code == 404


def test_a_museum_and_an_unpublished_text_say_what_to_do(forum: Forum, coordinator: Client) -> None:
    museum, place = make_visit(forum), make_visit(forum, "number")
    assert "This plant needs nothing of the document" in text(coordinator.get(url(museum)))
    ConsentDocument.objects.all().delete()
    page = text(coordinator.get(url(place)))
    assert "is not published yet" in page and "Make the list of" not in page
    assert coordinator.post(url(place), {"reason": "x", "kind": "pdf"}).status_code == 409


def test_people_are_reminded_one_by_one_or_all(forum: Forum, coordinator: Client) -> None:
    place = make_visit(forum, "number")
    one, other, outsider = (make_delegate(forum) for _ in range(3))
    for visitor in (one, other):
        take(place, registration=visitor)
    remind = url(place, "documents_remind")
    assert coordinator.post(remind, {"ref": outsider.ref}).status_code == 404
    coordinator.post(remind, {"ref": one.ref})
    assert [letter.subject_id for letter in Message.objects.filter(reason="agenda.plant_data")] == [one.ref]
    assert "reminded today" in text(coordinator.get(url(place)))
    coordinator.post(remind)
    assert Message.objects.filter(reason="agenda.plant_data").count() == 2


def test_who_has_withdrawn_is_told_to_the_plant_and_named_nowhere_after_all_processing(
    forum: Forum, coordinator: Client
) -> None:
    place = make_visit(forum, "number")
    named, nameless = (
        make_visitor(place, surname="Передумавшая"),
        make_visitor(place, surname="Ушедшая", citizenship="UZ"),
    )
    make_list(place)
    take_back(named, P.PLANT_ACCESS, place=place)
    take_back(nameless, P.PROCESSING)
    assert "The plant has to be told" in text(coordinator.get(url(place)))
    page = text(coordinator.get(reverse("privacy:tell")))
    assert "Передумавшая" in page and "Ушедшая" not in page
    for one in to_tell(make_staff(forum, Role.VISIT_COORDINATOR), forum=forum):
        coordinator.post(reverse("privacy:told", args=[one.public_id]))
    assert "The plant has to be told" not in text(coordinator.get(url(place)))


def test_the_delegate_is_asked_for_the_consent_on_the_own_card(forum: Forum) -> None:
    place = make_visit(forum, "number")
    account = make_account("anna@example.org")
    visitor = make_delegate(forum, account=account)
    take(place, registration=visitor)
    own = sign_in(Client(), account, second_factor=False)
    key = f"plant-access--{place.slot.programme.host.slug}"
    address = reverse("registration:give_consent", args=[visitor.ref, key])
    assert address in own.get(reverse("registration:my")).content.decode()
    agree_to_plant(visitor, place)
    assert address not in own.get(reverse("registration:my")).content.decode()

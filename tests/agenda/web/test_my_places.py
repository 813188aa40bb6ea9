"""The delegate's own pages: agenda, visits, taking, waiting, giving back, the link of an offer."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from agenda.actions.bookings import give_back, take, wait_for
from agenda.actions.releases import publish_release
from agenda.models import OccupiedTime, VisitSlot
from agenda.queries.bookables import Bookable, of_slot
from forum.models import Account, Forum, Message
from registration.actions.line import serve_line
from registration.models import Pool, Registration
from tests.agenda.test_released_places import seat
from tests.factories.agenda import make_bookable_session, make_delegate, make_programme, make_slot
from tests.factories.forum import make_account
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
RULE = {"ru": "Закрытая обувь", "en": "Closed shoes"}


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def account(db: None) -> Account:
    return make_account()


@pytest.fixture
def delegate(forum: Forum, account: Account) -> Registration:
    return make_delegate(forum, account=account)


@pytest.fixture
def mine(client: Client, account: Account) -> Client:
    return sign_in(client, account, second_factor=False)


def visit(forum: Forum, **changes: object) -> Bookable:
    slot = make_slot(make_programme(forum), **changes)
    return of_slot(VisitSlot.objects.get(pk=slot.pk), forum=forum)


def taken(place: Bookable) -> int:
    return Pool.objects.get(pk=place.pool.pk).taken


def visit_url(name: str, delegate: Registration, place: Bookable) -> str:
    return reverse(f"places:{name}", args=[delegate.ref, place.slot.public_id])


def session_url(delegate: Registration, place: Bookable, act: str) -> str:
    return reverse("places:session", args=[delegate.ref, place.key, act])


def text(response: object) -> str:
    return " ".join(response.content.decode().split())


def test_seat_is_taken_and_given_back_by_buttons(forum: Forum, mine: Client, delegate: Registration) -> None:
    session = make_bookable_session(forum)
    publish_release(forum, by=None)
    place = seat(forum, session)
    assert "Take a place" in text(mine.get(reverse("places:agenda")))
    page = mine.post(session_url(delegate, place, "take"), follow=True)
    assert "is yours" in text(page)
    assert (page.status_code, taken(place)) == (200, 1)
    assert "Give the place back?" in text(page)
    mine.post(session_url(delegate, place, "back"))
    assert taken(place) == 0


def test_visit_asks_birth_date_and_rule_and_keeps_what_was_typed(forum: Forum, mine: Client, account: Account) -> None:
    delegate, place = make_delegate(forum, account=account, birth_date=None), visit(forum, rule=RULE)
    url = visit_url("visit", delegate, place)
    page = text(mine.get(url))
    assert 'name="birth_date"' in page
    assert "Closed shoes" in page
    response = mine.post(url, {"birth_date": "1990-05-17"})
    assert response.status_code == 422
    assert 'value="1990-05-17"' in text(response)
    assert "tick the box under it. Please" not in text(response)
    response = mine.post(url, {"birth_date": f"{forum.starts_on.year - 10}-05-17", "rule": "on"})
    assert response.status_code == 409
    assert "lets in visitors from 16 years" in text(response)
    assert taken(place) == 0
    response = mine.post(url, {"birth_date": "17.05.1990", "rule": "on"}, follow=True)
    assert "is yours" in text(response)
    assert taken(place) == 1
    assert 'name="birth_date"' not in text(mine.get(visit_url("visit", delegate, visit(forum, day=forum.starts_on))))


@pytest.mark.parametrize("typed", ["", "yesterday", "2999-01-01", "1800-01-01"])
def test_impossible_birth_date_is_refused_at_its_field(
    forum: Forum, mine: Client, account: Account, typed: str
) -> None:
    delegate, place = make_delegate(forum, account=account, birth_date=None), visit(forum)
    response = mine.post(visit_url("visit", delegate, place), {"birth_date": typed})
    assert response.status_code == 422
    assert "id_birth_date" in text(response)
    assert taken(place) == 0


def test_full_visit_offers_the_line_and_says_the_position(forum: Forum, mine: Client, delegate: Registration) -> None:
    place = visit(forum, places=1)
    take(place, registration=make_delegate(forum))
    wait_for(place, registration=make_delegate(forum))
    url = visit_url("visit", delegate, place)
    assert 'name="wait"' in text(mine.get(url))
    response = mine.post(url, {"wait": "1"}, follow=True)
    assert "Number 2 of 2 in line" in text(response)
    assert "Leave the line" in text(mine.get(reverse("places:agenda")))


def test_place_that_went_meanwhile_is_refused_with_the_line_as_the_way_on(
    forum: Forum, mine: Client, delegate: Registration
) -> None:
    place = visit(forum, places=1)
    take(place, registration=make_delegate(forum))
    response = mine.post(visit_url("visit", delegate, place))
    assert response.status_code == 409
    assert "All places are taken." in text(response)
    assert 'name="wait"' in text(response)


def test_clash_is_named_with_what_would_help(forum: Forum, mine: Client, delegate: Registration) -> None:
    first = visit(forum)
    take(first, registration=delegate)
    other = visit(forum)
    page = text(mine.get(reverse("places:visits")))
    assert first.name in page
    assert "give that place back" in page
    assert "not possible" in page
    assert mine.post(visit_url("visit", delegate, other)).status_code == 409
    assert taken(other) == 0


@pytest.mark.parametrize("name", ["agenda", "visits"])
@pytest.mark.parametrize("language", ["ru", "en", "uz", "be"])
def test_pages_answer_in_every_language(
    forum: Forum, mine: Client, delegate: Registration, name: str, language: str
) -> None:
    take(visit(forum), registration=delegate)
    with translation.override(language):
        response = mine.get(reverse(f"places:{name}"))
    assert response.status_code == 200
    assert f'lang="{language}"' in text(response)


def test_strangers_find_nothing_of_mine(forum: Forum, delegate: Registration) -> None:
    """Another delegate and a browser without an account: 404 at every address, and nothing is changed."""
    place = visit(forum)
    take(place, registration=delegate)
    other = make_account()
    make_delegate(forum, account=other)
    for stranger in (Client(), sign_in(Client(), other, second_factor=False)):
        for url in (visit_url("visit", delegate, place), visit_url("visit_back", delegate, place)):
            assert stranger.post(url).status_code == 404
        assert stranger.get(visit_url("visit", delegate, place)).status_code == 404
        assert stranger.get(f"{reverse('places:agenda')}?for={delegate.ref}").status_code == 404
    assert taken(place) == 1


def test_assistant_chooses_for_whom(forum: Forum, mine: Client, account: Account, delegate: Registration) -> None:
    second = make_delegate(forum, account=account, surname="Вторая", latin_surname="VTORAYA")
    place = visit(forum)
    take(place, registration=second)
    page = text(mine.get(f"{reverse('places:agenda')}?for={second.ref}"))
    assert "VTORAYA" in page
    assert f"for={delegate.ref}" in page


def test_unconfirmed_people_are_told_to_confirm(forum: Forum, mine: Client, account: Account) -> None:
    from registration.enums import RegistrationState
    from tests.factories.registration import make_person, make_registration

    make_registration(forum, state=RegistrationState.APPROVED, person=make_person(forum, account=account))
    visit(forum)
    assert "Participation is not confirmed." in text(mine.get(reverse("places:visits")))


def test_nobody_sees_the_way_in(forum: Forum, client: Client) -> None:
    assert "Nobody takes part yet" in text(client.get(reverse("places:agenda")))


def test_offer_page_changes_nothing_until_a_button_is_pressed(forum: Forum, client: Client) -> None:
    place, holder, waiting = visit(forum, places=1), make_delegate(forum), make_delegate(forum)
    take(place, registration=holder)
    wait_for(place, registration=waiting)
    give_back(place, registration=holder)
    serve_line(pool_id=place.pool.pk)
    url = json.loads(Message.objects.get(reason="agenda.place_offered").context)["offer_link"]
    assert 'name="accept"' in text(client.get(url))
    assert not OccupiedTime.objects.exists()
    assert client.post(url, {"accept": "1"}).status_code == 302
    assert client.post(url, {"accept": "1"}).status_code == 302
    assert client.get(url).status_code == 200
    assert OccupiedTime.objects.count() == 1
    give_back(place, registration=waiting)
    assert client.get(url).status_code == 410
    assert client.post(url, {"accept": "1"}).status_code == 410
    assert client.get(reverse("places:offer", args=["nothing"])).status_code == 410


def test_session_page_has_the_buttons_and_is_kept_by_nobody(forum: Forum, mine: Client, delegate: Registration) -> None:
    session = make_bookable_session(forum)
    publish_release(forum, by=None)
    url = reverse("agenda:session", args=[session.slug])
    response = mine.get(url)
    assert session_url(delegate, seat(forum, session), "take") in text(response)
    assert "private" in response["Cache-Control"]
    assert "take/" not in text(Client().get(url))


@pytest.mark.parametrize("count", (1, 3))
def test_agenda_asks_the_database_as_much_for_three_as_for_one(
    forum: Forum, mine: Client, delegate: Registration, count: int, django_assert_max_num_queries
) -> None:
    sessions = [make_bookable_session(forum, starts=f"{10 + n}:00", ends=f"{10 + n}:30") for n in range(count)]
    publish_release(forum, by=None)
    for session in sessions:
        take(seat(forum, session), registration=delegate)
    runs = [visit(forum, places=1) for _ in range(count)]
    for run in runs:
        take(run, registration=make_delegate(forum))
    mine.get(reverse("places:agenda"))
    with django_assert_max_num_queries(42):
        mine.get(reverse("places:agenda"))
    with django_assert_max_num_queries(30):
        mine.get(reverse("places:visits"))

"""The offer of a place on the screen: by the link of the letter, and on one's own card."""

import pytest
from django.test import Client
from django.utils.timezone import now

from forum.models import Account, Forum
from registration.actions.applications import withdraw
from registration.actions.review import put_in_line
from registration.actions.sweeps import sweep
from registration.enums import RegistrationState as S
from registration.models import Category, Claim, Registration
from tests.factories.forum import make_account
from tests.factories.registration import make_category, make_person, make_quota, make_registration
from tests.registration.test_offers import secret_of
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(forum: Forum) -> Category:
    category = make_category(forum, places=1)
    make_registration(forum, category=category, state=S.CONFIRMED)
    return category


@pytest.fixture
def person(full: Category, officer: Account) -> Registration:
    """First in line, with an account."""
    account = make_account("anna@example.org")
    own = make_registration(full.forum, category=full, person=make_person(full.forum, account=account))
    return put_in_line(own, by=officer)


@pytest.fixture
def mine(person: Registration) -> Client:
    return sign_in(Client(), Account.objects.get(email="anna@example.org"), second_factor=False)


def free(full: Category) -> None:
    withdraw(Registration.objects.get(category=full, state=S.CONFIRMED))
    sweep()


def test_the_card_tells_the_place_in_line_honestly(
    mine: Client, person: Registration, full: Category, officer: Account
) -> None:
    put_in_line(make_registration(full.forum, category=full), by=officer)
    page = mine.get("/en/my/").content.decode()
    assert "You are number 1 of 2 in the line for “Delegate”." in page
    make_quota(full, places=0)
    page = mine.get("/en/my/").content.decode()
    assert "You are number 1 of 2 in the line for “Tomsk Oblast”." in page
    Forum.objects.update(applications_open=False)
    assert "no places are offered any more" in mine.get("/en/my/").content.decode()


@pytest.mark.parametrize("language", ["ru", "en", "uz", "be"])
def test_opening_the_link_changes_nothing_and_one_press_takes_part(
    client: Client, person: Registration, full: Category, language: str
) -> None:
    free(full)
    address = f"/{language}/apply/offer/{secret_of(person)}/"
    answer = client.get(address)
    assert (answer.status_code, answer.context["stage"], answer["Referrer-Policy"]) == (200, "open", "strict-origin")
    person.refresh_from_db()
    assert person.state == S.WAITLISTED
    for _press in range(2):
        assert client.post(address, {"accept": "1"}).url == address
    person.refresh_from_db()
    assert (person.state, client.get(address).context["stage"]) == (S.CONFIRMED, "held")
    assert client.post(address, {"decline": "1"}).status_code == 302
    person.refresh_from_db()
    assert person.state == S.CONFIRMED, "a place that was accepted stays"


def test_declining_is_withdrawing_and_the_link_is_dead(client: Client, person: Registration, full: Category) -> None:
    free(full)
    address = f"/en/apply/offer/{secret_of(person)}/"
    assert client.post(address, {"decline": "1"}).url == address
    person.refresh_from_db()
    assert person.state == S.CANCELLED
    answer = client.get(address)
    assert (answer.status_code, answer.context["stage"]) == (410, "gone")
    assert client.post(address, {"accept": "1"}).status_code == 410


@pytest.mark.parametrize("why", ["late", "closed", "unknown"])
def test_a_dead_link_says_so(client: Client, person: Registration, full: Category, why: str) -> None:
    free(full)
    secret = "0" * 32 if why == "unknown" else secret_of(person)
    if why == "late":
        Claim.objects.filter(person=person.person).update(offer_until=now())
    if why == "closed":
        Forum.objects.update(applications_open=False)
    for answer in (client.get(f"/en/apply/offer/{secret}/"), client.post(f"/en/apply/offer/{secret}/")):
        assert (answer.status_code, answer.context["stage"]) == (410, "gone" if why == "unknown" else "over")
        assert "This offer is no longer open" in answer.content.decode()
        assert person.person.surname not in answer.content.decode()


def test_the_card_accepts_too_and_nobody_elses_does(mine: Client, person: Registration, full: Category) -> None:
    address = f"/en/my/{person.ref}/accept/"
    assert mine.post(address).status_code == 410
    free(full)
    page = mine.get("/en/my/").content.decode()
    assert "A place is kept for you until" in page
    assert address in page
    assert Client().post(address).status_code == 404
    for _press in range(2):
        assert mine.post(address).url == "/en/my/"
    person.refresh_from_db()
    assert person.state == S.CONFIRMED


def test_an_offer_that_was_not_answered_is_told_on_the_card(mine: Client, person: Registration, full: Category) -> None:
    free(full)
    Claim.objects.filter(person=person.person).update(offer_until=now())
    assert "The offer of a place is over." in mine.get("/en/my/").content.decode()
    sweep()
    page = mine.get("/en/my/").content.decode()
    assert "The offer of a place was not answered in time." in page
    assert "Offer not answered in time" in page


def test_the_officers_list_says_for_each_why_there_is_no_place(
    officer_client: Client, person: Registration, full: Category, officer: Account
) -> None:
    make_quota(full, places=0)
    stranger = put_in_line(make_registration(full.forum, category=full, delegation="UZ"), by=officer)
    page = officer_client.get("/team/people/waiting/").content.decode()
    assert "Томская область: 0\xa0из\xa00" in page
    assert "Делегат: 1\xa0из\xa01" in page
    assert page.index(f"p-{person.ref}") < page.index(f"p-{stranger.ref}")
    free(full)
    page = officer_client.get("/team/people/waiting/?category=delegate").content.decode()
    assert "Предложено, ответа ещё нет." in page
    Forum.objects.update(applications_open=False)
    page = officer_client.get(f"/team/people/{stranger.ref}/").content.decode()
    assert "Лист ожидания остановлен" in page

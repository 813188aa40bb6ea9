"""The one search box: people, sessions, speakers and plants, in any spelling, for those who may see them."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agenda.actions.releases import publish_release
from agenda.models import Session
from forum.enums import Role
from forum.models import Forum
from forum.names import other_layout
from tests.factories.agenda import make_programme, make_session, make_slot, make_speaker, partner
from tests.factories.forum import make_staff
from tests.factories.registration import make_registration
from tests.sessions import sign_in

ADDRESS = "/team/search/"


def staff(forum: Forum, role: Role, scope_id: str = "") -> Client:
    return sign_in(Client(), make_staff(forum, role, scope_id=scope_id))


def found(client: Client, query: str) -> dict[str, list[str]]:
    """Titles by the name of the room that found them."""
    page = client.post(ADDRESS, {"q": query}).content.decode()
    sections = re.findall(r'<section class="panel" aria-labelledby="found-(\w+)">(.*?)</section>', page, re.DOTALL)
    return {room: re.findall(r"data-row>([^<]+)</a>", text) for room, text in sections}


@pytest.mark.parametrize(
    "typed", ["Примерова", "primerova", "прим", "анна примерова", "ghbvthjdf", "зкшьукщмф", "приме\0рова"]
)
def test_people_and_speakers_are_found_in_any_script_and_with_the_wrong_layout(
    organiser_client: Client, forum: Forum, typed: str
) -> None:
    make_registration(forum)
    make_speaker(forum)
    assert found(organiser_client, typed) == {
        "people": ["Примерова Анна Ильинична"],
        "speakers": ["Примерова Анна"],
    }


def test_page_says_that_the_layout_was_switched(organiser_client: Client, forum: Forum) -> None:
    make_registration(forum)
    assert "Найдено для «примерова»" in organiser_client.post(ADDRESS, {"q": "ghbvthjdf"}).content.decode()


def test_every_key_has_its_pair_in_the_other_layout() -> None:
    assert other_layout("Ghbvth, ёлка") == "примерб `krf"
    for text in ("примерова", "primerova", "[];',.`"):
        assert other_layout(other_layout(text)) == text


def test_sessions_and_plants_are_found_by_words_of_every_language(organiser_client: Client, forum: Forum) -> None:
    make_session(forum, title={"ru": "Музеи заводов", "en": "Factory museums"})
    make_programme(forum, title={"ru": "Разрез «Карьерный»", "en": "The Pit"})
    assert found(organiser_client, "MUSEUM") == {"sessions": ["Музеи заводов"]}
    assert found(organiser_client, "карьерн") == {"plants": ["Разрез «Карьерный»"]}


def test_a_partner_finds_its_own_sessions_and_nobody_else(forum: Forum) -> None:
    make_registration(forum)
    make_session(forum, title={"ru": "Сессия хозяев", "en": "Hosts"}, speakers=(make_speaker(forum),))
    make_session(forum, title={"ru": "Сессия гостей", "en": "Guests"}, host_region=partner(forum))
    region = staff(forum, Role.PARTNER_EDITOR, scope_id=partner(forum).code)
    assert found(region, "сессия") == {"sessions": ["Сессия гостей"]}
    assert found(region, "примерова") == {}


@pytest.mark.parametrize("role", [Role.VIEWER, Role.VISIT_COORDINATOR, Role.CHECKIN_STAFF])
def test_others_find_neither_people_nor_drafts_nor_unpublished_speakers(forum: Forum, role: Role) -> None:
    make_registration(forum)
    make_session(forum, title={"ru": "Примерова сессия", "en": "Draft"})
    make_speaker(forum, publication_consent=False)
    assert found(staff(forum, role), "примерова") == {}


def test_others_find_what_is_released_under_the_released_title(forum: Forum) -> None:
    hidden = make_speaker(forum, surname="Скрытая", publication_consent=False)
    session = make_session(forum, title={"ru": "Музеи", "en": "Museums"}, speakers=(make_speaker(forum), hidden))
    publish_release(forum, by=None)
    Session.objects.filter(pk=session.pk).update(title_ru="Черновик")
    press = staff(forum, Role.VIEWER)
    assert found(press, "музеи") == {"sessions": ["Музеи"]}
    assert found(press, "черновик") == {}
    assert found(press, "примерова") == {"sessions": ["Музеи"], "speakers": ["Примерова Анна"]}
    assert found(press, "скрытая") == {}
    forum.programme_public = False
    forum.save()
    assert found(press, "музеи") == {}


def leads(client: Client, query: str) -> list[str]:
    """Where the hits lead; each of them has to open."""
    addresses = re.findall(r'<a href="([^"]+)" data-row', client.post(ADDRESS, {"q": query}).content.decode())
    assert [client.get(address).status_code for address in addresses] == [200] * len(addresses)
    return addresses


def test_every_hit_leads_somewhere(organiser_client: Client, forum: Forum) -> None:
    make_registration(forum)
    make_session(forum, title={"ru": "Примерова", "en": "Example"}, speakers=(make_speaker(forum),))
    make_slot(make_programme(forum, title={"ru": "Примерова", "en": "Example"}))
    publish_release(forum, by=None)
    assert len(leads(organiser_client, "примерова")) == 4


def test_editors_come_to_the_entry_of_a_speaker_published_or_not(organiser_client: Client, forum: Forum) -> None:
    hidden = make_speaker(forum, surname="Скрытая", publication_consent=False)
    assert leads(organiser_client, "скрытая") == [f"/team/programme/speakers/{hidden.public_id}/"]


def test_guest_on_the_stage_of_a_region_has_a_page_that_the_region_may_open(forum: Forum) -> None:
    seen, hidden = make_speaker(forum), make_speaker(forum, surname="Скрытая", publication_consent=False)
    make_session(forum, host_region=partner(forum), speakers=(seen, hidden))
    publish_release(forum, by=None)
    region = staff(forum, Role.PARTNER_EDITOR, scope_id=partner(forum).code)
    assert leads(region, "примерова") == [f"/ru/speakers/{seen.public_id}/"]
    assert leads(region, "скрытая") == ["/team/programme/"]


def test_query_stands_in_no_address(organiser_client: Client, forum: Forum) -> None:
    make_registration(forum)
    page = organiser_client.post(ADDRESS, {"q": "примерова"}).content.decode()
    assert [address for address in re.findall(r'(?:href|action)="([^"]*)"', page) if "%D0%BF" in address] == []
    assert found(organiser_client, "") == {}
    assert "Примерова" not in organiser_client.get(f"{ADDRESS}?q=примерова").content.decode()


def test_nothing_found_says_what_to_try(organiser_client: Client, forum: Forum) -> None:
    page = organiser_client.post(ADDRESS, {"q": "<никого>"}).content.decode()
    assert "Ничего не найдено: «&lt;никого&gt;»" in page
    assert 'value="&lt;никого&gt;"' in page


def test_search_asks_as_much_for_many_as_for_one(organiser_client: Client, forum: Forum) -> None:
    def ask() -> int:
        with CaptureQueriesContext(connection) as asked:
            organiser_client.post(ADDRESS, {"q": "примерова"})
        return len(asked)

    def add() -> None:
        make_registration(forum)
        speaker = make_speaker(forum)
        make_session(forum, title={"ru": "Примерова", "en": "Example"}, speakers=(speaker,))
        make_programme(forum, title={"ru": "Примерова", "en": "Example"})

    add()
    ask()
    for_one = ask()
    add()
    add()
    assert ask() == for_one <= 25


def test_more_than_a_page_is_said_and_not_hidden(organiser_client: Client, forum: Forum) -> None:
    for _number in range(21):
        make_speaker(forum)
    page = organiser_client.post(ADDRESS, {"q": "примерова"}).content.decode()
    assert len(re.findall("data-row>", page)) == 20
    assert "добавьте слово" in page

"""The programme room: own sessions first, both clocks, occupied halls."""

import re
from collections import Counter

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agenda.actions.editing import edit_session
from agenda.actions.moving import move_session
from agenda.actions.releases import publish_release
from agenda.models import Session
from forum.enums import Role
from forum.models import Account, Forum
from tests.agenda.web.room import ROOM, ask, html
from tests.factories.agenda import at, make_hall, make_session, make_speaker, partner
from tests.factories.forum import make_staff
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db


def test_partner_sees_its_own_first_then_the_released_rest(forum: Forum, own: Session, guest_client: Client) -> None:
    """Both clocks stand beside every time."""
    make_session(forum, title={"ru": "Хозяйская", "en": "Host's"}, starts="08:00", ends="09:00")
    publish_release(forum, by=None)
    answer = guest_client.get(ROOM)
    assert [entry.item.slug for entry in answer.context["own"]] == ["own"]
    assert [entry.item.title for entry in answer.context["rest"]] == ["Хозяйская"]
    text = answer.content.decode()
    assert text.index("Сессия") < text.index("Хозяйская")
    assert '10:00–11:00 (Кемерово)</span>, <span class="nowrap">06:00–07:00 (Москва)' in text


def test_draft_of_another_is_a_hall_and_a_time(forum: Forum, own: Session, guest_client: Client) -> None:
    """A moved session stands where the public sees it, and its new place is occupied; as the host draws neither."""
    other = make_session(forum, title={"ru": "Хозяйская", "en": "Host's"})
    publish_release(forum, by=None)
    hall = make_hall(forum, name={"ru": "Новый зал", "en": "New hall"})
    move_session(other, version=1, hall=hall, starts=at(forum, "16:00"), ends=at(forum, "17:00"), by=None)
    context = guest_client.get(ROOM).context
    assert [(o.hall.name, o.starts) for o in context["occupied"]] == [("Новый зал", at(forum, "16:00"))]
    assert [entry.starts for entry in context["rest"]] == [at(forum, "10:00")]
    board = html(guest_client, f"{ROOM}?view=board")
    assert board.count("Занято") >= 1
    assert "Новый зал" in board


def test_new_draft_of_another_is_occupied_only(forum: Forum, own: Session, guest_client: Client) -> None:
    other = make_session(forum, title={"ru": "Тайна", "en": "Secret"})
    context = guest_client.get(ROOM).context
    assert [o.hall.name for o in context["occupied"]] == [other.hall.name]
    assert context["rest"] == []


def test_viewer_sees_the_release_and_no_occupied_hall(forum: Forum, own: Session) -> None:
    make_session(forum, title={"ru": "Тайна", "en": "Secret"})
    context = sign_in(Client(), make_staff(forum, Role.VIEWER)).get(f"{ROOM}?view=list").context
    assert [entry.item.slug for entry in context["rest"]] == ["own"]
    assert (context["own"], context["occupied"], context["programme"].changes) == ([], [], [])


def test_names_without_consent_are_complete_for_the_own_team_only(forum: Forum, guest_client: Client) -> None:
    """Edge case 27: internal lists are complete, the public sees nobody; neither does another team."""
    spb = partner(forum)
    hidden = make_speaker(forum, surname="Скрытый", publication_consent=False)
    make_session(forum, host_region=spb, speakers=(hidden,), slug="mine")
    make_session(
        forum, co_hosts=[spb], speakers=(make_speaker(forum, surname="Тайный", publication_consent=False),), slug="both"
    )
    assert "Скрытый" in html(guest_client, reverse("programme:session", args=["mine"]))
    shared = html(guest_client, reverse("programme:session", args=["both"]))
    assert "Тайный" not in shared
    assert "спикера объявим позже" in shared


@pytest.mark.parametrize(
    ("query", "found"),
    [("words=Хозяйская", 1), ("words=нет такой", 0), ("state=changed", 1), ("state=draft", 1), ("state=nonsense", 3)],
)
def test_filters_live_in_the_address(forum: Forum, own: Session, host_client: Client, query: str, found: int) -> None:
    other = make_session(forum, title={"ru": "Хозяйская", "en": "Host's"})
    publish_release(forum, by=None)
    edit_session(other, version=1, title={"ru": "Хозяйская!", "en": "Host's"}, by=None)
    make_session(forum)
    assert host_client.get(f"{ROOM}?view=list&{query}").context["found"] == found


def test_empty_room_says_what_will_come(forum: Forum, guest_client: Client) -> None:
    assert "Сессий ещё нет" in html(guest_client, ROOM)


@pytest.mark.parametrize("day", ["nonsense", "2020-13-45"])
def test_nonsense_day_is_not_there(own: Session, host_client: Client, day: str) -> None:
    assert host_client.get(f"{ROOM}?view=board&day={day}").status_code == 404


@pytest.mark.parametrize("view", ["board", "list"])
@pytest.mark.parametrize("who", ["guest", "host"])
def test_room_asks_the_same_number_of_queries(
    forum: Forum, guest: Account, view: str, who: str, host_client: Client, guest_client: Client
) -> None:
    """Whatever the number of sessions, speakers, proposals."""
    client = guest_client if who == "guest" else host_client
    counts = []
    for number in (1, 3):
        for _ in range(number):
            session = make_session(forum, host_region=partner(forum), speakers=(make_speaker(forum),))
            make_session(forum, co_hosts=[partner(forum)])
            ask(session)
        publish_release(forum, by=None)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"{ROOM}?view={view}&day=all").status_code == 200
        counts.append(_shapes(asked))
    assert counts[0] == counts[1], (counts[1] - counts[0], counts[0] - counts[1])


@pytest.mark.parametrize("url", ["programme:proposals", "programme:export", "programme:releases"])
def test_lists_ask_the_same_number_of_queries(forum: Forum, host_client: Client, url: str) -> None:
    counts = []
    for number in (1, 3):
        for _ in range(number):
            ask(make_session(forum, host_region=partner(forum), speakers=(make_speaker(forum),)))
        publish_release(forum, by=None)
        with CaptureQueriesContext(connection) as asked:
            assert host_client.get(reverse(url)).status_code == 200
        counts.append(_shapes(asked))
    assert counts[0] == counts[1], (counts[1] - counts[0], counts[0] - counts[1])


def _shapes(asked: CaptureQueriesContext) -> Counter[str]:
    """What was asked, without numbers and texts; the store of browser sessions is not ours to count."""
    found = [re.sub(r"\d+|'[^']*'", "…", query["sql"]) for query in asked]
    return Counter(re.sub(r"(…, )+", "", sql) for sql in found if "django_session" not in sql)

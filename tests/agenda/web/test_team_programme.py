"""The programme room: own sessions first, both clocks, occupied halls, releases, editing with the optimistic lock."""

import re
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from agenda.actions.editing import edit_session
from agenda.actions.moving import move_session
from agenda.actions.proposals import propose_move
from agenda.actions.releases import publish_release
from agenda.models import Session, Speaker
from agenda.queries.conflicts import Place
from forum.enums import Role
from forum.models import Account, AuditEntry, Forum, Organisation
from tests.factories.agenda import at, make_hall, make_session, make_speaker, partner
from tests.factories.forum import make_staff
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
ROOM = "/team/programme/"


@pytest.fixture
def guest(forum: Forum) -> Account:
    return make_staff(forum, Role.PARTNER_EDITOR, scope_id="RU-SPE", email="guest@example.org")


@pytest.fixture
def guest_client(guest: Account) -> Client:
    return sign_in(Client(), guest)


@pytest.fixture
def host_client(forum: Forum) -> Client:
    return sign_in(Client(), make_staff(forum, Role.PROGRAMME_EDITOR, email="host@example.org"))


@pytest.fixture
def own(forum: Forum) -> Session:
    """A released session of the partner, whose speaker is its own."""
    spb = partner(forum)
    session = make_session(forum, host_region=spb, speakers=(make_speaker(forum, region=spb),), slug="own")
    publish_release(forum, by=None)
    return session


def html(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def content(session: Session, **changes: Any) -> dict[str, Any]:
    """What the form sends when nobody touches it, besides `changes`."""
    texts = {
        f"{f}_{code}": getattr(session, f"{f}_{code}") or ""
        for f in ("title", "description")
        for code in ("ru", "en", "uz", "be")
    }
    stored = texts | {"languages": session.languages, "interpretation": session.interpretation}
    was = {f"was-{name}": value for name, value in stored.items()}
    return {"version": session.version, **was, **stored, **changes}


# --- the room --------------------------------------------------------------------------------------------------------------
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
            _ask(session)
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
            _ask(make_session(forum, host_region=partner(forum), speakers=(make_speaker(forum),)))
        publish_release(forum, by=None)
        with CaptureQueriesContext(connection) as asked:
            assert host_client.get(reverse(url)).status_code == 200
        counts.append(_shapes(asked))
    assert counts[0] == counts[1], (counts[1] - counts[0], counts[0] - counts[1])


def _shapes(asked: CaptureQueriesContext) -> Counter[str]:
    """What was asked, without numbers and texts; the store of browser sessions is not ours to count."""
    found = [re.sub(r"\d+|'[^']*'", "…", query["sql"]) for query in asked]
    return Counter(re.sub(r"(…, )+", "", sql) for sql in found if "django_session" not in sql)


def _ask(session: Session, **changes: Any) -> Any:
    forum = session.forum
    place = Place(hall=make_hall(forum), starts=at(forum, "14:00"), ends=at(forum, "15:00"))
    values = {
        "version": 1,
        "place": place,
        "reason": "why",
        "answer_by": now() + timedelta(1),
        "side": partner(forum),
        "by": None,
    }
    return propose_move(session, **values | changes)


# --- editing ---------------------------------------------------------------------------------------------------------------
def test_edit_stays_in_the_draft_until_the_release(own: Session, guest_client: Client, client: Client) -> None:
    """Draft ≠ released: the public page changes with the next release only."""
    url = reverse("programme:edit", args=["own"])
    answer = guest_client.post(url, content(own, title_ru="Новое имя", description_ru="О чём это"))
    assert answer.status_code == 302
    page = html(guest_client, reverse("programme:session", args=["own"]))
    assert "Изменено после выпуска 1" in page
    assert "Новое имя" not in html(client, "/ru/programme/?day=all")
    publish_release(own.forum, by=None)
    assert "Новое имя" in html(client, "/ru/programme/?day=all")
    assert "О чём это" in html(client, "/ru/sessions/own/")


def test_saving_without_a_change_changes_nothing(own: Session, guest_client: Client) -> None:
    guest_client.post(reverse("programme:edit", args=["own"]), content(own))
    own.refresh_from_db()
    assert own.version == 1
    assert not AuditEntry.objects.filter(action="session.edited").exists()


@pytest.mark.parametrize("field", ["title_ru", "title_en", "languages"])
def test_missing_text_is_said_at_its_field_and_the_rest_stays(own: Session, guest_client: Client, field: str) -> None:
    answer = guest_client.post(
        reverse("programme:edit", args=["own"]), content(own, description_en="Kept", **{field: ""})
    )
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "Kept" in answer.content.decode()


def test_later_of_two_edits_sees_both_versions(own: Session, guest_client: Client, host_client: Client) -> None:
    """409, field by field; what was typed is there; nothing is overwritten until somebody chooses (PRG-3)."""
    url = reverse("programme:edit", args=["own"])
    mine = content(own, title_ru="Моё", description_ru="Моё описание")
    host_client.post(url, content(own, title_ru="Их", title_en="Theirs"))
    answer = guest_client.post(url, mine)
    assert answer.status_code == 409
    rows = {row["name"]: row for row in answer.context["rows"]}
    assert {name: row["picked"] for name, row in rows.items()} == {
        "title_ru": "",
        "title_en": "theirs",
        "description_ru": "mine",
    }
    assert (rows["title_ru"]["theirs"], rows["title_ru"]["mine"]) == ("Их", "Моё")
    text = answer.content.decode()
    assert "host@example.org" in text
    own.refresh_from_db()
    assert (own.title_ru, own.version) == ("Их", 2)
    _choose(guest_client, url, answer, {"title_ru": "mine", "title_en": "theirs", "description_ru": "mine"})
    own.refresh_from_db()
    assert (own.title_ru, own.title_en, own.description_ru, own.version) == ("Моё", "Theirs", "Моё описание", 3)


def _choose(client: Client, url: str, answer: Any, picks: dict[str, str]) -> Any:
    """Send the comparison as the page holds it."""
    data: dict[str, Any] = {"version": answer.context["session"].version}
    for name, value in answer.context["carried"]:
        data.setdefault(name, []).append(value)
    data["ask"] = [row["name"] for row in answer.context["rows"] if not row["picked"]]
    return client.post(url, data | {f"pick-{name}": pick for name, pick in picks.items()})


def test_field_that_both_changed_must_be_decided(own: Session, guest_client: Client, host_client: Client) -> None:
    """A browser without the required mark gets the same page again."""
    url = reverse("programme:edit", args=["own"])
    host_client.post(url, content(own, title_ru="Их"))
    answer = guest_client.post(url, content(own, title_ru="Моё"))
    assert _choose(guest_client, url, answer, {}).status_code == 409
    own.refresh_from_db()
    assert own.title_ru == "Их"


def test_third_edit_during_the_comparison_is_compared_again(
    own: Session, guest_client: Client, host_client: Client
) -> None:
    url = reverse("programme:edit", args=["own"])
    host_client.post(url, content(own, title_ru="Их"))
    answer = guest_client.post(url, content(own, title_ru="Моё"))
    own.refresh_from_db()
    host_client.post(url, content(own, title_ru="Третье"))
    again = _choose(guest_client, url, answer, {"title_ru": "mine"})
    assert again.status_code == 409
    assert [(row["theirs"], row["mine"]) for row in again.context["rows"]] == [("Третье", "Моё")]


def test_history_says_who_when_and_what(own: Session, guest_client: Client) -> None:
    guest_client.post(reverse("programme:edit", args=["own"]), content(own, title_ru="Новое имя"))
    page = html(guest_client, reverse("programme:session", args=["own"]))
    history = page.partition('id="history-title"')[2]
    assert "guest@example.org" in history
    assert "<ins>Новое имя</ins>" in history


# --- speakers --------------------------------------------------------------------------------------------------------------
def cast_data(session: Session, **changes: Any) -> dict[str, Any]:
    ids = [str(row.speaker.public_id) for row in session.cast.select_related("speaker")]
    places = {f"place-{key}": n for n, key in enumerate(ids, start=1)}
    return {"version": session.version, "speaker": ids, **places, **changes}


def test_cast_is_ordered_extended_and_reduced(forum: Forum, own: Session, guest_client: Client) -> None:
    first, second = own.speakers.get(), make_speaker(forum, region=partner(forum))
    url = reverse("programme:cast", args=["own"])
    guest_client.post(url, cast_data(own, add=str(second.public_id), add_role="moderator"))
    own.refresh_from_db()
    guest_client.post(url, cast_data(own, **{f"place-{second.public_id}": 0, f"role-{second.public_id}": "moderator"}))
    assert [row.speaker for row in own.cast.all()] == [second, first]
    own.refresh_from_db()
    guest_client.post(url, cast_data(own, **{f"remove-{first.public_id}": "on"}))
    assert [(row.speaker, row.role) for row in own.cast.all()] == [(second, "speaker")]


def test_foreign_speaker_cannot_be_added(forum: Forum, own: Session, guest_client: Client) -> None:
    foreign = make_speaker(forum)
    answer = guest_client.post(reverse("programme:cast", args=["own"]), cast_data(own, add=str(foreign.public_id)))
    assert answer.status_code == 404
    assert foreign.public_id not in {s.public_id for s in own.speakers.all()}


def test_two_lists_of_speakers_are_compared(
    forum: Forum, own: Session, guest_client: Client, host_client: Client
) -> None:
    """409 with both; choosing mine saves it on the new version."""
    first, url = own.speakers.get(), reverse("programme:cast", args=["own"])
    added = make_speaker(forum, surname="Новая", region=partner(forum))
    typed = cast_data(own, add=str(added.public_id))
    host_client.post(url, cast_data(own, **{f"remove-{first.public_id}": "on"}))
    answer = guest_client.post(url, typed)
    assert answer.status_code == 409
    assert "Новая" in answer.content.decode()
    mine = [str(part.speaker.public_id) for part in answer.context["mine"]]
    guest_client.post(url, {"version": answer.context["session"].version, "speaker": mine, "pick-cast": "mine"})
    assert (
        [str(row.speaker.public_id) for row in own.cast.all()] == mine == [str(first.public_id), str(added.public_id)]
    )


def entry(**changes: Any) -> dict[str, Any]:
    values = {
        "version": 1,
        "surname": "Новикова",
        "latin_surname": "NOVIKOVA",
        "position_ru": "методист",
        "position_en": "methodologist",
        "new_organisation": "Музей труда",
        "languages": ["ru", "en"],
        "role": "speaker",
    }
    return values | changes


def test_new_speaker_is_kept_by_the_region_and_stands_last(forum: Forum, own: Session, guest_client: Client) -> None:
    region = forum.guest_regions.get(code="UZ")
    answer = guest_client.post(reverse("programme:new_speaker", args=["own"]), entry(region=region.pk))
    assert answer.status_code == 302
    made = Speaker.objects.latest("pk")
    assert (made.kept_by, made.region, made.publication_consent) == (partner(forum), region, False)
    assert made.organisation == Organisation.objects.get(name_ru="Музей труда")
    assert own.cast.last().speaker == made
    assert "Новикова" not in str(AuditEntry.objects.values_list("data", "changed"))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"surname": ""}, "surname"),
        ({"position_ru": "д" * 251}, "position_ru"),
        ({"new_organisation": ""}, "organisation"),
        ({"languages": []}, "languages"),
        ({"region": ""}, "region"),
    ],
)
def test_mistake_in_an_entry_is_said_and_the_rest_stays(
    forum: Forum, own: Session, guest_client: Client, changes: dict[str, Any], field: str
) -> None:
    data = entry(region=partner(forum).pk, given_name="Оставленное") | changes
    answer = guest_client.post(reverse("programme:new_speaker", args=["own"]), data)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "Оставленное" in answer.content.decode()


def test_two_corrections_of_one_entry_are_compared(own: Session, forum: Forum, guest_client: Client) -> None:
    speaker = own.speakers.get()
    url = reverse("programme:speaker", args=[speaker.public_id])
    data = entry(region=partner(forum).pk, publication_consent="on")
    assert guest_client.post(url, data | {"surname": "Первая"}).status_code == 302
    answer = guest_client.post(url, data | {"surname": "Вторая"})
    assert answer.status_code == 409
    stored = {str(row["label"]): (row["stored"], row["typed"]) for row in answer.context["differing"]}
    assert ("Первая", "Вторая") in stored.values()
    speaker.refresh_from_db()
    assert speaker.surname == "Первая"
    again = guest_client.post(url, data | {"surname": "Вторая", "version": answer.context["version"]})
    assert again.status_code == 302


# --- releases --------------------------------------------------------------------------------------------------------------
def test_host_publishes_with_the_difference_before_its_eyes(own: Session, host_client: Client) -> None:
    edit_session(own, version=1, title={"ru": "Новое имя", "en": "New"}, by=None)
    page = html(host_client, reverse("programme:releases"))
    assert "Новое имя" in page.partition('id="difference"')[2]
    answer = host_client.post(reverse("programme:publish"), {"note": "Утро"})
    assert answer.status_code == 302
    assert [(r.number, r.note) for r in own.forum.releases.all()] == [(2, "Утро"), (1, "")]


def test_clashes_are_listed_before_and_refused_at_publication(own: Session, host_client: Client) -> None:
    """The note that was typed stays."""
    make_session(own.forum, hall=own.hall, title={"ru": "Соперница", "en": "Rival"})
    page = html(host_client, reverse("programme:releases"))
    assert "Соперница" in page
    assert reverse("programme:publish") not in page
    answer = host_client.post(reverse("programme:publish"), {"note": "Утро"})
    assert answer.status_code == 409
    assert "Соперница" in answer.content.decode()
    assert own.forum.releases.count() == 1


def test_partner_reads_the_difference_of_its_own_sessions(forum: Forum, own: Session, guest_client: Client) -> None:
    other = make_session(forum, title={"ru": "Хозяйская", "en": "Host's"})
    publish_release(forum, by=None)
    edit_session(own, version=1, title={"ru": "Моё новое", "en": "New"}, by=None)
    edit_session(other, version=1, title={"ru": "Чужое новое", "en": "Other"}, by=None)
    page = html(guest_client, reverse("programme:releases"))
    assert "Моё новое" in page
    assert "Чужое новое" not in page
    assert reverse("programme:publish") not in page
    publish_release(forum, by=None)
    history = html(guest_client, reverse("programme:releases"))
    assert "Моё новое" in history
    assert "Чужое новое" not in history


# --- time and hall ---------------------------------------------------------------------------------------------------------
def place_data(forum: Forum, session: Session, **changes: Any) -> dict[str, Any]:
    values = {
        "version": session.version,
        "hall": f"{session.hall.venue.slug}/{session.hall.slug}",
        "day": str(forum.starts_on),
        "starts": "14:00",
        "ends": "15:00",
        "reason": "Поезд приходит в полдень",
        "answer_by": str((now() + timedelta(days=2)).date()),
    }
    return values | changes


def test_proposal_is_previewed_sent_and_accepted(
    forum: Forum, own: Session, guest_client: Client, host_client: Client
) -> None:
    """The whole way: what it would mean, the letter, the decision, the draft."""
    url = reverse("programme:place", args=["own"])
    preview = guest_client.post(url, place_data(forum, own))
    assert preview.status_code == 200
    assert not own.proposals.exists()
    assert "10:00–11:00 (Москва)" in preview.content.decode()
    sent = guest_client.post(url, place_data(forum, own, send="1"))
    proposal = own.proposals.get()
    assert sent["Location"] == reverse("programme:proposal", args=[proposal.public_id])
    assert "Поезд приходит в полдень" in html(host_client, sent["Location"])
    decide = reverse("programme:decide", args=[proposal.public_id, "accept"])
    assert host_client.post(decide, {"note": "Хорошо"}).status_code == 302
    own.refresh_from_db()
    assert own.period.lower == at(forum, "14:00")
    page = html(guest_client, sent["Location"])
    assert "Хорошо" in page
    assert decide not in page


def test_refusal_of_a_decision_keeps_the_note(forum: Forum, own: Session, host_client: Client) -> None:
    """A clash that came meanwhile is said with its reason; the proposal stays open."""
    proposal = _ask(own, place=Place(hall=own.hall, starts=at(forum, "14:00"), ends=at(forum, "15:00")))
    make_session(forum, hall=own.hall, starts="14:30", ends="15:30")
    url = reverse("programme:decide", args=[proposal.public_id, "accept"])
    answer = host_client.post(url, {"note": "Моя заметка"})
    assert answer.status_code == 409
    assert "Моя заметка" in answer.content.decode()
    assert (
        host_client.post(reverse("programme:decide", args=[proposal.public_id, "refuse"]), {"note": ""}).status_code
        == 409
    )


def test_host_moves_its_own_session_with_one_key(forum: Forum, host_client: Client) -> None:
    session = make_session(forum)
    publish_release(forum, by=None)
    data = place_data(forum, session, send="1")
    assert host_client.post(reverse("programme:place", args=[session.slug]), data).status_code == 302
    session.refresh_from_db()
    assert session.period.lower == at(forum, "14:00")


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"ends": "13:00"}, "ends"), ({"hall": "no/where"}, "hall"), ({"reason": ""}, "reason"), ({"day": "soon"}, "day")],
)
def test_nonsense_place_is_said_at_its_field(
    forum: Forum, own: Session, guest_client: Client, changes: dict[str, Any], field: str
) -> None:
    answer = guest_client.post(reverse("programme:place", args=["own"]), place_data(forum, own, send="1", **changes))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_task_and_room_say_how_much_waits(
    forum: Forum, own: Session, guest_client: Client, host_client: Client
) -> None:
    """For the side that has to answer, not for the one that asked."""
    _ask(own)
    tasks = reverse("team:tasks")
    assert "1 предложение ждёт вашего ответа" in html(host_client, tasks)
    assert "ждёт вашего ответа" not in html(guest_client, tasks)
    rooms = {name: html(client, ROOM) for name, client in (("host", host_client), ("guest", guest_client))}
    assert ['class="count"' in text.partition("Программа</span>")[2][:200] for text in rooms.values()] == [True, False]


def test_export_disarms_formulas(forum: Forum, own: Session, guest_client: Client) -> None:
    edit_session(own, version=1, title={"ru": "=1+1", "en": "x"}, by=None)
    text = guest_client.get(reverse("programme:export")).content.decode("utf-8-sig")
    assert ";'=1+1;" in text
    assert ";2" not in text.splitlines()[1].split(own.hall.name)[1][:3]

"""The released programme and the visits over HTTP, for everybody."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from agenda.actions.releases import publish_release
from agenda.enums import SessionKind
from agenda.models import Speaker
from forum.models import Forum
from tests.api import Program
from tests.factories.agenda import make_programme, make_session, make_slot, make_speaker, partner
from tests.factories.forum import make_forum

PATHS = ["programme", "programme/sessions", "programme/sessions/opening", "visits", "visits/azot"]


@pytest.fixture
def released(forum: Forum) -> Forum:
    """Three sessions and a visit."""
    make_session(forum, slug="second", starts="12:00", ends="13:00", host_region=partner(forum), languages=["en"])
    make_session(
        forum, slug="opening", starts="10:00", ends="11:00", kind=SessionKind.PLENARY, speakers=(make_speaker(forum),)
    )
    make_session(forum, slug="later", day=1, starts="10:00", ends="11:00")
    publish_release(forum, by=None)
    make_slot(make_programme(forum, slug="azot"))
    return forum


def slugs(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [row["slug"] for row in answer.json()["results"]]


def test_whole_programme_is_one_document(released: Forum) -> None:
    answer = Program().get("programme").json()
    assert (answer["number"], answer["zone"]) == (1, released.timezone)
    assert {session["slug"] for session in answer["sessions"]} == {"opening", "second", "later"}
    opening = next(session for session in answer["sessions"] if session["slug"] == "opening")
    assert opening["starts"] == f"{released.starts_on}T10:00:00+07:00"
    assert opening["ends"].endswith("+07:00")
    assert opening["hosts"] == [{"code": "RU-KEM", "name": "Kuzbass"}]
    assert [speaker["name"] for speaker in opening["speakers"]] == ["Anna Primerova"]
    assert opening == Program().get("programme/sessions/opening").json()


def test_texts_are_in_the_language_asked_for(released: Forum) -> None:
    russian = Program(language="ru").get("programme/sessions/opening").json()
    uzbek = Program(language="uz").get("programme/sessions/opening").json()
    assert russian["title"].startswith("Сессия") and russian["speakers"][0]["name"] == "Анна Примерова"
    assert (uzbek["title"], uzbek["title_language"]) == (russian["title"], "ru")


def test_draft_and_cancelled_are_not_there(released: Forum) -> None:
    make_session(released, slug="draft")
    assert "draft" not in slugs(Program().get("programme/sessions"))
    assert Program().get("programme/sessions/draft").status_code == 404


def test_speaker_without_consent_has_no_name(released: Forum) -> None:
    Speaker.objects.update(publication_consent=False)
    text = Client().get("/api/v1/programme").content.decode()
    assert "Primerova" not in text and "Примерова" not in text


def test_list_is_sorted_filtered_and_paged(released: Forum) -> None:
    api = Program()
    assert slugs(api.get("programme/sessions")) == ["opening", "second", "later"]
    assert slugs(api.get(f"programme/sessions?day={released.ends_on}")) == ["later"]
    assert slugs(api.get("programme/sessions?language=en")) == ["second"]
    assert slugs(api.get("programme/sessions?region=RU-SPE")) == ["second"]
    assert slugs(api.get("programme/sessions?kind=plenary")) == ["opening"]
    assert slugs(api.get("programme/sessions?day=2000-01-01")) == []
    first = api.get("programme/sessions?limit=2")
    second = api.get(first.json()["next"])
    assert slugs(first) + slugs(second) == ["opening", "second", "later"]
    assert slugs(api.get(second.json()["previous"])) == ["opening", "second"]
    assert (second.json()["next"], first.json()["previous"]) == (None, None)


@pytest.mark.parametrize("asked", ["day=x", "kind=x", "limit=0", "cursor=x", "track=12345678901"])
def test_wrong_question_names_its_field(released: Forum, asked: str) -> None:
    answer = Program().get(f"programme/sessions?{asked}")
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [asked.partition("=")[0]])
    assert answer["Cache-Control"] == "no-store"


def test_visits_with_runs_and_deadlines(released: Forum) -> None:
    answer = Program().get("visits").json()
    (visit,) = answer["visits"]
    assert visit == Program().get("visits/azot").json()
    (run,) = visit["runs"]
    assert (run["places"], run["taken"], run["closed"]) == (20, 0, False)
    assert [step["kind"] for step in run["steps"]] == ["transfer_excursion", "gate_control", "tour", "transfer"]
    assert run["steps"][0]["starts"] == f"{released.ends_on}T09:00:00+07:00"
    assert {d["document"] for d in run["deadlines"]} == {"russian", "belarusian", "other"}
    assert all(datetime.fromisoformat(d["until"]).tzinfo for d in run["deadlines"])


@pytest.mark.parametrize("path", PATHS)
def test_unchanged_answer_is_not_sent_again(released: Forum, path: str) -> None:
    api = Program()
    first = api.get(path)
    assert first.status_code == 200
    assert first["Cache-Control"] == "public, max-age=60"
    assert "Accept-Language" in first["Vary"] and "Cookie" not in first["Vary"]
    again = api.get(path, If_None_Match=first["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert Program(language="ru").get(path, If_None_Match=first["ETag"]).status_code == 200


def test_new_release_is_a_new_answer(released: Forum) -> None:
    api = Program()
    first = api.get("programme")
    make_session(released, slug="added", starts="15:00", ends="16:00")
    publish_release(released, by=None)
    again = api.get("programme", If_None_Match=first["ETag"])
    assert again.status_code == 200 and again["ETag"] != first["ETag"]


@pytest.mark.parametrize("path", PATHS)
def test_nothing_before_it_is_public(released: Forum, path: str) -> None:
    Forum.objects.update(programme_public=False)
    answer = Program(language="ru").get(path)
    assert (answer.status_code, answer.json()["code"]) == (404, "programme.not_public")
    assert "Программа ещё не опубликована" in answer.json()["message"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
def test_nothing_before_the_first_edition(path: str) -> None:
    assert Program().get(path).status_code == 404


def test_other_edition_is_not_shown(released: Forum) -> None:
    other = make_forum(is_current=False)
    make_session(other, slug="foreign")
    publish_release(other, by=None)
    make_slot(make_programme(other, slug="foreign-plant"))
    assert Program().get("programme/sessions/foreign").status_code == 404
    assert Program().get("visits/foreign-plant").status_code == 404


@pytest.mark.parametrize("item_count", [1, 3, 30])
def test_constant_queries(forum: Forum, item_count: int, django_assert_num_queries: Any) -> None:
    for _ in range(item_count):
        make_session(forum, speakers=(make_speaker(forum),))
        make_slot(make_programme(forum))
    publish_release(forum, by=None)
    api = Program()
    with django_assert_num_queries(3):  # edition, release, speakers
        assert len(api.get("programme").json()["sessions"]) == item_count
    with django_assert_num_queries(5):  # edition, calendar, visits, runs, steps
        assert len(api.get("visits").json()["visits"]) == item_count

"""Pages of speakers: only those of the released programme who consent, in the order of the reader's alphabet."""

import re

import pytest
from django.test import Client

from agenda.actions.releases import publish_release
from agenda.actions.speakers import set_publication_consent
from agenda.models import Speaker
from forum.models import Forum
from tests.factories.agenda import make_organisation, make_session, make_speaker


def page(client: Client, path: str = "", *, language: str = "en") -> str:
    """The page as text, with single spaces."""
    response = client.get(f"/{language}/speakers/{path}")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def named(html: str) -> list[str]:
    """Names in the list, in order."""
    return re.findall(r'/speakers/[0-9a-f-]{36}/">([^<]+)</a></h3>', html)


def released(forum: Forum, *speakers: Speaker) -> None:
    """All of them on one stage."""
    make_session(forum, slug="one", speakers=speakers)
    publish_release(forum, by=None)


@pytest.mark.parametrize("item_count", (1, 3))
def test_list_takes_four_queries(forum: Forum, client: Client, item_count: int, django_assert_num_queries) -> None:
    """Edition, release, and twice the people who may be named."""
    released(forum, *(make_speaker(forum) for _ in range(item_count)))
    page(client)
    with django_assert_num_queries(4):
        assert len(named(page(client))) == item_count


@pytest.mark.parametrize("item_count", (1, 3))
def test_page_takes_four_queries(forum: Forum, client: Client, item_count: int, django_assert_num_queries) -> None:
    """The same, however many sessions somebody has."""
    speaker = make_speaker(forum)
    for number in range(item_count):
        make_session(forum, speakers=(speaker,), starts=f"{10 + number}:00", ends=f"{11 + number}:00")
    publish_release(forum, by=None)
    page(client, f"{speaker.public_id}/")
    with django_assert_num_queries(4):
        assert page(client, f"{speaker.public_id}/").count("/en/sessions/") == item_count


def test_list_follows_the_alphabet_of_the_reader(forum: Forum, client: Client) -> None:
    """Russian letters in Russian order, Latin ones in Latin order, Ё beside Е."""
    released(
        forum,
        make_speaker(forum, surname="Яшин", given_name="Пётр", latin_surname="IASHIN", latin_given_name="PETR"),
        make_speaker(forum, surname="Ёлкин", given_name="Яков", latin_surname="ELKIN", latin_given_name="IAKOV"),
        make_speaker(forum, surname="Жуков", given_name="Олег", latin_surname="ZHUKOV", latin_given_name="OLEG"),
    )
    html = page(client, language="ru")
    assert named(html) == ["Ёлкин Яков", "Жуков Олег", "Яшин Пётр"]
    assert re.findall(r'<h2 id="letter-\d">(.)</h2>', html) == ["Ё", "Ж", "Я"]
    assert named(page(client)) == ["Elkin Iakov", "Iashin Petr", "Zhukov Oleg"]


def test_own_people_stand_in_their_own_spelling(forum: Forum, client: Client) -> None:
    """Readers of Uzbek see their people as they write themselves; the other spellings follow on the page."""
    speaker = make_speaker(
        forum,
        surname="Намунаев",
        given_name="Уткир",
        latin_surname="NAMUNAYEV",
        latin_given_name="OTKIR",
        native_name="Namunayev Oʻtkir",
        region=forum.guest_regions.get(code="UZ"),
    )
    released(forum, speaker)
    assert named(page(client, language="uz")) == ["Namunayev Oʻtkir"]
    html = page(client, f"{speaker.public_id}/", language="ru")
    assert "<h1>Уткир Намунаев</h1>" in html
    assert '<span lang="en">Otkir Namunayev</span>' in html
    assert '<span lang="uz">Namunayev Oʻtkir</span>' in html


@pytest.mark.parametrize(
    ("words", "found"),
    [("примерова", 1), ("PRIMER", 1), ("анна примерова", 1), ("образец", 1), ("kuzb", 2), ("iliina", 0)],
)
def test_search_finds_any_spelling_and_the_organisation(forum: Forum, client: Client, words: str, found: int) -> None:
    """Words in any order; nobody is no error but says what to try."""
    factory = make_organisation(name_ru="Завод «Образец»", name_en="Sample Plant")
    released(forum, make_speaker(forum, organisation=factory), make_speaker(forum, surname="Шаблонова", given_name="Ия",
             latin_surname="SHABLONOVA", latin_given_name="IIA"))  # fmt: skip
    html = page(client, f"?words={words}")
    assert len(named(html)) == found
    assert ("Nobody is found" in html) is (found == 0)


def test_search_that_cannot_be_read_says_so_and_hides_nobody(forum: Forum, client: Client) -> None:
    """A stray sign in a shared address."""
    released(forum, make_speaker(forum))
    html = page(client, "?words=%00")
    assert len(named(html)) == 1
    assert "Null characters are not allowed." in html


def test_without_consent_there_is_no_page(forum: Forum, client: Client) -> None:
    """Not in the list, not by address; as unknown as somebody who never was."""
    shy, open_one = make_speaker(forum, publication_consent=False), make_speaker(forum)
    released(forum, shy, open_one)
    assert client.get(f"/en/speakers/{shy.public_id}/").status_code == 404
    assert len(named(page(client))) == 1
    set_publication_consent(open_one, given=False, by=None)
    assert client.get(f"/en/speakers/{open_one.public_id}/").status_code == 404
    assert "No names yet" in page(client)


def test_somebody_only_in_the_draft_is_not_shown(forum: Forum, client: Client) -> None:
    """Invited, consenting, but in no release."""
    released(forum, make_speaker(forum))
    drafted = make_speaker(forum)
    make_session(forum, speakers=(drafted,), day=1)
    assert len(named(page(client))) == 1
    assert client.get(f"/en/speakers/{drafted.public_id}/").status_code == 404


def test_closed_programme_names_nobody(forum: Forum, client: Client) -> None:
    """A notice for the list, nothing for the person."""
    speaker = make_speaker(forum)
    released(forum, speaker)
    Forum.objects.filter(pk=forum.pk).update(programme_public=False)
    assert "The programme is being prepared" in page(client)
    assert client.get(f"/en/speakers/{speaker.public_id}/").status_code == 404

"""The page of one session: what helps to decide, nothing of the draft, nobody without consent."""

import re

import pytest
import time_machine
from django.test import Client

from agenda.actions.moving import move_session
from agenda.actions.releases import publish_release
from agenda.actions.speakers import set_publication_consent
from agenda.enums import Admission
from forum.models import Forum
from registration.models import Pool
from tests.factories.agenda import at, make_hall, make_session, make_speaker, make_venue, partner


def page(client: Client, slug: str, *, language: str = "en") -> str:
    """The page as text, with single spaces."""
    response = client.get(f"/{language}/sessions/{slug}/")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("item_count", (1, 3))
def test_page_takes_four_queries(forum: Forum, client: Client, item_count: int, django_assert_num_queries) -> None:
    """Edition, release, people who may be named, places; whatever the size of cast and programme."""
    speakers = tuple(make_speaker(forum) for _ in range(item_count))
    make_session(forum, slug="one", speakers=speakers, admission=Admission.SEAT_BOOKING, places=20)
    for _ in range(item_count):
        make_session(forum, day=1)
    publish_release(forum, by=None)
    page(client, "one")
    with django_assert_num_queries(4):
        assert page(client, "one").count("/speakers/") == item_count


@pytest.mark.parametrize("language", ["ru", "en", "uz", "be"])
def test_title_stands_in_the_readers_and_in_the_official_languages(forum: Forum, client: Client, language: str) -> None:
    """Signs at the doors are in Russian and English, so both are on the page, each marked with its language."""
    make_session(forum, slug="one", title={"ru": "Т-ru", "en": "T-en", "uz": "T-uz", "be": "Т-be"})
    publish_release(forum, by=None)
    html = page(client, "one", language=language)
    assert f"<title>{'Т' if language in ('ru', 'be') else 'T'}-{language} ·" in html
    others = re.findall(r'<p class="also-titled"><span lang="(\w\w)">', html)
    assert others == [code for code in ("ru", "en") if code != language]


def test_draft_is_not_found_and_a_move_waits_for_its_release(forum: Forum, client: Client) -> None:
    """The public sees releases only."""
    session = make_session(forum, slug="one")
    publish_release(forum, by=None)
    make_session(forum, slug="draft")
    move_session(session, version=1, hall=session.hall, starts=at(forum, "15:00"), ends=at(forum, "16:00"), by=None)
    assert client.get("/en/sessions/draft/").status_code == 404
    assert "10:00</time>" in page(client, "one")
    publish_release(forum, by=None)
    assert "15:00</time>" in page(client, "one")


def test_closed_programme_has_no_pages(forum: Forum, client: Client) -> None:
    """Neither before the first release nor while it is switched off."""
    make_session(forum, slug="one")
    assert client.get("/en/sessions/one/").status_code == 404
    publish_release(forum, by=None)
    Forum.objects.filter(pk=forum.pk).update(programme_public=False)
    assert client.get("/en/sessions/one/").status_code == 404


def test_no_edition_is_not_found(client: Client, db: None) -> None:
    """Before the first set-up."""
    assert client.get("/en/sessions/one/").status_code == 404


def test_other_clocks_are_those_of_linked_halls_and_of_speakers_from_afar(forum: Forum, client: Client) -> None:
    """A telebridge is told by both clocks, each named; a clock stands once."""
    studio = make_hall(forum, venue=make_venue(forum, timezone="Europe/Moscow"))
    guest = make_speaker(forum, remote=True, region=forum.guest_regions.get(code="UZ"))
    make_session(forum, slug="one", starts="16:00", ends="17:30", linked_halls=[studio], speakers=(guest,))
    publish_release(forum, by=None)
    html = page(client, "one")
    assert "(Kemerovo)" in html
    assert html.count("12:00–13:30 (Moscow)") == 1
    assert html.count("14:00–15:30 (Tashkent)") == 1


def test_speaker_without_consent_is_to_be_announced(forum: Forum, client: Client) -> None:
    """And has no link."""
    speaker = make_speaker(forum)
    make_session(forum, slug="one", speakers=(speaker,))
    publish_release(forum, by=None)
    assert f"/en/speakers/{speaker.public_id}/" in page(client, "one")
    set_publication_consent(speaker, given=False, by=None)
    html = page(client, "one")
    assert "Speaker to be announced" in html
    assert "Primerova" not in html
    assert str(speaker.public_id) not in html


def test_places_are_those_of_now(forum: Forum, client: Client) -> None:
    """Taken since the release; an open session counts nobody."""
    session = make_session(forum, slug="one", admission=Admission.SEAT_BOOKING, places=20)
    make_session(forum, slug="open", day=1)
    publish_release(forum, by=None)
    Pool.objects.filter(pk=session.pool_id).update(taken=13)
    html = page(client, "one")
    assert "Limited places" in html
    assert "7 places left" in html
    assert "Open to all delegates" in page(client, "open")
    assert "places left" not in page(client, "open")


def test_neighbours_are_of_the_same_hall_and_day(forum: Forum, client: Client) -> None:
    """The nearest on either side; nothing of another hall or another day."""
    hall = make_hall(forum)
    for slug, starts, day in (
        ("early", "08:00", 0),
        ("before", "09:00", 0),
        ("after", "11:00", 0),
        ("next-day", "09:00", 1),
    ):
        make_session(forum, hall=hall, slug=slug, starts=starts, ends=f"{int(starts[:2]) + 1}:00".zfill(5), day=day)
    make_session(forum, slug="one", hall=hall)
    make_session(forum, slug="elsewhere", starts="11:00", ends="12:00")
    publish_release(forum, by=None)
    beside = page(client, "one").split('class="neighbours"')[1].split("</nav>")[0]
    assert re.findall(r"/en/sessions/([a-z-]+)/", beside) == ["before", "after"]


@pytest.mark.parametrize(("clock", "word"), [("09:59", ""), ("10:00", "on now"), ("11:00", "over")])
def test_page_says_whether_it_goes_on(forum: Forum, client: Client, clock: str, word: str) -> None:
    """Half-open as everywhere."""
    make_session(forum, slug="one")
    publish_release(forum, by=None)
    with time_machine.travel(at(forum, clock), tick=False):
        html = page(client, "one")
    said = [
        text for text in ("on now", "over") if re.search(rf"chip[^>]*>.*?{text}</span>", html.split("</header>")[1])
    ]
    assert said == ([word] if word else [])


def test_host_is_said_in_words_and_release_with_its_number(forum: Forum, client: Client) -> None:
    """Both hosts in full; the release that the page shows."""
    make_session(forum, slug="one", host_region=partner(forum), co_hosts=[forum.host_region])
    publish_release(forum, by=None)
    html = page(client, "one")
    assert "icon-partner-region" in html
    assert "Saint Petersburg + " in html
    assert "Version 1" in html


def test_programme_leads_to_the_page(forum: Forum, client: Client) -> None:
    """And the page back to its day."""
    make_session(forum, slug="one", day=1)
    publish_release(forum, by=None)
    day = forum.ends_on.isoformat()
    assert 'href="/en/sessions/one/"' in client.get(f"/en/programme/?day={day}").content.decode()
    assert f'href="/en/programme/?day={day}#one"' in page(client, "one")

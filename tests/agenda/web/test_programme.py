"""The public programme: what is on it, what is not, filters in the address, every language, constant queries."""

import re
from datetime import UTC, timedelta

import pytest
import time_machine
from django.test import Client

from agenda.actions.moving import move_session
from agenda.actions.releases import publish_release
from agenda.actions.speakers import set_publication_consent
from agenda.enums import Admission
from forum.models import Forum
from tests.factories.agenda import at, make_hall, make_session, make_speaker, make_track, make_venue, partner

PAGE = "/ru/programme/"


def page(client: Client, query: str = "", *, language: str = "ru") -> str:
    """The page as text."""
    response = client.get(f"/{language}/programme/{query}")
    assert response.status_code == 200
    return response.content.decode()


def shown(html: str) -> list[str]:
    """Slugs of the sessions on the page, in order."""
    return re.findall(r'<article class="card session [^"]*" id="([^"]+)"', html)


@pytest.mark.parametrize("item_count", (1, 3))
def test_page_takes_three_queries(forum: Forum, client: Client, item_count: int, django_assert_num_queries) -> None:
    """Edition, release, people who may be named; whatever the size."""
    for _ in range(item_count):
        make_session(forum, speakers=(make_speaker(forum),), linked_halls=[make_hall(forum)])
    publish_release(forum, by=None)
    client.get(PAGE)
    with django_assert_num_queries(3):
        assert len(shown(page(client))) == item_count


@pytest.mark.parametrize("language", ["ru", "en", "uz", "be"])
def test_every_language_answers(forum: Forum, client: Client, language: str) -> None:
    """Titles in their own language, times with their zone."""
    make_session(forum, title={"ru": "Т-ru", "en": "T-en", "uz": "T-uz", "be": "Т-be"})
    publish_release(forum, by=None)
    html = page(client, language=language)
    assert f'<html lang="{language}"' in html
    assert re.search(f"[TТ]-{language}", html)
    assert re.search(r"UTC\+7", html)


def test_times_are_those_of_the_forum_and_of_a_linked_place(forum: Forum, client: Client) -> None:
    """One instant, printed in the zone of the forum; the studio's own time beside its name (PRG-2)."""
    studio = make_hall(
        forum, venue=make_venue(forum, timezone="Europe/Moscow", city={"ru": "Санкт-Петербург", "en": "SPb"})
    )
    make_session(forum, starts="16:00", ends="17:30", linked_halls=[studio])
    publish_release(forum, by=None)
    html, instant = page(client), at(forum, "16:00").astimezone(UTC).isoformat()
    assert f'<time datetime="{instant}">16:00</time>' in html
    assert f'<time datetime="{instant}">12:00</time>' in html
    assert "Санкт-Петербург" in html


def test_days_are_tabs_and_the_first_day_opens(forum: Forum, client: Client) -> None:
    """Also the webinar before the forum has its day; “all days” shows everything."""
    webinar, first, second = make_session(forum, day=-7), make_session(forum), make_session(forum, day=1)
    publish_release(forum, by=None)
    assert shown(page(client)) == [first.slug]
    assert shown(page(client, f"?day={forum.ends_on.isoformat()}")) == [second.slug]
    assert shown(page(client, f"?day={(forum.starts_on - timedelta(days=7)).isoformat()}")) == [webinar.slug]
    assert shown(page(client, "?day=all")) == [webinar.slug, first.slug, second.slug]


@pytest.mark.parametrize("day", ["2001-01-01", "yesterday", "0"])
def test_day_without_sessions_is_not_found(forum: Forum, client: Client, day: str) -> None:
    """Rather than another day under this address."""
    make_session(forum)
    publish_release(forum, by=None)
    assert client.get(f"{PAGE}?day={day}").status_code == 404


def test_no_edition_is_not_found(client: Client, db: None) -> None:
    """Before the first set-up."""
    assert client.get(PAGE).status_code == 404


def test_filters_stand_in_the_address(forum: Forum, client: Client) -> None:
    """They can be shared, each can be taken off, and they go with the day."""
    eco = make_session(forum, track=make_track(forum, "ECO"), interpretation=["uz"], starts="12:00", ends="13:00")
    spb = make_session(forum, host_region=partner(forum), kind="workshop", title={"ru": "Щебёнка", "en": "Gravel"})
    make_session(forum, day=1, track=make_track(forum, "ECO"))
    publish_release(forum, by=None)
    assert shown(page(client, "?track=ECO")) == [eco.slug]
    assert shown(page(client, "?language=uz")) == [eco.slug]
    assert shown(page(client, "?region=RU-SPE")) == [spb.slug]
    assert shown(page(client, "?kind=workshop")) == [spb.slug]
    assert shown(page(client, "?words=щебенка")) == [spb.slug]
    html = page(client, "?track=ECO&language=uz")
    assert '<a href="?language=uz">' in html
    assert f'?track=ECO&amp;language=uz&amp;day={forum.ends_on.isoformat()}"' in html


def test_nothing_found_says_what_to_do(forum: Forum, client: Client) -> None:
    """Nowhere at all, or only on another day."""
    make_session(forum)
    make_session(forum, day=1, title={"ru": "Закрытие", "en": "Closing"})
    publish_release(forum, by=None)
    with_all = page(client, "?words=закрытие", language="en")
    assert "1 session on other days fits your filters." in with_all
    assert 'href="?words=%D0%B7%D0%B0%D0%BA%D1%80%D1%8B%D1%82%D0%B8%D0%B5&amp;day=all"' in with_all
    assert "No session fits your filters" in page(client, "?words=zzz", language="en")


def test_unknown_filter_value_is_said_and_chooses_nothing(forum: Forum, client: Client) -> None:
    """A shared address may be older than the programme."""
    session = make_session(forum)
    publish_release(forum, by=None)
    html = page(client, "?track=GONE")
    assert shown(html) == [session.slug]
    assert "errors" in html


def test_typed_words_are_escaped(forum: Forum, client: Client) -> None:
    """What a stranger puts into an address stays text."""
    make_session(forum)
    publish_release(forum, by=None)
    html = page(client, "?words=<script>alert(1)</script>")
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_speaker_without_consent_is_to_be_announced(forum: Forum, client: Client) -> None:
    """Withdrawn after the release: the name is gone with the next page."""
    speaker = make_speaker(forum)
    make_session(forum, speakers=(speaker,))
    publish_release(forum, by=None)
    assert "Anna Primerova" in page(client, language="en")
    set_publication_consent(speaker, given=False, by=None)
    html = page(client, language="en")
    assert "Primerova" not in html
    assert "Speaker to be announced" in html


def test_admission_is_said(forum: Forum, client: Client) -> None:
    """Limited places with their number; open sessions say nothing."""
    make_session(forum, admission=Admission.SEAT_BOOKING, places=40)
    publish_release(forum, by=None)
    assert "Limited places (40)" in page(client, language="en")


def test_host_is_said_in_words(forum: Forum, client: Client) -> None:
    """Shape and word, never colour alone."""
    make_session(forum, host_region=partner(forum), co_hosts=[forum.host_region])
    publish_release(forum, by=None)
    html = page(client, language="en")
    assert "Saint Petersburg + Kuzbass" in html
    assert "icon-partner-region" in html


def test_release_has_number_time_and_changes(forum: Forum, client: Client) -> None:
    """What was and what is, with the zone."""
    session = make_session(forum)
    publish_release(forum, by=None)
    starts, ends = at(forum, "15:00"), at(forum, "16:00")
    move_session(session, version=1, hall=session.hall, starts=starts, ends=ends, by=None)
    publish_release(forum, by=None)
    html = page(client, language="en")
    assert "Version 2" in html
    assert "Moved in time" in html
    assert re.search(r"10:00–11:00 \(Kemerovo\)</time> → <time[^>]*>[^<]*15:00–16:00 \(Kemerovo\)", html)


@pytest.mark.parametrize(
    ("clock", "now", "later"), [("10:30", "first", "second"), ("11:00", "second", ""), ("09:00", "", "first")]
)
def test_now_and_next_on_the_day(forum: Forum, client: Client, clock: str, now: str, later: str) -> None:
    """Only while the forum is on; half-open as everywhere."""
    make_session(forum, slug="first")
    make_session(forum, slug="second", starts="11:00", ends="12:00")
    publish_release(forum, by=None)
    assert 'id="now"' not in page(client)
    with time_machine.travel(at(forum, clock), tick=False):
        html = page(client)
    running, coming = re.findall(r"<ul role=\"list\">(.*?)</ul>", html.split('id="now"')[1], re.DOTALL)[:2]
    assert (f"/sessions/{now}/" if now else "muted") in running
    assert (f"/sessions/{later}/" if later else "muted") in coming


def test_now_line_answers_alone(forum: Forum, client: Client) -> None:
    """The line renews itself without the page."""
    make_session(forum, slug="first")
    publish_release(forum, by=None)
    with time_machine.travel(at(forum, "10:30"), tick=False):
        html = page(client, "?part=now")
    assert 'id="now"' in html
    assert "/sessions/first/" in html
    assert "<html" not in html


def test_closed_programme_is_a_notice(forum: Forum, client: Client) -> None:
    """Switched off, or not released yet: no session, and what to do instead."""
    session = make_session(forum)
    assert "The programme is being prepared" in page(client, language="en")
    publish_release(forum, by=None)
    Forum.objects.filter(pk=forum.pk).update(programme_public=False)
    html = page(client, language="en")
    assert "The programme is being prepared" in html
    assert session.slug not in html


def test_back_to_back_sessions_of_a_hall_share_its_column(forum: Forum, client: Client) -> None:
    """One head per hall; the second session begins on the line on which the first one ends."""
    hall = make_hall(forum)
    make_session(forum, hall=hall, slug="first")
    make_session(forum, hall=hall, slug="second", starts="11:00", ends="12:00")
    publish_release(forum, by=None)
    html = page(client)
    assert html.count("hall-head") == 1
    assert 'at-1 to-2 in-1 until-2" id="first"' in html
    assert 'at-2 to-3 in-1 until-2" id="second"' in html

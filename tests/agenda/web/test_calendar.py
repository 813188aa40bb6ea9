"""Calendar files, read back by the library and line by line: what a phone gets of the programme and of visits."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar, Event

from agenda.actions.editing import cancel_session
from agenda.actions.moving import move_session
from agenda.actions.releases import publish_release
from agenda.actions.visits import Leg
from agenda.enums import LegKind
from forum.models import Forum
from tests.factories.agenda import at, make_programme, make_session, make_slot, make_speaker

FEED = "/en/programme.ics"


def read(client: Client, path: str = FEED) -> Calendar:
    """The file, as a calendar understands it."""
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content)


def events(client: Client, path: str = FEED) -> dict[str, Event]:
    """Entries by UID."""
    return {str(event["UID"]): event for event in read(client, path).walk("VEVENT")}


def uid(forum: Forum, slug: str) -> str:
    return f"session.{slug}.{forum.slug}@industrial-tourism-forum"


@pytest.mark.parametrize("item_count", (1, 3))
def test_feed_takes_four_queries(forum: Forum, client: Client, item_count: int, django_assert_num_queries) -> None:
    """Edition, release, people who may be named, changes of all releases."""
    for _ in range(item_count):
        make_session(forum, speakers=(make_speaker(forum),))
    publish_release(forum, by=None)
    client.get(FEED)
    with django_assert_num_queries(4):
        assert len(events(client)) == item_count


def test_entry_says_when_where_and_who(forum: Forum, client: Client) -> None:
    """In the zone of the forum, whose rules travel along; nobody is named without consent."""
    named, shy = make_speaker(forum), make_speaker(forum, publication_consent=False, surname="Тайная",
                                                    latin_surname="TAINAYA")  # fmt: skip
    make_session(forum, slug="one", speakers=(named, shy))
    publish_release(forum, by=None)
    calendar = read(client)
    event = events(client)[uid(forum, "one")]
    assert event["DTSTART"].params["TZID"] == forum.timezone
    assert event["DTSTART"].dt == at(forum, "10:00")
    assert event["DTEND"].dt == at(forum, "11:00")
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == [forum.timezone]
    assert "Congress Centre, Kemerovo" in event["LOCATION"]
    assert str(event["URL"]) == "http://testserver/en/sessions/one/"
    assert "On stage: Anna Primerova" in event["DESCRIPTION"]
    assert "ainaya" not in event["DESCRIPTION"].lower()
    assert event["STATUS"] == "CONFIRMED"


def test_zone_rules_give_the_instant_without_a_database_of_zones(forum: Forum, client: Client) -> None:
    """A calendar that knows no Asia/Novokuznetsk reads the offset from the file: seven hours."""
    make_session(forum)
    publish_release(forum, by=None)
    text = client.get(FEED).content.decode()
    offsets = {line for line in text.splitlines() if line.startswith(("TZOFFSETFROM", "TZOFFSETTO"))}
    assert offsets == {"TZOFFSETFROM:+0700", "TZOFFSETTO:+0700"}
    zone = read(client).walk("VTIMEZONE")[0].to_tz(lookup_tzid=False)
    assert at(forum, "10:00").replace(tzinfo=zone).astimezone(UTC) == at(forum, "10:00").astimezone(UTC)


@pytest.mark.parametrize("language", ["ru", "en", "uz", "be"])
def test_every_language_keeps_the_uid(forum: Forum, client: Client, language: str) -> None:
    """Titles differ, the entry is the same."""
    make_session(forum, slug="one", title={"ru": "Т-ru", "en": "T-en", "uz": "T-uz", "be": "Т-be"})
    publish_release(forum, by=None)
    found = events(client, f"/{language}/programme.ics")
    assert [*found] == [uid(forum, "one")]
    assert str(found[uid(forum, "one")]["SUMMARY"]).endswith(f"-{language}")


def test_sequence_grows_with_the_release_that_changes_the_session(forum: Forum, client: Client) -> None:
    """Not with releases about others; the draft says nothing."""
    moved, other = make_session(forum, slug="one"), make_session(forum, slug="two", day=1)
    publish_release(forum, by=None)
    assert {int(event["SEQUENCE"]) for event in events(client).values()} == {0}
    hall, times = moved.hall, {"starts": at(forum, "15:00"), "ends": at(forum, "16:00")}
    move_session(moved, version=1, hall=hall, by=None, **times)
    assert events(client)[uid(forum, "one")]["DTSTART"].dt == at(forum, "10:00")
    publish_release(forum, by=None)
    move_session(
        other, version=1, hall=other.hall, by=None, starts=at(forum, "15:00", day=1), ends=at(forum, "16:00", day=1)
    )
    publish_release(forum, by=None)
    found = events(client)
    assert found[uid(forum, "one")]["DTSTART"].dt == at(forum, "15:00")
    assert int(found[uid(forum, "one")]["SEQUENCE"]) == 1
    assert int(found[uid(forum, "two")]["SEQUENCE"]) == 2


def test_session_that_left_is_cancelled_for_thirty_days(forum: Forum, client: Client) -> None:
    """Then it is gone; its own file says the same, with a higher sequence than ever before."""
    session = make_session(forum, slug="one", title={"ru": "Цех", "en": "Shop"})
    make_session(forum, slug="two", day=1)
    publish_release(forum, by=None)
    cancel_session(session, version=1, reason="the speaker is ill", by=None)
    release = publish_release(forum, by=None)
    for path in (FEED, "/en/sessions/one.ics"):
        event = events(client, path)[uid(forum, "one")]
        assert (event["STATUS"], int(event["SEQUENCE"])) == ("CANCELLED", 1)
        assert str(event["SUMMARY"]) == "Cancelled: Shop"
        assert event["DTSTART"].dt == at(forum, "10:00")
    with time_machine.travel(release.published_at + timedelta(days=30), tick=False):
        assert [*events(client)] == [uid(forum, "two")]
        assert client.get("/en/sessions/one.ics").status_code == 404


def test_lines_are_folded_and_signs_escaped(forum: Forum, client: Client) -> None:
    """At most 75 bytes a line, no letter cut in two, and what was typed comes back."""
    title = "Заводы; цеха, «шахты» \\ " + "ё" * 120
    make_session(forum, title={"ru": title, "en": "E"})
    publish_release(forum, by=None)
    raw = client.get("/ru/programme.ics").content
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    assert all(line.decode("utf-8") is not None for line in raw.split(b"\r\n"))
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert b"\\;" in raw and b"\\," in raw
    assert [str(event["SUMMARY"]) for event in events(client, "/ru/programme.ics").values()] == [title]


def test_one_session_alone(forum: Forum, client: Client) -> None:
    """A draft has no file, a closed programme none at all."""
    make_session(forum, slug="one")
    publish_release(forum, by=None)
    make_session(forum, slug="draft")
    assert [*events(client, "/en/sessions/one.ics")] == [uid(forum, "one")]
    assert client.get("/en/sessions/draft.ics").status_code == 404
    Forum.objects.filter(pk=forum.pk).update(programme_public=False)
    assert client.get("/en/sessions/one.ics").status_code == 404
    assert client.get(FEED).status_code == 404


def leg(forum: Forum, starts: str, ends: str) -> Leg:
    kind, title = LegKind.TOUR, {"ru": "Цех", "en": f"Shop at {starts}"}
    return Leg(kind=kind, title=title, starts=at(forum, starts), ends=at(forum, ends))


def test_run_of_a_visit_has_an_entry_for_each_busy_time(forum: Forum, client: Client) -> None:
    """Free hours between two parts stay free; each part lists its own steps."""
    programme = make_programme(forum, slug="mine", title={"ru": "Шахта", "en": "Mine"})
    slot = make_slot(programme, day=forum.starts_on, legs=[leg(forum, "09:00", "10:00"), leg(forum, "14:00", "15:00")])
    found = [*events(client, f"/en/visits/mine/{slot.slug}.ics").values()]
    assert [(event["DTSTART"].dt, event["DTEND"].dt) for event in found] == [
        (at(forum, "09:00"), at(forum, "10:00")),
        (at(forum, "14:00"), at(forum, "15:00")),
    ]
    assert len({str(event["UID"]) for event in found}) == 2
    assert "09:00 Shop at 09:00" in found[0]["DESCRIPTION"]
    assert "14:00" not in found[0]["DESCRIPTION"]
    assert client.get("/en/visits/mine/other.ics").status_code == 404
    assert client.get(f"/en/visits/other/{slot.slug}.ics").status_code == 404


def test_feed_is_asked_for_by_its_mark(forum: Forum, client: Client) -> None:
    """Calendars look every hour: an unchanged programme is answered without a body."""
    make_session(forum)
    publish_release(forum, by=None)
    first = client.get(FEED)
    again = client.get(FEED, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    make_session(forum, day=1)
    publish_release(forum, by=None)
    assert client.get(FEED, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_programme_offers_the_feed(forum: Forum, client: Client) -> None:
    """To subscribe and to download, in the language of the page."""
    make_session(forum, slug="one")
    publish_release(forum, by=None)
    html = client.get("/uz/programme/").content.decode()
    assert 'href="webcal://testserver/uz/programme.ics"' in html
    assert 'href="/uz/programme.ics"' in html
    assert 'href="/uz/sessions/one.ics"' in client.get("/uz/sessions/one/").content.decode()


def test_stamp_is_the_time_of_the_release(forum: Forum, client: Client) -> None:
    """Not of the request, so that the file stays the same until something changes."""
    make_session(forum)
    moment = datetime(2027, 1, 2, 3, 4, 5, tzinfo=UTC)
    with time_machine.travel(moment, tick=False):
        publish_release(forum, by=None)
    assert [event["DTSTAMP"].dt for event in events(client).values()] == [moment]

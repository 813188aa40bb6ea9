"""What the public reads: in their language, in constant queries, without people who have not consented."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from agenda.actions.editing import edit_session
from agenda.actions.releases import publish_release
from agenda.actions.speakers import set_publication_consent
from agenda.engine.programme import Choice, Programme, coming, running
from agenda.queries.figures import receiving_plants, released_sessions
from agenda.queries.programme import released_programme
from agenda.queries.visits import visits
from forum.models import CalendarDay, Forum
from registration.models import Pool
from tests.factories.agenda import (
    at,
    make_hall,
    make_organisation,
    make_programme,
    make_session,
    make_slot,
    make_speaker,
    make_track,
    partner,
)


def released(forum: Forum, language: str = "ru") -> Programme:
    """Publish the draft and read it."""
    publish_release(forum, by=None)
    programme = released_programme(forum, language=language)
    assert programme is not None
    return programme


@pytest.mark.parametrize("item_count", (1, 3))
def test_programme_takes_two_queries(forum: Forum, item_count: int, django_assert_num_queries) -> None:
    """The release and the people who may be named."""
    for _ in range(item_count):
        make_session(forum, speakers=(make_speaker(forum),))
    publish_release(forum, by=None)
    with django_assert_num_queries(2):
        programme = released_programme(forum, language="ru")
    assert programme is not None
    assert len(programme.items) == item_count


@pytest.mark.parametrize("item_count", (1, 3))
def test_visits_take_four_queries(forum: Forum, item_count: int, django_assert_num_queries) -> None:
    """Calendar, programmes, runs, legs."""
    for _ in range(item_count):
        programme = make_programme(forum)
        for _ in range(item_count):
            make_slot(programme)
    with django_assert_num_queries(4):
        found = visits(forum, language="ru", at=now())
    assert [len(visit.runs) for visit in found] == [item_count] * item_count


def test_draft_is_not_public(forum: Forum) -> None:
    """Before the first release there is nothing, afterwards only what was released."""
    session = make_session(forum)
    assert released_programme(forum, language="ru") is None
    released(forum)
    edit_session(session, version=1, title={"ru": "Черновик", "en": "Draft"}, by=None)
    programme = released_programme(forum, language="ru")
    assert programme is not None
    assert programme.items[0].title == session.title_ru


@pytest.mark.parametrize(
    ("texts", "language", "shown", "spoken"),
    [
        ({"ru": "Р", "en": "E", "uz": "Oʻ"}, "uz", "Oʻ", "uz"),
        ({"ru": "Р", "en": "E"}, "uz", "Р", "ru"),
        ({"ru": "Р", "en": "E"}, "en", "E", "en"),
    ],
)
def test_missing_translation_falls_back(
    forum: Forum, texts: dict[str, str], language: str, shown: str, spoken: str
) -> None:
    """To Russian, and the text knows its language so that a screen reader reads it out right."""
    make_session(forum, title=texts)
    title = released(forum, language).items[0].title
    assert (title, title.language) == (shown, spoken)


def test_name_needs_consent_and_follows_its_withdrawal(forum: Forum) -> None:
    """The release stays, the name goes at once."""
    silent, named = make_speaker(forum, surname="Тишина", publication_consent=False), make_speaker(forum)
    make_session(forum, speakers=(silent, named))
    cast = released(forum).items[0].cast
    assert [member.name for member in cast] == ["", "Анна Примерова"]
    set_publication_consent(named, given=False, by=None)
    programme = released_programme(forum, language="ru")
    assert programme is not None
    assert [(member.name, member.position, member.organisation) for member in programme.items[0].cast] == [
        ("", "", "")
    ] * 2
    assert not Choice(words="тишина").chosen(programme.items)


@pytest.mark.parametrize(
    ("language", "name"), [("ru", "Сергей Прикладов"), ("en", "Siarhei Prykladau"), ("be", "Прыкладаў Сяргей Іванавіч")]
)
def test_name_is_one_of_the_spellings(forum: Forum, language: str, name: str) -> None:
    """Three valid spellings of one person; none is derived."""
    speaker = make_speaker(
        forum,
        surname="Прикладов",
        given_name="Сергей",
        latin_surname="PRYKLADAU",
        latin_given_name="SIARHEI",
        native_name="Прыкладаў Сяргей Іванавіч",
        region=forum.guest_regions.get(code="BY"),
    )
    make_session(forum, speakers=(speaker,))
    assert released(forum, language).items[0].cast[0].name == name


def test_choice_by_each_filter(forum: Forum) -> None:
    """Theme, language spoken or interpreted, host region, kind, words in any spelling."""
    spb = partner(forum)
    one = make_session(forum, track=make_track(forum, "ECO"), languages=["ru"], interpretation=["uz"])
    two = make_session(forum, kind="workshop", languages=["en"], host_region=spb, speakers=(make_speaker(forum),))
    three = make_session(forum, co_hosts=[spb], title={"ru": "Щебёнка", "en": "Gravel", "uz": "Shagʻal"})
    items = released(forum).items

    def slugs(**choice: str) -> list[str]:
        return [item.slug for item in Choice(**choice).chosen(items)]

    assert slugs() == [one.slug, two.slug, three.slug]
    assert slugs(track="ECO") == [one.slug]
    assert slugs(language="uz") == [one.slug]
    assert slugs(language="en") == [two.slug]
    assert slugs(region="RU-SPE") == [two.slug, three.slug]
    assert slugs(kind="workshop") == [two.slug]
    assert slugs(words="щебенка") == slugs(words="SHAGAL") == [three.slug]
    assert slugs(words="primerova анна") == [two.slug]
    assert slugs(words="нет такого") == []


def test_now_and_next_are_half_open(forum: Forum) -> None:
    """At eleven the session that ends is over, the one that starts is on."""
    one = make_session(forum)
    two, three = make_session(forum, starts="11:00", ends="12:00"), make_session(forum, starts="12:30", ends="13:00")
    items = released(forum).items
    eleven = at(forum, "11:00")
    assert [item.slug for item in running(items, at=eleven)] == [two.slug]
    assert [item.slug for item in coming(items, at=eleven)] == [three.slug]
    assert [item.slug for item in coming(items, at=at(forum, "09:00"))] == [one.slug]
    assert coming(items, at=at(forum, "13:00")) == []


def test_days_are_those_of_the_forum(forum: Forum) -> None:
    """00:30 in Kemerovo is still the day before in UTC."""
    make_session(forum, day=-7, starts="00:30", ends="01:00")
    make_session(forum)
    assert released(forum).days == [forum.starts_on - timedelta(days=7), forum.starts_on]


def test_changes_are_readable(forum: Forum) -> None:
    """Who joined a session is named, as far as they consent."""
    session = make_session(forum)
    publish_release(forum, by=None)
    hall = make_hall(forum)
    made = make_session(forum, hall=hall, speakers=(make_speaker(forum),), starts="12:00", ends="13:00")
    programme = released(forum)
    line = programme.changes[0]
    assert (line.code, line.title, line.now) == ("new", made.title_ru, hall.name_ru)
    assert line.now_period == (made.period.lower, made.period.upper)
    assert session.slug in {item.slug for item in programme.items}


def test_deadlines_use_calendar_and_clock(forum: Forum) -> None:
    """Four days off before the visit pull every deadline forward; the moment it passes it says so."""
    slot = make_slot(make_programme(forum, russian_working_days=1, foreign_calendar_days=1))
    days = [slot.day - timedelta(days=n) for n in range(1, 6)]
    CalendarDay.objects.bulk_create(CalendarDay(day=day, is_working=day == days[-1]) for day in days)
    until = at(forum, "18:00", day=1 - 5)
    before, after = (
        visits(forum, language="ru", at=moment)[0].runs[0] for moment in (until - timedelta(seconds=1), until)
    )
    assert [(d.document, d.until) for d in before.deadlines] == [(d, until) for d in ("russian", "belarusian", "other")]
    assert (before.is_closed, after.is_closed) == (False, True)


def test_places_left_come_from_the_pool(forum: Forum) -> None:
    """The one number of places there is."""
    slot = make_slot(make_programme(forum), places=20)
    Pool.objects.filter(pk=slot.pool_id).update(taken=5)
    run = visits(forum, language="ru", at=now())[0].runs[0]
    assert (run.taken, run.places) == (5, 20)


def test_figures_count_the_newest_release(forum: Forum, django_assert_num_queries) -> None:
    """Two sessions released, a third only drafted; one plant with two programmes."""
    host = make_organisation()
    make_programme(forum, host=host)
    make_programme(forum, host=host)
    assert released_sessions(forum) == 0
    make_session(forum, linked_halls=[make_hall(forum)])
    publish_release(forum, by=None)
    make_session(forum)
    publish_release(forum, by=None)
    make_session(forum)
    with django_assert_num_queries(2):
        assert (released_sessions(forum), receiving_plants(forum)) == (2, 1)


def test_figures_stay_silent_before_the_programme_is_public(forum: Forum) -> None:
    """A number would give away what is not yet said."""
    make_programme(forum)
    make_session(forum)
    publish_release(forum, by=None)
    forum.programme_public = False
    assert (released_sessions(forum), receiving_plants(forum)) == (0, 0)

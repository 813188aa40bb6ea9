"""The public page of plant visits."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from agenda.enums import Outfit, PhotoPolicy, UnionStatePolicy
from forum.models import Forum
from registration.models import Pool
from tests.factories.agenda import at, make_organisation, make_programme, make_slot

PAGE = "/ru/visits/"


def page(client: Client, language: str = "en") -> str:
    """The page as text, with single spaces."""
    response = client.get(f"/{language}/visits/")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("item_count", (1, 3))
def test_page_takes_five_queries(forum: Forum, client: Client, item_count: int, django_assert_num_queries) -> None:
    """The edition and the four of the visits, whatever the number of plants and runs."""
    for _ in range(item_count):
        programme = make_programme(forum)
        for _ in range(item_count):
            make_slot(programme)
    client.get(PAGE)
    with django_assert_num_queries(5):
        assert page(client).count('class="run"') == item_count**2


@pytest.mark.parametrize("language", ["ru", "en", "uz", "be"])
def test_every_language_answers(forum: Forum, client: Client, language: str) -> None:
    """With the title in it."""
    make_slot(make_programme(forum, title={"ru": "В-ru", "en": "V-en", "uz": "V-uz", "be": "В-be"}))
    assert re.search(f"[VВ]-{language}", page(client, language))


def test_rules_of_the_plant_are_said(forum: Forum, client: Client) -> None:
    """Age, photos, steps, clothes, what is lent, what may happen."""
    make_programme(
        forum,
        min_age=18,
        dress_code=[Outfit.LONG_SLEEVES, Outfit.CLOSED_FLAT_SHOES],
        lent_by_host=[Outfit.HELMET],
        photo_policy=PhotoPolicy.PROHIBITED,
        step_free=False,
        may_be_cancelled=True,
    )
    html = page(client)
    for words in (
        "From 18 years",
        "No photos",
        "There are steps; not suitable for wheelchairs.",
        "long sleeves, closed flat shoes",
        "The plant lends:</b> helmet",
        "The plant may cancel the visit because of production or weather.",
        "Days are not set yet.",
    ):
        assert words in html


def test_deadlines_stand_by_document_with_their_zone(forum: Forum, client: Client) -> None:
    """Three kinds of documents; Belarus as this plant decides."""
    make_slot(
        make_programme(
            forum, russian_working_days=0, foreign_calendar_days=30, union_state_policy=UnionStatePolicy.AS_FOREIGN
        )
    )
    html = page(client)
    deadlines = html.split('class="deadlines"')[1].split("</dl>")[0]
    assert [*re.findall(r"<dt>(.*?)</dt>", deadlines)] == [
        "Russian document",
        "Belarusian document",
        "Document of another country",
    ]
    assert deadlines.count("18:00 (Kemerovo)") == 3
    russian, belarusian, other = re.findall(r'datetime="([^"]+)"', deadlines)
    assert russian == at(forum, "18:00", day=1).isoformat()
    assert belarusian == other != russian


def test_passed_deadline_says_so(forum: Forum, client: Client) -> None:
    """Foreign lists closed, Russian ones open: the same run is open for one and closed for another (domain, case 6)."""
    make_slot(make_programme(forum, russian_working_days=0, foreign_calendar_days=20))
    with time_machine.travel(at(forum, "12:00", day=-10), tick=False):
        html = page(client)
    assert "Russian and Belarusian documents" in html
    assert len(re.findall(r'class="passed"', html)) == 1
    with time_machine.travel(at(forum, "12:00") + timedelta(days=2), tick=False):
        assert "lists are closed" in page(client)


def test_places_left_are_said(forum: Forum, client: Client) -> None:
    """In words, beside the bar."""
    slot = make_slot(make_programme(forum), places=20)
    Pool.objects.filter(pk=slot.pool_id).update(taken=13)
    html = page(client)
    assert "13 of 20" in html
    assert "7 places left" in html


def test_steps_are_said_with_minutes(forum: Forum, client: Client) -> None:
    """The strip of the default run: bus, gate, tour, bus."""
    make_slot(make_programme(forum))
    strip = page(client).split('class="route-strip"')[1]
    assert re.findall(r"<time>(\d\d:\d\d)</time>", strip)[:4] == ["09:00", "09:30", "09:45", "11:00"]


def test_closed_programme_is_a_notice(forum: Forum, client: Client) -> None:
    """Switched off, or no visit yet."""
    assert "Plant visits are being prepared" in page(client)
    make_programme(forum, host=make_organisation(name_ru="Тайный завод", name_en="Secret Plant"))
    Forum.objects.filter(pk=forum.pk).update(programme_public=False)
    html = page(client)
    assert "Plant visits are being prepared" in html
    assert "Secret Plant" not in html


def test_no_edition_is_not_found(client: Client, db: None) -> None:
    """Before the first set-up."""
    assert client.get(PAGE).status_code == 404

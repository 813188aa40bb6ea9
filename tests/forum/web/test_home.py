"""The home page: why, when, where; from data, in four languages, without any script."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from forum.enums import ForumRole
from forum.models import Forum, ForumOrganisation, Organisation
from forum.registry import Counter, Panel, counters, home_panels
from tests.factories.forum import make_regions

LIMIT = 150 * 1024


def page(client: Client, language: str = "en") -> str:
    answer = client.get(f"/{language}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_page_says_what_when_and_where_with_the_zone(client: Client, forum: Forum) -> None:
    Forum.objects.filter(pk=forum.pk).update(starts_on="2027-05-20", ends_on="2027-05-21")
    text = page(client)
    assert forum.title_en in text
    assert "20–21 May 2027" in text
    assert "Kemerovo time, UTC+7, 4 hours ahead of Moscow" in text


@pytest.mark.parametrize(
    ("language", "days"),
    [("ru", "20–21 мая 2027"), ("en", "20–21 May 2027"), ("be", "20–21 мая 2027"), ("uz", "2027-yil 20–21-may")],
)
def test_days_read_naturally_in_each_language(client: Client, forum: Forum, language: str, days: str) -> None:
    Forum.objects.filter(pk=forum.pk).update(starts_on="2027-05-20", ends_on="2027-05-21")
    assert days in page(client, language)


def test_days_over_the_end_of_a_month_are_said_in_full(client: Client, forum: Forum) -> None:
    Forum.objects.filter(pk=forum.pk).update(starts_on="2026-12-31", ends_on="2027-01-01")
    assert "31 декабря 2026 – 1 января 2027" in page(client, "ru")


def test_counters_count_guests_and_leave_the_host_out(client: Client, forum: Forum) -> None:
    # Two countries, and two regions of Russia besides the host, which must not be counted even when it is listed.
    forum.guest_regions.add(make_regions()["RU-KEM"])
    numbers = re.findall(r"<dt>([^<]+)</dt><dd>(\d+)</dd>", page(client))
    assert numbers[:2] == [("countries", "2"), ("regions of Russia", "2")]


def test_counter_of_another_room_stands_beside_ours_unless_it_is_zero(client: Client, forum: Forum) -> None:
    counters.add("test", Counter("test", 90, lambda forum: 7, lambda number: "moons"))
    counters.add("nothing", Counter("nothing", 91, lambda forum: 0, lambda number: "suns"))
    try:
        text = page(client)
    finally:
        del counters._entries["test"], counters._entries["nothing"]
    assert "<dt>moons</dt><dd>7</dd>" in text
    assert "suns" not in text


def test_panels_of_other_rooms_stand_in_their_order(client: Client, forum: Forum) -> None:
    for name, order in (("later", 995), ("sooner", 990)):
        panel = Panel(
            name, "forum/components/stat.html", order, "", lambda request, forum, n=name: {"value": n, "label": n}
        )
        home_panels.add(name, panel)
    try:
        text = page(client)
    finally:
        del home_panels._entries["later"], home_panels._entries["sooner"]
    assert text.index("<dd>sooner</dd>") < text.index("<dd>later</dd>")


def test_organisations_stand_in_protocol_order(client: Client, forum: Forum) -> None:
    for role, position, name in (
        (ForumRole.HOST, 1, "Plant"),
        (ForumRole.SUPPORTER, 2, "Second ministry"),
        (ForumRole.SUPPORTER, 1, "First ministry"),
        (ForumRole.ORGANISER, 1, "Agency"),
    ):
        organisation = Organisation.objects.create(slug=name.lower().replace(" ", "-"), name_en=name, name_ru=name)
        ForumOrganisation.objects.create(forum=forum, organisation=organisation, role=role, position=position)
    names = re.findall(r'class="organisation-mark">([^<]+)<', page(client))
    assert names == ["Agency", "First ministry", "Second ministry", "Plant"]


def test_apply_button_says_what_it_takes_and_goes_when_applications_close(client: Client, forum: Forum) -> None:
    assert "5 minutes" in page(client)
    assert 'href="/en/apply/"' in page(client)
    Forum.objects.filter(pk=forum.pk).update(applications_open=False)
    hero = page(client).partition("</section>")[0].partition('<section class="hero">')[2]
    assert "/en/apply/" not in hero
    assert "Applications are closed" in hero


@pytest.mark.parametrize("language", ["ru", "en", "uz", "be"])
def test_page_is_light_and_needs_no_script(client: Client, forum: Forum, language: str) -> None:
    text = page(client, language)
    assert f'<html lang="{language}"' in text
    assert len(text.encode()) < LIMIT
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert "style=" not in text
    assert "hx-" not in re.sub(r"hx-headers='[^']*'", "", text)


@pytest.mark.django_db
def test_page_stands_before_the_first_edition_is_set_up(client: Client) -> None:
    assert "<h1>" in page(client)


def test_page_asks_the_database_little(client: Client, forum: Forum, django_assert_max_num_queries) -> None:
    page(client)
    with django_assert_max_num_queries(12):
        page(client)


OURS = ('SELECT "forum_forum".', 'SELECT "forum_forumorganisation".', 'SELECT ("forum_forum_guest_regions"')
"""The edition, who holds it, which delegations are expected."""


@pytest.mark.parametrize("item_count", (1, 3))
def test_queries_do_not_grow_with_organisations(client: Client, forum: Forum, item_count: int) -> None:
    for number in range(item_count):
        organisation = Organisation.objects.create(slug=f"o{number}", name_en=f"O{number}")
        ForumOrganisation.objects.create(
            forum=forum, organisation=organisation, role=ForumRole.HOST, position=number + 1
        )
    with CaptureQueriesContext(connection) as asked:
        page(client)
    # The other rooms ask for their own parts; these are ours.
    assert sum(query["sql"].startswith(OURS) for query in asked) == 3

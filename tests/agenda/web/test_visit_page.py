"""The page of one plant visit."""

import re

import pytest
from django.test import Client

from forum.models import Forum
from registration.models import Pool
from tests.factories.agenda import make_programme, make_slot


def page(client: Client, slug: str, *, language: str = "en") -> str:
    """The page as text, with single spaces."""
    response = client.get(f"/{language}/visits/{slug}/")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("item_count", (1, 3))
def test_page_takes_five_queries(forum: Forum, client: Client, item_count: int, django_assert_num_queries) -> None:
    """As many as the list of all visits."""
    programme = make_programme(forum, slug="one")
    for _ in range(item_count):
        make_slot(programme)
        make_slot(make_programme(forum))
    page(client, "one")
    with django_assert_num_queries(5):
        assert page(client, "one").count('class="run"') == item_count


def test_page_is_about_one_plant_and_leads_to_the_others(forum: Forum, client: Client) -> None:
    """Route, rules, deadlines and places of this one; the others by name."""
    slot = make_slot(make_programme(forum, slug="one", title={"ru": "Цех", "en": "Steel shop"}), places=20)
    make_slot(make_programme(forum, slug="two", title={"ru": "Музей", "en": "Museum"}))
    Pool.objects.filter(pk=slot.pool_id).update(taken=13)
    html = page(client, "one")
    assert "<title>Steel shop ·" in html
    assert html.count('class="route-strip"') == 1
    assert html.count('class="deadlines"') == 1
    assert "7 places left" in html
    assert "From 16 years" in html
    assert re.findall(r'href="/en/visits/([a-z]+)/"', html.split("<main")[1]) == ["two"]


@pytest.mark.parametrize("language", ["ru", "en", "uz", "be"])
def test_every_language_answers(forum: Forum, client: Client, language: str) -> None:
    """With the title in it."""
    make_slot(make_programme(forum, slug="one", title={"ru": "В-ru", "en": "V-en", "uz": "V-uz", "be": "В-be"}))
    assert re.search(f"<title>[VВ]-{language} ·", page(client, "one", language=language))


def test_unknown_plant_is_not_found(forum: Forum, client: Client) -> None:
    """Nor any plant while the programme is closed."""
    make_slot(make_programme(forum, slug="one"))
    assert client.get("/en/visits/other/").status_code == 404
    Forum.objects.filter(pk=forum.pk).update(programme_public=False)
    assert client.get("/en/visits/one/").status_code == 404

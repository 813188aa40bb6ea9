"""Shells and error pages: theme, languages, and what still stands when everything else falls."""

import re

import pytest
from django.template import Context, Template
from django.template.loader import get_template
from django.test import Client, RequestFactory
from django.utils import translation
from django.utils.html import strip_tags

ERRORS = ("400", "403", "403_csrf", "404", "500")


@pytest.mark.parametrize("name", ERRORS)
@pytest.mark.parametrize("language", ["ru", "en", "uz", "be"])
def test_error_page_needs_no_context_and_no_database(name: str, language: str) -> None:
    """The missing `db` fixture makes any query an error."""
    with translation.override(language):
        html = get_template(f"{name}.html").render()
    assert f'<html lang="{language}"' in html
    assert re.search(r"<h1>[^<]{8,}</h1>", html)
    assert '<p class="lead">' in html


@pytest.mark.parametrize(
    ("cookie", "attribute", "media"),
    [
        ("", "auto", "screen and (prefers-color-scheme: dark)"),
        ("dark", "dark", "screen"),
        ("light", "light", "not all"),
        ('"><script>', "auto", "screen and (prefers-color-scheme: dark)"),
    ],
)
def test_theme_comes_from_the_cookie_and_from_nothing_else(cookie: str, attribute: str, media: str) -> None:
    request = RequestFactory().get("/ru/")
    request.COOKIES["theme"] = cookie
    html = Template("{% load ui %}{% theme_choice %}|{% dark_media %}").render(Context({"request": request}))
    assert html == f"{attribute}|{media}"


def test_languages_link_to_the_same_page_with_its_filters() -> None:
    request = RequestFactory().get("/ru/programme/?day=1")
    with translation.override("ru"):
        from forum.templatetags.shell import language_choices

        choices = language_choices({"request": request})
    assert [(choice["code"], choice["url"], choice["name"]) for choice in choices] == [
        ("ru", "/ru/programme/?day=1", "Русский"),
        ("en", "/en/programme/?day=1", "English"),
        ("uz", "/uz/programme/?day=1", "Oʻzbek tili"),
        ("be", "/be/programme/?day=1", "Беларуская"),
    ]


def test_page_without_a_language_in_its_address_offers_a_form() -> None:
    request = RequestFactory().get("/team/people/")
    with translation.override("ru"):
        html = Template('{% include "forum/components/language_switch.html" %}').render(Context({"request": request}))
    assert '<form action="/language/" method="post">' in html
    assert 'name="next" value="/team/people/"' in html
    assert html.count('name="language" value=') == 4


def test_sign_in_page_asks_for_the_email_alone(client: Client, forum: object) -> None:
    response = client.get("/ru/accounts/login/")
    html = response.content.decode()
    assert response.status_code == 200
    assert "Мы пришлём код на вашу почту" in html
    assert 'type="password"' not in html
    assert html.count('class="button main"') == 1


@pytest.mark.django_db
def test_unknown_address_is_answered_in_the_language_of_the_address(client: Client) -> None:
    response = client.get("/be/nowhere/")
    assert response.status_code == 404
    assert "Па гэтым адрасе нічога няма" in strip_tags(response.content.decode())

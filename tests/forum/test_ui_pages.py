"""Shells and error pages: theme, languages, and what still stands when everything else falls."""

import re
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.template import Context, Template
from django.template.loader import get_template
from django.test import Client, RequestFactory
from django.utils import translation
from django.utils.html import strip_tags

from forum.models import Account

ERRORS = ("400", "403", "403_csrf", "404", "413", "500")


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


@pytest.mark.parametrize(
    "address",
    [
        "accounts/logout/",
        "accounts/2fa/",
        "accounts/2fa/totp/activate/",
        "accounts/2fa/webauthn/",
        "accounts/2fa/webauthn/add/",
        "accounts/2fa/recovery-codes/generate/",
    ],
)
def test_pages_of_ones_own_sign_in_stand_in_our_shell(officer_client: Client, address: str) -> None:
    response = officer_client.get(f"/ru/{address}", follow=True)
    html = response.content.decode()
    assert response.status_code == 200
    assert html.count("<h1") == 1
    assert 'class="site-header"' in html
    assert not re.search(r"<[^>]+\sstyle=", html)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("", "Включено"),
        ("reauthenticate/", "Подтвердите, что это вы"),
        ("totp/deactivate/", "Выключить приложение?"),
        ("recovery-codes/", "Запасные коды"),
    ],
)
def test_pages_of_a_second_factor_that_is_set_up(
    officer_client: Client, officer: Account, settings: Any, address: str, says: str
) -> None:
    settings.MFA_TOTP_TOLERANCE = 1  # the half minute may turn between making the code and sending it
    secret = generate_totp_secret()
    TOTP.activate(officer, secret)
    RecoveryCodes.activate(officer)
    if address.startswith(("totp", "recovery")):
        code = format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1]))
        officer_client.post("/ru/accounts/2fa/reauthenticate/", {"code": code})
    response = officer_client.get(f"/ru/accounts/2fa/{address}", follow=True)
    assert response.status_code == 200
    assert says in strip_tags(response.content.decode())


def test_code_page_tells_nobody_whether_an_address_is_known(client: Client, forum: object) -> None:
    response = client.post("/ru/accounts/login/", {"login": "nobody@example.org"}, follow=True)
    text = " ".join(strip_tags(response.content.decode()).split())
    assert "Если адрес nobody@example.org нам известен, код уже в пути" in text


def test_wrong_code_is_explained_at_its_field(client: Client, forum: object) -> None:
    client.post("/ru/accounts/login/", {"login": "nobody@example.org"})
    html = client.post("/ru/accounts/login/code/confirm/", {"code": "XXXXXX"}).content.decode()
    assert 'aria-describedby="id_code_errors"' in html
    assert 'id="id_code_errors"' in html

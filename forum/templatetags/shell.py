"""What the shells of a page ask: the reader's colours, the languages, where one is."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info

THEMES = ("light", "dark")
DARK_MEDIA = {"dark": "screen", "light": "not all", "auto": "screen and (prefers-color-scheme: dark)"}


def theme_choice(context: Mapping[str, Any]) -> str:
    """The reader's colours from the cookie `theme`: light, dark, or auto (as the device says)."""
    request = context.get("request")
    chosen = request.COOKIES.get("theme", "") if request else ""
    return chosen if chosen in THEMES else "auto"


def dark_media(context: Mapping[str, Any]) -> str:
    """When the dark colours apply. Never in print."""
    return DARK_MEDIA[theme_choice(context)]


def language_choices(context: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The languages with their own names; `url` is this page in it, empty where the address carries no language.

    A query string stays: a filtered list has the same filters in every language. Search engines get `absolute_url` and
    `any_language_url` without it: a list is one page to them, whatever its filters.
    """
    request = context.get("request")
    path = request.get_full_path() if request else "/"
    current = get_language() or settings.LANGUAGE_CODE
    prefix = f"/{current}/"
    rest = path.removeprefix(prefix) if path.startswith(prefix) else None
    unfiltered = (rest or "").partition("?")[0]
    return [
        {
            "code": code,
            "name": own_name(code),
            "url": url,
            "absolute_url": request.build_absolute_uri(url.partition("?")[0]) if request and url else "",
            "any_language_url": request.build_absolute_uri("/" + unfiltered) if request and url else "",
            "current": code == current,
        }
        for code, _name in settings.LANGUAGES
        for url in ("" if rest is None else f"/{code}/{rest}",)
    ]


def own_name(code: str) -> str:
    """How a language calls itself, with a capital: it stands alone in a list."""
    name = str(get_language_info(code)["name_local"])
    return name[:1].upper() + name[1:]


def current(context: Mapping[str, Any], url: str) -> str:
    """`aria-current` when the page is `url` or lies below it."""
    request = context.get("request")
    if request is None or not url or not request.path.startswith(url):
        return ""
    return SafeString(' aria-current="page"')

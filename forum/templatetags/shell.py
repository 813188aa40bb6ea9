"""What the shells of a page ask: the reader's colours, the languages, where one is."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import translate_url
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
    """The languages with their own names; `url` is this page in it, empty where the address carries no language."""
    request = context.get("request")
    path = request.get_full_path() if request else "/"
    current = get_language() or settings.LANGUAGE_CODE
    codes = [code for code, _name in settings.LANGUAGES]
    carried = path.split("/", 2)[1:2] == [current]
    return [
        language_choice(code, request=request, path=path, carried=carried, current=code == current) for code in codes
    ]


def language_choice(code: str, *, request: Any, path: str, carried: bool, current: bool) -> dict[str, Any]:
    """One language; a query string stays, since a filtered list has the same filters in every language."""
    url = (path if current else translate_url(path, code)) if carried else ""
    name = get_language_info(code)["name_local"]
    return {
        "code": code,
        "name": name[:1].upper() + name[1:],
        "url": url,
        "current": current,
        "absolute_url": request.build_absolute_uri(url) if request and url else url,
    }


def current(context: Mapping[str, Any], url: str) -> str:
    """`aria-current` when the page is `url` or lies below it."""
    request = context.get("request")
    if request is None or not url or not request.path.startswith(url):
        return ""
    return SafeString(' aria-current="page"')

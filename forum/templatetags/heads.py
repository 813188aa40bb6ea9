"""What the head of a page says of it to browsers, search engines and messengers."""

from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

LOCALES = {"ru": "ru_RU", "en": "en_GB", "uz": "uz_UZ", "be": "be_BY"}


def page_title(content: SafeString, site: str) -> str:
    """The title of the tab and of a shared link: what the page is about first, since tabs are narrow."""
    words = SafeString(" ".join(content.split()))
    title = format_html("{} · {}", words, site) if words else site
    return format_html('<title>{}</title>\n  <meta property="og:title" content="{}">', title, words or site)


def page_description(content: SafeString) -> str:
    """One or two sentences for lists of results and for a shared link."""
    words = SafeString(" ".join(content.split()))
    tags = '<meta name="description" content="{0}">\n  <meta property="og:description" content="{0}">'
    return format_html(tags, words)


def page_address(context: Mapping[str, Any]) -> str:
    """The one address of a page, whatever filters it was asked with, and the language a shared link is in."""
    request = context.get("request")
    if request is None:
        return ""
    return format_html(
        '<link rel="canonical" href="{0}">\n  <meta property="og:url" content="{0}">\n'
        '  <meta property="og:type" content="website">\n  <meta property="og:locale" content="{1}">',
        request.build_absolute_uri(request.path),
        LOCALES.get(get_language() or "", "ru_RU"),
    )

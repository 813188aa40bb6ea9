"""Words that the team searches for, mostly names: an address must not hold them, yet a list that was found wants pages, a
way back and a link for a colleague. So they travel in the body once, and sealed in the address from then on.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.http import urlencode

from forum.crypto import DecryptionError, decrypt, encrypt

LONGEST = 100
AAD = "forum.web.searched"


def typed(words: str) -> str:
    """What the database can be asked for: at most a line of text, and no null character, which PostgreSQL does not take."""
    return words.replace("\0", "").strip()[:LONGEST]


def sealed(words: str) -> str:
    """`words` for an address; nothing for nothing."""
    kept = typed(words)
    return urlsafe_b64encode(encrypt(kept.encode(), aad=AAD)).decode().rstrip("=") if kept else ""


def opened(token: str) -> str:
    """What was sealed; nothing for what is not ours, or was sealed with a key that is gone."""
    try:
        return decrypt(urlsafe_b64decode(token + "=" * (-len(token) % 4)), aad=AAD).decode()
    except (DecryptionError, ValueError):
        return ""


class WordsField(forms.CharField):
    """The sealed words of an address; cleaned to what they say."""

    def __init__(self) -> None:
        super().__init__(required=False)

    def clean(self, value: Any) -> str:
        """Never refuses: a list is shown whole rather than not at all."""
        return opened(super().clean(value))


class SearchedView:
    """Of a list whose search form posts its filters, and the words as `q`."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """On to the address of what is searched for."""
        return redirect(f"{request.path}?{address_of(request.POST)}")


def address_of(posted: QueryDict) -> str:
    """What a search form posted as the query of an address: empty choices left out, the words sealed."""
    kept = {name: str(value) for name, value in posted.items() if name not in ("csrfmiddlewaretoken", "q")}
    kept["words"] = sealed(posted.get("q", ""))
    return urlencode({name: value for name, value in kept.items() if value})

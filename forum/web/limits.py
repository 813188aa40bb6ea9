"""How often one address on the network may knock. Counted in the cache: losing a count does no harm."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from forum.crypto import keyed_hash


@dataclass(frozen=True)
class Limit:
    """At most `amount` requests within `seconds`, counted from the first one."""

    name: str
    amount: int
    seconds: int

    def passes(self, request: HttpRequest) -> bool:
        """Count this request of a network address and say whether it may go on."""
        return self.passes_for(client_ip(request))

    def passes_for(self, whom: str) -> bool:
        """The same of whoever knocks."""
        # The network address is personal data: only its keyed hash is a key of the cache.
        who = keyed_hash(whom, purpose="forum.limit").hex()[:32]
        key = f"limit:{self.name}:{who}"
        cache.add(key, 0, timeout=self.seconds)
        try:
            return cache.incr(key) <= self.amount
        except ValueError:  # it expired between the two calls
            return True


def client_ip(request: HttpRequest) -> str:
    """The applicant's network address, behind a proxy by allauth's setting of trusted proxies; empty when unknown."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return ""


def limited(limit: Limit) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """For a handler method of a view: above the limit the person is asked to wait (429)."""

    def decorate(handler: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(handler)
        def checked(view: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if limit.passes(request):
                return handler(view, request, *args, **kwargs)
            response = render(request, "forum/too_often.html", {"minutes": limit.seconds // 60}, status=429)
            response["Retry-After"] = str(limit.seconds)
            return response

        return checked

    return decorate

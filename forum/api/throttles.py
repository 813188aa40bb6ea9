"""How fast one token or one network address may ask. An exact count in the cache: parallel requests cannot slip through.

Without Redis nobody is held back: work must go on.
"""

import logging
from dataclasses import dataclass
from time import time
from typing import Self

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from forum.crypto import keyed_hash
from forum.models import ApiToken
from forum.queries.kept import Count

logger = logging.getLogger(__name__)
SECONDS = {"second": 1, "minute": 60, "hour": 3600}


@dataclass
class Pace(Count):
    """How often somebody asked within the second, minute or hour in hand: at most `most` times, it ends in `left` seconds."""

    most: int = 0
    left: float = 0.0

    @classmethod
    def of(cls, scope: str, who: str) -> Self:
        """As `settings.REST_FRAMEWORK` says for this scope; not counted yet."""
        most, seconds = _parsed(str(api_settings.DEFAULT_THROTTLE_RATES[scope]))
        moment = time()
        key = f"throttle:{scope}:{who}:{int(moment // seconds)}"
        return cls(key=key, seconds=seconds * 2, most=most, left=seconds - moment % seconds)

    @property
    def holds(self) -> bool:
        """Whether this request may go on."""
        return self.value <= self.most


class TokenThrottle(BaseThrottle):
    """By token, else by network address."""

    scope = "token"
    anonymous = "visitor"
    left: float = 0.0

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Count this request within the window in hand, and say whether it may go on."""
        pace = self.counted(request)
        self.left = pace.left
        return pace.holds

    def counted(self, request: Request) -> Pace:
        """The pace of who asks, this request included."""
        is_known = isinstance(request.auth, ApiToken)
        return counted(
            Pace.of(self.scope, str(request.auth.pk)) if is_known else Pace.of(self.anonymous, visitor(request))
        )

    def wait(self) -> float:
        """Seconds until the next window."""
        return self.left


class SearchThrottle(TokenThrottle):
    """A search costs more than reading a page."""

    scope = "search"


def counted(pace: Pace) -> Pace:
    """The same, with one request more."""
    try:
        pace.value = int(cache.count(pace.key, pace.seconds))
    except RedisError:
        logger.warning("the throttle's counter cannot be reached")
    return pace


def visitor(request: Request) -> str:
    """The network address behind our trusted proxies as a keyed hash: it is personal data."""
    try:
        address = str(get_adapter().get_client_ip(request._request))
    except PermissionDenied:
        address = ""
    return keyed_hash(address, purpose="forum.api_visitor").hex()[:32]


def _parsed(rate: str) -> tuple[int, int]:
    amount, _slash, period = rate.partition("/")
    return int(amount), SECONDS[period]

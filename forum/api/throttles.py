"""How fast one token or one network address may ask. An exact count in the cache: parallel requests cannot slip through.

Without Redis nobody is held back: work must go on.
"""

import logging
from time import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from forum.crypto import keyed_hash
from forum.models import ApiToken

logger = logging.getLogger(__name__)
SECONDS = {"second": 1, "minute": 60, "hour": 3600}


class TokenThrottle(BaseThrottle):
    """By token, else by network address: so many in each second, minute or hour, as `settings.REST_FRAMEWORK` says."""

    scope = "token"
    holder: type[Model] = ApiToken
    """What has a rate and a count of its own."""
    anonymous = "visitor"
    left: float = 0.0

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Count this request within the window in hand, and say whether it may go on."""
        is_known = isinstance(request.auth, self.holder)
        scope, who = (self.scope, str(request.auth.pk)) if is_known else (self.anonymous, visitor(request))
        most, seconds = _parsed(str(api_settings.DEFAULT_THROTTLE_RATES[scope]))
        moment = time()
        self.left = seconds - moment % seconds
        try:
            return int(cache.count(f"throttle:{scope}:{who}:{int(moment // seconds)}", seconds * 2)) <= most
        except RedisError:
            logger.warning("the throttle's counter cannot be reached")
            return True

    def wait(self) -> float:
        """Seconds until the next window."""
        return self.left


class SearchThrottle(TokenThrottle):
    """A search costs more than reading a page."""

    scope = "search"


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

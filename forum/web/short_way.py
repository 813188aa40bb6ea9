"""Addresses that are asked thousands of times a day in one form: that form is answered without the frame of Django.

The frame has the last word all the same. Whatever is not exactly as usual, every refusal and every fault goes through it
from its beginning, so an answer may act only in ways that can be repeated.
"""

import logging
from collections.abc import Callable
from functools import cache, cached_property
from io import BytesIO
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.handlers.wsgi import WSGIRequest
from django.core.signals import request_finished, request_started
from django.http import HttpRequest, HttpResponse
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.security import SecurityMiddleware
from django.urls import ResolverMatch, resolve
from django.utils import translation

from forum.logs import NOBODY, carrying
from forum.web.middleware import observe, request_id_of

logger = logging.getLogger(__name__)
JSON = "application/json"
ACCEPTED = frozenset({JSON, "*/*", ""})
LONGEST = 2000
"""Bytes of a body."""

Answer = Callable[[HttpRequest], bytes | None]


class ShortWay:
    """`POST` of a small JSON to `path`, answered with 200 and the JSON that `answer` gives; None sends it the usual way."""

    def __init__(self, path: str, answer: Answer) -> None:
        self.path, self.answer = path, answer

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes] | None:
        """None where the usual way has to answer: nothing has been said then, and the body can be read again."""
        request = WSGIRequest(environ)
        language = _language(request) if _is_plain(request) else None
        if language is None:
            return None
        ours, began = request_id_of(request), monotonic()
        with carrying(request_id=ours, account=NOBODY), translation.override(language):
            body = self._answered(request)
            if body is None:
                return None
            observe(self._match, "POST", 200, seconds=monotonic() - began)
        own = {"Content-Length": str(len(body)), "Content-Language": language, "X-Request-ID": ours}
        start_response("200 OK", [*_headers(is_secure=request.is_secure()), *own.items()])
        return [body]

    def _answered(self, request: WSGIRequest) -> bytes | None:
        request_started.send(sender=type(self), environ=request.environ)
        try:
            request.environ["wsgi.input"] = BytesIO(request.body)
            return self.answer(request)
        except Exception as error:  # the usual way finds it again, and says it properly
            logger.warning("the short way of %s failed: %s", self.path, type(error).__name__)
            return None
        finally:
            request_finished.send(sender=type(self))

    @cached_property
    def _match(self) -> ResolverMatch:
        return resolve(self.path)


def _is_plain(request: WSGIRequest) -> bool:
    """As our own programs ask."""
    length = request.META.get("CONTENT_LENGTH", "")
    return bool(
        request.method == "POST"
        and (length.isdecimal() and int(length) <= LONGEST)
        and request.META.get("CONTENT_TYPE") == JSON
        and request.META.get("HTTP_ACCEPT", "") in ACCEPTED
        and (request.is_secure() or not settings.SECURE_SSL_REDIRECT)
        and _is_ours(request)
    )


def _is_ours(request: WSGIRequest) -> bool:
    try:
        return bool(request.get_host())
    except DisallowedHost:
        return False


def _language(request: WSGIRequest) -> str | None:
    """The one language that is asked for, where nothing has to be weighed."""
    asked: str = request.META.get("HTTP_ACCEPT_LANGUAGE", "")
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, asked)
    return asked if asked == chosen and asked in dict(settings.LANGUAGES) else None


@cache
def _headers(*, is_secure: bool) -> list[tuple[str, str]]:
    """What every answer of the API says."""
    scheme = {"REQUEST_METHOD": "POST", "wsgi.url_scheme": "https" if is_secure else "http", "wsgi.input": BytesIO()}
    request = WSGIRequest(scheme | {"SERVER_NAME": "forum", "SERVER_PORT": "443" if is_secure else "80"})
    response = HttpResponse(content_type=JSON, headers={"Cache-Control": "no-store", "Vary": "Accept-Language"})
    for around in (XFrameOptionsMiddleware, SecurityMiddleware):
        around(lambda _request: response).process_response(request, response)
    return list(response.items())

"""What happens around every request: its id, the person's preferences, and our errors as pages."""

import logging
import re
from collections.abc import Callable
from time import monotonic

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.middleware.common import CommonMiddleware
from django.shortcuts import render
from django.urls import ResolverMatch
from django.utils import translation
from django.utils.translation import gettext as _

from forum.actions.audit import acting_token
from forum.counting import tally
from forum.errors import DomainError
from forum.log_lines import route_of
from forum.logs import NOBODY, account_id, carrying, new_request_id
from forum.web.back import came_from

logger = logging.getLogger(__name__)

Handler = Callable[[HttpRequest], HttpResponse]
KNOWN_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
GIVEN_ID = re.compile(r"^[0-9A-Za-z-]{8,32}$")


class RequestIdMiddleware:
    """One id through web, worker and mail. A proxy may give it; anything odd is replaced."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        ours = request_id_of(request)
        with carrying(request_id=ours, account=NOBODY):
            response = self.get_response(request)
        response["X-Request-ID"] = ours
        return response


def request_id_of(request: HttpRequest) -> str:
    """The id of a request that begins: nobody acts yet."""
    acting_token.set(None)
    given = request.META.get("HTTP_X_REQUEST_ID", "")
    return given if GIVEN_ID.match(given) else new_request_id()


QUIET = {"team:healthz", "team:readyz", "team:metrics"}
"""Asked by machines every few seconds: counted, not logged."""


class ObservationMiddleware:
    """One line and one count for each request: its route, never its address."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = monotonic()
        response = self.get_response(request)
        method = request.method if request.method in KNOWN_METHODS else "other"
        observe(request.resolver_match, method, response.status_code, seconds=monotonic() - began)
        return response


def observe(match: ResolverMatch | None, method: str, status: int, *, seconds: float) -> None:
    """Count and log a request that has been answered."""
    name = match.view_name if match else "unknown"
    tally.note("request", name, f"{status // 100}xx", seconds=seconds)
    if name not in QUIET:
        facts = {"method": method, "status": status, "ms": round(seconds * 1000), "route": route_of(match)}
        logger.info("%s %s", method, name, extra=facts)


class PlainCommonMiddleware(CommonMiddleware):
    """Django's, for the API: none of its addresses ends with a slash, and asking whether one would resolves each twice."""

    def should_redirect_with_slash(self, request: HttpRequest) -> bool:
        """Never."""
        return False


class PreferenceMiddleware:
    """Pages without a language in their address speak the language of the account. The API knows no session."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language_in_path = translation.get_language_from_path(request.path_info)
        if request.path_info.startswith("/api/"):
            return self.get_response(request)
        if request.user.is_authenticated and not language_in_path:
            language = request.user.language
            translation.activate(language)
            request.LANGUAGE_CODE = language
        if request.user.is_authenticated:
            account_id.set(str(request.user.public_id))
        return self.get_response(request)


class DomainErrorMiddleware:
    """A refusal of our own rules becomes a page that says reason and remedy, with the right status."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Only `DomainError` is ours to answer; everything else is a fault and goes on its way."""
        error = _null_character(request) if isinstance(exception, DataError) else exception
        if not isinstance(error, DomainError):
            return None
        context = {"error": error, "back": came_from(request)}
        return render(request, "forum/refused.html", context, status=error.status)


def _null_character(request: HttpRequest) -> DomainError | None:
    """PostgreSQL takes no null character in a text. Fields of forms refuse it by themselves; this is for what has no form."""
    sent = [value for words in (request.GET, request.POST) for _name, values in words.lists() for value in values]
    if not any("\0" in str(value) for value in sent):
        return None
    message = _(
        "The text holds a character that cannot be stored (a null byte). Go back, type the text anew and send it."
    )
    return DomainError("forum.null_character", message, status=400)

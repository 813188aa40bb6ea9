"""WSGI entry point for gunicorn: pages and the API, each with what it needs around it."""

import os
from collections.abc import Iterable
from typing import Any

from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings")
API = "/api/v1/"
AROUND_API = (
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "forum.web.middleware.RequestIdMiddleware",
    "forum.web.middleware.ObservationMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "forum.web.middleware.PlainCommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)
"""Of `settings.MIDDLEWARE` what the API needs; it knows no session, no form and no page."""
SHORT_WAYS = {"/api/v1/scans": "badges.api.short_way.answered"}
"""What is asked most, and what answers it where nothing is unusual (`forum.web.short_way`)."""


class ApiHandler(WSGIHandler):
    """Django with `AROUND_API`: a tenth of the time of a scan went through what only pages need.

    None of these has hooks for views, templates or exceptions.
    """

    def load_middleware(self, is_async: bool = False) -> None:
        """The same chain as Django builds, of another list."""
        handler = convert_exception_to_response(self._get_response)  # type: ignore[attr-defined]
        for path in reversed(AROUND_API):
            handler = convert_exception_to_response(import_string(path)(handler))
        self._view_middleware: list[Any] = []
        self._template_response_middleware: list[Any] = []
        self._exception_middleware: list[Any] = []
        self._middleware_chain = handler


pages = get_wsgi_application()
api = ApiHandler()
short_ways = {
    path: import_string("forum.web.short_way.ShortWay")(path, import_string(name)) for path, name in SHORT_WAYS.items()
}


def application(request: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """By the address: the API, else pages; before them the short ways."""
    path = request["PATH_INFO"]
    answer: Iterable[bytes] | None = short_ways[path](request, start_response) if path in short_ways else None
    if answer is not None:
        return answer
    return (api if path.startswith(API) else pages)(request, start_response)

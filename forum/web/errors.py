"""Error pages in the reader's language; the API gets its own shape. 500 is a static template without any context."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.defaults import server_error

from forum.api_shape import shape


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: something in the request cannot be read; 413 where there is too much of it."""
    if isinstance(exception, RequestDataTooBig) and request.path.startswith("/api/"):
        return _answer(request, 413, "too_large", _("The request is too large. At most 256 KB are taken."))
    if isinstance(exception, RequestDataTooBig):
        context = {"most": settings.DATA_UPLOAD_MAX_MEMORY_SIZE / 1024 / 1024}
        return render(request, "413.html", context, status=413)
    return _answer(request, 400, "bad_request", _("The request could not be read."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: only where knowing that the thing exists is harmless."""
    return _answer(request, 403, "permission_denied", _("You may not do this."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: not there, or not yours; nobody learns which."""
    return _answer(request, 404, "not_found", _("There is nothing at this address."))


def fault(request: HttpRequest) -> HttpResponse:
    """500: broken on our side."""
    if request.path.startswith("/api/"):
        return _answer(request, 500, "fault", _("Something broke on our side. Try again in a minute."))
    return server_error(request)


def _answer(request: HttpRequest, status: int, code: str, message: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse(shape(code, message), status=status)
    return render(request, f"{status}.html", status=status)

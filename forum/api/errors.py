"""The one error shape of the API: `{code, message, fields}` in the reader's language."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from forum.api_shape import shape
from forum.errors import DomainError


def answer(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. What is no known refusal stays a fault and becomes a 500."""
    if isinstance(exc, DomainError):
        return Response(shape(exc.code, exc.message, exc.fields), status=exc.status)
    response = exception_handler(exc, context)
    if response is None:
        return None
    response.data = _body(exc)
    return response


def _body(exc: Exception) -> dict[str, Any]:
    if isinstance(exc, exceptions.ValidationError):
        return shape("invalid", exc.default_detail, dict(_fields(exc.detail)))
    if isinstance(exc, Http404):
        return shape("not_found", exceptions.NotFound.default_detail)
    if isinstance(exc, PermissionDenied):
        return shape("permission_denied", exceptions.PermissionDenied.default_detail)
    if not isinstance(exc, exceptions.APIException):
        raise TypeError(f"no shape for {type(exc).__name__}")
    codes = exc.get_codes()
    return shape(codes if isinstance(codes, str) else exc.default_code, exc.detail)


def _fields(detail: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """One message for each wrong field; a field of an object inside is named `person.surname`."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from _fields(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(detail, list) and any(isinstance(inner, dict) for inner in detail):
        for place, inner in enumerate(detail):
            yield from _fields(inner, f"{path}.{place}" if path else str(place)) if inner else ()
    else:
        yield path, detail[0] if isinstance(detail, list) else detail

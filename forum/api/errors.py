"""The one error shape of the API: `{code, message, fields}` in the reader's language."""

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
        detail = exc.detail if isinstance(exc.detail, dict) else {"": exc.detail}
        return shape("invalid", exc.default_detail, {field: _first(errors) for field, errors in detail.items()})
    if isinstance(exc, Http404):
        return shape("not_found", exceptions.NotFound.default_detail)
    if isinstance(exc, PermissionDenied):
        return shape("permission_denied", exceptions.PermissionDenied.default_detail)
    if not isinstance(exc, exceptions.APIException):
        raise TypeError(f"no shape for {type(exc).__name__}")
    codes = exc.get_codes()
    return shape(codes if isinstance(codes, str) else exc.default_code, exc.detail)


def _first(errors: Any) -> Any:
    while isinstance(errors, (list, tuple, dict)) and errors:
        errors = next(iter(errors.values())) if isinstance(errors, dict) else errors[0]
    return errors

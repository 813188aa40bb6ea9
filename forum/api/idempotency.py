"""`Idempotency-Key` on creations: for a handler method of a view."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from forum.actions.api_answers import claim_key, keep_answer, release_key
from forum.errors import DomainError
from forum.models import ApiAnswer, ApiToken

HEADER = "Idempotency-Key"
LONGEST = 100
KEY_PARAMETER = OpenApiParameter(
    HEADER,
    {"type": "string", "maxLength": LONGEST, "pattern": r"^[!-~]+$"},
    OpenApiParameter.HEADER,
    description="Any text of your own, best a UUID: a repeated request with the same key gets the first answer again.",
)
Handler = Callable[..., Response]


def idempotent(handler: Handler) -> Handler:
    """With a key the request is carried out once. Without one, repeating it creates another object."""

    @wraps(handler)
    def checked(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get(HEADER)
        if key is None:
            return handler(view, request, *args, **kwargs)
        answer, is_ours = claim_key(cast(ApiToken, request.auth), key=_checked(key), request=_whole(request))
        if not is_ours:
            return _again(answer)
        try:
            response = handler(view, request, *args, **kwargs)
        except (DomainError, APIException, Http404, PermissionDenied):
            release_key(answer)
            raise
        body = JSONRenderer().render(response.data).decode()
        keep_answer(answer, status=response.status_code, body=body, location=response.get("Location", ""))
        return response

    return checked


def _checked(key: str) -> str:
    if not 0 < len(key) <= LONGEST or not all("!" <= char <= "~" for char in key):
        raise ValidationError({HEADER: _("Send 1 to 100 printable ASCII characters without spaces.")})
    return key


def _whole(request: Request) -> str:
    body = json.dumps(request.data, sort_keys=True, ensure_ascii=False)
    return f"{request.method} {request.path}\n{body}"


def _again(answer: ApiAnswer) -> Response:
    headers = {"Idempotency-Replayed": "true"} | ({"Location": answer.location} if answer.location else {})
    return Response(json.loads(answer.body or "null"), status=answer.status, headers=headers)

"""What the documentation of every operation shares: the error shape, the meaning of each status, headers."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, inline_serializer
from rest_framework import serializers

from forum.api_shape import shape

ERROR = inline_serializer(
    "Error",
    {
        "code": serializers.CharField(help_text="Stable, for programs."),
        "message": serializers.CharField(help_text="For people, in the language asked for."),
        "fields": serializers.DictField(child=serializers.CharField(), help_text="One message for each wrong field."),
    },
)
MEANINGS = {
    304: "Nothing changed since the answer that carried this `ETag`.",
    400: "The request itself is wrong; `fields` says where. Repeating it will not help.",
    401: "The token is missing, unknown, revoked or expired, or its holder has lost the role.",
    403: "The role of this token does not allow this operation.",
    404: "There is nothing here, or it is not yours to see; nobody learns which.",
    406: "Only JSON is answered.",
    409: "Not possible in the state in which things are; `message` says why and what helps.",
    412: "Somebody changed it after the version in `If-Match`; read it again and compare.",
    413: "The body is larger than 256 KB.",
    415: "The body must be JSON.",
    429: "Too fast; `Retry-After` says how many seconds to wait.",
    500: "A fault of ours. The response header `X-Request-ID` helps us to find it.",
}
CODES = {
    400: ("invalid", "Invalid input."),
    401: ("token_ended", "This token has ended. Make a new one in the team area."),
    403: ("permission_denied", "The role of this token does not allow this."),
    404: ("not_found", "There is nothing at this address."),
    406: ("not_acceptable", "Could not satisfy the request Accept header."),
    413: ("too_large", "The request is too large. At most 256 KB are taken."),
    415: ("unsupported_media_type", "Unsupported media type “text/plain” in request."),
    429: ("throttled", "Request was throttled. Expected available in 12 seconds."),
    500: ("fault", "Something broke on our side. Try again in a minute."),
}
PUBLIC = (406, 429, 500)
"""Errors of every operation."""
READ = (401, 403, *PUBLIC)
"""Errors of every operation that needs a token."""
WRITE = (400, 413, 415, *READ)
"""Errors of every operation with a body."""
LANGUAGE = OpenApiParameter(
    "Accept-Language",
    {"type": "string", "example": "ru"},
    OpenApiParameter.HEADER,
    description="Language of texts and messages: ru (without this header), en, uz, be.",
)
MATCH = OpenApiParameter(
    "If-None-Match", {"type": "string"}, OpenApiParameter.HEADER, description="`ETag` of the answer you have."
)


def errors(*statuses: int, **meanings: str) -> dict[int, OpenApiResponse]:
    """The error answers of an operation; `meanings` says better than the usual words what one means: `e409="…"`."""
    special = {int(name[1:]): text for name, text in meanings.items()}
    return {status: _error(status, special.get(status, MEANINGS[status])) for status in sorted({*statuses, *special})}


def _error(status: int, meaning: str) -> OpenApiResponse:
    if status == 304:
        return OpenApiResponse(description=meaning)
    code, message = CODES.get(status, ("", ""))
    examples = [OpenApiExample(code, value=shape(code, message), status_codes=[str(status)])] if code else []
    return OpenApiResponse(ERROR, meaning, examples=examples)


def example(name: str, value: Any, **options: Any) -> OpenApiExample:
    """An example of an answer."""
    return OpenApiExample(name, value=value, response_only=True, **options)

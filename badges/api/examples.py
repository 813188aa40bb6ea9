"""Examples and error shapes for the API's documentation."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiResponse, inline_serializer
from rest_framework import serializers

ERROR = inline_serializer(
    "Error",
    {
        "code": serializers.CharField(help_text="Stable, for programs."),
        "message": serializers.CharField(help_text="For people, in the language asked for."),
        "fields": serializers.DictField(child=serializers.CharField(), help_text="One message for each wrong field."),
    },
)
MEANINGS = {
    400: "The request itself is wrong; repeating it will not help.",
    401: "The device is unknown, expired or revoked. Keep every scan and choose the point again.",
    409: "Another phone has sent this nonce.",
    429: "Too fast; `Retry-After` says how many seconds to wait.",
}


def errors(*statuses: int) -> dict[int, OpenApiResponse]:
    """The error answers of an operation."""
    return {status: OpenApiResponse(ERROR, MEANINGS[status]) for status in statuses}


_SCAN: dict[str, Any] = {
    "nonce": "6f1f9a0e-6c1f-4d3b-9d53-0b8c2a1f7e11",
    "point": "main",
    "direction": "in",
    "method": "camera",
    "code": "5Z3KQ7W8T1XN4M9B2C6D0FGHJP",
    "device_time": "2027-05-20T03:00:00.000Z",
    "sent_at": "2027-05-20T03:00:00.120Z",
}
_PERSON = {
    "name": "Примерова Анна Ильинична",
    "name_latin": "PRIMEROVA ANNA",
    "organisation": "Завод «Образец»",
    "category": "Delegate",
    "category_letter": "D",
    "category_colour": "#1D5D90",
    "zones": ["A", "F"],
}
_ANSWER: dict[str, Any] = {
    "scan": _SCAN["nonce"],
    "outcome": "ok",
    "admit": True,
    "severity": "green",
    "sound": "ok",
    "title": "Let in",
    "reason": "",
    "next_step": "",
    "person": _PERSON,
    "first_at": None,
    "point": "main",
    "direction": "in",
    "at": "2027-05-20T10:00:00+07:00",
}
SCAN_EXAMPLES = [
    OpenApiExample("Read by the camera", value=_SCAN, request_only=True),
    OpenApiExample(
        "Found by name",
        value={k: v for k, v in _SCAN.items() if k != "code"} | {"method": "search", "registration": "7K4QXM2P9A"},
        request_only=True,
    ),
    OpenApiExample("Let in", value=_ANSWER, response_only=True, status_codes=["200"]),
    OpenApiExample(
        "Already inside",
        value=_ANSWER
        | {
            "outcome": "already_in",
            "admit": False,
            "severity": "amber",
            "sound": "warn",
            "title": "Already inside",
            "reason": "Came in at 09:12.",
            "next_step": "Compare the name with a document: the badge may have been passed on.",
            "first_at": "2027-05-20T09:12:00+07:00",
        },
        response_only=True,
        status_codes=["200"],
    ),
    OpenApiExample(
        "Unknown device",
        value={
            "code": "device_unknown",
            "message": "This phone is not known. Choose the point again.",
            "fields": {},
        },
        response_only=True,
        status_codes=["401"],
    ),
]

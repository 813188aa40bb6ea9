"""Examples and error shapes for the API's documentation."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiResponse

from forum.api.docs import errors

MEANINGS = {
    "e401": "The device is unknown, expired or revoked. Keep every scan and choose the point again.",
    "e409": "Another phone has sent this nonce.",
}


def device_errors(*statuses: int) -> dict[int, OpenApiResponse]:
    """The error answers of a phone's operation."""
    here = {name: text for name, text in MEANINGS.items() if name == "e401" or int(name[1:]) in statuses}
    return errors(*statuses, 406, 429, 500, **here)


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
    "photo": True,
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
FEED: dict[str, Any] = {
    "scan": _SCAN["nonce"],
    "point": "main",
    "device": {"id": "0c7a2d54-6c0e-4d5e-8d0e-2a6f4b8f9a11", "name": "Phone 3"},
    "direction": "in",
    "method": "camera",
    "outcome": "ok",
    "outcome_label": "Let in",
    "counts": True,
    "at": "2027-05-20T10:00:00+07:00",
    "received_at": "2027-05-20T10:00:01+07:00",
    "person": {
        "registration": "7K4QXM2P9A",
        "name": _PERSON["name"],
        "name_latin": _PERSON["name_latin"],
        "organisation": _PERSON["organisation"],
        "category": "Delegate",
    },
}

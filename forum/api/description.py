"""How the API describes itself: the words above its documentation, and the names that its schema gives to our lists."""

from typing import Any

DESCRIPTION: dict[str, Any] = {
    "TITLE": "Industrial Tourism Forum API",
    "DESCRIPTION": (
        "Applications, people, programme, plant visits, scans, devices and long works of one edition of the forum.\n\n"
        "Programs of the team send `Authorization: Bearer <token>`; a token acts as one role of its holder and dies with "
        "it. Phones of the check-in send `Authorization: Device <token>`. The programme and the visits need neither.\n\n"
        "Every error has one shape, `{code, message, fields}`: `code` is for programs, the others are in the language of "
        "`Accept-Language` (ru without it). Lists come in pages with whole addresses in `next` and `previous`. Creations "
        "take an `Idempotency-Key`."
    ),
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "DirectionEnum": "badges.enums.Direction",
        "SessionKindEnum": "agenda.enums.SessionKind",
        "OutfitEnum": "agenda.enums.Outfit",
        "JobStateEnum": "forum.enums.JobState",
        "RegistrationStateEnum": "registration.enums.RegistrationState",
        "ApplicationStateEnum": "registration.enums.SEEN",
        "PlaceStateEnum": "registration.enums.HAS_PLACE",
    },
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "PATH_CONVERTER_OVERRIDES": {
        "ref": {"type": "string", "pattern": "^[0-9A-HJKMNP-TV-Z]{10}$"},
        "slug": {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"},
    },
}

"""The body of every error that the API answers."""

from typing import Any


def shape(code: str, message: Any, fields: dict[str, Any] | None = None) -> dict[str, Any]:
    """`code` is stable, `message` is in the reader's language, `fields` maps a field to its own message."""
    return {"code": code, "message": str(message), "fields": {k: str(v) for k, v in (fields or {}).items()}}

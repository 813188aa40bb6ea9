"""Translated columns as plain data."""

from django.conf import settings
from django.db.models import Model


def texts_of(row: Model, field: str) -> dict[str, str]:
    """A translated text in the languages in which it was written."""
    texts = {code: getattr(row, f"{field}_{code}") for code, _name in settings.LANGUAGES}
    return {code: text for code, text in texts.items() if text}

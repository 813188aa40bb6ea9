"""Serializer fields for what people are called; the checks and words are those of the forms."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError as InvalidName
from rest_framework import serializers

from forum.names import InvalidNameError, check_latin, check_native, check_russian, clean_latin, clean_name
from registration.validators import name_error


class LineField(serializers.CharField):
    """One line of text, composed and with single spaces."""

    def to_internal_value(self, data: Any) -> str:
        """Ready to store."""
        return clean_name(super().to_internal_value(data))


class NameField(LineField):
    """A part of a name; may be left out or empty."""

    check: Callable[[str], None] = staticmethod(check_native)

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, allow_blank=True, default="", max_length=100, **options)

    def to_internal_value(self, data: Any) -> str:
        """Raises `ValidationError` with reason and remedy."""
        text = super().to_internal_value(data)
        try:
            if text:
                self.check(text)
        except InvalidNameError as error:
            raise serializers.ValidationError(_words(name_error(error))) from error
        return text


class RussianNameField(NameField):
    """In Cyrillic letters of any language."""

    check = staticmethod(check_russian)


class LatinNameField(NameField):
    """As the document prints it: capitals A–Z."""

    check = staticmethod(check_latin)

    def to_internal_value(self, data: Any) -> str:
        """Capitals, one kind of apostrophe and hyphen."""
        return super().to_internal_value(clean_latin(data) if isinstance(data, str) else data)


def _words(error: InvalidName) -> str:
    """Reason and remedy as one text."""
    params = error.params or {}
    return f"{error.message % params} {params['remedy']}"

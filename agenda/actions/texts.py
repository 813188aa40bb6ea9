"""Texts in several languages on their way into translated columns."""

from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import gettext as _

from forum.errors import DomainError
from forum.names import clean_name

Texts = Mapping[str, str]
"""Language code -> text."""
REQUIRED = ("ru", "en")
"""Every text people read exists at least in these (domain rules, co-management)."""


def free_columns(**texts: Texts) -> dict[str, str]:
    """Like `columns`, for texts that may still be missing in any language."""
    return {f"{field}_{code}": text.strip() for field, values in texts.items() for code, text in values.items()}


def columns(**texts: Texts) -> dict[str, str]:
    """`title={"ru": …}` as `{"title_ru": …}`. Raises `DomainError("texts.missing")` without Russian or English."""
    for field, values in texts.items():
        missing = [code for code in REQUIRED if not values.get(code, "").strip()]
        unknown = set(values) - {code for code, _name in settings.LANGUAGES}
        if missing or unknown:
            message = _("Write the text at least in Russian and in English.")
            raise DomainError(
                "texts.missing", message, fields={field: message}, missing=missing, unknown=sorted(unknown)
            )
    return free_columns(**texts)


def line_columns(**texts: Texts) -> dict[str, str]:
    """Like `columns`, for what is one line everywhere (titles, names): no line ends, no invisible signs."""
    return columns(
        **{field: {code: clean_name(text) for code, text in values.items()} for field, values in texts.items()}
    )

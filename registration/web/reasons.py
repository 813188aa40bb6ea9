"""Ready-made beginnings of a message to the applicant, in the applicant's language; the officer edits them."""

from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

REASONS: dict[str, tuple["_StrPromise", "_StrPromise"]] = {
    "latin": (
        _("Latin name"),
        _("Please check the name in Latin letters: it must match your document letter by letter."),
    ),
    "work": (
        _("Organisation and position"),
        _("Please write the organisation and your position in full, without abbreviations."),
    ),
    "category": (
        _("Another category"),
        _("Please choose another category: the one you chose does not fit your participation."),
    ),
}
"""Key -> what it is about, and the text."""


def ready_reasons(language: str) -> list[dict[str, str]]:
    """What an officer may start from; `label` in the reader's language, `text` in the applicant's."""
    labels = {key: str(label) for key, (label, _text) in REASONS.items()}
    with translation.override(language):
        return [{"key": key, "label": labels[key], "text": str(text)} for key, (_label, text) in REASONS.items()]

"""The texts with which every edition starts; officers change them as they like."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registration.enums import ReasonKind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

USUAL: tuple[tuple[ReasonKind, "_StrPromise", "_StrPromise"], ...] = (
    (
        ReasonKind.ASK,
        _("Latin name"),
        _("Please check the name in Latin letters: it must match your document letter by letter."),
    ),
    (
        ReasonKind.ASK,
        _("Organisation and position"),
        _("Please write the organisation and your position in full, without abbreviations."),
    ),
    (
        ReasonKind.ASK,
        _("Another category"),
        _("Please choose another category: the one you chose does not fit your participation."),
    ),
    (
        ReasonKind.REJECT,
        pgettext_lazy("reason", "No places left"),
        _("All places of this category are taken. We will be glad to see you at our next forum."),
    ),
    (
        ReasonKind.REJECT,
        pgettext_lazy("reason", "Applied twice"),
        _("We already have another application of yours, and that one stays in force."),
    ),
)
"""What it goes with, what it is about, and the text of the letter."""

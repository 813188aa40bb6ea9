"""How guests from abroad get into the country."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class VisaOutcome(TextChoices):
    """What a dated rule says of a citizenship. Never a reason to refuse an application."""

    FREE = "free", pgettext_lazy("entry of the country", "No visa")
    VISA = "visa", pgettext_lazy("entry of the country", "Visa needed")
    E_VISA = "e_visa", pgettext_lazy("entry of the country", "E-visa possible")
    UNKNOWN = "unknown", pgettext_lazy("entry of the country", "To be checked")


RULED = [(o.value, o.label) for o in VisaOutcome if o != VisaOutcome.UNKNOWN]
"""What a rule may say; that nobody knows is said by the lack of a rule."""


class VisaState(TextChoices):
    """Where a visa case stands."""

    NOT_NEEDED = "not_needed", pgettext_lazy("visa case", "No letter needed")
    CHECKING = "checking", pgettext_lazy("visa case", "Being checked")
    WANTED = "wanted", pgettext_lazy("visa case", "Data wanted")
    READY = "ready", pgettext_lazy("visa case", "Ready for the letter")
    ISSUED = "issued", pgettext_lazy("visa case", "Letter issued")
    GRANTED = "granted", pgettext_lazy("visa case", "Visa granted")
    REFUSED = "refused", pgettext_lazy("visa case", "Visa refused")
    DROPPED = "dropped", pgettext_lazy("visa case", "Not needed any more")


_V = VisaState
VISA_MOVES: dict[VisaState, frozenset[VisaState]] = {
    _V.NOT_NEEDED: frozenset({_V.CHECKING, _V.WANTED, _V.GRANTED, _V.REFUSED, _V.DROPPED}),
    _V.CHECKING: frozenset({_V.NOT_NEEDED, _V.WANTED, _V.DROPPED}),
    _V.WANTED: frozenset({_V.READY, _V.CHECKING, _V.NOT_NEEDED, _V.DROPPED}),
    _V.READY: frozenset({_V.ISSUED, _V.WANTED, _V.CHECKING, _V.NOT_NEEDED, _V.DROPPED}),
    _V.ISSUED: frozenset({_V.WANTED, _V.READY, _V.GRANTED, _V.REFUSED, _V.NOT_NEEDED, _V.DROPPED}),
    _V.GRANTED: frozenset({_V.ISSUED, _V.NOT_NEEDED, _V.REFUSED, _V.WANTED, _V.DROPPED}),
    _V.REFUSED: frozenset({_V.ISSUED, _V.NOT_NEEDED, _V.GRANTED, _V.WANTED, _V.DROPPED}),
    _V.DROPPED: frozenset({_V.NOT_NEEDED, _V.CHECKING, _V.WANTED}),
}
"""The only moves there are; `registration.actions.visa_state.move_case` is the only writer."""
VISA_ASKS = frozenset({_V.WANTED, _V.READY, _V.ISSUED})
"""Only now data of the document are needed for a letter."""
HAS_LETTER = frozenset({_V.ISSUED, _V.GRANTED, _V.REFUSED})
"""Only in these states a letter stays valid; leaving them makes it void."""
VISA_OPEN = frozenset({_V.CHECKING, _V.WANTED, _V.READY, _V.ISSUED})
"""Somebody still has to do something."""


class VisaPart(TextChoices):
    """What of a visa case is erased, besides the document."""

    STAY = "stay", _("dates and places of the stay")
    LETTER = "letter", _("invitation letter")

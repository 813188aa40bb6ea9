"""Toasts with a way back: good news that carries the form that takes the deed back.

One mechanism for all rooms. `done(request, text, undo=address)` says what happened; the toast then holds a button that posts
to `address`, where an ordinary door does the inverse action, with the same right and the same refusals as ever. It is a
form of the page, so it works without scripts. Only for deeds with a true inverse: what has burnt gets a question before
(`{% confirm %}`), not a button after.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

_MARK = "undo"


@dataclass(frozen=True)
class WayBack:
    """Where the button posts to, and its word."""

    url: str
    label: str


def done(request: HttpRequest, text: str, *, undo: str, label: str = "") -> None:
    """Say `text`; the button posts to `undo`. `label` where “Undo” would promise too much."""
    word = label or _("Undo")
    # Django's messages carry one more word besides the text; it travels signed, like the message itself.
    messages.success(request, text, extra_tags=f"{_MARK} {undo} {word}")


def way_back(message: Any) -> WayBack | None:
    """What `done` put into the message; None for any other."""
    mark, _space, rest = (getattr(message, "extra_tags", None) or "").partition(" ")
    url, _space, label = rest.partition(" ")
    return WayBack(url, label) if mark == _MARK else None

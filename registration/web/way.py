"""The way of an application: its steps in order, with the words of the progress line."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

WAY: dict[str, "_StrPromise"] = {
    "category": _("Category"),
    "consent": _("Consent"),
    "name": _("Name"),
    "contact": _("Contact"),
    "work": _("Work"),
    "summary": pgettext_lazy("step of the application", "Check"),
}


def way(step: str) -> dict[str, Any]:
    """What the progress line needs."""
    return {"way": list(WAY.values()), "way_now": list(WAY).index(step) + 1}


def before(step: str) -> str:
    """The step that can be gone back to; the consent, once given, is not asked again."""
    steps = [name for name in WAY if name != "consent"]
    return steps[max(steps.index(step) - 1, 0)]


def after(step: str) -> str:
    """The step that follows."""
    steps = list(WAY)
    return steps[min(steps.index(step) + 1, len(steps) - 1)]


TITLES: dict[str, tuple["_StrPromise", "_StrPromise"]] = {
    "category": (_("Category"), _("You may change it until you send the application.")),
    "name": (_("Your name"), _("Exactly as in the document you will show: it is printed on the badge and on lists.")),
    "contact": (_("Contact and languages"), _("Where we write to you, and in which language.")),
    "work": (_("Whom you represent"), _("It stands on the badge and in the lists of the forum.")),
}
"""Heading and lead of a step's page."""

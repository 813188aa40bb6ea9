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
    "questions": pgettext_lazy("step of the application", "Questions"),
    "summary": pgettext_lazy("step of the application", "Check"),
}


def steps_of(*, asks: bool) -> list[str]:
    """The steps there are; `asks`: the category has questions of its own that apply."""
    return [step for step in WAY if asks or step != "questions"]


def way(step: str, *, asks: bool = False) -> dict[str, Any]:
    """What the progress line needs."""
    steps = steps_of(asks=asks)
    return {"way": [WAY[one] for one in steps], "way_now": steps.index(step) + 1}


def before(step: str, *, asks: bool = False) -> str:
    """The step that can be gone back to; the consent, once given, is not asked again."""
    steps = [name for name in steps_of(asks=asks) if name != "consent"]
    return steps[max(steps.index(step) - 1, 0)]


def after(step: str, *, asks: bool = False) -> str:
    """The step that follows."""
    steps = steps_of(asks=asks)
    return steps[min(steps.index(step) + 1, len(steps) - 1)]


TITLES: dict[str, tuple["_StrPromise", "_StrPromise"]] = {
    "category": (_("Category"), _("You may change it until you send the application.")),
    "name": (_("Your name"), _("Exactly as in the document you will show: it is printed on the badge and on lists.")),
    "contact": (_("Contact and languages"), _("Where we write to you, and in which language.")),
    "questions": (
        pgettext_lazy("step of the application", "Questions"),
        _("Some may come or go, depending on what you answer."),
    ),
    "work": (_("Whom you represent"), _("It stands on the badge and in the lists of the forum.")),
}
"""Heading and lead of a step's page."""

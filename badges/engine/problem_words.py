"""Why a badge must not be printed, said to the officer who mends it. In the language active at the call."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

FIELDS: dict[str, Promise] = {
    "surname": gettext_lazy("surname"),
    "given": gettext_lazy("given name"),
    "patronymic": gettext_lazy("patronymic"),
    "name_latin": gettext_lazy("name in Latin letters"),
    "organisation": gettext_lazy("organisation"),
    "position": gettext_lazy("position"),
    "region": gettext_lazy("region"),
    "languages": gettext_lazy("languages"),
}
PROBLEMS: dict[str, Promise] = {
    "empty": gettext_lazy("There is no name to print."),
    "does_not_fit": gettext_lazy("This is too long for the badge: %(field)s. Enter a shorter name for the badge."),
}


def problem_text(problem: Mapping[str, str]) -> str:
    """One sentence with the remedy; `problem` has `field`, `code`, `characters` (`badges.engine.facts.Problem`)."""
    field = str(FIELDS.get(problem["field"], problem["field"]))
    if problem["code"] == "missing_glyphs":
        return _("The badge's font has no signs for “%(signs)s” (%(field)s). Correct the spelling.") % {
            "signs": problem["characters"],
            "field": field,
        }
    text = PROBLEMS.get(problem["code"], gettext_lazy("The settings of the forum do not fit: %(field)s."))
    return str(text) % {"field": field}

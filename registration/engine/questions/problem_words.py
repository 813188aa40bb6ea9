"""What keeps a draft from being published, as people read it: the reason and what helps."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from registration.engine.questions.checking import Problem
from registration.engine.questions.sheet import Sheet, said

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

PROBLEMS: dict[str, tuple["_StrPromise", "_StrPromise"]] = {
    "unlabelled": (_("The question has no text in Russian or in English."), _("Write it in both languages.")),
    "no_purpose": (
        _("It does not say in Russian and in English what the answer is for."),
        _("Write what it is for: people read it under the question."),
    ),
    "no_choices": (_("There is nothing to choose from."), _("Add at least one answer.")),
    "choice_unlabelled": (
        _("An answer has no text in Russian or in English."),
        _("Write it in both languages, or remove the answer."),
    ),
    "bounds_unreadable": (_("A limit cannot be read."), _("Write a number, or choose a day.")),
    "bounds_reversed": (_("The lower limit is above the upper one."), _("Exchange them, or leave one empty.")),
    "no_sizes": (_("It is not said which sizes are meant."), _("Choose clothes, shoes or head.")),
    "condition_malformed": (
        _("The condition is too large or cannot be read."),
        _("Take comparisons out, or begin it anew."),
    ),
    "dangling": (
        _("The condition looks at “%(fact)s”, which this form does not ask."),
        _("Choose another question, or take this comparison out."),
    ),
    "wrong_comparison": (
        _("“%(fact)s” cannot be compared in this way."),
        _("Choose another comparison from the list beside it."),
    ),
    "wrong_value": (
        _("“%(fact)s” never has the value that the condition compares it with."),
        _("Choose the value anew."),
    ),
    "cycle": (
        _("Questions wait for each other in a circle: %(chain)s. Nobody would ever see them."),
        _("Take one of these comparisons out."),
    ),
    "too_many": (_("The form has more than %(most)s questions."), _("Take questions out.")),
    "section_untitled": (
        _("A section has no heading in Russian or in English."),
        _("Write it in both languages."),
    ),
}
"""Code of a `Problem` -> reason and remedy."""


def problem_words(problem: Problem, sheet: Sheet, language: str) -> tuple[str, str]:
    """Reason and remedy, questions called as the reader knows them."""
    reason, remedy = PROBLEMS[problem.code]
    data = dict(problem.data)
    if "fact" in data:
        data["fact"] = label_of(data["fact"], sheet, language)
    if "chain" in data:
        data["chain"] = " → ".join(label_of(code, sheet, language) for code in data["chain"].split(" → "))
    return str(reason) % data, str(remedy) % data


def label_of(code: str, sheet: Sheet, language: str) -> str:
    """The text of a question, else its name for programs."""
    item = sheet.by_code.get(code)
    return (said(item.label, language) if item else "") or code

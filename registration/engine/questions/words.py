"""Why an answer was not taken and what helps, and answers as people read them: in the language active at the call."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from babel.dates import format_date
from django.utils.translation import get_language
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from registration.engine.questions.cleaning import AnswerError, World
from registration.engine.questions.sheet import Item, said
from registration.enums import FILED_KINDS, QuestionKind, SpokenLanguage

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

K = QuestionKind
ERRORS: dict[str, tuple["_StrPromise", "_StrPromise"]] = {
    "missing": (_("This answer is missing."), _("Please fill it in.")),
    "not_ticked": (_("This box has to be ticked."), _("Read the line and tick the box.")),
    "not_text": (_("This is no text."), _("Type the answer.")),
    "too_long": (_("This is longer than %(most)s characters."), _("Please shorten it.")),
    "not_a_number": (_("This is not a number."), _("Write it in digits, for example 12.")),
    "not_whole": (_("Only whole numbers are taken here."), _("Leave out what stands after the point.")),
    "number_at_least": (_("The number is too small."), _("Write %(least)s or more.")),
    "number_at_most": (_("The number is too large."), _("Write %(most)s or less.")),
    "number_between": (_("The number is out of range."), _("Write a number from %(least)s to %(most)s.")),
    "no_such_day": (_("There is no such day."), _("Write it as day, month, year: 17.05.2027.")),
    "day_far_away": (_("This day is too far away."), _("Check the year.")),
    "date_at_least": (_("The day is too early."), _("Choose %(least)s or a later day.")),
    "date_at_most": (_("The day is too late."), _("Choose %(most)s or an earlier day.")),
    "date_between": (_("The day is out of range."), _("Choose a day from %(least)s to %(most)s.")),
    "not_offered": (_("This is not one of the answers offered."), _("Choose one from the list.")),
    "several_at_least": (_("Too few are chosen."), _("Choose at least %(least)s.")),
    "several_at_most": (_("Too many are chosen."), _("Choose %(most)s at most.")),
    "several_between": (_("The number of chosen answers does not fit."), _("Choose from %(least)s to %(most)s.")),
    "not_a_phone": (_("This is not a phone number."), _("Write it with the code of the country: +7 900 000-00-00.")),
    "not_a_tick": (_("This is neither yes nor no."), _("Tick the box or leave it empty.")),
    "not_a_file": (_("This is no picture that was handed in."), _("Choose the picture again.")),
    "no_file": (_("No picture is handed in yet."), _("Choose one: JPG or PNG.")),
    "full": (_("“%(choice)s” has no places left."), _("Choose another answer.")),
}
"""Code of an `AnswerError` -> reason and remedy."""
_OF_LIST = frozenset({K.COUNTRY, K.REGION})


def error_words(error: AnswerError) -> tuple[str, str]:
    """Reason and remedy."""
    reason, remedy = ERRORS[error.code]
    data = {name: _bound(text) for name, text in error.data.items()}
    return str(reason) % data, str(remedy) % data


def _bound(text: str) -> str:
    """Days as people write them."""
    return _day(text) if len(text) == 10 and text[4] == "-" else text


def value_words(item: Item, value: Any, world: World) -> str:
    """An answer as people read it; nothing for nothing. A choice that is no longer offered is shown by its code."""
    if value is None or value == []:
        return ""
    if item.kind == K.TICK:
        return say("yes") if value else say("no")
    if item.is_chosen:
        return _options(item, value if isinstance(value, list) else [value])
    if item.kind in _OF_LIST:
        return world.names.get(value, value)
    if item.kind == K.LANGUAGE:
        return str(SpokenLanguage(value).label) if value in SpokenLanguage.values else value
    if item.kind in FILED_KINDS:
        return say("handed in")
    if item.kind == K.DATE:
        return _day(value)
    return str(value)


def _options(item: Item, codes: Sequence[str]) -> str:
    language = get_language() or "ru"
    return ", ".join(said(found.label, language) if (found := item.by_code.get(code)) else code for code in codes)


def _day(text: str) -> str:
    try:
        return format_date(date.fromisoformat(text), "dd.MM.yyyy")
    except ValueError:
        return text

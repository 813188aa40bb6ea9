"""Answers to the questions of a category when two applications become one: they fill gaps and write nothing over.

The caller holds the locks of both and owns the transaction. Files stay with the application they were handed in for.
"""

from collections.abc import Iterable

from registration.actions.answers import Filled, drop_answers, fits, hold_choices, write_answers
from registration.enums import FILED_KINDS
from registration.models import Registration
from registration.queries.forms import sheet_of, world_of
from registration.queries.questions import answers_of

PREFIX = "answer."


def fill_gaps(kept: Registration, gone: Registration) -> list[str]:
    """What the other one had answered and this one had not, as far as it is an answer to the form in force.

    Gives the names of what was written. Choices whose places are gone are asked for again.
    """
    form_id = kept.category.form_id
    if form_id is None or gone.category_id != kept.category_id:
        return []
    sheet, known = sheet_of(form_id), {answer.code for answer in answers_of(kept)}
    world = world_of(sheet)
    values = {
        answer.code: answer.content
        for answer in answers_of(gone)
        if answer.code not in known and fits(sheet.by_code.get(answer.code), answer, world)
    }
    values = {code: value for code, value in values.items() if sheet.by_code[code].kind not in FILED_KINDS}
    written = write_answers(kept, Filled(form_id, values)) if values else []
    if written:
        hold_choices(kept, softly=True)
    return written


def empty_again(kept: Registration, fields: Iterable[str]) -> None:
    """Forget what a merge had filled in."""
    codes = {name.removeprefix(PREFIX) for name in fields if name.startswith(PREFIX)}
    if codes:
        drop_answers(kept, codes)
        hold_choices(kept, softly=True)

"""Answers to a category's questions as people read them: for the person themselves, and for those who may see them."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from forum.queries.access import User
from registration.engine.questions.sheet import Item, Sheet
from registration.engine.questions.words import value_words
from registration.enums import FILED_KINDS
from registration.models import Answer, Registration
from registration.queries.forms import sheet_of, world_of
from registration.queries.questions import Asked, answers_of, asked_of, field_of, may_read
from registration.web.answers import Difference, Row, Section
from registration.web.fields_questions import in_my_language

STEP = "questions"


def question_sections(registration: Registration) -> list[Section]:
    """What the person was asked, section by section, with what is missing."""
    asked = asked_of(registration)
    if asked is None:
        return []
    missing, applying = asked.missing(), {item.code for item in asked.items}
    return [
        Section(STEP, in_my_language(part.title), rows, key=f"{STEP}-{number}")
        for number, part in enumerate(asked.sheet.parts)
        if (
            rows := [
                _row(item, asked, missing, _own(item, asked, registration))
                for item in part.items
                if item.code in applying
            ]
        )
    ]


def _own(item: Item, asked: Asked, registration: Registration) -> str:
    """Where one's own file is."""
    value = asked.values.get(item.code)
    return own_file_url(registration, value) if value and item.kind in FILED_KINDS else ""


def own_file_url(registration: Registration, public_id: str) -> str:
    """For the person alone."""
    return reverse("registration:answer_file", args=[registration.ref, public_id])


def _row(item: Item, asked: Asked, missing: Mapping[str, str], link: str) -> Row:
    name = field_of(item.code)
    words = value_words(item, asked.values.get(item.code), asked.world)
    return Row(name, in_my_language(item.label), words, missing.get(name, ""), link=link)


def answer_sections(registration: Registration, *, reader: User) -> list[Section]:
    """Before a member of the team: every answer that is stored, under the question as it was asked, of those questions
    whose answers `reader` may see. Answers to an earlier version say so.
    """
    answers = [answer for answer in answers_of(registration) if may_read(reader, _item_of(answer))]
    if not answers:
        return []
    world = world_of(*{answer.question.form_id: _sheet_of(answer) for answer in answers}.values())
    rows = [
        Row(
            field_of(answer.code),
            _label(answer, registration),
            value_words(_item_of(answer), answer.content, world),
            door=_door(answer, registration),
        )
        for answer in sorted(answers, key=lambda one: one.pk)
    ]
    return [Section(STEP, _("Answers to questions"), rows)]


def _door(answer: Answer, registration: Registration) -> str:
    if _item_of(answer).kind not in FILED_KINDS:
        return ""
    return reverse("people:answer_file", args=[registration.ref, answer.content])


def _sheet_of(answer: Answer) -> Sheet:
    return sheet_of(answer.question.form_id)


def _item_of(answer: Answer) -> Item:
    return _sheet_of(answer).by_code[answer.code]


def _label(answer: Answer, registration: Registration) -> str:
    label = in_my_language(_item_of(answer).label)
    if answer.question.form_id == registration.category.form_id:
        return label
    return _("%(question)s (version %(number)s of the form)") % {
        "question": label,
        "number": answer.question.form.number,
    }


def question_differences(asked: Asked, typed: Mapping[str, Any]) -> list[Difference]:
    """What is stored now against what was typed, where the two differ."""
    return [
        Difference(
            in_my_language(item.label),
            value_words(item, asked.values.get(item.code), asked.world),
            value_words(item, typed[item.code], asked.world),
        )
        for item in asked.sheet
        if item.code in typed and asked.values.get(item.code) != typed[item.code]
    ]

"""Forms of the demo: written, published and answered by the actions."""

from collections.abc import Mapping
from random import Random
from typing import Any

from forum.models import Account
from registration.actions.answers import Filled
from registration.actions.form_drafts import ChoiceText, add_question, add_section, set_condition, start_draft
from registration.actions.form_publishing import publish_form
from registration.demo_data.forms import (
    CARD,
    EQUIPMENT,
    GOALS,
    LANGUAGES,
    LATER,
    MEDIA,
    OUTLETS,
    PLATE,
    SCHOOL,
    VEHICLE,
    Four,
)
from registration.engine.questions.cleaning import SIZES
from registration.enums import SizeSystem
from registration.models import Category, Form, Section
from registration.queries.forms import sheet_of
from registration.queries.questions import places_left

TRANSLATED = ("label", "help", "purpose", "title")


def publish_first(categories: Mapping[str, Category], *, by: Account) -> None:
    """The first versions, before anybody applies."""
    for code, plan in (("school", SCHOOL), ("media", MEDIA)):
        draft = start_draft(categories[code], by=by)
        section = add_section(draft, version=draft.version, texts=columns({"title": plan["title"]}), by=by)
        for question in plan["questions"]:
            add(section, question, by=by)
        publish(draft, by=by)
        categories[code].refresh_from_db()


def publish_later(category: Category, *, by: Account) -> None:
    """The School asks two more questions; who has applied is written to."""
    draft = start_draft(category, by=by)
    for question in (LATER, PLATE):
        add(draft.sections.get(), question, by=by)
    publish(draft, by=by)


def begin_draft(category: Category, *, by: Account) -> None:
    """The press will be asked something more, once it is published."""
    draft = start_draft(category, by=by)
    for question in (CARD, VEHICLE):
        add(draft.sections.get(), question, by=by)


def add(section: Section, plan: Mapping[str, Any], *, by: Account) -> None:
    """One question with its choices and its condition."""
    values = dict(plan)
    choices, condition = values.pop("choices", []), values.pop("condition", None)
    section.form.refresh_from_db()
    made = add_question(
        section,
        version=section.form.version,
        values=columns(values),
        choices=[ChoiceText(code, spoken(label), places) for code, places, label in choices],
        by=by,
    )
    if condition:
        made.form.refresh_from_db()
        set_condition(made, version=made.form.version, condition=condition, by=by)


def columns(values: Mapping[str, Any]) -> dict[str, Any]:
    """Texts in four languages become four columns."""
    plain = {name: value for name, value in values.items() if name not in TRANSLATED}
    for name in TRANSLATED:
        if name in values:
            plain |= {f"{name}_{code}": text for code, text in spoken(values[name]).items()}
    return plain


def spoken(texts: Four) -> dict[str, str]:
    """By language."""
    return dict(zip(LANGUAGES, texts, strict=True))


def publish(draft: Form, *, by: Account) -> None:
    """Put it in force."""
    draft.refresh_from_db()
    publish_form(draft, version=draft.version, by=by)


def invented_answers(category: Category, *, number: int) -> Filled | None:
    """What the person with this number answers to the form in force; the same in every demo."""
    if category.form_id is None:
        return None
    chance = Random(number)  # noqa: S311 -- a demo
    answers = _of_school(chance, category.form_id) if category.code == "school" else _of_media(chance)
    return Filled(category.form_id, answers)


def _of_school(chance: Random, form_id: int) -> dict[str, Any]:
    sheet = sheet_of(form_id)
    left = places_left(sheet)
    free = [option.code for option in sheet.by_code["workshop"].options if left.get(option.pool_id or 0, 1)]
    return {
        "goal": chance.choice(GOALS),
        "workshop": chance.choice(free),
        "boots": chance.choice(SIZES[SizeSystem.SHOES][4:12]),
        "diet": chance.choice([None, None, "орехи", "вегетарианское меню"]),
    }


def _of_media(chance: Random) -> dict[str, Any]:
    work = chance.choice(["text", "photo", "video"])
    return {"outlet": chance.choice(OUTLETS), "work": work, "equipment": None if work == "text" else EQUIPMENT}

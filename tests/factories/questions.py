"""Forms as officers write them: a line for each question, published through the actions."""

from collections.abc import Sequence
from typing import Any

from forum.models import Account, Forum
from registration.actions.form_drafts import ChoiceText, add_question, add_section, set_condition, start_draft
from registration.actions.form_publishing import publish_form
from registration.models import Category, Form, Question
from tests.factories.registration import make_category


def asks(code: str, kind: str = "text", *, choices: Sequence[Any] = (), **values: Any) -> dict[str, Any]:
    """One question for `make_form`. A choice is a code, or a code with its places."""
    return {"code": code, "kind": kind, "choices": choices, **values}


def make_draft(category: Category, *questions: dict[str, Any], by: Account) -> Form:
    """A draft with one section; whatever was asked before is taken out."""
    draft = start_draft(category, by=by)
    draft.sections.all().delete()
    texts = {"title_ru": "Вопросы", "title_en": "Questions", "title_uz": "Savollar", "title_be": "Пытанні"}
    section = add_section(draft, version=draft.version, texts=texts, by=by)
    for question in questions:
        add_to(section, question, by=by)
    draft.refresh_from_db()
    return draft


def add_to(section: Any, question: dict[str, Any], *, by: Account) -> Question:
    """One more question at the end."""
    values = dict(question)
    choices, condition = values.pop("choices", ()), values.pop("condition", None)
    section.form.refresh_from_db()
    code = values["code"]
    texts = {
        "label_ru": f"Вопрос {code}",
        "label_en": f"Question {code}",
        "purpose_ru": "Чтобы знать",
        "purpose_en": "To know",
    }
    made = add_question(
        section,
        version=section.form.version,
        values=texts | values,
        choices=[_choice(one) for one in choices],
        by=by,
    )
    if condition is not None:
        made.form.refresh_from_db()
        set_condition(made, version=made.form.version, condition=condition, by=by)
    return made


def _choice(one: Any) -> ChoiceText:
    code, places = one if isinstance(one, tuple) else (one, None)
    return ChoiceText(code, {"ru": f"Выбор {code}", "en": f"Choice {code}"}, places)


def make_form(forum: Forum, *questions: dict[str, Any], by: Account, category: Category | None = None) -> Form:
    """The same, published; nobody is written to."""
    category = category or make_category(forum)
    draft = make_draft(category, *questions, by=by)
    published = publish_form(draft, version=draft.version, by=by, writes=False)
    category.refresh_from_db()
    return published

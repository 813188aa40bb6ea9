"""Answers to a category's questions as programs send them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from registration.actions.answers import Filled
from registration.engine.questions.cleaning import AnswerError
from registration.engine.questions.judging import judge
from registration.engine.questions.words import error_words
from registration.models import Category, Person
from registration.queries.forms import sheet_of, world_of
from registration.queries.questions import facts_of


def filled(category: Category, person: Person, raw: Mapping[str, Any]) -> Filled | None:
    """The answers, cleaned as on the page; None where the category asks nothing. Raises `ValidationError` under `answers`:
    for what is wrong or missing, and for names that the form does not have.
    """
    sheet = sheet_of(category.form_id) if category.form_id else None
    known = sheet.by_code if sheet else {}
    errors = {code: [str(_("This category asks no question of this name."))] for code in raw if code not in known}
    if sheet and category.form_id:
        judged = judge(sheet, raw, facts_of(person, category, category.forum), world_of(sheet))
        errors |= {code: [_words(error)] for code, error in judged.errors.items()}
    if errors:
        raise serializers.ValidationError({"answers": errors})
    return Filled(category.form_id, judged.values) if sheet and category.form_id else None


def _words(error: AnswerError) -> str:
    return " ".join(error_words(error))

"""Answers as columns of a table: what an export or a list may offer to whom, and the cells. Three queries, however many rows."""

from collections.abc import Sequence

from django.db.models import prefetch_related_objects
from django.utils.translation import get_language

from forum.models import Forum
from forum.queries.access import User
from registration.engine.questions.sheet import Item, said
from registration.engine.questions.words import value_words
from registration.models import Answer, Category, Registration
from registration.queries.forms import sheet_of, world_of
from registration.queries.questions import WITH_ANSWERS, may_read


def answer_columns(user: User, forum: Forum) -> dict[str, str]:
    """Code -> question, of all forms in force, in the order of the categories; only those whose answers `user` may read.

    Categories that ask under the same code share a column.
    """
    forms = Category.objects.filter(forum=forum, form__isnull=False).values_list("form_id", flat=True)
    columns: dict[str, str] = {}
    for form_id in forms:
        for item in sheet_of(form_id):
            if may_read(user, item):
                columns.setdefault(item.code, said(item.label, get_language() or "ru"))
    return columns


def answers_in_words(user: User, registrations: Sequence[Registration]) -> dict[int, dict[str, str]]:
    """Key of the registration -> code -> answer in words, also to earlier versions; only what `user` may read."""
    prefetch_related_objects(registrations, WITH_ANSWERS)
    sheets = {a.question.form_id: sheet_of(a.question.form_id) for r in registrations for a in r.answers.all()}
    world = world_of(*sheets.values())

    def item_of(answer: Answer) -> Item:
        return sheets[answer.question.form_id].by_code[answer.code]

    return {
        registration.pk: {
            answer.code: value_words(item_of(answer), answer.content, world)
            for answer in registration.answers.all()
            if may_read(user, item_of(answer))
        }
        for registration in registrations
    }

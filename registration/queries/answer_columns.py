"""Answers as columns of a table: what an export or a list may offer to whom, and the cells. Three queries, however many rows."""

from collections.abc import Collection, Sequence
from functools import partial

from django.db.models import Exists, OuterRef, QuerySet, prefetch_related_objects
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from forum.models import Account, Forum
from forum.queries.access import User
from forum.registry import ExportColumn
from registration.engine.questions.cleaning import World
from registration.engine.questions.sheet import Item, said
from registration.engine.questions.words import value_words
from registration.enums import HOLDS_PLACE
from registration.models import Answer, Category, Registration
from registration.queries.forms import sheet_of, world_of
from registration.queries.questions import WITH_ANSWERS, field_of, may_read

SEE = "registration.view_people"
ANSWERS, SENSITIVE = _("Answers to questions"), _("Sensitive answers: only for whoever cannot do without")
WIDTH = 28


def answer_items(user: User, forum: Forum) -> dict[str, Item]:
    """Code -> question, of all forms in force, in the order of the categories; only those whose answers `user` may read.

    Categories that ask under the same code share a column.
    """
    forms = Category.objects.filter(forum=forum, form__isnull=False).values_list("form_id", flat=True)
    found: dict[str, Item] = {}
    for form_id in forms:
        for item in sheet_of(form_id):
            if may_read(user, item):
                found.setdefault(item.code, item)
    return found


def people_with_answers(forum: Forum, codes: Collection[str], *, category: str = "") -> QuerySet[Registration]:
    """Who comes and has answered one of these questions, by name."""
    answered = Answer.objects.filter(registration=OuterRef("pk"), code__in=codes)
    rows = Registration.objects.filter(Exists(answered), forum=forum, state__in=HOLDS_PLACE)
    rows = rows.filter(person__processing_stopped_at=None, **({"category__code": category} if category else {}))
    return rows.select_related("person", "category").order_by("person__sort_key", "pk")


def answer_columns(account: Account, forum: Forum) -> list[ExportColumn]:
    """The same as columns of a table of people; sensitive ones under a heading of their own, last."""
    items = sorted(answer_items(account, forum).values(), key=lambda item: item.is_sensitive)
    return [
        ExportColumn(
            field_of(item.code),
            SENSITIVE if item.is_sensitive else ANSWERS,
            said(item.label, get_language() or "ru"),
            partial(answer_cells, account, item.code),
            SEE,
            WIDTH,
        )
        for item in items
    ]


def answer_cells(user: User, code: str, registrations: Sequence[Registration]) -> dict[int, str]:
    """Key of the registration -> answer in words, also to an earlier version; of those answers that `user` may read, and
    of nobody who has withdrawn the consent to processing.
    """
    prefetch_related_objects(registrations, WITH_ANSWERS)
    alive = [one for one in registrations if not one.person.processing_stopped_at]
    answers = {one.pk: answer for one in alive for answer in one.answers.all() if answer.code == code}
    sheets = {form_id: sheet_of(form_id) for form_id in {answer.question.form_id for answer in answers.values()}}
    world = world_of(*sheets.values())
    items = {key: sheets[answer.question.form_id].by_code[code] for key, answer in answers.items()}
    return {key: _words(items[key], answer, world) for key, answer in answers.items() if may_read(user, items[key])}


def _words(item: Item, answer: Answer, world: World) -> str:
    return value_words(item, answer.content, world)

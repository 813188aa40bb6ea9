"""Parts of a form once more. The caller holds the lock of the draft and owns the transaction."""

from typing import Any

from django.db.models import Max

from registration.models import Form, Question


def copy_form(source: Form, draft: Form) -> None:
    """Everything that `source` asks. Places stay the same ones within a category; another category opens its own."""
    same_places = source.category_id == draft.category_id
    for section in source.sections.prefetch_related("questions__choices__pool"):
        questions = list(section.questions.all())
        new = _again(section, form=draft)
        for question in questions:
            choices = list(question.choices.all())
            made = _again(question, form=draft, section=new, asks_again=False)
            for choice in choices:
                places = choice.pool.places if choice.pool else None
                _again(choice, question=made, places=places, pool=choice.pool if same_places else None)


def copy_question(question: Question, *, code: str) -> Question:
    """At the end of its section, with places of its own."""
    last = question.section.questions.aggregate(last=Max("position"))["last"]
    made: Question = _again(question, code=code, position=last + 1)
    for choice in question.choices.all():
        _again(choice, question=made, pool=None)
    return made


def _again(row: Any, **changes: Any) -> Any:
    """The same row once more, as one of its own."""
    values = {f.name: getattr(row, f.name) for f in row._meta.concrete_fields if f.name not in ("id", "public_id")}
    return type(row)._default_manager.create(**values | changes)

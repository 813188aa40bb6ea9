"""Writing the next version of a category's form. Every change says which state of the draft it has seen (`version`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from forum.actions.audit import record
from forum.errors import DomainError
from forum.models import Account
from registration.actions.form_copies import copy_form, copy_question
from registration.engine.questions.checking import is_well_formed
from registration.engine.questions.codes import code_from
from registration.engine.questions.conditions import Tree
from registration.models import Category, Choice, Form, Question, Section
from registration.translation import ChoiceTranslation, SectionTranslation


@dataclass(frozen=True)
class ChoiceText:
    """One answer of a choice as the officer writes it; `places` None: as many as like."""

    code: str
    label: Mapping[str, str]
    places: int | None = None


# --- the draft ------------------------------------------------------------------------------------------------------------
@transaction.atomic
def start_draft(category: Category, *, by: Account, like: Form | None = None) -> Form:
    """The draft of the next version, begun as a copy of `like`, else of the version in force. There is one at most: asked
    again, the same.
    """
    category = Category.objects.select_for_update(no_key=True).get(pk=category.pk)
    if draft := category.forms.filter(published_at=None).first():
        return draft
    number = (category.forms.aggregate(last=Max("number"))["last"] or 0) + 1
    draft = Form.objects.create(category=category, number=number)
    if source := like or category.form:
        copy_form(source, draft)
    record("form.started", on=("form", _name(draft)), forum=category.forum, by=by)
    return draft


@transaction.atomic
def discard_draft(draft: Form, *, version: int, by: Account) -> None:
    """Throw a draft away; the version in force stays."""
    draft = lock_draft(draft, version)
    record("form.discarded", on=("form", _name(draft)), forum=draft.category.forum, by=by)
    draft.delete()


def lock_draft(draft: Form, version: int) -> Form:
    """The draft with its row locked. Raises `DomainError`: `form.stale` (409), and `form.published` where it is no draft."""
    found = Form.objects.select_for_update(of=("self",)).select_related("category__forum").filter(pk=draft.pk).first()
    if found is None or not found.is_draft:
        raise DomainError(
            "form.published", _("This version is published or was thrown away; it can no longer be changed.")
        )
    if found.version != version:
        raise DomainError(
            "form.stale", _("Somebody changed this draft meanwhile. Look at both versions, then save again.")
        )
    return found


def changed(draft: Form, what: str, *, by: Account, **data: Any) -> None:
    """The locked draft has changed: its next version, and the line of the log."""
    draft.version += 1
    draft.save(update_fields=["version"])
    record(f"form.{what}", on=("form", _name(draft)), forum=draft.category.forum, by=by, **data)


def _name(form: Form) -> str:
    return f"{form.category.code}:{form.number}"


# --- sections -------------------------------------------------------------------------------------------------------------
@transaction.atomic
def add_section(draft: Form, *, version: int, texts: Mapping[str, str], by: Account) -> Section:
    """A new section at the end. `texts` maps translated columns (`title_ru`, …) to text."""
    draft = lock_draft(draft, version)
    section = Section.objects.create(form=draft, position=_next(draft.sections), **_only(texts, SectionTranslation))
    changed(draft, "section_added", by=by)
    return section


@transaction.atomic
def edit_section(section: Section, *, version: int, texts: Mapping[str, str], by: Account) -> Section:
    """Other words."""
    draft = lock_draft(section.form, version)
    _write(section, _only(texts, SectionTranslation))
    changed(draft, "section_changed", by=by)
    return section


# --- questions ------------------------------------------------------------------------------------------------------------
@transaction.atomic
def add_question(
    section: Section, *, version: int, values: Mapping[str, Any], choices: Sequence[ChoiceText] = (), by: Account
) -> Question:
    """A new question at the end of its section. Raises `DomainError`: `form.code_taken`, `form.condition`."""
    draft = lock_draft(section.form, version)
    _refuse_taken(draft, values["code"], None)
    _refuse_malformed(values.get("condition"))
    question = Question.objects.create(form=draft, section=section, position=_next(section.questions), **values)
    _write_choices(question, choices)
    changed(draft, "question_added", by=by, code=question.code)
    return question


@transaction.atomic
def edit_question(
    question: Question, *, version: int, values: Mapping[str, Any], choices: Sequence[ChoiceText] = (), by: Account
) -> Question:
    """Other words, another kind, other choices. A choice keeps its places under the same code. Raises as `add_question`."""
    draft = lock_draft(question.form, version)
    _refuse_taken(draft, values.get("code", question.code), question)
    _refuse_malformed(values.get("condition"))
    _write(question, values)
    _write_choices(question, choices)
    changed(draft, "question_changed", by=by, code=question.code)
    return question


def _refuse_taken(draft: Form, code: str, question: Question | None) -> None:
    others = draft.questions.filter(code=code)
    if (others.exclude(pk=question.pk) if question else others).exists():
        words = _("Another question of this form has this name already.")
        raise DomainError("form.code_taken", words, fields={"code": words})


def _refuse_malformed(condition: Tree | None) -> None:
    if condition is not None and not is_well_formed(condition):
        words = _("This condition is too large or cannot be read.")
        raise DomainError("form.condition", words, status=422, fields={"condition": words})


def _write_choices(question: Question, choices: Sequence[ChoiceText]) -> None:
    pools = dict(question.choices.values_list("code", "pool_id"))
    question.choices.all().delete()
    for position, choice in enumerate(choices):
        texts = _only({f"label_{code}": text for code, text in choice.label.items()}, ChoiceTranslation)
        pool = pools.get(choice.code) if choice.places is not None else None
        Choice.objects.create(
            question=question, position=position, code=choice.code, places=choice.places, pool_id=pool, **texts
        )


@transaction.atomic
def set_condition(question: Question, *, version: int, condition: Tree | None, by: Account) -> Question:
    """For whom the question is there; None: for everybody. Raises `DomainError` for what is no condition at all; whether
    it makes sense is asked when the form is published.
    """
    draft = lock_draft(question.form, version)
    _refuse_malformed(condition)
    _write(question, {"condition": condition})
    changed(draft, "condition_changed", by=by, code=question.code)
    return question


# --- both -----------------------------------------------------------------------------------------------------------------
@transaction.atomic
def remove(row: Section | Question, *, version: int, by: Account) -> None:
    """Take a section with its questions, or one question, out of the draft. Answers to earlier versions stay."""
    draft = lock_draft(row.form, version)
    row.delete()
    changed(draft, "section_removed" if isinstance(row, Section) else "question_removed", by=by)


@transaction.atomic
def duplicate(question: Question, *, version: int, by: Account) -> Question:
    """The same question once more, right behind it, under a name of its own."""
    draft = lock_draft(question.form, version)
    taken = set(draft.questions.values_list("code", flat=True))
    copy = copy_question(question, code=code_from(question.code, taken=taken, otherwise="question"))
    _put(copy, list(question.section.questions.all()), at=question.position + 1)
    changed(draft, "question_added", by=by, code=copy.code)
    return copy


@transaction.atomic
def move_by(row: Section | Question, *, steps: int, version: int, by: Account) -> None:
    """Earlier (below zero) or later among its neighbours; at the end it stays where it is."""
    draft = lock_draft(row.form, version)
    neighbours = list(draft.sections.all() if isinstance(row, Section) else row.section.questions.all())
    _put(row, neighbours, at=max(neighbours.index(row) + steps, 0))
    changed(draft, "order_changed", by=by)


def _put(row: Section | Question, neighbours: Sequence[Any], *, at: int) -> None:
    """Among its neighbours, of whom it is one; their places are counted anew."""
    others = [one for one in neighbours if one.pk != row.pk]
    for position, one in enumerate([*others[:at], row, *others[at:]]):
        type(one).objects.filter(pk=one.pk).update(position=position)


def _next(rows: Any) -> int:
    last: int | None = rows.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def _only(texts: Mapping[str, str], options: Any) -> dict[str, str]:
    """The translated columns of `texts`; anything else has no business there."""
    return {name: text for name, text in texts.items() if name.rpartition("_")[0] in options.fields}


def _write(row: Any, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()

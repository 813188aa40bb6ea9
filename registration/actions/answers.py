"""Keeping answers to the questions of a category, and the places that some of them take.

A draft holds no place: places are taken when the application is sent, and from then on whenever an answer changes. The
caller holds the locks of the person and the registration (`registration.actions.state.lock`) and owns the transaction.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from forum.errors import DomainError
from registration.actions.answer_files import bind_files, drop_files, refuse_foreign_files
from registration.actions.places import release, take_place
from registration.engine.questions.cleaning import AnswerError, clean
from registration.engine.questions.sheet import Item, Sheet
from registration.engine.questions.showing import shown
from registration.engine.questions.words import error_words, value_words
from registration.enums import ClaimState, PoolKind
from registration.models import Answer, AnswerFile, Category, Claim, Pool, Registration
from registration.queries.forms import sheet_of, world_of
from registration.queries.questions import (
    answers_of,
    asked_of,
    facts_of,
    field_of,
    forget_answers,
    held_pools,
    places_left,
)


@dataclass(frozen=True)
class Filled:
    """Cleaned answers by code (None for nothing), and the version of the form that was filled in."""

    form_id: int
    values: Mapping[str, Any]


def write_answers(registration: Registration, filled: Filled) -> list[str]:
    """Keep what applies, forget what does not. Gives the names of what changed.

    Raises `DomainError("questions.changed")` when another version of the form is in force by now.
    """
    _refuse_other_version(registration, filled)
    sheet, stored = sheet_of(filled.form_id), _stored(registration)
    known = {code: answer.content for code, answer in stored.items()} | dict(filled.values)
    facts = facts_of(registration.person, registration.category, registration.forum)
    applying = {item.code for item in shown(sheet, facts, known)}
    kept = {code: v for code, v in filled.values.items() if v is not None and code in applying}
    gone = {code for code in stored if code in sheet.by_code and code not in applying}
    gone |= {code for code, value in filled.values.items() if value is None and code in stored}
    refuse_foreign_files(registration, sheet, kept)
    changed = _keep(registration, sheet, kept, stored)
    bind_files(registration, sheet, changed)
    return _named(changed | _forget(registration, gone))


def _refuse_other_version(registration: Registration, filled: Filled) -> None:
    in_force = Category.objects.values_list("form_id", flat=True).get(pk=registration.category_id)
    if in_force != filled.form_id:
        raise DomainError(
            "questions.changed",
            _("The organisers have changed the questions meanwhile. Please look through them again."),
        )


def _stored(registration: Registration) -> dict[str, Answer]:
    return {answer.code: answer for answer in answers_of(registration)}


def _keep(
    registration: Registration, sheet: Sheet, values: Mapping[str, Any], stored: Mapping[str, Answer]
) -> set[str]:
    changed: set[str] = set()
    new = []
    for code, value in values.items():
        answer, item = stored.get(code), sheet.by_code[code]
        if answer and answer.question_id == item.pk and answer.content == value:
            continue
        changed.add(code)
        if answer is None:
            answer = Answer(registration=registration)
            new.append(answer)
        answer.write(value, item=item)
        if answer.pk:
            answer.save()
    Answer.objects.bulk_create(new)
    forget_answers(registration)
    return changed


def _forget(registration: Registration, codes: set[str]) -> set[str]:
    if codes:
        drop_files(AnswerFile.objects.filter(registration=registration, code__in=codes))
        Answer.objects.filter(registration=registration, code__in=codes).delete()
        forget_answers(registration)
    return codes


def drop_answers(registration: Registration, codes: set[str]) -> None:
    """Forget these answers: they came from elsewhere and go again."""
    _forget(registration, codes)


def _named(codes: Iterable[str]) -> list[str]:
    """As the audit names them."""
    return [f"answer.{code}" for code in sorted(codes)]


def forget_hidden(registration: Registration) -> list[str]:
    """Another citizenship may hide questions: their answers are not kept. Gives the names of what changed."""
    asked = asked_of(registration)
    if asked is None:
        return []
    applying = {item.code for item in asked.items}
    gone = _forget(registration, set(asked.given) - applying)
    if gone:
        hold_choices(registration, softly=True)
    return _named(gone)


def carry_over(registration: Registration) -> list[str]:
    """The category has changed: what the new form asks alike is kept, everything else forgotten. Gives what changed.

    Only for drafts and applications sent back: places that answers hold are given back, and taken anew by sending.
    """
    stored = _stored(registration)
    if not stored:
        return []
    form_id = registration.category.form_id
    sheet = sheet_of(form_id) if form_id else Sheet(0, ())
    world = world_of(sheet)
    kept = {code: answer.content for code, answer in stored.items() if fits(sheet.by_code.get(code), answer, world)}
    changed = _forget(registration, set(stored) - set(kept)) | _keep(registration, sheet, kept, stored)
    release_choices(registration)
    return sorted({*_named(changed), *forget_hidden(registration)})


def fits(item: Item | None, answer: Answer, world: Any) -> bool:
    """Whether a stored answer is one to this question as it is asked now."""
    try:
        return item is not None and clean(item, answer.content, world) == answer.content
    except AnswerError:
        return False


# --- places ---------------------------------------------------------------------------------------------------------------
def hold_choices(registration: Registration, *, softly: bool = False) -> None:
    """Take the places of what was chosen and give back those of what no longer is, pools in their order.

    Raises `DomainError("questions.full")` naming the answer; `softly`: whoever finds it full is asked to answer again.
    """
    wanted = _wanted(registration)
    held = {claim.pool_id: claim for claim in _claims(registration)}
    pools = Pool.objects.in_bulk(wanted.keys() - held.keys())
    for key in sorted(wanted.keys() | held.keys()):
        if key not in wanted:
            release(held[key])
        elif key not in held:
            _take(pools[key], registration, *wanted[key], softly=softly)
    forget_answers(registration)


def _wanted(registration: Registration) -> dict[int, tuple[Item, str]]:
    """Key of a pool -> the question and the choice that wants a place in it."""
    found: dict[int, tuple[Item, str]] = {}
    for answer in answers_of(registration):
        item = sheet_of(answer.question.form_id).by_code[answer.code]
        for option in item.options:
            if option.pool_id and option.pool_id in item.pools_of(answer.content):
                found[option.pool_id] = (item, option.code)
    return found


def _claims(registration: Registration) -> list[Claim]:
    mine = Claim.objects.filter(person=registration.person, pool__kind=PoolKind.CHOICE, state=ClaimState.HELD)
    return list(mine.select_related("pool").order_by("pool_id"))


def _take(pool: Pool, registration: Registration, item: Item, code: str, *, softly: bool) -> None:
    try:
        take_place(pool, person=registration.person)
    except DomainError as refusal:
        if refusal.code != "places.full":
            raise
        if not softly:
            raise _full(item, code) from refusal


def _full(item: Item, code: str) -> DomainError:
    reason, remedy = error_words(AnswerError("full", choice=value_words(item, code, world_of())))
    return DomainError("questions.full", f"{reason} {remedy}", fields={field_of(item.code): f"{reason} {remedy}"})


def release_choices(registration: Registration) -> None:
    """Give back every place that an answer holds."""
    for claim in _claims(registration):
        release(claim)


def refuse_full(registration: Registration, filled: Filled) -> None:
    """A draft holds no place, but need not choose what is gone. Raises `DomainError("questions.full")`."""
    sheet = sheet_of(filled.form_id)
    wanted = {key: item for item in sheet for key in item.pools_of(filled.values.get(item.code))}
    if not wanted:
        return
    left = places_left(sheet)
    held = held_pools(wanted, registration.person).get(registration.person_id, set())
    for key, item in wanted.items():
        if not left[key] and key not in held:
            raise _full(item, sheet.pools[key].code)

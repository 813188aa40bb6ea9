"""One person's answers beside the form in force: what applies to them, what is answered, what is missing.

A category without a form asks the database nothing: `Category.form_id` is in hand wherever an application is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _

from forum.enums import Role
from forum.models import Forum
from forum.queries.access import User, has_role
from registration.engine.questions.cleaning import MISSING, AnswerError, World
from registration.engine.questions.conditions import Facts
from registration.engine.questions.judging import Given, good_values, owed
from registration.engine.questions.sheet import Item, Sheet
from registration.engine.questions.showing import shown
from registration.engine.questions.words import error_words, value_words
from registration.enums import EDITABLE, UNDER_WAY, ClaimState
from registration.models import Answer, Category, Claim, Person, Pool, Registration
from registration.queries.forms import sheet_of, world_of
from registration.validators import missing_answers

PREFIX = "q_"
"""What a question is called among the other answers: in forms, in refusals, in addresses of a page."""
_COLUMNS = ("public_id", "registration", "code", "value", "sealed", "answered_at", "question__form__number")
WITH_ANSWERS = Prefetch("answers", Answer.objects.select_related("question__form").only(*_COLUMNS))
"""For lists of applications whose answers are shown."""
_KEPT = "_asked"


ROOM_READERS = (Role.PROGRAMME_EDITOR, Role.VISIT_COORDINATOR, Role.CHECKIN_SUPERVISOR)
"""Roles that know people of the whole forum, but not the applications: they read answers in a room of their own."""
READERS = (Role.ACCREDITATION_OFFICER, *ROOM_READERS)
"""Whom a question may name to read its answers beside the organisers."""


def field_of(code: str) -> str:
    """The name of the field."""
    return f"{PREFIX}{code}"


def answers_of(registration: Registration) -> list[Answer]:
    """Every stored answer, also to questions that are no longer asked; read once for one object."""
    prefetch_related_objects([registration], WITH_ANSWERS)
    return list(registration.answers.all())


def forget_answers(registration: Registration) -> None:
    """They have changed: whatever this object has read is old."""
    registration.__dict__.pop(_KEPT, None)
    registration.__dict__.get("_prefetched_objects_cache", {}).pop("answers", None)


def may_read(user: User, item: Item) -> bool:
    """Whether a member of the team sees answers to this question: whoever it names, else the accreditation officers."""
    return has_role(user, *(Role(name) for name in item.visible_to or (Role.ACCREDITATION_OFFICER,)))


def read_by(user: User, registration: Registration) -> dict[str, Any]:
    """Stored answers by code, of those questions whose answers `user` may see."""
    return {
        answer.code: answer.content
        for answer in answers_of(registration)
        if may_read(user, sheet_of(answer.question.form_id).by_code[answer.code])
    }


def facts_of(person: Person, category: Category, forum: Forum) -> Facts:
    """What conditions may look at beside answers; the age on the forum's first day, where the birth date is known."""
    born, first = person.birth_date, forum.starts_on
    age = first.year - born.year - ((first.month, first.day) < (born.month, born.day)) if born else None
    return Facts(citizenship=person.citizenship, category=category.code, age=age)


@dataclass
class Asked:
    """A person before a form."""

    sheet: Sheet
    given: Mapping[str, Given]
    facts: Facts
    world: World

    @cached_property
    def values(self) -> dict[str, Any]:
        """What is stored, by code."""
        return {code: one.value for code, one in self.given.items()}

    @cached_property
    def items(self) -> list[Item]:
        """The questions that apply."""
        return shown(self.sheet, self.facts, self.values)

    @cached_property
    def owed(self) -> list[Item]:
        """Those that have to be answered, or answered again."""
        return owed(self.sheet, self.given, self.facts, self.world)

    @cached_property
    def good(self) -> dict[str, Any]:
        """Values that still are answers."""
        return good_values(self.sheet, self.given, self.world)

    def missing(self) -> dict[str, str]:
        """Field -> what to do."""
        return {field_of(item.code): self._remedy(item) for item in self.owed}

    def _remedy(self, item: Item) -> str:
        given = self.given.get(item.code)
        if given is None:
            return error_words(AnswerError(MISSING.get(item.kind, "missing")))[1]
        if given.placeless:
            chosen = value_words(item, given.value, self.world)
            return " ".join(error_words(AnswerError("full", choice=chosen)))
        return _("The question has changed: please answer it again.")


def asked_of(registration: Registration) -> Asked | None:
    """Where the person stands with the form of their category; None where it asks nothing. Kept with the object."""
    if registration.category.form_id is None:
        return None
    if _KEPT not in registration.__dict__:
        gather([registration])
    kept: Asked = registration.__dict__[_KEPT]
    return kept


def gather(registrations: Sequence[Registration]) -> None:
    """Have `asked_of` ready for a whole list: four queries at most, however long it is."""
    asking = [registration for registration in registrations if registration.category.form_id]
    sheets = {form_id: sheet_of(form_id) for registration in asking if (form_id := registration.category.form_id)}
    if not sheets:
        return
    prefetch_related_objects(asking, WITH_ANSWERS)
    world, left = world_of(*sheets.values()), places_left(*sheets.values())
    held = held_pools(left, *(registration.person for registration in asking)) if left else {}
    for registration in asking:
        sheet = sheets[registration.category.form_id or 0]
        lost = _placeless(registration, sheet, left) - held.get(registration.person_id, set())
        registration.__dict__[_KEPT] = before(registration, sheet, world=world, lost=lost)


def _placeless(registration: Registration, sheet: Sheet, left: Mapping[int, int]) -> set[int]:
    """Pools of the form in which nobody stays as they answered without a place of their own: a draft only where none is
    to be had by sending, a sent application anyway.
    """
    return {key for key in sheet.pools if registration.state not in EDITABLE or not left[key]}


def before(registration: Registration, sheet: Sheet, *, world: World, lost: set[int]) -> Asked:
    """The person before any sheet. `lost`: keys of pools in which they cannot stay as they answered."""
    given = {
        answer.code: Given(answer.content, answer.question.form.number, placeless=_is_lost(answer, sheet, lost))
        for answer in answers_of(registration)
        if answer.code in sheet.by_code
    }
    return Asked(sheet, given, facts_of(registration.person, registration.category, registration.forum), world)


def _is_lost(answer: Answer, sheet: Sheet, lost: set[int]) -> bool:
    return bool(lost) and bool(sheet.by_code[answer.code].pools_of(answer.content) & lost)


def held_pools(pools: Iterable[int], *people: Person) -> dict[int, set[int]]:
    """Key of a person -> in which of these pools they have a place."""
    found: dict[int, set[int]] = {}
    claims = Claim.objects.filter(pool__in=pools, person__in=people, state=ClaimState.HELD)
    for person_id, pool_id in claims.values_list("person_id", "pool_id"):
        found.setdefault(person_id, set()).add(pool_id)
    return found


def places_left(*sheets: Sheet) -> dict[int, int]:
    """Key of the pool -> places that can still be taken; nothing is asked where no answer has places."""
    keys = {key for sheet in sheets for key in sheet.pools}
    return {pool.pk: pool.left for pool in Pool.objects.filter(pk__in=keys)} if keys else {}


def missing_of(registration: Registration) -> dict[str, str]:
    """Field -> what to do, for everything without which the application cannot be sent."""
    asked = asked_of(registration)
    return missing_answers(registration) | (asked.missing() if asked else {})


def has_questions(registration: Registration) -> bool:
    """Whether any question applies to this person."""
    asked = asked_of(registration)
    return asked is not None and bool(asked.items)


def is_begun(registration: Registration) -> bool:
    """Whether any question of the form has an answer."""
    asked = asked_of(registration)
    return asked is not None and bool(asked.given)


def owes_answers(registration: Registration) -> bool:
    """Whether an application that was sent has questions to be answered, or answered again."""
    if registration.state not in UNDER_WAY:
        return False
    asked = asked_of(registration)
    return asked is not None and bool(asked.owed)

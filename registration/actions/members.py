"""What a head does with the people of their delegation: add one, withdraw one, remind whoever something is missing of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.actions.audit import record
from forum.actions.bell import hurry_lane
from forum.actions.messages import queue_message
from forum.enums import Lane, Role
from forum.errors import DomainError
from forum.models import Account
from forum.queries.access import has_role
from registration.actions.import_rows import writer_of
from registration.actions.notices import letter_context
from registration.actions.state import lock, move
from registration.engine.imports.rows import Row, known_by
from registration.engine.imports.values import read_values
from registration.engine.imports.words import ROWS
from registration.enums import ImportOutcome, RegistrationState
from registration.models import Category, Delegation, ImportRun, PlaceHolder, Registration
from registration.queries.delegations import REMINDER, awaited_of, reminded_today, today
from registration.queries.imports import categories_for, places_of

WITHDRAWN = "registration.withdrawn_by_head"


@dataclass(frozen=True, kw_only=True)
class Added:
    """Who was written down, and whether a place kept without a name was put by for them."""

    registration: Registration
    has_place: bool


@transaction.atomic(durable=True)
def add_member(
    delegation: Delegation, *, category: Category, language: str, texts: Mapping[str, str], by: Account
) -> Added:
    """Write one person down exactly as a row of a list does: a draft that waits for their own consent, and a letter with
    their own link, if they have an address. `texts` are what was typed, by the names of a list's columns.

    Raises `DomainError` with one message for each text that cannot be taken, and for somebody who is here already.
    """
    if not categories_for(delegation).filter(pk=category.pk).exists():
        raise _refused("category", "category_unknown")
    row = _row(delegation, category, texts)
    run = ImportRun.objects.create(
        forum=delegation.forum,
        by=by,
        kind=ImportRun.HAND,
        columns=[],
        category=category,
        delegation=delegation,
        language=language,
        rows_count=1,
        started_at=now(),
        finished_at=now(),
    )
    [written] = writer_of(run, by=by).put([row])
    if written.outcome != ImportOutcome.NEW or written.registration is None:
        raise _refused("email" if row.answers.get("email") else "surname", "already_here")
    hurry_lane(Lane.BULK)
    has_place = PlaceHolder.objects.live().filter(registration=written.registration).exists()
    return Added(registration=written.registration, has_place=has_place)


def _row(delegation: Delegation, category: Category, texts: Mapping[str, str]) -> Row:
    said = read_values(texts, places=places_of(delegation.forum, category=category, delegation=delegation))
    if said.errors:
        fields = {name: _words(code) for name, code in reversed(said.errors)}
        raise DomainError("member.invalid", _("Please correct what is marked."), fields=fields, status=422)
    return Row(1, (), said.answers, (), known_by(said.answers), "")


def _words(code: str) -> str:
    reason, remedy = ROWS[code]
    return f"{reason} {remedy}"


def _refused(field: str, code: str) -> DomainError:
    return DomainError(f"member.{code}", _words(code), fields={field: _words(code)})


@transaction.atomic(durable=True)
def withdraw_member(registration: Registration, *, reason: str, by: Account) -> Registration:
    """The person does not come with the delegation: the place goes back and every badge dies. Safe to ask twice.

    They are told by a letter, with the reason; nobody is written to about a draft. Raises `DomainError` for somebody who was
    blocked or has left in another way.
    """
    if not reason.strip():
        message = _("Say why: the person reads it in the letter.")
        raise DomainError("member.reason_missing", message, fields={"reason": message}, status=422)
    registration = lock(registration)
    if registration.state == RegistrationState.CANCELLED:
        return registration
    if registration.state == RegistrationState.BLOCKED:
        raise DomainError("member.blocked", _("This person was blocked by the organisers: write to them."))
    tell = registration.state != RegistrationState.DRAFT and _is_reachable(registration)
    step = move(registration, RegistrationState.CANCELLED, by=by, note=reason.strip(), tell=False)
    if tell:
        queue_message(
            WITHDRAWN,
            about=("registration", registration.ref),
            occasion=f"move:{step.pk}",
            to=registration.person.email,
            language=registration.language,
            forum=registration.forum,
            context=letter_context(registration)
            | {"note": step.note, "by_team": has_role(by, Role.ACCREDITATION_OFFICER)},
        )
    return registration


@transaction.atomic(durable=True)
def remind(registrations: Sequence[Registration], *, by: Account) -> int:
    """Write to everybody of whom something is missing, in their language, with their own link: at most once on a day of
    the forum's calendar, whoever presses the button. Returns how many letters were written now.
    """
    awaited = awaited_of(registrations)
    told = [one for one in registrations if awaited[one.pk] and _is_reachable(one)]
    before = reminded_today(told)
    written = [one for one in told if one.ref not in before]
    for one in written:
        queue_message(
            REMINDER,
            about=("registration", one.ref),
            occasion=today(),
            to=one.person.email,
            language=one.language,
            forum=one.forum,
            context=letter_context(one) | {"awaited": awaited[one.pk]},
            lane=Lane.BULK,
            hurry=False,
        )
        record("registration.reminded", on=("registration", one.ref), forum=one.forum, by=by)
    if written:
        hurry_lane(Lane.BULK)
    return len(written)


def _is_reachable(registration: Registration) -> bool:
    return bool(registration.person.email) and registration.person.processing_stopped_at is None

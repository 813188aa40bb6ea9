"""Key fields of an application that was sent: asked for by the person, accepted or declined by an officer, told by a letter."""

from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.actions.audit import record
from forum.actions.messages import queue_message
from forum.errors import DomainError
from forum.models import Account
from registration.actions.corrections import write_correction
from registration.actions.notices import letter_context
from registration.actions.state import lock, refuse_stopped
from registration.enums import UNDER_WAY, ChangeState, KeyField, RegistrationState
from registration.models import Category, ChangeRequest, Registration
from registration.queries.changes import stored_value

ACCEPTED, DECLINED = "registration.change_accepted", "registration.change_declined"


@transaction.atomic(durable=True)
def ask_for_change(
    registration: Registration, *, field: KeyField, value: str, why: str, by: Account | None
) -> ChangeRequest:
    """Ask the officers for another value of a key field; countries and categories by their codes.

    Raises `DomainError`: `change.not_locked` while the person may still correct it alone, `change.same` for what is there
    already, `change.open` while an earlier request for this field waits.
    """
    registration = lock(registration)
    refuse_stopped(registration)
    if registration.state not in UNDER_WAY:
        raise DomainError("change.not_locked", _("This is asked for only after the application is sent."))
    if stored_value(registration, field) == value:
        refusal = _("This is what we have already.")
        raise DomainError("change.same", refusal, fields={"value": refusal})
    if ChangeRequest.objects.filter(registration=registration, field=field, state=ChangeState.OPEN).exists():
        raise DomainError("change.open", _("Your earlier request about this is still with the organisers."))
    made = ChangeRequest.objects.create(registration=registration, field=field, value=value, why=why)
    _note("registration.change_asked", made, by=by, as_applicant=True)
    return made


@transaction.atomic(durable=True)
def take_request_back(change: ChangeRequest, *, by: Account | None) -> bool:
    """The person no longer wants it. False when it is decided already."""
    lock(change.registration)
    change = _locked(change)
    if change.state != ChangeState.OPEN:
        return False
    _end(change, ChangeState.WITHDRAWN, by=None)
    _note("registration.change_withdrawn", change, by=by, as_applicant=True)
    return True


@transaction.atomic(durable=True)
def accept_change(change: ChangeRequest, *, by: Account) -> ChangeRequest:
    """The key field gets its new value, as by a correction: rooms above hear of it, a badge becomes stale.

    Accepting twice is accepting once. Raises `DomainError`: `change.over` when it was decided otherwise, `places.full` when
    the other category has no place.
    """
    registration = lock(change.registration)
    change = _locked(change)
    if change.state == ChangeState.ACCEPTED:
        return change
    _refuse_over(change)
    _refuse_left(registration)
    answers = {change.field: _value(registration, change)}
    write_correction(registration, answers, reason=_("The person asked for it."), by=by)
    _end(change, ChangeState.ACCEPTED, by=by)
    _tell(ACCEPTED, registration, change)
    return change


@transaction.atomic(durable=True)
def decline_change(change: ChangeRequest, *, answer: str, by: Account) -> ChangeRequest:
    """Everything stays; the person reads why. Declining twice is declining once, with the first words.

    Raises `DomainError`: `change.no_reason` without one, `change.over` when it was decided otherwise.
    """
    if not answer.strip():
        raise DomainError("change.no_reason", _("Say why."), fields={"answer": _("Write a message.")})
    registration = lock(change.registration)
    change = _locked(change)
    if change.state == ChangeState.DECLINED:
        return change
    _refuse_over(change)
    change.answer = answer.strip()
    _end(change, ChangeState.DECLINED, by=by)
    _note("registration.change_declined", change, by=by)
    _tell(DECLINED, registration, change)
    return change


def end_requests(registration: Registration) -> None:
    """Nobody comes any more: what was asked for is forgotten. Part of the move."""
    for change in ChangeRequest.objects.filter(registration=registration, state=ChangeState.OPEN):
        _end(change, ChangeState.WITHDRAWN, by=None)


def _locked(change: ChangeRequest) -> ChangeRequest:
    rows = ChangeRequest.objects.select_for_update(of=("self",)).select_related("registration__forum")
    return rows.get(pk=change.pk)


def _refuse_over(change: ChangeRequest) -> None:
    if change.state != ChangeState.OPEN:
        state = ChangeState(change.state).label
        raise DomainError("change.over", _("This request is over already: %(state)s.") % {"state": state})


def _refuse_left(registration: Registration) -> None:
    if registration.state not in UNDER_WAY:
        state = RegistrationState(registration.state).label
        raise DomainError(
            "registration.move_refused",
            _("This is no longer possible: the application is now “%(state)s”.") % {"state": state},
        )


def _value(registration: Registration, change: ChangeRequest) -> Any:
    if change.field != KeyField.CATEGORY:
        return change.value or ""
    return Category.objects.select_related("pool").get(forum=registration.forum, code=change.value)


def _end(change: ChangeRequest, state: ChangeState, *, by: Account | None) -> None:
    change.state, change.value, change.ended_at, change.decided_by = state, None, now(), by
    change.save(update_fields=["state", "value", "answer", "ended_at", "decided_by"])


def _note(action: str, change: ChangeRequest, *, by: Account | None, as_applicant: bool = False) -> None:
    record(
        action,
        on=("registration", change.registration.ref),
        forum=change.registration.forum,
        by=by,
        as_applicant=as_applicant,
        changed=[change.field],
    )


def _tell(reason: str, registration: Registration, change: ChangeRequest) -> None:
    """One letter in the person's language. The new value is not in it: letters are kept and passed on."""
    if not registration.person.email:
        return
    with translation.override(registration.language):
        field = str(KeyField(change.field).label)
    queue_message(
        reason,
        about=("registration", registration.ref),
        occasion=f"change:{change.public_id}",
        to=registration.person.email,
        language=registration.language,
        forum=registration.forum,
        context=letter_context(registration) | {"field": field, "answer": change.answer},
    )

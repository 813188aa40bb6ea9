"""What an accreditation officer decides. Each decision is safe to ask for twice and tells the applicant (not before
`tell_at`, where it is given).
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from forum.actions.patience import busy_in_words
from forum.errors import DomainError
from forum.models import Account
from registration.actions.checks import note_decision
from registration.actions.confirming import set_deadline
from registration.actions.hand_over_ends import end_replaced
from registration.actions.participation import (
    full,
    join_participation,
    pass_participation,
    refuse_other_group,
    take_participation,
)
from registration.actions.state import lock, move, refuse_impossible
from registration.enums import HOLDS_PLACE, RegistrationState
from registration.models import Registration
from registration.queries.hand_over import giver_of

HANDED_OVER = "handed_over"
"""Note of the move that takes the place from who has handed it over; pages show a sentence for it."""


def approve(
    registration: Registration, *, by: Account | None, note: str = "", tell_at: datetime | None = None
) -> Registration:
    """Give the person a place of their group's quota or of the category. Approving twice is approving once.

    A substitute whom a delegate has named gets that delegate's place. Raises `DomainError("places.full")` when places are
    used up; the officer may then put the person in line; and what `note_decision` raises where the category asks for two
    glances.
    """
    giver = giver_of(registration)
    if giver and _fits(giver, registration):
        return replace(giver, substitute=registration, by=by, reason=HANDED_OVER, note=note)
    return _approve(registration, by=by, note=note, tell_at=tell_at)


@busy_in_words
@transaction.atomic(durable=True)
def _approve(registration: Registration, *, by: Account | None, note: str, tell_at: datetime | None) -> Registration:
    registration = lock(registration)
    if registration.state in HOLDS_PLACE:
        return registration
    refuse_impossible(registration, RegistrationState.APPROVED)
    note_decision(registration, by=by)
    take_participation(registration)
    _note_approval(registration, by=by, note=note, tell_at=tell_at)
    return registration


def approve_if_free(registration: Registration) -> None:
    """Categories that need no review: approved at once while there are places, else put in line.

    Part of the sending; the caller holds the locks and owns the transaction.
    """
    giver = giver_of(registration)
    if giver and _fits(giver, registration):
        _pass_on(lock(giver), registration, by=None, reason=HANDED_OVER)
        return
    try:
        take_participation(registration)
    except DomainError as refusal:
        if refusal.code != "places.full":
            raise
        move(registration, RegistrationState.WAITLISTED, by=None)
        join_participation(registration)
        return
    _note_approval(registration, by=None)


def _note_approval(
    registration: Registration, *, by: Account | None, note: str = "", tell_at: datetime | None = None
) -> None:
    """From here the delegate has until `confirm_by` to say “I am coming”; whoever cannot be written to says it at the desk."""
    set_deadline(registration)
    move(registration, RegistrationState.APPROVED, by=by, note=note, tell_at=tell_at)


@busy_in_words
@transaction.atomic(durable=True)
def put_in_line(
    registration: Registration, *, by: Account, note: str = "", tell_at: datetime | None = None
) -> Registration:
    """No place now: the person waits, and is offered one that is given back. Safe to ask twice."""
    registration = lock(registration)
    if registration.state == RegistrationState.WAITLISTED:
        return registration
    refuse_impossible(registration, RegistrationState.WAITLISTED)
    note_decision(registration, by=by)
    move(registration, RegistrationState.WAITLISTED, by=by, note=note, tell_at=tell_at)
    join_participation(registration)
    return registration


@transaction.atomic(durable=True)
def ask_for_changes(
    registration: Registration, *, by: Account, note: str, tell_at: datetime | None = None
) -> Registration:
    """Send the application back with a message that says what to change. The message is required."""
    if not note.strip():
        raise DomainError(
            "registration.note_missing", _("Say what has to be changed."), fields={"note": _("Write a message.")}
        )
    registration = lock(registration)
    move(registration, RegistrationState.NEEDS_CHANGES, by=by, note=note.strip(), tell_at=tell_at)
    return registration


@transaction.atomic(durable=True)
def reject(registration: Registration, *, by: Account, note: str = "", tell_at: datetime | None = None) -> Registration:
    """Decline an application. Safe to ask twice."""
    registration = lock(registration)
    if registration.state != RegistrationState.REJECTED:
        refuse_impossible(registration, RegistrationState.REJECTED)
        note_decision(registration, by=by)
        move(registration, RegistrationState.REJECTED, by=by, note=note.strip(), tell_at=tell_at)
    return registration


@transaction.atomic(durable=True)
def reopen(registration: Registration, *, by: Account) -> Registration:
    """Take a rejection back: the application is under review again. The applicant is told by the next decision."""
    registration = lock(registration)
    if registration.state != RegistrationState.SUBMITTED:
        move(registration, RegistrationState.SUBMITTED, by=by, tell=False)
    return registration


@transaction.atomic(durable=True)
def confirm_for(registration: Registration, *, by: Account) -> Registration:
    """Somebody who cannot be written to has said at the desk, or by telephone, that they are coming. Safe to ask twice.

    Raises `DomainError("registration.confirms_alone")` for a person with an email: they confirm by their own link.
    """
    registration = lock(registration)
    if registration.state == RegistrationState.CONFIRMED:
        return registration
    if registration.person.email:
        raise DomainError("registration.confirms_alone", _("This person has an email and confirms by their own link."))
    move(registration, RegistrationState.CONFIRMED, by=by)
    return registration


@transaction.atomic(durable=True)
def block(registration: Registration, *, by: Account, reason: str) -> Registration:
    """Shut a person out: every badge dies at once. The reason stays in the history and is not sent."""
    registration = lock(registration)
    if registration.state != RegistrationState.BLOCKED:
        move(registration, RegistrationState.BLOCKED, by=by, note=reason.strip(), tell=False)
    return registration


@busy_in_words
@transaction.atomic(durable=True)
def lift_block(registration: Registration, *, by: Account) -> Registration:
    """The person comes again after all: confirmed as before the block, or approved anew with a letter and a deadline.

    With the block the place went to others, so a free one is taken; raises `DomainError("places.full")` where there is none.
    Places in sessions and visits stay given back. Safe to ask twice.
    """
    registration = lock(registration)
    if registration.state in HOLDS_PLACE:
        return registration
    refuse_impossible(registration, RegistrationState.CONFIRMED)
    _take_free_place(registration)
    if _was_blocked_unconfirmed(registration):
        set_deadline(registration)
        move(registration, RegistrationState.APPROVED, by=by, back=True)
    else:
        move(registration, RegistrationState.CONFIRMED, by=by)
    return registration


def _take_free_place(registration: Registration) -> None:
    try:
        take_participation(registration)
    except DomainError as refusal:
        if refusal.code != "places.full":
            raise
        raise full(registration, remedy=_("Raise the number of places first, then lift the block.")) from refusal


def _was_blocked_unconfirmed(registration: Registration) -> bool:
    """Nobody confirms for another person by lifting a block."""
    step = registration.moves.filter(to=RegistrationState.BLOCKED).last()
    return step is not None and step.was == RegistrationState.APPROVED


@busy_in_words
@transaction.atomic(durable=True)
def replace(
    registration: Registration, *, substitute: Registration, by: Account | None, reason: str, note: str = ""
) -> Registration:
    """Give a delegate's place to a substitute who has applied themselves: nobody consents for another adult.

    One transaction: the old badge dies, the place changes hands, the substitute is approved. Plant visits are not handed
    over, since a plant admits only who is on its list. Raises `DomainError` when the two are not of one category and quota.
    """
    first, second = sorted((registration, substitute), key=lambda r: r.person_id)
    locked = {row.pk: row for row in (lock(first), lock(second))}
    old, new = locked[registration.pk], locked[substitute.pk]
    if old.state == RegistrationState.REPLACED and new.state in HOLDS_PLACE:
        return new
    _pass_on(old, new, by=by, reason=reason.strip(), note=note)
    return new


def _pass_on(old: Registration, new: Registration, *, by: Account | None, reason: str, note: str = "") -> None:
    refuse_substitute(old, new)
    note_decision(new, by=by)
    pass_participation(old, to=new)
    end_replaced(old, by=new)
    move(old, RegistrationState.REPLACED, by=by, note=reason, tell=False)
    _note_approval(new, by=by, note=note)


def _fits(giver: Registration, substitute: Registration) -> bool:
    """Whoever has chosen another category or group meanwhile is an applicant like everybody."""
    if giver.category_id != substitute.category_id:
        return False
    try:
        refuse_other_group(giver, substitute)
    except DomainError:
        return False
    return True


def refuse_substitute(registration: Registration, substitute: Registration) -> Registration:
    """Whether `substitute` may take the place: same edition, category and quota, an application that can be approved.

    Raises `DomainError`; without locks it is only a forecast for the page that asks.
    """
    same = registration.category_id == substitute.category_id and registration.forum_id == substitute.forum_id
    if not same or registration.pk == substitute.pk:
        refusal = _("Choose another application of the same category.")
        raise DomainError("registration.other_category", refusal, fields={"substitute": refusal})
    refuse_impossible(registration, RegistrationState.REPLACED)
    refuse_impossible(substitute, RegistrationState.APPROVED)
    refuse_other_group(registration, substitute)
    return substitute

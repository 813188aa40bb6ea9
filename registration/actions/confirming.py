"""The deadline of “I am coming”: set at the approval, told again before its end, prolonged by an officer."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.actions.audit import record
from forum.actions.messages import queue_message
from forum.errors import DomainError
from forum.models import Account
from registration.actions.notices import letter_context
from registration.actions.state import lock, refuse_stopped
from registration.engine.confirm_deadlines import confirm_deadline, reminder_due
from registration.enums import RegistrationState
from registration.models import Registration

REMINDER, PROLONGED = "registration.confirm_reminder", "registration.prolonged"


def set_deadline(registration: Registration) -> None:
    """Part of the approval, whose letter tells of it; the move saves it. Whoever cannot be written to has no deadline."""
    forum = registration.forum
    if not registration.person.email:
        registration.confirm_by = None
        return
    zone = ZoneInfo(forum.timezone)
    registration.confirm_by = confirm_deadline(
        now().astimezone(zone),
        days=registration.category.confirm_days,
        last=forum.confirm_by.astimezone(zone),
        starts=_starts(registration),
    )
    registration.deadline_told_at = now()


def _starts(registration: Registration) -> datetime:
    forum = registration.forum
    return datetime.combine(forum.starts_on, time(), ZoneInfo(forum.timezone))


@transaction.atomic(durable=True)
def prolong(registration: Registration, *, until: datetime, by: Account) -> Registration:
    """Give an approved person more time. They are told, and reminded anew. Asked twice for one moment it is done once.

    Raises `DomainError`: `registration.not_waiting` when nobody waits for a confirmation any more,
    `registration.bad_deadline` for a moment that is over, not later than before, or after the forum begins.
    """
    registration = lock(registration)
    refuse_stopped(registration)
    if registration.state != RegistrationState.APPROVED:
        raise DomainError("registration.not_waiting", _("This application no longer waits for a confirmation."))
    if registration.confirm_by == until:
        return registration
    _refuse_moment(registration, until)
    registration.confirm_by, registration.deadline_told_at = until, now()
    registration.version += 1
    registration.save(update_fields=["confirm_by", "deadline_told_at", "version"])
    record("registration.prolonged", on=("registration", registration.ref), forum=registration.forum, by=by)
    _tell(PROLONGED, registration)
    return registration


def _refuse_moment(registration: Registration, until: datetime) -> None:
    was = registration.confirm_by
    if until <= now() or (was and until < was):
        reason = _("Choose a later moment: the time can only be prolonged.")
    elif until > _starts(registration):
        reason = _("Choose a moment before the forum begins.")
    else:
        return
    raise DomainError("registration.bad_deadline", reason, fields={"until": reason})


def remind_of_deadlines() -> int:
    """Letters before the end of the time; returns how many. Safe to repeat: each is noted with its letter."""
    waiting = Registration.objects.filter(state=RegistrationState.APPROVED, confirm_by__gt=now())
    near = waiting.filter(deadline_told_at__isnull=False).select_related("forum")
    due = [one for one in near.order_by("person_id") if _is_due(one)]
    return sum(_remind(one) for one in due)


def _is_due(registration: Registration) -> bool:
    if registration.confirm_by is None or registration.deadline_told_at is None:
        return False
    zone = ZoneInfo(registration.forum.timezone)
    return reminder_due(
        now().astimezone(zone),
        deadline=registration.confirm_by.astimezone(zone),
        told_at=registration.deadline_told_at.astimezone(zone),
    )


@transaction.atomic(durable=True)
def _remind(registration: Registration) -> bool:
    registration = lock(registration)
    stopped = registration.person.processing_stopped_at is not None
    if registration.state != RegistrationState.APPROVED or stopped or not _is_due(registration):
        return False
    registration.deadline_told_at = now()
    registration.save(update_fields=["deadline_told_at"])
    _tell(REMINDER, registration)
    return True


def _tell(reason: str, registration: Registration) -> None:
    """One letter for each moment at which the person is told."""
    if not registration.person.email or registration.deadline_told_at is None:
        return
    queue_message(
        reason,
        about=("registration", registration.ref),
        occasion=f"deadline:{registration.deadline_told_at.isoformat(timespec='seconds')}",
        to=registration.person.email,
        language=registration.language,
        forum=registration.forum,
        context=letter_context(registration),
    )

"""All that is known about one application, for the officer's page."""

from django.db.models import QuerySet

from forum.models import AuditEntry, Forum, Message
from registration.enums import MOVES, RegistrationState
from registration.models import Category, Registration, RegistrationMove

APPROVABLE = tuple(state for state, moves in MOVES.items() if RegistrationState.APPROVED in moves)
"""States from which an application can be approved."""


def history_of(registration: Registration) -> QuerySet[RegistrationMove]:
    """Every move, oldest first, with who made it."""
    return registration.moves.select_related("by")


def letters_of(registration: Registration) -> QuerySet[Message]:
    """Letters about the application, newest first. Their content is never read."""
    return Message.objects.filter(subject_kind="registration", subject_id=registration.ref).defer("context")


def audit_of(registration: Registration) -> QuerySet[AuditEntry]:
    """Who did what with the application, newest first."""
    entries = AuditEntry.objects.filter(object_kind="registration", object_id=registration.ref)
    return entries.select_related("actor")


def categories_of(forum: Forum) -> QuerySet[Category]:
    """Every category of the edition with its quota."""
    return Category.objects.filter(forum=forum).select_related("pool")

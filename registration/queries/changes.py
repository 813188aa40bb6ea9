"""Requests to change key fields: one's own, and those that wait for an officer."""

from django.db.models import QuerySet

from forum.enums import Role
from forum.models import Forum
from forum.queries.access import User, has_role
from registration.enums import ChangeState, KeyField
from registration.models import ChangeRequest, Registration

WHOLE = (
    "registration__person",
    "registration__category__pool",
    "registration__forum",
    "registration__delegation__region",
)


def stored_value(registration: Registration, field: KeyField | str) -> str:
    """What stands there now; countries and categories by their codes."""
    if field == KeyField.CATEGORY:
        return str(registration.category.code)
    owner = registration if field == KeyField.ORGANISATION else registration.person
    return str(getattr(owner, field))


def requests_of(registration: Registration) -> QuerySet[ChangeRequest]:
    """Everything this person has asked for, newest first."""
    return ChangeRequest.objects.filter(registration=registration).order_by("-pk")


def changes_visible_to(user: User) -> QuerySet[ChangeRequest]:
    """Of the current edition, for those who correct data; the one that waits longest first."""
    rows = ChangeRequest.objects.filter(registration__forum__is_current=True).select_related(*WHOLE)
    return rows.order_by("pk") if has_role(user, Role.ACCREDITATION_OFFICER) else rows.none()


def waiting_changes(forum: Forum) -> int:
    """How many wait."""
    return ChangeRequest.objects.filter(registration__forum=forum, state=ChangeState.OPEN).count()

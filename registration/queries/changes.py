"""Changes after sending: what people may still do alone, requests to change key fields, and those that wait for an officer."""

from django.db.models import QuerySet
from django.utils.timezone import localdate

from forum.enums import Role
from forum.models import Forum
from forum.queries.access import User, has_role
from registration.enums import UNDER_WAY, ChangeState, KeyField
from registration.models import ChangeRequest, Registration

WHOLE = (
    "registration__person",
    "registration__category__pool",
    "registration__forum",
    "registration__delegation__region",
)


def may_change(registration: Registration) -> bool:
    """Whether the person of an application that was sent may change it still, by themselves or by request."""
    is_alive = registration.state in UNDER_WAY and registration.person.processing_stopped_at is None
    return is_alive and localdate() <= registration.forum.ends_on


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

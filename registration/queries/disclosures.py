"""Who has to be told that somebody's data must not be used any more."""

from django.db.models import QuerySet

from forum.enums import Role
from forum.models import Forum
from forum.queries.access import User, has_role
from registration.enums import ConsentPurpose
from registration.models import HandedOut


def handed_visible_to(user: User, *, forum: Forum) -> QuerySet[HandedOut]:
    """Everything for who answers for personal data, what plants have for the coordinator of visits."""
    rows = HandedOut.objects.filter(registration__forum=forum)
    rows = rows.select_related("receiver", "registration__person", "registration__forum")
    if has_role(user, Role.PRIVACY_OFFICER):
        return rows
    if has_role(user, Role.VISIT_COORDINATOR):
        return rows.filter(purpose__in=(ConsentPurpose.PLANT_ACCESS, ConsentPurpose.DOCUMENT))
    return rows.none()


def to_tell(user: User, *, forum: Forum) -> QuerySet[HandedOut]:
    """Recalled and not told yet, the oldest first."""
    return handed_visible_to(user, forum=forum).filter(recalled_at__isnull=False, told_at=None).order_by("recalled_at")

"""By what an application was begun: a personal invitation, a code, or neither."""

from typing import Any

from registration.enums import Entrance, RegistrationState
from registration.models import CodeUse, Invitation, Registration


def invitation_of(registration: Registration) -> Invitation | None:
    """The invitation it was begun with, ended or not."""
    if registration.came_by != Entrance.INVITATION:
        return None
    return Invitation.objects.filter(registration=registration).select_related("forum", "category").first()


def code_use_of(registration: Registration) -> CodeUse | None:
    """The code it was begun with, and whether it holds one of its uses."""
    if registration.came_by != Entrance.CODE:
        return None
    return CodeUse.objects.filter(registration=registration).select_related("code__quota").first()


def locked_answers(registration: Registration) -> dict[str, Any]:
    """Answers that nobody may change in the form, with their values.

    The category is what one was let into. The email of an invitation holds until the application is sent: that it reached
    its person is what the letter has proved. A quota's delegation holds as long as the code does.
    """
    if not registration.came_by:
        return {}
    locked: dict[str, Any] = {"category": registration.category}
    if registration.came_by == Entrance.INVITATION and registration.state == RegistrationState.DRAFT:
        locked["email"] = registration.person.email
    use = code_use_of(registration)
    if use and use.code.quota and use.code.quota.delegation_id:
        locked["delegation"] = registration.delegation
    return locked

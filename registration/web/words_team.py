"""How the log words what was done with an application."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from forum.registry import acts
from registration.web.answers import LABELS

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

ACTS: dict[str, "_StrPromise"] = {
    "registration.started": _("application started, consent given"),
    "registration.answered": _("answers saved"),
    "registration.entered": _("entered from a paper"),
    "registration.corrected": _("data corrected"),
    "registration.submitted": _("sent"),
    "registration.needs_changes": _("sent back for changes"),
    "registration.approved": _("approved"),
    "registration.waitlisted": _("put on the waiting list"),
    "registration.rejected": _("not accepted"),
    "registration.confirmed": _("confirmed"),
    "registration.cancelled": _("withdrawn"),
    "registration.replaced": _("replaced"),
    "registration.blocked": _("blocked"),
    "registration.email_asked": _("asked for a code for a new email"),
    "registration.email_changed": _("email changed"),
    "registration.data_read": _("looked at all their data"),
    "registration.data_taken": _("took all their data as a file"),
    "registration.consent_given": _("consent given"),
    "registration.consent_withdrawn": _("consent withdrawn"),
}
"""By the action of the audit entry; every state has one."""


def act_label(action: str) -> str:
    """What people call this act; its name when we know no better."""
    if action not in acts:
        return action
    return str(acts[action])


def answer_label(field: str) -> str:
    """What people call this answer."""
    return str(LABELS.get(field, field))

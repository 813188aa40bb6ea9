"""What the officers' pages of invitations show."""

from typing import Any

from django.utils.translation import gettext as _

from registration.enums import LIVING, InvitationState, RegistrationState
from registration.models import Invitation
from registration.queries.invitations import counts_by_state, is_open, name_on
from registration.queries.people import name_of
from registration.web.forms_team_invitations import InvitationFilterForm
from registration.web.spellings import heading

_S = InvitationState
TONES = {
    _S.WRITTEN: "off",
    _S.SENT: "wait",
    _S.OPENED: "new",
    _S.USED: "ok",
    _S.DECLINED: "no",
    _S.WITHDRAWN: "off",
    _S.EXPIRED: "ask",
}
"""Tones of the chips of the design system."""


def shown_name(invitation: Invitation) -> str:
    """The name that the inviter wrote, else the address; nothing once it has ended."""
    return heading(name_on(invitation)) or invitation.email


def row(invitation: Invitation) -> dict[str, Any]:
    """One line of the list. Of what has ended only the application still says who it was."""
    registration = invitation.registration
    is_sent = registration is not None and registration.state != RegistrationState.DRAFT
    name = shown_name(invitation)
    if registration and is_sent and invitation.state == _S.USED:
        name = heading(name_of(registration.person))
    state = InvitationState(invitation.state)
    return {
        "invitation": invitation,
        "name": name,
        "tone": TONES[state],
        "word": state.label,
        "ref": registration.ref if registration and is_sent and invitation.state == _S.USED else "",
        "state": registration.state if registration and is_sent and invitation.state == _S.USED else "",
        "lives": is_open(invitation),
        "may_send": state == _S.WRITTEN and is_open(invitation),
        "may_remind": state in (_S.SENT, _S.OPENED) and is_open(invitation),
    }


def states(form: InvitationFilterForm) -> list[dict[str, Any]]:
    """The chips over the list; the other filters stay."""
    counts = counts_by_state(form.forum)
    chosen = form.narrowed_by.state
    choices = [("", _("All"), sum(counts.values()))]
    choices += [(state.value, str(state.label), counts[state]) for state in InvitationState]
    return [
        {"address": form.address(state=value), "label": label, "count": count, "current": value == chosen}
        for value, label, count in choices
        if count or value in ("", chosen) or value in LIVING
    ]

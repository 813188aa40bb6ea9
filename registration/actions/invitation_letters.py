"""Letters to people who are invited, in the language that the inviter has chosen."""

from math import ceil

from django.urls import reverse
from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from forum.actions.messages import queue_message
from forum.enums import Lane
from forum.names import address_as
from registration.models import Invitation
from registration.queries.invitations import name_on

INVITED = "registration.invited"
REMINDED = "registration.invitation_reminder"
LAST = "registration.invitation_last_call"
LETTERS = {
    INVITED: _("Personal invitation"),
    REMINDED: _("Reminder of an invitation"),
    LAST: _("Last reminder of an invitation"),
}
"""What the team calls each letter."""


def tell_invited(reason: str, invitation: Invitation, *, occasion: str, secret: str, hurry: bool = True) -> None:
    """One letter, in the transaction of the action. Many at once go behind personal letters (`hurry=False`)."""
    with translation.override(invitation.language):
        context = {
            "name": address_as(name_on(invitation), language=invitation.language),
            "category": str(invitation.category),
            "invitation_link": reverse("registration:invitation", args=[secret]),
            "until": invitation.expires_at.isoformat() if invitation.expires_at else "",
            "days": days_left(invitation),
        }
    queue_message(
        reason,
        about=("invitation", invitation.public_id),
        occasion=occasion,
        to=invitation.email,
        language=invitation.language,
        forum=invitation.forum,
        context=context,
        lane=Lane.PERSONAL if hurry else Lane.BULK,
        hurry=hurry,
    )


def days_left(invitation: Invitation) -> int:
    """Begun days until the invitation's own end; 0 where it has none."""
    if invitation.expires_at is None:
        return 0
    return max(ceil((invitation.expires_at - now()).total_seconds() / 86_400), 1)

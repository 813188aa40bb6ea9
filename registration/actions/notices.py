"""What the applicant is told by email, in the language of the application."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import translation
from django.utils.crypto import get_random_string
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from forum.actions.inserting import insert
from forum.actions.messages import queue_message
from forum.crypto import keyed_hash
from forum.names import address_as
from registration.enums import RegistrationState
from registration.models import Claim, Registration, RegistrationMove, ReturnLink
from registration.queries.people import name_of

REASONS = {
    RegistrationState.SUBMITTED: "registration.received",
    RegistrationState.NEEDS_CHANGES: "registration.needs_changes",
    RegistrationState.APPROVED: "registration.approved",
    RegistrationState.WAITLISTED: "registration.waitlisted",
    RegistrationState.REJECTED: "registration.rejected",
    RegistrationState.CANCELLED: "registration.cancelled",
}
"""Confirmed people get the badge message instead, which `badges` writes when the badge is ready."""
LABELS = {
    RegistrationState.SUBMITTED: _("Application received"),
    RegistrationState.NEEDS_CHANGES: _("Changes asked for"),
    RegistrationState.APPROVED: _("Application approved"),
    RegistrationState.WAITLISTED: _("Waiting list"),
    RegistrationState.REJECTED: _("Application not accepted"),
    RegistrationState.CANCELLED: _("Application withdrawn"),
}
"""What the team calls each letter."""
OFFERED, OFFER_OVER = "registration.place_offered", "registration.offer_over"
CONSENT_WITHDRAWN = "registration.consent_withdrawn"
EMAIL_CODE = "registration.email_code"
EMAIL_CHANGED = "registration.email_changed"
LINK_LIFE = timedelta(days=120)
LINK_PURPOSE = "registration.return_link"


def tell_applicant(registration: Registration, step: RegistrationMove, *, not_before: datetime | None = None) -> None:
    """One message per move, in the move's transaction. People without an address are told by the desk.

    Nothing goes to those who have withdrawn the consent to processing: they have their confirmation of that.
    """
    reason, person = REASONS.get(RegistrationState(step.to)), registration.person
    if reason is None or not person.email or person.processing_stopped_at is not None:
        return
    queue_message(
        reason,
        about=("registration", registration.ref),
        occasion=occasion_of(step),
        to=registration.person.email,
        language=registration.language,
        forum=registration.forum,
        context=letter_context(registration) | {"note": step.note},
        not_before=not_before,
    )


def occasion_of(step: RegistrationMove) -> str:
    """By what the letter about a move is known."""
    return f"move:{step.pk}"


def tell_of_offer(registration: Registration, claim: Claim, *, secret: str) -> None:
    """“A place is free for you until …” The link works once."""
    with translation.override(registration.language):
        link = reverse("registration:offer", args=[secret])
    until = claim.offer_until.isoformat() if claim.offer_until else ""
    _tell(OFFERED, registration, occasion=f"offer:{claim.public_id}", offer_link=link, until=until)


def tell_of_end(registration: Registration, claim: Claim) -> None:
    """“The offer is over.”"""
    _tell(OFFER_OVER, registration, occasion=f"over:{claim.public_id}")


def _tell(reason: str, registration: Registration, *, occasion: str, **facts: str) -> None:
    """One letter about the waiting list, in the transaction of the action."""
    if not registration.person.email:
        return
    queue_message(
        reason,
        about=("registration", registration.ref),
        occasion=occasion,
        to=registration.person.email,
        language=registration.language,
        forum=registration.forum,
        context=letter_context(registration) | facts,
    )


def letter_context(registration: Registration) -> dict[str, str]:
    """What every letter about an application needs. Times travel as ISO text; templates name the zone."""
    with translation.override(registration.language):
        return greeting_context(registration) | {
            "confirm_by": registration.confirm_by.isoformat() if registration.confirm_by else "",
            "link": reverse("registration:return", args=[issue_return_link(registration)]),
        }


def greeting_context(registration: Registration) -> dict[str, str]:
    """Whom the letter is about, without a link: for letters that must not open the application."""
    name = address_as(name_of(registration.person), language=registration.language)
    return {"name": name, "ref": registration.ref}


def issue_return_link(registration: Registration) -> str:
    """A fresh secret for an email. Only its hash is stored; earlier links keep working until the email changes."""
    token = get_random_string(32)
    token_hash = keyed_hash(token, purpose=LINK_PURPOSE)
    insert(ReturnLink(registration=registration, token_hash=token_hash, expires_at=now() + LINK_LIFE))
    return token


def registration_of_link(token: str) -> Registration | None:
    """Whose link this is; None when it is unknown, old, dead, or of an edition that is over: nothing would open there."""
    link = (
        ReturnLink.objects.filter(
            token_hash=keyed_hash(token, purpose=LINK_PURPOSE),
            revoked_at=None,
            expires_at__gt=now(),
            registration__forum__is_current=True,
        )
        .select_related("registration__person", "registration__forum")
        .first()
    )
    return link.registration if link else None


def revoke_return_links(registration: Registration) -> None:
    """After a change of email every earlier link is dead (complaint REG-1)."""
    registration.return_links.filter(revoked_at=None).update(revoked_at=now())

"""How an invited person, or one with a code, comes in: opened, begun with the consent, declined."""

from typing import Any

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.errors import DomainError
from registration.actions.applications import open_draft
from registration.actions.entrance_use import code_over
from registration.actions.facts import write_own, write_person
from registration.actions.invitations import NAMES, end, lock_invitation, note
from registration.actions.state import lock, move
from registration.engine.proposals import SHORT_POSITION
from registration.enums import Entrance, InvitationState, RegistrationState
from registration.models import AccessCode, CodeUse, ConsentDocument, Invitation, InvitationLink, Registration
from registration.queries import codes
from registration.queries.invitations import is_open, over_now

_S = InvitationState


@transaction.atomic(durable=True)
def open_invitation(link: InvitationLink) -> Invitation:
    """The person has pressed the button of the page. Pressing twice is pressing once. Raises `entrance.gone` (410)."""
    invitation = lock_invitation(link.invitation)
    _refuse_gone(invitation)
    if invitation.state != _S.OPENED or (link.is_mailed and not invitation.address_proved):
        invitation.state, invitation.opened_at = _S.OPENED, invitation.opened_at or now()
        invitation.address_proved = invitation.address_proved or link.is_mailed
        invitation.save(update_fields=["state", "opened_at", "address_proved"])
        note("invitation.opened", invitation, by=None)
    return invitation


def _refuse_gone(invitation: Invitation) -> None:
    if not is_open(invitation):
        raise DomainError("entrance.gone", _("This invitation is no longer open."), status=410)


@transaction.atomic(durable=True)
def start_invited(invitation: Invitation, *, document: ConsentDocument, **how: Any) -> Registration:
    """Begin the application of an invited person; the consent is the first thing stored, then what the inviter proposed.

    Of one invitation there is one application, however often and by whomever it is asked for. `how` as in `open_draft`.
    """
    invitation = lock_invitation(invitation)
    begun = _begun(invitation)
    if begun is not None:
        return begun
    _refuse_gone(invitation)
    registration = open_draft(category=invitation.category, document=document, came_by=Entrance.INVITATION, **how)
    _propose(registration, invitation)
    invitation.registration, invitation.state = registration, _S.OPENED
    invitation.opened_at = invitation.opened_at or now()
    invitation.save(update_fields=["registration", "state", "opened_at"])
    return registration


def _begun(invitation: Invitation) -> Registration | None:
    """The draft there is; one that was thrown away does not count as long as the invitation lives."""
    if invitation.registration_id is None:
        return None
    found = Registration.objects.select_related("person").get(pk=invitation.registration_id)
    return None if found.state == RegistrationState.CANCELLED and invitation.lives else found


def _propose(registration: Registration, invitation: Invitation) -> None:
    """What the inviter wrote, to be looked at and changed. A position that fits the badge is its own short form."""
    position = invitation.position
    own = {"organisation": invitation.organisation, "position": position, "delegation": invitation.delegation}
    own["position_short"] = position if len(position) <= SHORT_POSITION else ""
    write_person(registration, {name: getattr(invitation, name) for name in (*NAMES, "email")})
    write_own(registration, own)
    registration.save()


@transaction.atomic(durable=True)
def decline_invitation(link: InvitationLink) -> bool:
    """“I am not coming.” What the invitation says is erased, and a draft begun with it is thrown away.

    False where it has ended before: what was sent stays sent.
    """
    return _decline(link.invitation)


def _decline(invitation: Invitation) -> bool:
    draft = Registration.objects.filter(invitation=invitation, state=RegistrationState.DRAFT).first()
    if draft is not None:
        draft = lock(draft)
        if draft.state == RegistrationState.DRAFT:
            move(draft, RegistrationState.CANCELLED, by=None, as_applicant=True, tell=False)
    invitation = lock_invitation(invitation)
    if not invitation.lives:
        return False
    end(invitation, _S.DECLINED, by=None)
    return True


def decline_with_consent(registration: Registration) -> None:
    """Whoever takes the consent back while the application is a draft is not invited any more."""
    if registration.came_by != Entrance.INVITATION:
        return
    for invitation in Invitation.objects.filter(registration=registration).select_related("forum", "category"):
        _decline(invitation)


@transaction.atomic(durable=True)
def start_with_code(code: AccessCode, *, document: ConsentDocument, **how: Any) -> Registration:
    """Begin an application with a code. Its use is taken when the application is sent, not before: drafts use up nothing.

    Raises `DomainError("entrance.over")` with the reason when the code opens nothing now.
    """
    code = AccessCode.objects.select_related("forum", "category__pool", "quota__delegation").get(pk=code.pk)
    if not codes.is_open(code):
        raise code_over(code)
    registration = open_draft(category=code.category, document=document, came_by=Entrance.CODE, **how)
    if code.quota:
        registration.delegation, registration.sent_by = code.quota.delegation, code.quota.organisation
        registration.save(update_fields=["delegation", "sent_by"])
    CodeUse.objects.create(code=code, registration=registration)
    return registration


def expire_invitations() -> int:
    """Invitations whose time is over end, and what they say of people is erased. Returns how many."""
    return sum(_expire(invitation) for invitation in over_now().select_related("forum", "category"))


@transaction.atomic(durable=True)
def _expire(invitation: Invitation) -> bool:
    invitation = lock_invitation(invitation)
    if not invitation.lives or is_open(invitation):
        return False
    end(invitation, _S.EXPIRED, by=None)
    return True

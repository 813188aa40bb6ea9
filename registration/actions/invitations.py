"""Personal invitations as officers handle them: written, sent, reminded, withdrawn; and how each of them ends."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.crypto import get_random_string
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.actions.audit import record
from forum.actions.messages import drop_unsent
from forum.crypto import keyed_hash
from forum.errors import DomainError
from forum.models import Account, Forum
from forum.names import clean_latin, clean_name, search_text
from registration.actions.invitation_letters import INVITED, LAST, LETTERS, REMINDED, tell_invited
from registration.enums import InvitationState
from registration.models import Category, Delegation, Invitation, InvitationLink
from registration.queries.invitations import LAST_CALL, LINK_PURPOSE, ONCE_A_DAY, WAITING, is_open

NAMES = ("surname", "given_name", "patronymic", "latin_surname", "latin_given_name")
SEARCHED = (*NAMES, "organisation", "email")
_S = InvitationState


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What an invitation says. All but category, email and language may be empty: it is a proposal to the person."""

    category: Category
    email: str
    language: str
    surname: str = ""
    given_name: str = ""
    patronymic: str = ""
    latin_surname: str = ""
    latin_given_name: str = ""
    organisation: str = ""
    position: str = ""
    delegation: Delegation | None = None
    note: str = ""
    skips_review: bool = False
    expires_at: datetime | None = None


def compose(forum: Forum, wording: Wording, *, by: Account | None, **more: Any) -> Invitation:
    """The row, not saved. Names are cleaned as everywhere, the address is in lower case as logins are."""
    said = {field.name: getattr(wording, field.name) for field in fields(wording)}
    said["email"] = wording.email.strip().lower()
    for name in NAMES:
        said[name] = clean_latin(said[name]) if name.startswith("latin_") else clean_name(said[name])
    found = search_text(*(said[name] for name in SEARCHED if said[name]))
    return Invitation(forum=forum, by=by, search_text=found, **said, **more)


@transaction.atomic
def write_invitation(forum: Forum, wording: Wording, *, by: Account) -> Invitation:
    """Write an invitation down; nothing is sent yet.

    Raises `DomainError("invitation.twice")` where one for this address and category is alive, and
    `DomainError("invitation.past")` for an end that has passed.
    """
    refuse_past(wording.expires_at)
    Forum.objects.select_for_update(no_key=True).get(pk=forum.pk)  # lists are written under it, too
    invitation = compose(forum, wording, by=by)
    try:
        with transaction.atomic():
            invitation.save()
    except IntegrityError as error:
        twice = _("This address has an invitation to this category already. Withdraw that one first, or remind them.")
        raise DomainError("invitation.twice", twice, fields={"email": twice}, status=422) from error
    note("invitation.written", invitation, by=by)
    return invitation


def refuse_past(moment: datetime | None, *, field: str = "expires_at") -> None:
    """Raise `DomainError("invitation.past")` for an end that is over before it begins."""
    if moment and moment <= now():
        past = _("This moment has passed. Choose a later one.")
        raise DomainError("invitation.past", past, fields={field: past}, status=422)


def note(action: str, invitation: Invitation, *, by: Account | None, **facts: Any) -> None:
    """The audit entry: which invitation, never whose."""
    about = ("invitation", invitation.public_id)
    record(action, on=about, forum=invitation.forum, by=by, category=invitation.category.code, **facts)


def lock_invitation(invitation: Invitation) -> Invitation:
    """As it stands now. The person of its application is locked before, everywhere."""
    fresh = Invitation.objects.select_for_update().get(pk=invitation.pk)
    fresh.forum, fresh.category = invitation.forum, invitation.category
    return fresh


def new_link(invitation: Invitation, *, is_mailed: bool) -> str:
    """A fresh secret; only its hash is kept. Earlier links go on working as long as the invitation lives."""
    secret = get_random_string(32)
    hashed = keyed_hash(secret, purpose=LINK_PURPOSE)
    InvitationLink.objects.create(invitation=invitation, secret_hash=hashed, is_mailed=is_mailed)
    return secret


@transaction.atomic
def send_invitation(invitation: Invitation, *, by: Account | None, hurry: bool = True) -> bool:
    """Send the letter of a written invitation. Sending twice is sending once: False when nothing was to do."""
    invitation = lock_invitation(invitation)
    if invitation.state != _S.WRITTEN:
        return False
    _refuse_over(invitation)
    _mark_sent(invitation)
    tell_invited(INVITED, invitation, occasion="first", secret=new_link(invitation, is_mailed=True), hurry=hurry)
    note("invitation.sent", invitation, by=by)
    return True


def _mark_sent(invitation: Invitation) -> None:
    invitation.state, invitation.sent_at = _S.SENT, now()
    invitation.save(update_fields=["state", "sent_at"])


def _refuse_over(invitation: Invitation) -> None:
    if not is_open(invitation):
        raise DomainError("invitation.over", _("This invitation is over: write a new one."), status=410)


@transaction.atomic
def copy_link(invitation: Invitation, *, by: Account) -> str:
    """A link of its own to hand over by other means; shown once, since only its hash is kept. Counts as sent.

    It proves no address: whoever has it may use it. Raises `DomainError("invitation.over")`.
    """
    invitation = lock_invitation(invitation)
    _refuse_over(invitation)
    if invitation.state == _S.WRITTEN:
        _mark_sent(invitation)
    note("invitation.link_copied", invitation, by=by)
    return new_link(invitation, is_mailed=False)


@transaction.atomic
def remind(invitation: Invitation, *, by: Account | None, last_call: bool = False, hurry: bool = True) -> bool:
    """Write to somebody who was sent an invitation and has not used it; at most once a day. False when it is too early,
    or nothing is left to remind of. The last call is the one before the end, which nobody has to ask for.
    """
    invitation = lock_invitation(invitation)
    at = now()
    latest = max(filter(None, (invitation.sent_at, invitation.reminded_at)), default=None)
    if invitation.state not in WAITING or not is_open(invitation) or (latest and latest > at - ONCE_A_DAY):
        return False
    if last_call and (invitation.last_call_at or not invitation.expires_at or invitation.expires_at > at + LAST_CALL):
        return False
    invitation.reminded_at = at
    invitation.last_call_at = at if last_call else invitation.last_call_at
    invitation.save(update_fields=["reminded_at", "last_call_at"])
    reason, secret = LAST if last_call else REMINDED, new_link(invitation, is_mailed=True)
    tell_invited(reason, invitation, occasion=f"reminder:{at.isoformat()}", secret=secret, hurry=hurry)
    note("invitation.reminded", invitation, by=by)
    return True


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: Account | None) -> bool:
    """Take an invitation back: its links die and what it says of the person is erased. False when it has ended before.

    An application that was begun with it stays its person's own; where the category is by invitation only it can no
    longer be sent.
    """
    invitation = lock_invitation(invitation)
    if not invitation.lives:
        return False
    end(invitation, _S.WITHDRAWN, by=by)
    return True


def end(invitation: Invitation, state: InvitationState, *, by: Account | None) -> None:
    """The only way to an end: with it goes everything personal, and letters that have not left. The caller has the lock."""
    drop_letters([invitation])
    invitation.state, invitation.ended_at, invitation.delegation = state, now(), None
    for name in Invitation.PERSONAL:
        setattr(invitation, name, "")
    invitation.save()
    note(f"invitation.{state}", invitation, by=by, erased=True)


def drop_letters(invitations: Sequence[Invitation]) -> None:
    """Of whatever reason, as long as they have not left."""
    for reason in LETTERS:
        drop_unsent(reason=reason, about=[("invitation", str(one.public_id)) for one in invitations])

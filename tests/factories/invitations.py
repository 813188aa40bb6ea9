"""Unsurprising invitations and codes, made by the actions."""

import json
from itertools import count
from typing import Any

from forum.actions.accounts import account_of
from forum.models import Account, Forum, Message
from registration.actions.codes import CodeTerms, make_code
from registration.actions.invitations import Wording, send_invitation, write_invitation
from registration.models import AccessCode, Category, Invitation, InvitationLink
from registration.queries.invitations import link_of
from tests.factories.registration import make_category

_numbers = count(1)


def inviter() -> Account:
    """Whoever writes them."""
    return account_of("inviter@example.org")


def closed_category(forum: Forum, *, code: str = "speaker", **changes: Any) -> Category:
    """A kind of participation that nobody can choose by themselves."""
    return make_category(forum, code=code, **{"open_to_applicants": False, "name_en": "Speaker"} | changes)


def make_invitation(forum: Forum, *, sent: bool = True, category: Category | None = None, **said: Any) -> Invitation:
    """To a closed category, sent already unless said otherwise."""
    values = {"email": f"invited-{next(_numbers)}@example.org", "language": "ru", "surname": "Званова"}
    wording = Wording(category=category or closed_category(forum), **values | said)
    invitation = write_invitation(forum, wording, by=inviter())
    if sent:
        send_invitation(invitation, by=inviter())
    return Invitation.objects.select_related("forum", "category").get(pk=invitation.pk)


def secret_of(invitation: Invitation) -> str:
    """From the last letter."""
    letter = Message.objects.filter(subject_kind="invitation", subject_id=str(invitation.public_id)).latest("pk")
    return str(json.loads(letter.context or "{}")["invitation_link"]).rstrip("/").rpartition("/")[2]


def link_to(invitation: Invitation) -> InvitationLink:
    """What the last letter opens."""
    link = link_of(secret_of(invitation))
    assert link is not None
    return link


def make_access_code(forum: Forum, *, category: Category | None = None, **terms: Any) -> AccessCode:
    """For one application to a closed category, unless said otherwise."""
    values: dict[str, Any] = {"name": "Партнёры выставки", "uses": 1}
    return make_code(CodeTerms(category=category or closed_category(forum), **values | terms), by=inviter())

"""Accounts and grants."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.actions.audit import record
from forum.actions.inserting import insert_once
from forum.enums import NOBODY, ROLE_SCOPES, Role, ScopeKind
from forum.errors import DomainError
from forum.models import Account, Forum, Membership
from forum.queries.kept import PHONES


def account_of(email: str, **habits: str) -> Account:
    """The account of this address, made with these `habits` when there is none."""
    made = Account(email=email.strip().lower(), password=make_password(None), **habits)
    return made if insert_once(made) else Account.objects.get(email=made.email)


def choose_language(account: Account, *, language: str) -> None:
    """The language of pages without one in their address, and of emails about the account."""
    account.language = language
    account.save(update_fields=["language"])


def close_account(account: Account) -> bool:
    """End the login and empty it; only the row stays, since the log points to it. The caller owns the transaction.

    False, and nothing is done, for whoever is or was on the team: their login is not the delegate's alone.
    """
    if Membership.objects.filter(account=account).exists():
        return False
    EmailAddress.objects.filter(user=account).delete()
    Authenticator.objects.filter(user=account).delete()
    account.email = f"{account.public_id}@{NOBODY}"
    account.language, account.timezone = "ru", "UTC"
    account.is_active = False
    account.save(update_fields=["email", "language", "timezone", "is_active"])
    return True


@transaction.atomic
def grant_role(
    *,
    email: str,
    forum: Forum,
    role: Role,
    valid_until: datetime,
    scope_id: str = "",
    by: Account | None,
    **habits: str,
) -> Membership:
    """Give a role to whoever signs in with `email`; the account is made when there is none, with these `habits`: `language`,
    `timezone`.

    Granting a live role again only moves its end. Raises `DomainError` when the scope does not fit the role, or the end
    lies in the past.
    """
    kind = ROLE_SCOPES.get(role, ScopeKind.FORUM)
    if bool(scope_id) != (kind != ScopeKind.FORUM):
        raise DomainError("rights.scope", _("This role needs a region, plant or visit, and no other role takes one."))
    if valid_until <= now():
        raise DomainError(
            "rights.past", _("The end must lie in the future."), fields={"valid_until": _("Choose a later day.")}
        )
    membership, created = Membership.objects.get_or_create(
        account=account_of(email, **habits),
        forum=forum,
        role=role,
        scope_kind=kind,
        scope_id=scope_id,
        ended_at=None,
        defaults={"valid_until": valid_until, "granted_by": by},
    )
    if not created:
        membership.valid_until = valid_until
        membership.save(update_fields=["valid_until"])
    record("rights.granted", on=("membership", membership.public_id), forum=forum, by=by, role=role, scope=scope_id)
    return membership


def restore_role(membership: Membership, *, by: Account) -> Membership:
    """Give a grant that has been ended again, until the same moment. Safe to ask twice.

    Raises `DomainError("rights.past")` when its time is over by now.
    """
    return grant_role(
        email=membership.account.email,
        forum=membership.forum,
        role=Role(membership.role),
        valid_until=membership.valid_until,
        scope_id=membership.scope_id,
        by=by,
    )


@transaction.atomic
def end_role(membership: Membership, *, by: Account) -> None:
    """End a grant now. Safe to ask twice. The last organiser cannot lock everybody out.

    All organisers' grants are locked first: two who end each other at the same moment must not both succeed.
    """
    live = Membership.objects.active().filter(forum=membership.forum, role=Role.ORGANISER).order_by("pk")
    organisers = set(live.select_for_update().values_list("pk", flat=True))
    if organisers == {membership.pk}:
        raise DomainError("rights.last_organiser", _("This is the last organiser. Name another one first."))
    if Membership.objects.filter(pk=membership.pk, ended_at=None).update(ended_at=now()):
        PHONES.changed()
        record(
            "rights.ended", on=("membership", membership.public_id), forum=membership.forum, by=by, role=membership.role
        )

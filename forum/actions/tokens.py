"""API tokens: made by their holder, shown once, revoked by the holder or an organiser."""

import secrets
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.actions.audit import record
from forum.enums import ROLE_SCOPES, Role, ScopeKind
from forum.errors import DomainError
from forum.models import Account, ApiToken, Membership
from forum.queries.tokens import PREFIX, grant_for_token, token_hash

SECRET_BYTES = 32
USE_EVERY = timedelta(minutes=1)
"""How exactly we know when a token was last used."""


@transaction.atomic
def create_token(
    *, name: str, role: Role, expires_at: datetime, by: Account, scope_id: str = ""
) -> tuple[ApiToken, str]:
    """Make a token that acts as a grant of `by`, or, for an organiser, as any lesser role. Returns it and its secret.

    The secret is shown once and stored as a hash only. Raises `DomainError` when `by` does not hold the role for this
    scope, when the end lies in the past or after the end of the role, or when a live token has the same name.
    """
    grant = grant_for_token(by, role=role, scope_id=scope_id)
    kind = ROLE_SCOPES.get(role, ScopeKind.FORUM)
    if grant is None or bool(scope_id) != (kind != ScopeKind.FORUM):
        raise DomainError(
            "token.role",
            _("You can only give rights that you hold yourself."),
            fields={"role": _("Choose another role.")},
        )
    _refuse_bad_end(expires_at, grant)
    secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    token = ApiToken(
        name=name,
        grant=grant,
        role=role,
        scope_kind=kind,
        scope_id=scope_id,
        token_hash=token_hash(secret),
        ending=secret[-4:],
        expires_at=expires_at,
    )
    _store(token)
    record("token.created", on=("token", token.public_id), forum=grant.forum, by=by, role=role, scope=scope_id)
    return token, secret


def _refuse_bad_end(expires_at: datetime, grant: Membership) -> None:
    if expires_at <= now():
        raise DomainError(
            "token.past", _("The end must lie in the future."), fields={"expires_on": _("Choose a later day.")}
        )
    if expires_at > grant.valid_until:
        raise DomainError(
            "token.too_long",
            _("A token cannot live longer than your role."),
            fields={"expires_on": _("Your role ends earlier. Choose an earlier day.")},
        )


def _store(token: ApiToken) -> None:
    try:
        with transaction.atomic():
            token.save(force_insert=True)
    except IntegrityError as error:
        if "api_token_one_live_name" not in str(error):
            raise
        raise DomainError(
            "token.name_taken",
            _("You have a token with this name already."),
            fields={"name": _("Choose another name, or revoke the old token first.")},
        ) from error


@transaction.atomic
def revoke_token(token: ApiToken, *, by: Account) -> None:
    """The token opens nothing any more. Safe to ask twice."""
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now()):
        record("token.revoked", on=("token", token.public_id), forum=token.grant.forum, by=by)


def note_use(token: ApiToken) -> None:
    """Remember that the token was used, at most once a minute."""
    long_ago = now() - USE_EVERY
    if token.last_used_at is None or token.last_used_at < long_ago:
        stale = Q(last_used_at=None) | Q(last_used_at__lt=long_ago)
        ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=now())

"""API tokens: whose they are, and as whom they act."""

from django.db.models import QuerySet

from forum.crypto import keyed_hash
from forum.enums import Role
from forum.models import Account, ApiToken, Forum, Membership
from forum.queries.access import User, has_role, limited_to, memberships_of

PURPOSE = "forum.api_token"
PREFIX = "itf_"
"""Lets people and scanners of leaked secrets recognise a token."""


def token_hash(secret: str) -> bytes:
    """How a token is looked up."""
    return keyed_hash(secret, purpose=PURPOSE)


def token_of(secret: str) -> ApiToken | None:
    """The token with this secret, alive or not, with its grant, account and forum; one query."""
    tokens = ApiToken.objects.select_related("grant__account", "grant__forum__host_region")
    return tokens.filter(token_hash=token_hash(secret)).first()


def acting_account(token: ApiToken) -> Account:
    """The holder with the rights of the token and no others: every rule and `*_visible_to` works as for a person."""
    grant = token.grant
    if (grant.role, grant.scope_id) != (token.role, token.scope_id):
        grant = Membership(
            account=grant.account,
            forum=grant.forum,
            role=token.role,
            scope_kind=token.scope_kind,
            scope_id=token.scope_id,
            valid_until=token.expires_at,
        )
    return limited_to(token.grant.account, grant)


def grant_for_token(user: User, *, role: Role, scope_id: str) -> Membership | None:
    """The grant that lets `user` make a token of this role and scope: the very same, else that of an organiser."""
    grants = memberships_of(user)
    same = (grant for grant in grants if (grant.role, grant.scope_id) == (role, scope_id))
    return next(same, None) or next((grant for grant in grants if grant.role == Role.ORGANISER), None)


def tokens_visible_to(user: User, *, forum: Forum) -> QuerySet[ApiToken]:
    """Tokens that were not revoked, the newest first: one's own, for organisers everybody's."""
    tokens = ApiToken.objects.filter(grant__forum=forum, revoked_at=None).select_related(
        "grant__account", "grant__forum"
    )
    return tokens if has_role(user, Role.ORGANISER) else tokens.filter(grant__account=user.pk)

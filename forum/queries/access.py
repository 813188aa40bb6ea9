"""Who holds which role where. The answer is read once per request and kept on the account object."""

from django.contrib.auth.models import AnonymousUser

from forum.enums import Role, ScopeKind
from forum.models import Account, Forum, Membership
from forum.queries.compiled import Compiled

User = Account | AnonymousUser


def memberships_of(user: User) -> list[Membership]:
    """Live grants of `user` in the current edition; none for people who are not signed in."""
    if not isinstance(user, Account) or not user.is_active:
        return []
    if "_memberships" not in user.__dict__:
        user.__dict__["_memberships"] = list(
            Membership.objects.active().filter(account=user, forum__is_current=True).select_related("forum")
        )
    return user.__dict__["_memberships"]


def limited_to(account: Account, grant: Membership) -> Account:
    """`account` with `grant` as its only grant: what a token may do, whatever else its holder may."""
    account.__dict__["_memberships"] = [grant]
    return account


def roles_of(user: User) -> set[str]:
    """The names of the roles, whatever their scope."""
    return {m.role for m in memberships_of(user)}


def has_role(user: User, *roles: Role) -> bool:
    """Whether `user` holds one of `roles`; an organiser may do whatever the others may."""
    held = roles_of(user)
    return Role.ORGANISER in held or not held.isdisjoint(roles)


def scopes_of(user: User, role: Role, kind: ScopeKind) -> set[str]:
    """Region codes or public ids that `user` holds `role` for."""
    return {m.scope_id for m in memberships_of(user) if m.role == role and m.scope_kind == kind}


def is_staff(user: User) -> bool:
    """Whether `user` belongs to the team and therefore needs a second factor."""
    return bool(memberships_of(user))


def current_forum() -> Forum:
    """The edition in hand. Raises `Forum.DoesNotExist` before the first set-up."""
    forum = _CURRENT.first()
    if forum is None:
        raise Forum.DoesNotExist
    return forum


_CURRENT: Compiled[Forum] = Compiled(lambda: Forum.objects.select_related("host_region").filter(is_current=True))
"""Every page asks for it."""

"""Who signs in, and what they may do. An email is a login, not a person: one account may look after ten people."""

import uuid
from datetime import datetime
from typing import Any, ClassVar

import rules
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import Combinable
from django.db.models.functions import Lower
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from forum.enums import Role, ScopeKind


class Account(AbstractBaseUser):
    """A login, by emailed code: nobody has a password. Emails are compared in lower case (`forum.actions.accounts.account_of`).

    Staff additionally need a second factor (`forum.web.access`).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("email"), unique=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="ru")
    timezone = models.CharField(_("time zone"), max_length=40, default="Asia/Novokuznetsk")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[BaseUserManager[Any]] = BaseUserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(name="account_email_lower", condition=Q(email=Lower("email"))),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    def has_perm(self, perm: str, obj: object | None = None) -> bool:
        """All rights come from `rules.py` of each app; there are no permission tables."""
        return self.is_active and bool(rules.has_perm(perm, self, obj))

    def has_perms(self, perms: list[str], obj: object | None = None) -> bool:
        """Django's mixins ask for several at once."""
        return all(self.has_perm(perm, obj) for perm in perms)


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Grants expire by themselves, so `active` looks at the clock."""

    def active(self, *, at: "datetime | Combinable | None" = None) -> "MembershipQuerySet":
        """Grants that hold at this moment, or at the one given."""
        return self.filter(ended_at=None, valid_until__gt=at or now())


class Membership(models.Model):
    """A grant: account x forum x role x scope x valid until."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="memberships")
    forum = models.ForeignKey("forum.Forum", on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    scope_kind = models.CharField(max_length=20, choices=ScopeKind.choices, default=ScopeKind.FORUM)
    scope_id = models.CharField(max_length=40, blank=True)
    valid_until = models.DateTimeField(_("valid until"))
    granted_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="membership_scope_named",
                condition=Q(scope_kind=ScopeKind.FORUM, scope_id="")
                | (~Q(scope_kind=ScopeKind.FORUM) & ~Q(scope_id="")),
            ),
            models.UniqueConstraint(
                name="membership_one_live_grant",
                fields=["account", "forum", "role", "scope_kind", "scope_id"],
                condition=Q(ended_at=None),
            ),
            models.CheckConstraint(name="membership_ends_after_start", condition=Q(valid_until__gt=F("created_at"))),
        ]

    def __str__(self) -> str:
        return f"{self.role}:{self.scope_id}" if self.scope_id else self.role

"""Passes for programs: an API token acts as one grant of its holder, or as less than that."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from forum.crypto.fields import EncryptedTextField
from forum.enums import Role, ScopeKind
from forum.models.accounts import Membership


class ApiToken(models.Model):
    """A program's pass, stored as a keyed hash. It lives as long as its grant, and never longer than `expires_at`.

    `role` and scope are those of the grant, or fewer rights where the grant is an organiser's. `ending` is the end of the
    secret: people recognise a token by it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=60)
    grant = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="tokens")
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    scope_kind = models.CharField(max_length=20, choices=ScopeKind.choices, default=ScopeKind.FORUM)
    scope_id = models.CharField(max_length=40, blank=True)
    token_hash = models.BinaryField(unique=True)
    ending = models.CharField(max_length=4)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="api_token_scope_named",
                condition=Q(scope_kind=ScopeKind.FORUM, scope_id="")
                | (~Q(scope_kind=ScopeKind.FORUM) & ~Q(scope_id="")),
            ),
            models.CheckConstraint(name="api_token_ends_after_start", condition=Q(expires_at__gt=F("created_at"))),
            models.UniqueConstraint(
                name="api_token_one_live_name", fields=["grant", "name"], condition=Q(revoked_at=None)
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def is_alive(self) -> bool:
        """Whether it may be used at this moment; needs `grant__account` and `grant__forum`."""
        moment, grant = now(), self.grant
        holds = grant.ended_at is None and grant.valid_until > moment and grant.forum.is_current
        return holds and grant.account.is_active and self.revoked_at is None and self.expires_at > moment


class ApiAnswer(models.Model):
    """The answer to a creation that carried an `Idempotency-Key`; `status` is empty while the first request runs.

    `request_hash` tells whether a later request with the key is the same one. The body is sealed: it may name people.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.ForeignKey(ApiToken, on_delete=models.PROTECT, related_name="answers")
    key = models.CharField(max_length=100)
    request_hash = models.BinaryField()
    status = models.PositiveSmallIntegerField(null=True)
    body = EncryptedTextField(aad_from="public_id", null=True)
    location = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="api_answer_one_per_key", fields=["token", "key"])]
        indexes = [models.Index(name="api_answer_age", fields=["created_at"])]

    def __str__(self) -> str:
        return f"answer {self.pk}"

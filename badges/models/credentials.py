"""What a badge proves, and the rendered badge."""

import uuid

from django.db import models
from django.db.models import Q

from badges.enums import CredentialState
from forum.crypto.fields import EncryptedTextField


class Credential(models.Model):
    """The token behind a QR code. Reissue makes a new one and kills the old one; one is live per registration.

    The token itself is stored encrypted, so that reprints work; scans look it up by a keyed hash.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    registration = models.ForeignKey("registration.Registration", on_delete=models.PROTECT, related_name="credentials")
    token = EncryptedTextField(aad_from="public_id")
    token_hash = models.BinaryField(unique=True)
    short_code = models.CharField(max_length=8, unique=True)
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=CredentialState.choices, default=CredentialState.LIVE)
    issued_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="credential_one_live", fields=["registration"], condition=Q(state=CredentialState.LIVE)
            ),
            models.UniqueConstraint(name="credential_number_once", fields=["registration", "number"]),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class BadgeFile(models.Model):
    """A badge as rendered from certain facts. Other facts mean the paper is stale and must be printed again.

    `photo` is the key of the picture drawn on it: such a file is sealed, and its bytes go with the picture, all others a month
    after the forum (`erased_at`). The row stays, since the paper made of it may be in somebody's hand.

    A badge that must not be printed (letters that the font lacks, a name that fits nowhere) has no file but `problems`:
    one {"field", "code", "characters"} for each.
    """

    credential = models.ForeignKey(Credential, on_delete=models.PROTECT, related_name="badge_files")
    facts_hash = models.CharField(max_length=64)
    file = models.OneToOneField("forum.StoredFile", null=True, on_delete=models.PROTECT, related_name="badge")
    photo = models.BigIntegerField(null=True)
    problems = models.JSONField(default=list)
    erased_at = models.DateTimeField(null=True)
    rendered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(name="badge_file_once", fields=["credential", "facts_hash"]),
            models.CheckConstraint(
                name="badge_file_or_problems",
                condition=Q(erased_at=None, file__isnull=False, problems=[])
                | (Q(erased_at=None, file__isnull=True) & ~Q(problems=[]))
                | Q(erased_at__isnull=False, file__isnull=True, problems=[]),
            ),
        ]

    def __str__(self) -> str:
        return f"badge of {self.credential_id}"

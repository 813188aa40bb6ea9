"""Consents: a document of its own per purpose, with version, text, language and evidence."""

import hashlib
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from registration.enums import ConsentEvidence, ConsentPurpose, WithdrawalWay


class ConsentDocument(models.Model):
    """One version of a consent text, in all languages. A published version is never edited: a new one is made.

    `receiver` is who gets the data, where they go to somebody else: each receiver needs a document of its own.
    """

    forum = models.ForeignKey("forum.Forum", on_delete=models.PROTECT, related_name="consent_documents")
    purpose = models.CharField(max_length=30, choices=ConsentPurpose.choices)
    receiver = models.ForeignKey("forum.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("text"))
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["purpose", "-version"]
        constraints = [
            models.UniqueConstraint(
                name="consent_document_version",
                fields=["forum", "purpose", "receiver", "version"],
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} v{self.version}"

    def text_hash(self, language: str) -> str:
        """SHA-256 of title and text exactly as shown in `language` (fall-backs included)."""
        with translation.override(language):
            return hashlib.sha256(f"{self.title}\n\n{self.body}".encode()).hexdigest()


class Consent(models.Model):
    """That one person agreed to one text. A trigger refuses every later change; withdrawal is a row of its own.

    `signed_on` is the date on the paper, `witness` who saw it being signed at a desk, `given_at` when we wrote it down. Whoever
    has withdrawn may agree to the same text again: that consent names the withdrawal it comes after, so that each text has
    one live consent at most.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    document = models.ForeignKey(ConsentDocument, on_delete=models.PROTECT, related_name="consents")
    person = models.ForeignKey("registration.Person", on_delete=models.PROTECT, related_name="consents")
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    text_hash = models.CharField(max_length=64)
    evidence = models.CharField(max_length=20, choices=ConsentEvidence.choices)
    ip = models.GenericIPAddressField(null=True)
    signed_on = models.DateField(null=True)
    witness = models.CharField(max_length=200, blank=True)
    given_at = models.DateTimeField(auto_now_add=True)
    again_after = models.OneToOneField(
        "registration.ConsentWithdrawal", null=True, on_delete=models.PROTECT, related_name="given_again"
    )

    class Meta:
        ordering = ["given_at"]
        constraints = [
            models.UniqueConstraint(
                name="consent_once_per_document", fields=["document", "person"], condition=Q(again_after=None)
            ),
            models.CheckConstraint(
                name="consent_paper_has_date",
                condition=~Q(evidence=ConsentEvidence.SIGNED_PAPER) | Q(signed_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.public_id}"


class ConsentWithdrawal(models.Model):
    """That the person took one consent back. A row of its own, which a trigger keeps as it is.

    `language` is the one in which the consequences were read; of a withdrawal that the organisers record, that of the person's
    letters. `received_on` is the day on which they had it in hand, `withdrawn_at` when it was done.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consent = models.OneToOneField(Consent, on_delete=models.PROTECT, related_name="withdrawal")
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    ip = models.GenericIPAddressField(null=True)
    way = models.CharField(
        max_length=10,
        choices=WithdrawalWay.choices,
        default=WithdrawalWay.OWN_CLICK,
        db_default=WithdrawalWay.OWN_CLICK,
    )
    received_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["withdrawn_at"]
        constraints = [
            models.CheckConstraint(
                name="withdrawal_received_has_day",
                condition=Q(way=WithdrawalWay.OWN_CLICK, received_on=None)
                | (~Q(way=WithdrawalWay.OWN_CLICK) & Q(received_on__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.consent_id} {self.public_id}"

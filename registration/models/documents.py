"""Identity documents and pictures of people: asked only where something needs them, sealed, erased by date."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from forum.crypto.fields import EncryptedTextField
from registration.engine.documents.answers import SEALED
from registration.enums import DocumentField, DocumentKind, ErasedData, ErasureBasis, PictureKind, VisaPart


class IdentityDocument(models.Model):
    """The document that a person will show. Purpose: passes of plants, invitation letters. Kept until `erase_after`.

    Every value is encrypted by itself; dates are ISO text. `number_hash` is keyed (edition, citizenship, folded number): among
    applications that are alive (`is_live`) and above suspicion a number stands once. A second person with the same number
    is `suspect_since`; an officer who has compared both may let them stay (`cleared_at`). `erased_at`: nothing but the
    row is left.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    forum = models.ForeignKey("forum.Forum", on_delete=models.PROTECT, related_name="+")
    registration = models.OneToOneField(
        "registration.Registration", on_delete=models.PROTECT, related_name="identity_document"
    )
    kind = models.CharField(_("document"), max_length=20, choices=DocumentKind.choices, blank=True)
    series = EncryptedTextField(aad_from="public_id", null=True)
    number = EncryptedTextField(aad_from="public_id", null=True)
    issued_by = EncryptedTextField(aad_from="public_id", null=True)
    issued_on = EncryptedTextField(aad_from="public_id", null=True)
    department_code = EncryptedTextField(aad_from="public_id", null=True)
    expires_on = EncryptedTextField(aad_from="public_id", null=True)
    birth_place = EncryptedTextField(aad_from="public_id", null=True)
    registration_address = EncryptedTextField(aad_from="public_id", null=True)
    sex = EncryptedTextField(aad_from="public_id", null=True)
    number_hash = models.BinaryField(max_length=32, null=True)
    is_live = models.BooleanField(default=True)
    suspect_since = models.DateTimeField(null=True)
    cleared_at = models.DateTimeField(null=True)
    cleared_by = models.ForeignKey("forum.Account", null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    erase_after = models.DateField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="document_number_once",
                fields=["forum", "number_hash"],
                condition=Q(is_live=True, suspect_since=None),
            ),
            models.CheckConstraint(
                name="document_erased_is_empty",
                condition=Q(erased_at=None) | Q(number_hash=None, **{f"{column}__isnull": True for column in SEALED}),
            ),
            models.CheckConstraint(
                name="document_cleared_was_suspect",
                condition=Q(cleared_at=None) | Q(suspect_since__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="document_erasure", fields=["erase_after"], condition=Q(erased_at=None)),
            models.Index(name="document_suspects", fields=["forum", "number_hash"]),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class PersonPicture(models.Model):
    """A photo or the picture of a document, drawn anew and sealed. Removed by the person at any time, and by date."""

    registration = models.ForeignKey("registration.Registration", on_delete=models.PROTECT, related_name="pictures")
    kind = models.CharField(max_length=10, choices=PictureKind.choices)
    file = models.OneToOneField("forum.StoredFile", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    erase_after = models.DateField()

    class Meta:
        ordering = ["kind"]
        constraints = [models.UniqueConstraint(name="person_picture_once", fields=["registration", "kind"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Erasure(models.Model):
    """That data of a document or a person were erased: what kinds of data, whose, when, why. Never what they were.

    A trigger keeps it as it is: with the acts drawn from it, it is the proof of erasure (Roskomnadzor order 179 of 2022).
    """

    forum = models.ForeignKey("forum.Forum", on_delete=models.PROTECT, related_name="+")
    ref = models.CharField(max_length=10)
    fields = ArrayField(models.CharField(max_length=30, choices=DocumentField.choices), default=list)
    pictures = ArrayField(models.CharField(max_length=10, choices=PictureKind.choices), default=list)
    visa = ArrayField(models.CharField(max_length=10, choices=VisaPart.choices), default=list, db_default=[])
    data = ArrayField(models.CharField(max_length=20, choices=ErasedData.choices), default=list)
    basis = models.CharField(max_length=10, choices=ErasureBasis.choices)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("forum.Account", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(name="erasure_by_day", fields=["forum", "at"])]

    def __str__(self) -> str:
        return f"{self.ref} {self.basis}"

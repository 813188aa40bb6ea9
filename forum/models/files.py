"""Private files: never at a public URL, served only through a view that checks."""

import uuid

from django.db import models
from django.db.models import Q


def storage_path(stored: "StoredFile", filename: str) -> str:
    """Random, spread over folders, without a trace of the person; the given name is not used."""
    return f"{stored.purpose}/{stored.public_id.hex[:2]}/{stored.public_id.hex}"


class StoredFile(models.Model):
    """A file we made or received. `name` is what a download is called and holds no personal data.

    `sealed_for` names the place for which the bytes are sealed, as additional data of the encryption; empty for plain
    bytes. `sealed_with` is the id of the key, so that a rotation finds the file without opening it. Size and hash are
    those of the bytes in the storage. `given_up_at`: nobody needs it any more, the bytes go first and then the row.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    purpose = models.CharField(max_length=30)
    file = models.FileField(upload_to=storage_path)
    name = models.CharField(max_length=100)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    owner = models.ForeignKey("forum.Account", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    erase_after = models.DateTimeField(null=True)
    sealed_for = models.CharField(max_length=100, blank=True, default="", db_default="")
    sealed_with = models.CharField(max_length=32, blank=True, default="", db_default="")
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(name="stored_file_erasure", fields=["erase_after"]),
            models.Index(name="stored_file_given_up", fields=["given_up_at"], condition=Q(given_up_at__isnull=False)),
            models.Index(name="stored_file_sealed", fields=["sealed_with"], condition=~Q(sealed_for="")),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.public_id}"

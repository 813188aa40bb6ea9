"""Batches of badges on paper, and which badge was printed from which facts."""

import uuid

from django.db import models


class PrintBatch(models.Model):
    """A batch that an officer printed as one PDF; `job` carries its progress and the file."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    forum = models.ForeignKey("forum.Forum", on_delete=models.PROTECT, related_name="print_batches")
    job = models.OneToOneField("forum.Job", on_delete=models.PROTECT, related_name="print_batch")
    sheet = models.CharField(max_length=4)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"batch {self.public_id}"


class PrintRecord(models.Model):
    """That one credential went onto paper in one batch, with the facts printed; `photo` is the key of the picture on it."""

    batch = models.ForeignKey(PrintBatch, on_delete=models.PROTECT, related_name="records")
    credential = models.ForeignKey("badges.Credential", on_delete=models.PROTECT, related_name="print_records")
    facts_hash = models.CharField(max_length=64)
    photo = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="print_record_once", fields=["batch", "credential"])]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.credential_id}"

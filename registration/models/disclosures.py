"""Whose data were handed to whom outside the forum, and who there has to be told that they must not be used any more."""

import uuid

from django.db import models
from django.db.models import Q

from registration.enums import ConsentPurpose


class HandedOut(models.Model):
    """That somebody's data went to one receiver under one consent. No data of the person are in it.

    `handed_at` is the last time, `recalled_at` when the ground for it ended (a withdrawn consent, an erasure), `told_at` when
    the receiver was told so.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    registration = models.ForeignKey("registration.Registration", on_delete=models.PROTECT, related_name="handed_out")
    receiver = models.ForeignKey("forum.Organisation", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=30, choices=ConsentPurpose.choices)
    handed_at = models.DateTimeField()
    recalled_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    told_by = models.ForeignKey("forum.Account", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="handed_out_once", fields=["registration", "receiver", "purpose"]),
            models.CheckConstraint(
                name="handed_out_told_of_recall", condition=Q(told_at=None) | Q(recalled_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.public_id}"

"""A confirmed place on its way to a substitute, whom its holder has named."""

import uuid

from django.db import models
from django.db.models import F, Q

from registration.enums import HandOverEnd


class HandOver(models.Model):
    """The place stays with `registration` until `substitute` has consented, sent, and been approved where that is needed.

    `ended_at` and `outcome` come together; of one registration one hand-over is open at a time.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    registration = models.ForeignKey("registration.Registration", on_delete=models.PROTECT, related_name="hand_overs")
    substitute = models.OneToOneField("registration.Registration", on_delete=models.PROTECT, related_name="handed_by")
    begun_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=HandOverEnd.choices, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="hand_over_one_open", fields=["registration"], condition=Q(ended_at=None)),
            models.CheckConstraint(name="hand_over_to_another", condition=~Q(registration=F("substitute"))),
            models.CheckConstraint(
                name="hand_over_ends_somehow",
                condition=Q(ended_at=None, outcome="") | (Q(ended_at__isnull=False) & ~Q(outcome="")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

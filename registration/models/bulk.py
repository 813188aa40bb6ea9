"""Decisions about many applications at once: what was decided, what became of each, and the way back."""

import uuid

from django.db import models
from django.db.models import Q

from registration.enums import BulkOutcome, BulkUndone, MassDecision


class BulkDecision(models.Model):
    """One decision about many. `job` is the work, `undo_job` the one that takes it back.

    The letter carries `note`, or `reason` in the language of each person. It leaves when the time for undoing is over.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    forum = models.ForeignKey("forum.Forum", on_delete=models.PROTECT, related_name="bulk_decisions")
    by = models.ForeignKey("forum.Account", on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=10, choices=MassDecision.choices)
    reason = models.ForeignKey("registration.ReasonTemplate", null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    job = models.OneToOneField("forum.Job", null=True, on_delete=models.PROTECT, related_name="+")
    undo_job = models.OneToOneField("forum.Job", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="bulk_asks_with_words",
                condition=~Q(decision=MassDecision.ASK) | Q(reason__isnull=False) | ~Q(note=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class BulkRow(models.Model):
    """One application of it. `move` is what the decision did, `version` what undoing has to find.

    `refusal` says why nothing was decided, in the language of whoever asked.
    """

    bulk = models.ForeignKey(BulkDecision, on_delete=models.PROTECT, related_name="rows")
    registration = models.ForeignKey("registration.Registration", on_delete=models.PROTECT, related_name="bulk_rows")
    outcome = models.CharField(max_length=10, choices=BulkOutcome.choices, default=BulkOutcome.WAITING)
    refusal = models.TextField(blank=True)
    move = models.OneToOneField("registration.RegistrationMove", null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(null=True)
    undone = models.CharField(max_length=10, choices=BulkUndone.choices, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="bulk_row_once", fields=["bulk", "registration"]),
            models.CheckConstraint(
                name="bulk_row_done_has_its_move", condition=~Q(outcome=BulkOutcome.DONE) | Q(move__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bulk_id} {self.registration_id}"

"""Changes of shared facts that one side proposes and the other decides (`docs/co-management.md`)."""

import uuid

from django.db import models
from django.db.models import Q

from agenda.enums import ProposalState

OPEN = Q(state=ProposalState.OPEN)


class Proposal(models.Model):
    """A change of the facts that both sides share. At most one is open for a session.

    `was` and `change` hold the same facts, before and after: `{"hall": key, "linked": [key], "starts": iso, "ends": iso}`
    (keys: `queries/snapshot.py`). `impact` is whom it touched when it was proposed. `region` proposes, `answered_by` decides.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey("agenda.Session", on_delete=models.PROTECT, related_name="proposals")
    region = models.ForeignKey("forum.Region", on_delete=models.PROTECT, related_name="+")
    answered_by = models.ForeignKey("forum.Region", on_delete=models.PROTECT, related_name="+")
    was = models.JSONField()
    change = models.JSONField()
    impact = models.JSONField()
    reason = models.TextField(max_length=1000)
    base_version = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.OPEN)
    proposed_by = models.ForeignKey("forum.Account", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    decided_by = models.ForeignKey("forum.Account", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    note = models.TextField(max_length=1000, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(name="proposal_one_open", fields=["session"], condition=OPEN),
            models.CheckConstraint(
                name="proposal_decided_or_open",
                condition=Q(OPEN, decided_at=None) | (~OPEN & Q(decided_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(name="proposal_to_expire", fields=["expires_at"], condition=OPEN)]

    def __str__(self) -> str:
        return f"{self.state} {self.public_id}"


class ProposalStep(models.Model):
    """One step of a proposal's history; a trigger refuses every later change. Without `by` the clock did it."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10, choices=ProposalState.choices)
    region = models.ForeignKey("forum.Region", null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("forum.Account", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.state} {self.at}"

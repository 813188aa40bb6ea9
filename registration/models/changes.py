"""What people ask to have changed once their application is approved."""

import uuid

from django.db import models
from django.db.models import Q

from forum.crypto.fields import EncryptedTextField
from registration.enums import ChangeState, KeyField


class ChangeRequest(models.Model):
    """One key field, the value that it should have, and why. Officers accept or decline it.

    The value is forgotten as soon as this is over: accepted it stands where it belongs, else nobody needs it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    registration = models.ForeignKey("registration.Registration", on_delete=models.PROTECT, related_name="changes")
    field = models.CharField(max_length=20, choices=KeyField.choices)
    value = EncryptedTextField(aad_from="public_id", null=True)
    why = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=ChangeState.choices, default=ChangeState.OPEN)
    answer = models.TextField(blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("forum.Account", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="change_one_open_per_field",
                fields=["registration", "field"],
                condition=Q(state=ChangeState.OPEN),
            ),
            models.CheckConstraint(
                name="change_forgets_value",
                condition=Q(state=ChangeState.OPEN, ended_at=None, value__isnull=False)
                | (~Q(state=ChangeState.OPEN) & Q(value__isnull=True, ended_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

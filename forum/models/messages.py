"""The mail ledger: one row per (reason, subject, occasion, recipient, channel); the broker only hurries it up."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from forum.crypto.fields import EncryptedTextField
from forum.enums import Lane, MessageState


class Message(models.Model):
    """A message to one person for one occasion.

    `context` is the JSON the templates are filled with; it is encrypted, and emptied once the message has left, because
    a sign-in code or a return link must not stay readable. `attachments` are references "kind:public id" that a higher
    room resolves when the message is sent (`forum.registry.attachments`).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    forum = models.ForeignKey("forum.Forum", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.CharField(max_length=40)
    occasion = models.CharField(max_length=60)
    recipient = models.EmailField()
    channel = models.CharField(max_length=10, default="email")
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    lane = models.CharField(max_length=10, choices=Lane.choices)
    state = models.CharField(max_length=10, choices=MessageState.choices, default=MessageState.QUEUED)
    context = EncryptedTextField(aad_from="public_id", null=True)
    attachments = ArrayField(models.CharField(max_length=80), default=list)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=200, blank=True)
    request_id = models.CharField(max_length=32)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="message_once_per_occasion",
                fields=["reason", "subject_kind", "subject_id", "occasion", "recipient", "channel"],
            ),
        ]
        indexes = [
            models.Index(
                name="message_due",
                fields=["lane", "due_at"],
                condition=Q(state__in=[MessageState.QUEUED, MessageState.RETRY]),
            ),
            models.Index(name="message_in_flight", fields=["leased_until"], condition=Q(state=MessageState.SENDING)),
            models.Index(name="message_of_subject", fields=["subject_kind", "subject_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.public_id}"

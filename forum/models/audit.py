"""Who did what, when and why. A trigger refuses every later change (migration `0002_append_only`)."""

from django.db import models

from forum.enums import ActorKind


class AuditEntry(models.Model):
    """One act, written by its action in the same transaction.

    `changed` names the personal fields that changed, never their values; `data` holds facts that are not personal, such
    as states. `object_kind` and `object_id` are a kind and a public id, so that any room can be named from the ground.
    """

    at = models.DateTimeField(auto_now_add=True)
    forum = models.ForeignKey("forum.Forum", null=True, on_delete=models.PROTECT, related_name="+")
    actor_kind = models.CharField(max_length=10, choices=ActorKind.choices)
    actor = models.ForeignKey("forum.Account", null=True, on_delete=models.PROTECT, related_name="+")
    device_id = models.UUIDField(null=True)
    action = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=30)
    object_id = models.CharField(max_length=40)
    changed = models.JSONField(default=list)
    data = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    request_id = models.CharField(max_length=32)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(name="audit_of_object", fields=["object_kind", "object_id"])]

    def __str__(self) -> str:
        return f"{self.action} {self.object_kind} {self.object_id}"

"""Every work that takes longer than a second, and its progress bar."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from forum.enums import JobState


class Job(models.Model):
    """A long work. `params` holds ids and choices only, `errors` one row per item that could not be done.

    A worker that dies leaves the row `running` with an old heartbeat; the sweep starts it again, so every kind of job
    must be safe to run twice.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    forum = models.ForeignKey("forum.Forum", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    owner = models.ForeignKey("forum.Account", on_delete=models.PROTECT, related_name="jobs")
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    params = models.JSONField(default=dict)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    errors = models.JSONField(default=list)
    result = models.ForeignKey("forum.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    result_erased_at = models.DateTimeField(null=True)
    cancel_asked = models.BooleanField(default=False)
    runs = models.PositiveSmallIntegerField(default=0)
    request_id = models.CharField(max_length=32)
    created_at = models.DateTimeField(_("asked"), auto_now_add=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(
                name="job_unfinished",
                fields=["heartbeat_at"],
                condition=Q(state__in=[JobState.QUEUED, JobState.RUNNING]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @property
    def is_finished(self) -> bool:
        """Nothing more will happen to it."""
        return self.state not in (JobState.QUEUED, JobState.RUNNING)

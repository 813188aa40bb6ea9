"""Shapes of the ground: the token itself, long works, what other rooms share."""

from typing import Any

from rest_framework import serializers

from forum.enums import JobState, Role, ScopeKind
from forum.models import Job
from forum.queries.jobs import job_label


class CodedSerializer(serializers.Serializer):
    """Something with a code and a name in the language asked for."""

    code = serializers.CharField()
    name = serializers.CharField()


class ForumSerializer(serializers.Serializer):
    """The edition."""

    slug = serializers.CharField()
    title = serializers.CharField()
    timezone = serializers.CharField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()


class TokenSerializer(serializers.Serializer):
    """What a token may do."""

    id = serializers.UUIDField(source="public_id")
    name = serializers.CharField()
    role = serializers.ChoiceField(Role.choices)
    scope_kind = serializers.ChoiceField(ScopeKind.choices)
    scope = serializers.CharField(source="scope_id", help_text="Region code or public id; empty for the whole forum.")
    forum = ForumSerializer(source="grant.forum")
    expires_at = serializers.DateTimeField()


class JobErrorSerializer(serializers.Serializer):
    """One item that could not be done."""

    item = serializers.CharField()
    message = serializers.CharField()


class JobSerializer(serializers.Serializer[Job]):
    """A long work and how far it is."""

    id = serializers.UUIDField(source="public_id")
    kind = serializers.CharField()
    label = serializers.SerializerMethodField()  # type: ignore[assignment]  # fields leave the class
    state = serializers.ChoiceField(JobState.choices)
    total = serializers.IntegerField()
    done = serializers.IntegerField(help_text="Items dealt with, those that failed included.")
    failed = serializers.IntegerField()
    errors = JobErrorSerializer(many=True)  # type: ignore[assignment]  # as above
    cancel_asked = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)

    def get_label(self, job: Job) -> str:
        """What people call this kind of work."""
        return job_label(job.kind)


JOB: dict[str, Any] = {
    "id": "5b1f7a52-4a51-4b0e-9c53-3f0a4b3b6a10",
    "kind": "registration.bulk_decide",
    "label": "Decide about applications",
    "state": "running",
    "total": 40,
    "done": 12,
    "failed": 1,
    "errors": [{"item": "7K4QXM2P9A", "message": "All places are taken."}],
    "cancel_asked": False,
    "created_at": "2027-04-02T09:15:00+07:00",
    "finished_at": None,
}

"""The alarms of the ground for the Today page: letters and long works that need a person."""

from typing import Any

from django.http import HttpRequest

from forum.models import Forum
from forum.queries.jobs import failed_jobs
from forum.queries.messages import mail_health, messages_visible_to, oldest_waiting


def context(request: HttpRequest, forum: Forum) -> dict[str, Any]:
    """What stands still, is unknown, or broke in the last days."""
    letters = messages_visible_to(request.user)
    health, failed = mail_health(letters), failed_jobs(forum)
    since = oldest_waiting(letters) if health.late else None
    return {"health": health, "failed_jobs": failed, "waiting_since": since, "calm": not (health.total or failed)}

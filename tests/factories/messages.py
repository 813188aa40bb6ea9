"""Letters in the ledger."""

from datetime import timedelta
from itertools import count
from typing import Any

from django.utils.timezone import now

from forum.actions.messages import queue_message
from forum.models import Forum, Message

_numbers = count(1)


def make_message(forum: Forum | None = None, **changes: Any) -> Message:
    """A sign-in code that waits to be sent, due a second ago."""
    number = next(_numbers)
    fields = {
        name: changes.pop(name) for name in list(changes) if name in ("state", "attempts", "leased_until", "due_at")
    }
    values: dict[str, Any] = {
        "reason": "account.code",
        "about": ("account", f"subject-{number}"),
        "occasion": f"occasion-{number}",
        "to": f"reader-{number}@example.org",
        "language": "en",
        "forum": forum,
        "context": {"code": f"CODE-{number:04}"},
    }
    message = queue_message(**values | changes)
    Message.objects.filter(pk=message.pk).update(**{"due_at": now() - timedelta(seconds=1)} | fields)
    message.refresh_from_db()
    return message

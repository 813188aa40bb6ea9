"""The id of a request goes with the tasks that it causes, and theirs with those that they cause.

Celery carries it as a header of the task, never as an argument. What nobody asked for (the clock's sweeps) gets an id
of its own when it is put into the queue, so that one can follow it, too.
"""

import time
from contextlib import ExitStack
from typing import Any

from celery import signals
from django.conf import settings

from forum.counting import tally
from forum.log_lines import begin
from forum.logs import carrying, known_request_id

QUEUED_AT = "forum_queued_at"
"""Header: seconds since 1970 when the task was put into its queue, for the age of the oldest one."""
REQUEST_ID = "forum_request_id"
_in_hand: dict[str, tuple[ExitStack, float]] = {}


@signals.setup_logging.connect
def _log_like_the_web(**_kwargs: Any) -> None:
    """Being here keeps Celery from making handlers of its own."""
    begin(settings.LOGGING)


@signals.before_task_publish.connect
def _label(headers: dict[str, Any], **_kwargs: Any) -> None:
    headers.setdefault(REQUEST_ID, known_request_id())
    headers[QUEUED_AT] = time.time()


@signals.task_prerun.connect
def _enter(task_id: str, task: Any, **_kwargs: Any) -> None:
    # From the broker it stands in the request; a task that is run on the spot has its headers beside.
    given = task.request.get(REQUEST_ID) or (task.request.headers or {}).get(REQUEST_ID)
    stack = ExitStack()
    stack.enter_context(carrying(request_id=given or known_request_id(), task=task.name, task_id=task_id))
    _in_hand[task_id] = stack, time.monotonic()


@signals.task_postrun.connect
def _leave(task_id: str, task: Any, state: str | None = None, **_kwargs: Any) -> None:
    stack, began = _in_hand.pop(task_id, (ExitStack(), time.monotonic()))
    tally.note("task", task.name, (state or "unknown").lower(), seconds=time.monotonic() - began)
    stack.close()

"""Who asked, in every log line, audit entry, task and mail header: ids only, never a name, an address or a token."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

NOBODY = "-"
"""What stands where an id is not known."""

request_id: ContextVar[str] = ContextVar("request_id", default=NOBODY)
job_id: ContextVar[str] = ContextVar("job_id", default=NOBODY)
"""Public id of the long work in hand."""
task_name: ContextVar[str] = ContextVar("task_name", default=NOBODY)
task_id: ContextVar[str] = ContextVar("task_id", default=NOBODY)
account_id: ContextVar[str] = ContextVar("account_id", default=NOBODY)
"""Public id of the account that is signed in, or whose token is used."""

IDS = {"request_id": request_id, "job": job_id, "task": task_name, "task_id": task_id, "account": account_id}


def new_request_id() -> str:
    """A fresh id; the caller puts it into the `request_id` variable."""
    return uuid.uuid4().hex[:16]


def known_request_id() -> str:
    """The id in hand, or a fresh one where nobody asked: the clock's tasks, a command."""
    known = request_id.get()
    return new_request_id() if known == NOBODY else known


@contextmanager
def carrying(**ids: str) -> Iterator[None]:
    """Inside the block these ids of `IDS` stand in every line; afterwards the ones before."""
    before = {name: IDS[name].set(value) for name, value in ids.items()}
    try:
        yield
    finally:
        for name, token in before.items():
            IDS[name].reset(token)

"""Long works of test kinds: `test.count` does one thing for each of its items, and refuses those it is told to."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from forum.actions.jobs import Progress
from forum.errors import DomainError
from forum.models import Account, Forum, Job
from forum.registry import JobKind, job_kinds

KIND = "test.count"


class Counting:
    """The work. `seen` lists what was done; `before` may do something before an item, such as stop the worker."""

    def __init__(self) -> None:
        self.seen: list[int] = []
        self.before: Any = lambda job, progress, item: None

    def run(self, job: Job, progress: Progress) -> None:
        for item in range(job.total):
            self.before(job, progress, item)
            progress.each([item], self._one(job), name=lambda number: f"item {number}")

    def _one(self, job: Job) -> Any:
        def work(item: int) -> None:
            if item in job.params.get("refused", []):
                raise DomainError("test.refused", "This one is refused.")
            self.seen.append(item)

        return work


@contextmanager
def counting_kind(*, permission: str = "forum.enter_team") -> Iterator[Counting]:
    """The kind is registered inside the block only."""
    counting = Counting()
    job_kinds.add(KIND, JobKind(KIND, "Count things", counting.run, permission))
    try:
        yield counting
    finally:
        del job_kinds._entries[KIND]


def make_job(forum: Forum, owner: Account, **changes: Any) -> Job:
    """A row as it stands; no worker is told."""
    values: dict[str, Any] = {"kind": KIND, "total": 10, "request_id": "test"}
    return Job.objects.create(forum=forum, owner=owner, **values | changes)

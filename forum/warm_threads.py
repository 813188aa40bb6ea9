"""Threads of gunicorn, of which the one that worked last works next.

Its connection to PostgreSQL is the one whose plans and rows are still at hand. Python's own pool hands requests round: with
eight threads in turn, a scan that nobody disturbs took a sixth longer.
"""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any, TypeVar

from gunicorn.workers.gthread import ThreadWorker

Result = TypeVar("Result")
Job = tuple[Future[Any], Callable[[], Any]]


class WarmThreads(Executor):
    """At most `most` threads, each started when all others are busy. What comes when all are busy waits in order."""

    def __init__(self, most: int) -> None:
        self._most, self._started, self._is_closed = most, 0, False
        self._lock = Lock()
        self._idle: list[SimpleQueue[Job | None]] = []
        self._waiting: deque[Job] = deque()

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """Raises `RuntimeError` after `shutdown`."""
        future: Future[Result] = Future()
        job: Job = (future, lambda: fn(*args, **kwargs))
        with self._lock:
            if self._is_closed:
                raise RuntimeError("no new work after shutdown")
            if self._idle:
                self._idle.pop().put(job)
            elif self._started < self._most:
                self._started += 1
                Thread(target=self._work, args=(job,), name=f"request-{self._started}").start()
            else:
                self._waiting.append(job)
        return future

    def _work(self, job: Job | None) -> None:
        mine: SimpleQueue[Job | None] = SimpleQueue()
        while job:
            _do(*job)
            del job  # it holds a request, which is not to live while the thread rests
            job = self._next(mine)

    def _next(self, mine: "SimpleQueue[Job | None]") -> Job | None:
        """What a thread does now, after a rest where nothing waits; None when it is to end."""
        with self._lock:
            if self._waiting:
                return self._waiting.popleft()
            if self._is_closed:
                return None
            self._idle.append(mine)
        return mine.get()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Nobody is waited for here: threads end when nothing waits, and the interpreter does not end before them."""
        with self._lock:
            self._is_closed = True
            while cancel_futures and self._waiting:
                self._waiting.popleft()[0].cancel()
            while self._idle:
                self._idle.pop().put(None)


def _do(future: Future[Any], call: Callable[[], Any]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = call()
    except BaseException as error:
        future.set_exception(error)
    else:
        future.set_result(result)


class Worker(ThreadWorker):
    """gunicorn's worker with threads, with these."""

    def get_thread_pool(self) -> WarmThreads:
        return WarmThreads(self.cfg.threads)

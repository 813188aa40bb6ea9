"""Everything that Prometheus reads, gathered when it asks: rooms' figures, queues, and what the processes counted."""

import json
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from typing import Any

from django.conf import settings
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric, SummaryMetricFamily
from prometheus_client.registry import Collector

from celery_app import app as celery
from forum.counting import counted, redis, tally
from forum.registry import Figure, figures
from forum.task_trace import QUEUED_AT

logger = logging.getLogger(__name__)


def exposition() -> bytes:
    """The whole answer in Prometheus' text form. What cannot be read is said by `forum_read` and breaks nothing else."""
    registry = CollectorRegistry()
    registry.register(_Forum())
    return generate_latest(registry)


def queue_names() -> list[str]:
    """The queues of the broker."""
    routes = settings.CELERY_TASK_ROUTES.values()
    return sorted({settings.CELERY_TASK_DEFAULT_QUEUE, *(route["queue"] for route in routes)})


def queues() -> Iterator[Figure]:
    """How many tasks wait, since when the oldest one does, and how many are in the hands of workers."""
    names = queue_names()
    with redis().pipeline(transaction=False) as pipe:
        for name in names:
            pipe.llen(name)
            pipe.lindex(name, -1)  # workers take from the right
        pipe.hlen("unacked")
        *found, in_hand = pipe.execute()
    lengths = [((name,), float(number)) for name, number in zip(names, found[::2], strict=True)]
    ages = [((name,), _age(task)) for name, task in zip(names, found[1::2], strict=True)]
    yield Figure("forum_queue_tasks", "Tasks that wait in a queue.", ("queue",), lengths)
    yield Figure("forum_queue_oldest_seconds", "Age of the oldest task in a queue.", ("queue",), ages)
    yield Figure("forum_tasks_in_hand", "Tasks that workers have taken.", (), [((), float(in_hand))])


def _age(task: bytes | None) -> float:
    since = json.loads(task)["headers"].get(QUEUED_AT) if task else None
    return max(0.0, time.time() - since) if since else 0.0


class _Forum(Collector):
    def collect(self) -> Iterable[Metric]:
        read = GaugeMetricFamily("forum_read", "1: this part could be read.", labels=["part"])
        readers: dict[str, Callable[[], Iterable[Figure]]] = {**dict(figures.items()), "queues": queues}
        for name, reader in readers.items():
            yield from self._tried(name, partial(_families, reader), read)
        yield from self._tried("counted", _durations, read)
        yield read

    def _tried(self, name: str, gather: Callable[[], list[Metric]], read: GaugeMetricFamily) -> list[Metric]:
        try:
            found = gather()
        except Exception as error:
            logger.warning("figures cannot be read: %s (%s)", name, type(error).__name__)
            read.add_metric([name], 0)
            return []
        read.add_metric([name], 1)
        return found


def _families(reader: Callable[[], Iterable[Figure]]) -> list[Metric]:
    return [_family(figure) for figure in reader()]


def _family(figure: Figure) -> Metric:
    kind: Any = CounterMetricFamily if figure.counts else GaugeMetricFamily
    family: Any = kind(figure.name, figure.help, labels=figure.labels)
    for labels, number in figure.rows:
        family.add_metric(labels, number)
    return family


def _durations() -> list[Metric]:
    """Requests and tasks: how many, and how many seconds together."""
    tally.hand_over()
    requests = SummaryMetricFamily("forum_request_seconds", "Requests.", labels=["route", "status"])
    tasks = SummaryMetricFamily("forum_task_seconds", "Tasks of workers.", labels=["task", "state"])
    for labels, times, seconds in counted("request"):
        requests.add_metric(labels, count_value=times, sum_value=seconds)
    run = {tuple(labels): (times, seconds) for labels, times, seconds in counted("task")}
    never = {(name, "failure"): (0, 0.0) for name in _task_names()}
    for task, (times, seconds) in sorted((never | run).items()):
        tasks.add_metric(task, count_value=times, sum_value=seconds)
    return [requests, tasks]


@cache
def _task_names() -> list[str]:
    """All of ours: what has not failed yet is told as zero, so that an alert sees the first failure as a rise."""
    celery.loader.import_default_modules()
    return [name for name in celery.tasks if not name.startswith("celery.")]

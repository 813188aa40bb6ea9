"""The ground's figures for those on duty: one query each, over all editions, since a letter about an account has none.

What has not happened yet is told as zero: an alert sees the first failure only as a rise of a figure that it knows.
"""

from collections.abc import Iterator
from itertools import product

from django.db.models import Count, Min, Q
from django.utils.timezone import now

from forum.enums import JobState, Lane, MessageState
from forum.models import Job, Message
from forum.registry import Figure, job_kinds


def mail() -> Iterator[Figure]:
    """How many messages stand where, and how long the oldest one that is due has waited (none: 0)."""
    moment = now()
    due = Q(state__in=[MessageState.QUEUED, MessageState.RETRY], due_at__lte=moment)
    rows = list(
        Message.objects.order_by()
        .values_list("lane", "state")
        .annotate(number=Count("pk"), since=Min("due_at", filter=due))
    )
    waits = dict.fromkeys(Lane.values, 0.0)
    for lane, _state, _number, since in rows:
        waits[lane] = max(waits[lane], (moment - since).total_seconds() if since else 0.0)
    counts = dict.fromkeys(product(Lane.values, MessageState.values), 0.0)
    counts |= {(lane, state): float(number) for lane, state, number, _since in rows}
    yield Figure("forum_mail", "Messages of the ledger.", ("lane", "state"), list(counts.items()))
    ages = [((lane,), age) for lane, age in waits.items()]
    yield Figure("forum_mail_oldest_due_seconds", "Age of the oldest message that is due.", ("lane",), ages)


def jobs() -> Iterator[Figure]:
    """Long works by kind and state, and how long the oldest one has waited for a worker (none: 0)."""
    moment = now()
    waiting = Min("created_at", filter=Q(state=JobState.QUEUED))
    rows = list(Job.objects.order_by().values_list("kind", "state").annotate(number=Count("pk"), since=waiting))
    counts = dict.fromkeys(product((name for name, _kind in job_kinds.items()), JobState.values), 0.0)
    counts |= {(kind, state): float(number) for kind, state, number, _since in rows}
    yield Figure("forum_jobs", "Long works.", ("kind", "state"), list(counts.items()))
    age = max(((moment - since).total_seconds() for *_key, since in rows if since), default=0.0)
    yield Figure("forum_jobs_oldest_waiting_seconds", "Age of the oldest long work without a worker.", (), [((), age)])

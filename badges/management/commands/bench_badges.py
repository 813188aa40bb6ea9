"""`manage.py bench_badges`: print a number of badges in this process as the worker does, and tell what it cost."""

import json
import resource
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from badges.actions.printing import start_print_batch
from badges.queries.facts import holding_badges
from badges.queries.printing import print_queue
from celery_app import app as celery
from forum.actions.jobs import run
from forum.models import Account, Job
from forum.queries.access import current_forum


class Command(BaseCommand):
    """The whole job: facts from the database, drawing, the file, one record for each badge."""

    help = "Print badges of a benchmark. Never in production mode."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options."""
        parser.add_argument("--count", type=int, required=True)
        parser.add_argument("--email", default="officer@example.org", help="who has them printed")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line of JSON: seconds, badges, bytes, peak memory before and after in MB, errors."""
        if settings.PRODUCTION:
            raise CommandError("bench_badges does not run with FORUM_MODE=production")
        # The work is done here, by nobody else.
        celery.conf.broker_url = "memory://localhost"
        forum = current_forum()
        chosen = print_queue(forum).filter(pk__in=holding_badges(forum).values("pk"))[: options["count"]]
        batch = start_print_batch(
            forum=forum,
            credentials=[row.credential_pk for row in chosen],
            sheet="a6",
            sides=1,
            by=Account.objects.get(email=options["email"]),
            reason="benchmark",
        )
        self.stdout.write(json.dumps(_measured(batch.job)))


def _measured(job: Job) -> dict[str, float]:
    before, began = _peak_mb(), time.perf_counter()
    run(job_id=job.pk)
    seconds = time.perf_counter() - began
    job.refresh_from_db()
    size = job.result.size if job.result else 0
    return {
        "seconds": seconds,
        "badges": job.done,
        "bytes": size,
        "peak_mb": _peak_mb(),
        "grown_mb": _peak_mb() - before,
        "errors": job.failed,
    }


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

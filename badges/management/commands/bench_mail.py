"""`manage.py bench_mail`: put a number of letters into the ledger, for `./run bench mail`."""

import json
from argparse import ArgumentParser
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.timezone import now

from forum.actions.bell import hurry_lane
from forum.enums import Lane
from forum.models import Forum, Message
from forum.queries.access import current_forum

REASON = "account.code"


class Command(BaseCommand):
    """Written in bulk; sending them is the worker's part, and that is what is measured."""

    help = "Queue letters of a benchmark. Never in production mode."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options."""
        parser.add_argument("--count", type=int, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """One line of JSON: `{"occasion": …}`, by which the letters are found again."""
        if settings.PRODUCTION:
            raise CommandError("bench_mail invents letters; it does not run with FORUM_MODE=production")
        occasion, forum = f"bench-{uuid4().hex[:12]}", current_forum()
        with transaction.atomic():
            Message.objects.bulk_create(_letter(forum, occasion, number) for number in range(options["count"]))
            hurry_lane(Lane.PERSONAL)
        self.stdout.write(json.dumps({"occasion": occasion}))


def _letter(forum: Forum, occasion: str, number: int) -> Message:
    return Message(
        forum=forum,
        reason=REASON,
        subject_kind="bench",
        subject_id=str(number),
        occasion=occasion,
        recipient=f"bench{number}@example.org",
        language="ru",
        lane=Lane.PERSONAL,
        context=json.dumps({"code": "ABC123"}),
        due_at=now(),
        request_id="bench",
    )

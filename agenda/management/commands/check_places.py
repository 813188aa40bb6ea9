"""`manage.py check_places [--fix]`: are the numbers of places what the claims say, do claims, applications and times agree?"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agenda.queries.audit_places import claims_without_time, times_without_claim
from registration.actions.pools import miscounted, recount_pool
from registration.queries import codes
from registration.queries.audit_places import applications_without_claim, claims_elsewhere, claims_without_application


class Command(BaseCommand):
    """Compare, report, and count anew where asked to. Without `--fix` a difference ends with exit code 1."""

    help = "Count every pool of places anew from its claims and report differences; --fix writes the right numbers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options."""
        parser.add_argument("--fix", action="store_true", help="write the numbers that the claims say")

    def handle(self, *args: Any, **options: Any) -> None:
        """No name appears in the report: public ids only."""
        wrong = miscounted()
        for found in wrong:
            pool = found.pool
            self.stdout.write(f"{pool.kind} {pool.public_id}: says {found.taken}, claims say {found.counted}")
            if options["fix"]:
                recount_pool(pool)
        loose = [
            *claims_without_time(),
            *times_without_claim(),
            *applications_without_claim(),
            *claims_without_application(),
            *claims_elsewhere(),
            *codes.miscounted(),
        ]
        for line in loose:
            self.stdout.write(line)
        if loose or (wrong and not options["fix"]):
            raise CommandError(f"{len(wrong)} wrong numbers, {len(loose)} things to look at")
        self.stdout.write(f"{len(wrong)} wrong numbers" + (", written anew" if wrong else ""))

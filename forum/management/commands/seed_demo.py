"""`manage.py seed_demo`: the demo forum, built through the actions."""

import time
from argparse import ArgumentParser
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from celery_app import app as celery
from forum.demo import STAGES, build_edition
from forum.models import Forum

ROOMS = ("registration", "agenda", "badges")


class Command(BaseCommand):
    """Fill an empty database with the demo forum."""

    help = "Build the demo forum through the actions (refused in production mode and on a database that has a forum)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options."""
        parser.add_argument("--seed", type=int, default=1, help="the same number makes the same people and states")
        parser.add_argument("--stage", choices=STAGES, default="before", help="where the forum stands today")
        parser.add_argument("--people", type=int, default=320, help="how many delegates")
        parser.add_argument("--if-empty", action="store_true", help="do nothing when there is a forum already")

    def handle(self, *args: Any, **options: Any) -> None:
        """Each app seeds itself, in the order of the rooms."""
        if settings.PRODUCTION:
            raise CommandError("seed_demo invents people; it does not run with FORUM_MODE=production")
        if Forum.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError("there is a forum in this database already")
        # Tasks go nowhere: what they would do is found by the sweeps, as after the loss of a broker.
        celery.conf.broker_url = "memory://localhost"
        started = time.monotonic()
        context = build_edition(stage=options["stage"], seed=options["seed"], people=options["people"])
        for config in apps.get_app_configs():
            if config.name in ROOMS:
                import_module(f"{config.name}.demo").build(context)
                self.stdout.write(f"{config.name}: {time.monotonic() - started:.1f} s")

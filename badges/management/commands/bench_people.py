"""`manage.py bench_people`: a crowd for `./run bench`, written in bulk: fifty thousand walks through the pages take hours."""

import json
from argparse import ArgumentParser
from random import Random
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.timezone import now

from badges.engine.token import TOKEN_LOOKUP, new_short_code, new_token
from badges.models import Credential
from forum.crypto import keyed_hash
from forum.models import Forum
from forum.queries.access import current_forum
from registration.actions.people import write_names
from registration.demo_data.people import invent_names, invent_work
from registration.enums import RegistrationState
from registration.models import Category, Delegation, Person, Registration

CHUNK = 1000


class Command(BaseCommand):
    """Confirmed delegates with live badges, beside those that are there already."""

    help = "Pour in people for a benchmark and print what their codes hold. Never in production mode."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options."""
        parser.add_argument("--people", type=int, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """One line of JSON: `{"codes": […]}`."""
        if settings.PRODUCTION:
            raise CommandError("bench_people invents people; it does not run with FORUM_MODE=production")
        forum, chance = current_forum(), Random(1)  # noqa: S311 -- names, no secrets
        sizes = [min(CHUNK, options["people"] - done) for done in range(0, options["people"], CHUNK)]
        self.stdout.write(json.dumps({"codes": [code for size in sizes for code in _pour(forum, chance, size)]}))


@transaction.atomic
def _pour(forum: Forum, chance: Random, size: int) -> list[str]:
    category = Category.objects.get(forum=forum, code="delegate")
    groups = list(Delegation.objects.filter(forum=forum).select_related("region"))
    people = Person.objects.bulk_create(_person(forum, chance) for _ in range(size))
    registrations = Registration.objects.bulk_create(
        _registration(person, chance, category=category, delegation=chance.choice(groups)) for person in people
    )
    badges = Credential.objects.bulk_create(_credential(registration) for registration in registrations)
    return [badge.token for badge in badges]


def _person(forum: Forum, chance: Random) -> Person:
    person = Person(forum=forum, citizenship="RU", languages=["ru"], email="bench@example.org")
    write_names(person, invent_names(chance, citizenship="RU", delegation="RU-TOM"))
    return person


def _registration(person: Person, chance: Random, *, category: Category, delegation: Delegation) -> Registration:
    work = invent_work(chance, citizenship="RU", region=delegation.region.name)
    return Registration(
        forum=person.forum,
        person=person,
        category=category,
        delegation=delegation,
        language="ru",
        state=RegistrationState.CONFIRMED,
        submitted_at=now(),
        **work,
    )


def _credential(registration: Registration) -> Credential:
    token = new_token()
    return Credential(
        registration=registration,
        token=token,
        token_hash=keyed_hash(token, purpose=TOKEN_LOOKUP),
        short_code=new_short_code(),
        number=1,
    )

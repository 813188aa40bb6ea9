"""`manage.py grant_role EMAIL ROLE`: the first organiser, and the way back when all grants have expired."""

from argparse import ArgumentParser
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from forum.actions.accounts import grant_role
from forum.enums import ROLE_SCOPES, Role
from forum.errors import DomainError
from forum.models import Forum
from forum.queries.rights import scope_choices


class Command(BaseCommand):
    """Give a role in the current edition. Everything later is done on the page Team and rights."""

    help = "Give a role to whoever signs in with EMAIL; granting again moves the end. The last day is --until."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the action needs."""
        parser.add_argument("email")
        parser.add_argument("role", choices=Role.values)
        parser.add_argument("--scope", default="", help="region code, or public id of a plant or visit")
        parser.add_argument(
            "--until", type=date.fromisoformat, help="last day, YYYY-MM-DD; else 30 days after the forum"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Refusals of our rules become the command's error."""
        forum = Forum.objects.filter(is_current=True).first()
        if forum is None:
            raise CommandError("there is no current edition of the forum yet")
        role = Role(options["role"])
        try:
            validate_email(options["email"])
            self._check_scope(role, options["scope"], forum)
            until = _end_of(options["until"] or forum.ends_on + timedelta(days=30), forum)
            grant_role(
                email=options["email"], forum=forum, role=role, scope_id=options["scope"], valid_until=until, by=None
            )
        except (DomainError, ValidationError) as error:
            raise CommandError(str(getattr(error, "message", error))) from error
        self.stdout.write(f"{role} until {until:%Y-%m-%d %H:%M %Z}")

    def _check_scope(self, role: Role, scope: str, forum: Forum) -> None:
        """The action trusts its caller that the scope exists; here the caller is a typing person."""
        known = dict(scope_choices(ROLE_SCOPES[role], forum=forum)) if role in ROLE_SCOPES else {}
        if scope and role in ROLE_SCOPES and scope not in known:
            names = "\n".join(f"  {key}  {name}" for key, name in known.items())
            raise CommandError(f"no such scope for {role}; there are\n{names}")


def _end_of(day: date, forum: Forum) -> datetime:
    """Midnight after `day`, by the forum's clock."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(forum.timezone))

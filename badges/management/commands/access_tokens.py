"""`manage.py access_tokens`: what an outside client needs to act as each role of the demo forum."""

import json
from argparse import ArgumentParser
from importlib import import_module
from time import time
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management.base import BaseCommand

from badges.actions.devices import enrol_device
from badges.models import Point
from forum.actions.tokens import create_token
from forum.demo import DELEGATE_ACCOUNT, ROLE_ACCOUNTS
from forum.enums import Role
from forum.models import Account
from forum.queries.access import current_forum, memberships_of

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Command(BaseCommand):
    """Open a session and make an API token for every role account of the demo, and enrol devices for each check-in point."""

    help = (
        "Print session cookies and API tokens of the demo's role accounts, and device tokens. Real accounts get none."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options."""
        parser.add_argument("--json", action="store_true", help="one JSON object, for programs")
        parser.add_argument(
            "--phones", type=int, default=1, help="devices for each point; all their tokens with more than one"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Only the demo's own addresses (example.org) are looked up, so a real forum gives nothing away."""
        emails = {key: email for key, email, *_ in ROLE_ACCOUNTS} | {"delegate": DELEGATE_ACCOUNT}
        accounts = {a.email: a for a in Account.objects.filter(email__in=emails.values())}
        sessions = {key: _session(accounts[email]) for key, email in emails.items() if email in accounts}
        holder = accounts.get(emails["checkin"])
        devices = {p.slug: _phones(p, holder, options["phones"]) for p in _points()} if holder else {}
        api = {key: token for key, email in emails.items() if email in accounts and (token := _token(accounts[email]))}
        found = {"cookie": settings.SESSION_COOKIE_NAME, "sessions": sessions, "api": api, "devices": devices}
        self.stdout.write(json.dumps(found) if options["json"] else _table(found))


def _phones(point: Point, holder: Account, count: int) -> str | list[str]:
    tokens = [enrol_device(point=point, holder=holder)[1] for _ in range(count)]
    return tokens if count > 1 else tokens[0]


def _token(account: Account) -> str:
    """For `Authorization: Bearer`; empty for somebody who has no role."""
    grant = memberships_of(account)[:1]
    if not grant:
        return ""
    name = f"access_tokens {time():.3f}"
    return create_token(
        name=name, role=Role(grant[0].role), scope_id=grant[0].scope_id, expires_at=grant[0].valid_until, by=account
    )[1]


def _points() -> list[Point]:
    return list(Point.objects.filter(forum=current_forum()))


def _session(account: Account) -> str:
    """A session with a second factor: whoever may run this command holds the server anyway."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(account.pk)
    store[BACKEND_SESSION_KEY] = BACKEND
    store[HASH_SESSION_KEY] = account.get_session_auth_hash()
    store["account_authentication_methods"] = [{"method": "mfa", "at": time()}]
    store["account_authentication_methods_user"] = str(account.pk)
    store.save()
    return str(store.session_key)


def _table(found: dict[str, Any]) -> str:
    rows = [
        f"{kind:10} {name:14} {token}" for kind in ("sessions", "api", "devices") for name, token in found[kind].items()
    ]
    return "\n".join(rows)

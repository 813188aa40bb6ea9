"""A program as the server sees it: a token in a header, no cookie."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils.timezone import now

from forum.actions.tokens import create_token
from forum.enums import Role
from forum.models import Account, ApiToken, Forum
from forum.queries.access import memberships_of
from tests.factories.forum import make_staff


class Program:
    """Speaks to /api/v1/ in English; answers are checked for the error shape and for what caches may keep."""

    def __init__(self, secret: str = "", *, language: str = "en") -> None:
        self.client = Client(enforce_csrf_checks=True, raise_request_exception=True)
        self.headers = {"Accept-Language": language} | ({"Authorization": f"Bearer {secret}"} if secret else {})

    def get(self, path: str, **headers: str) -> Any:
        return self.send("GET", path, None, **headers)

    def post(self, path: str, data: Any = None, **headers: str) -> Any:
        return self.send("POST", path, {} if data is None else data, **headers)

    def send(self, method: str, path: str, data: Any, **headers: str) -> Any:
        address = path if path.startswith(("http", "/")) else f"/api/v1/{path}"
        given = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        body = {} if data is None else {"data": data, "content_type": "application/json"}
        response = getattr(self.client, method.lower())(address, headers=given, **body)
        if response.status_code >= 400:
            assert set(response.json()) == {"code", "message", "fields"}, response.content
        return response


def make_token(
    forum: Forum, role: Role, *, scope_id: str = "", holder: Account | None = None, **changes: Any
) -> tuple[ApiToken, str]:
    """A token of somebody who holds `role`, and its secret."""
    holder = holder or make_staff(forum, role, scope_id=scope_id)
    holder.__dict__.pop("_memberships", None)
    assert memberships_of(holder)
    values = {"name": f"program {ApiToken.objects.count()}", "expires_at": now() + timedelta(days=30)}
    made = create_token(role=role, scope_id=scope_id, by=holder, **values | changes)
    holder.__dict__.pop("_memberships", None)
    return made


def program(forum: Forum, role: Role, *, scope_id: str = "", language: str = "en") -> Program:
    """A program of somebody who holds `role`."""
    return Program(make_token(forum, role, scope_id=scope_id)[1], language=language)

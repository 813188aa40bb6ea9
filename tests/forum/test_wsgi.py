"""The two chains of requests: pages with everything, the API with what it needs of it."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
import yaml
from django.conf import settings
from django.test import RequestFactory
from django.utils.module_loading import import_string

from forum.enums import Role
from forum.models import Forum
from forum.runtime.paths import ROOT
from forum.wsgi import AROUND_API, application
from tests.api import make_token
from tests.served import kept_connection

HOOKS = ("process_view", "process_exception", "process_template_response")


def asked(address: str, **headers: str) -> tuple[str, dict[str, str]]:
    told: dict[str, Any] = {}

    def start(status: str, headers: list[tuple[str, str]], *_rest: Any) -> None:
        told.update(status=status, headers=dict(headers))

    with kept_connection():
        list(application(RequestFactory().get(address, secure=True, headers=headers).environ, start))
    return told["status"], told["headers"]


def test_the_api_has_a_part_of_what_stands_around_pages_in_the_same_order() -> None:
    plain = {"django.middleware.common.CommonMiddleware": "forum.web.middleware.PlainCommonMiddleware"}
    pages = [plain.get(path, path) for path in settings.MIDDLEWARE]
    assert [path for path in pages if path in AROUND_API] == list(AROUND_API)


def test_nothing_around_the_api_has_hooks_that_its_handler_would_not_call() -> None:
    assert not [path for path in AROUND_API for hook in HOOKS if hasattr(import_string(path), hook)]


@pytest.mark.django_db
def test_the_api_answers_without_session_and_with_the_headers_of_every_answer() -> None:
    status, headers = asked("/api/v1/device")
    assert status.startswith("401")
    assert headers["X-Request-ID"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "Set-Cookie" not in headers


@pytest.mark.django_db
def test_pages_keep_their_policy() -> None:
    _status, headers = asked("/ru/")
    assert "default-src" in headers["Content-Security-Policy"]


def parameters() -> Iterator[tuple[str, str]]:
    """(address, name) of everything that may stand behind the question mark of a list."""
    paths = yaml.safe_load((ROOT / "docs" / "openapi.yaml").read_text(encoding="utf-8"))["paths"]
    for path, operations in paths.items():
        for one in operations.get("get", {}).get("parameters", []) if "{" not in path else []:
            if one["in"] == "query":
                yield path, one["name"]


@pytest.mark.django_db
def test_a_null_character_behind_the_question_mark_is_refused_in_the_shape_of_the_api(forum: Forum) -> None:
    _token, secret = make_token(forum, Role.ORGANISER)
    found = list(parameters())
    assert len(found) > 15
    for path, name in found:
        status, headers = asked(f"{path}?{urlencode({name: 'a' + chr(0)})}", Authorization=f"Bearer {secret}")
        assert (status[:3] in ("400", "404"), headers["Content-Type"]) == (True, "application/json"), (path, name)

"""Every text field of every form takes every naughty text without breaking: no fault, no markup of strangers, no way out.

The pages are those whose queries are counted (`tests/growth`), as those who may open them see them.
"""

from itertools import cycle
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from forum.models import Forum
from tests.growth.crowd import Crowd
from tests.growth.test_counts import OWN, OWN_THINGS, PUBLIC, PUBLIC_THINGS, TEAM, THINGS
from tests.hostile.forms import Form, forms_in
from tests.hostile.texts import NAUGHTY
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
LIVE_MARKUP = ("<script>alert(7)", "<img src=x onerror")
ROUNDS = 1
"""How many texts each field of a form meets in one test; the long run has a test for each portion of the texts."""


class UndoneError(Exception):
    """Ends a savepoint: the next form meets the same world."""


def savepoint() -> Any:
    """As pytest-django's own around each test: actions that must be the outermost transaction take it for none."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]
    return block


def pages(crowd: Crowd) -> list[tuple[Client, str]]:
    """Every page with its reader."""
    organiser = sign_in(Client(), crowd.first["organiser"])
    delegate = sign_in(Client(), crowd.first["delegate"], second_factor=False)
    groups: list[tuple[Client, Any]] = [
        (organiser, dict.fromkeys(TEAM, lambda first: []) | THINGS),
        (Client(), dict.fromkeys(PUBLIC, lambda first: []) | PUBLIC_THINGS),
        (delegate, dict.fromkeys(OWN, lambda first: []) | OWN_THINGS),
    ]
    return [
        (client, reverse(name, args=made(crowd.first)))
        for client, group in groups
        for name, made in sorted(group.items())
    ]


def filled(form: Form, texts: Any) -> dict[str, Any]:
    """The form with a naughty text in each field that one types into."""
    return form.values | {name: next(texts) for name in form.texts}


def send(client: Client, page: str, form: Form, texts: Any) -> str:
    """Send it, follow where it leads, undo what it did. Returns what was wrong."""
    try:
        with savepoint():
            values = filled(form, texts)
            answer = client.post(form.action.partition("?")[0] or page, values, follow=True)
            raise UndoneError
    except UndoneError:
        pass
    body = answer.content.decode(errors="replace") if not answer.streaming else ""
    bad = [markup for markup in LIVE_MARKUP if markup in body]
    if answer.status_code >= 500 or bad:
        return f"{page} -> {form.action or 'itself'} {sorted(form.texts)}: {answer.status_code} {bad}"
    return ""


@pytest.mark.parametrize(
    "began", [0, *(pytest.param(n, marks=pytest.mark.long) for n in range(ROUNDS, len(NAUGHTY), ROUNDS))]
)
def test_forms_withstand_naughty_texts(forum: Forum, began: int) -> None:
    crowd, texts = Crowd.begin(forum), list(NAUGHTY.values())
    found, wrong = 0, []
    for client, page in pages(crowd):
        client.raise_request_exception = False
        answer = client.get(page)
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        for form in forms_in(answer.content.decode() if is_page else ""):
            found += bool(form.texts)
            for step in range(ROUNDS if form.texts else 0):
                wrong.append(send(client, page, form, cycle(texts[(began + step) % len(texts) :] + texts)))
    assert found > 15
    assert [line for line in wrong if line] == []

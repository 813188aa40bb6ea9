"""The log of a person speaks in words: every act that an action writes down about one has its line."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from forum.registry import acts
from registration.enums import RegistrationState

ABOUT_PEOPLE = ("registration.", "person.", "place.", "badge.")
WRITERS = {"record", "_note"}


def written_acts() -> Iterator[str]:
    """First words of every call that writes the audit, in the actions of all rooms."""
    for path in Path(settings.BASE_DIR).glob("*/actions/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in WRITERS and node.args:
                yield from (part.value for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant))


def test_every_act_upon_a_person_has_words() -> None:
    ours = {act for act in written_acts() if act.startswith(ABOUT_PEOPLE) and not act.endswith(".")}
    moves = {f"registration.{state}" for state in RegistrationState if state != RegistrationState.DRAFT}
    assert len(ours) > 15
    assert {act for act in ours | moves if act not in acts} == set()

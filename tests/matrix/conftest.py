"""The world is built once for a module; every request is undone, so each finds it as it was."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import override_settings
from django.utils import translation

from tests.matrix.world import World, build_world


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-table", action="store_true", help="write tests/matrix/table.txt anew, for a review")


@contextmanager
def undone() -> Iterator[list[str]]:
    """Whatever is written inside is rolled back, and the cache is emptied with it. Yields the statements that write.

    Marked as a test's own transaction, so that actions which nobody may nest (`durable=True`) run inside. Nothing is
    rolled back where nothing was written: after a rollback every statement has to be planned anew.
    """
    writes: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            writes.append(sql)
        return execute(sql, params, many, context)

    atom = transaction.atomic()
    atom._from_testcase = True  # type: ignore[attr-defined]  # as `TestCase` does
    with atom, connection.execute_wrapper(note):
        try:
            yield writes
        finally:
            translation.deactivate()
            if writes:
                transaction.set_rollback(True)
                cache.clear()


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Undone after the module. Files of the world lie in one folder of their own."""
    folder = tmp_path_factory.mktemp("private")
    with django_db_blocker.unblock(), override_settings(STORAGES=_storages(folder)), undone():
        made = build_world()
        connection.check_constraints()
        # Thousands of refusals are what is wanted here; a log of them hides what went wrong.
        logging.disable(logging.WARNING)
        yield made
        logging.disable(logging.NOTSET)


@pytest.fixture(autouse=True)
def _own_folders(world: World) -> Iterator[None]:
    """In place of a folder for each test: the files of the world stay."""
    yield
    cache.clear()


def _storages(folder: Path) -> dict[str, Any]:
    from django.conf import settings

    backend = "django.core.files.storage.FileSystemStorage"
    return settings.STORAGES | {"default": {"BACKEND": backend, "OPTIONS": {"location": folder}}}

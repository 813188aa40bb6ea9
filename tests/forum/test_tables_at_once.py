"""What the first migrations have made at once is all there."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.postgres.operations import CreateExtension
from django.db import connection, migrations

from forum.tables_at_once import WITH_THE_TABLE, FirstTables

APPS = ("forum", "registration", "agenda", "badges")
MAKES = (migrations.CreateModel, CreateExtension, *WITH_THE_TABLE)


@pytest.mark.django_db
@pytest.mark.parametrize("app", APPS)
def test_every_constraint_and_index_of_the_models_is_in_the_database(app: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint UNION SELECT indexname FROM pg_indexes")
        there = {name for (name,) in cursor.fetchall()}
    named = {one.name for model in apps.get_app_config(app).get_models() for one in _named(model)}
    assert named and named - there == set()


def _named(model: type) -> list[object]:
    meta = model._meta  # type: ignore[attr-defined]
    return [*meta.constraints, *meta.indexes]


@pytest.mark.parametrize("app", APPS)
def test_the_first_migration_makes_and_changes_nothing(app: str) -> None:
    first = import_module(f"{app}.migrations.0001_initial").Migration
    assert issubclass(first, FirstTables)
    assert [one for one in first.operations if not isinstance(one, MAKES)] == []

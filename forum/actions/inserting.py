"""Writing one row with a statement that is built once for each model: what `save()` finds out anew each time."""

from functools import cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, transaction
from django.db.models import Field, Model
from django.db.models.constants import OnConflict
from django.db.models.signals import post_save
from django.db.models.sql import InsertQuery
from django.db.models.sql.compiler import SQLInsertCompiler

Row = TypeVar("Row", bound=Model)


def insert(row: Row) -> Row:
    """Store a new row whose key the database gives; like `save(force_insert=True)` for models that do not override it.

    Raises `IntegrityError` as `save` does; the transaction is then good for nothing but rolling back.
    """
    _store(row, _plan(type(row)))
    return row


def insert_once(row: Row) -> bool:
    """The same where no stored row is in its way; false when a unique constraint says that it is there already.

    Waits for whoever is storing the same row at this moment. The transaction stays good.
    """
    return _store(row, _plan(type(row), OnConflict.IGNORE))


def update(row: Model, *fields: str) -> None:
    """Store these fields of a row that the caller has locked, or all of them; like `save(update_fields=…)`.

    Raises `IntegrityError` as `save` does, and `DatabaseError` when the row is gone.
    """
    plan = _update_plan(type(row), fields)
    with transaction.mark_for_rollback_on_error(), connection.cursor() as cursor:
        cursor.execute(plan.statement, [*plan.values(row), row.pk])
        if not cursor.rowcount:
            raise DatabaseError(f"no row of {type(row).__name__} was changed")
    told = frozenset(fields) or None
    post_save.send(type(row), instance=row, created=False, raw=False, using=DEFAULT_DB_ALIAS, update_fields=told)


def _store(row: Model, plan: "_Plan") -> bool:
    with transaction.mark_for_rollback_on_error(), connection.cursor() as cursor:
        cursor.execute(plan.statement, plan.values(row))
        stored = cursor.fetchone()
    if stored is None:
        return False
    row.pk, row._state.adding, row._state.db = stored[0], False, DEFAULT_DB_ALIAS
    post_save.send(type(row), instance=row, created=True, raw=False, using=DEFAULT_DB_ALIAS, update_fields=None)
    return True


class _Plan:
    """How rows of one model are written."""

    def __init__(self, model: type[Model], on_conflict: OnConflict | None) -> None:
        self.fields: list[Field[Any, Any]] = [
            field for field in model._meta.local_concrete_fields if not field.primary_key
        ]
        query = InsertQuery(model, on_conflict=on_conflict)
        query.insert_values(self.fields, [model()], raw=False)
        self.compiler: SQLInsertCompiler = query.get_compiler(DEFAULT_DB_ALIAS)
        self.compiler.returning_fields = [model._meta.pk]
        # Its parameters are those of an empty row; the words are the same for every row.
        self.statement = self.compiler.as_sql()[0][0]

    def values(self, row: Model) -> list[Any]:
        """What goes into the statement."""
        compiler = self.compiler
        return [compiler.prepare_value(field, compiler.pre_save_val(field, row)) for field in self.fields]


class _UpdatePlan:
    """How these fields of one model are written."""

    def __init__(self, model: type[Model], fields: tuple[str, ...]) -> None:
        of_model = model._meta.local_concrete_fields
        self.fields = [field for field in of_model if not field.primary_key and (not fields or field.name in fields)]
        quote, key = connection.ops.quote_name, model._meta.pk
        into = ", ".join(f"{quote(str(field.column))} = {_placeholder(field)}" for field in self.fields)
        self.statement = f"UPDATE {quote(model._meta.db_table)} SET {into} WHERE {quote(str(key.column))} = %s"  # noqa: S608 -- names

    def values(self, row: Model) -> list[Any]:
        """What goes into the statement before the key."""
        return [field.get_db_prep_save(field.pre_save(row, add=False), connection) for field in self.fields]


def _placeholder(field: "Field[Any, Any]") -> str:
    """Some fields name their type: an array that is empty has none of its own."""
    own = getattr(field, "get_placeholder", None)
    return str(own(None, None, connection)) if own else "%s"


@cache
def _update_plan(model: type[Model], fields: tuple[str, ...]) -> _UpdatePlan:
    return _UpdatePlan(model, fields)


@cache
def _plan(model: type[Model], on_conflict: OnConflict | None = None) -> _Plan:
    return _Plan(model, on_conflict)

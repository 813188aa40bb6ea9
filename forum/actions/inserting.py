"""Writing one new row with a statement that is built once for each model: what `save()` finds out anew each time."""

from functools import cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, transaction
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


@cache
def _plan(model: type[Model], on_conflict: OnConflict | None = None) -> _Plan:
    return _Plan(model, on_conflict)

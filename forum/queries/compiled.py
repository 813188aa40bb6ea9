"""Queries that are built once in a process and asked again with other values.

The ORM builds and compiles a query anew whenever it is asked. For the few queries that every scan asks, and that join
half a dozen tables, this took three quarters of the whole request. They are written as querysets like all others, with
a `Slot` where a value comes in.
"""

from collections.abc import Callable
from copy import copy
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.query import ModelIterable
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row", bound=Model)


class Slot(Expression):
    """Where a value of this name comes in when the query is asked. It is given as psycopg takes it."""

    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> Any:
        """A placeholder, and ourselves among the parameters: there `Compiled` finds us."""
        return "%s", (self,)


class Compiled(Generic[Row]):
    """`build` gives the queryset; it must depend on nothing but its slots: no clock, no language, no row."""

    def __init__(self, build: "Callable[[], QuerySet[Row]]") -> None:
        self._build = build
        self._ready: tuple[SQLCompiler, str, tuple[Any, ...]] | None = None

    def rows(self, **values: object) -> list[Row]:
        """What the queryset gives with these values in its slots. Raises `KeyError` for a slot without a value."""
        compiler, sql, params = self._ready = self._ready or self._compiled()
        bound = tuple(values[param.name] if isinstance(param, Slot) else param for param in params)
        ready: Any = copy(compiler)
        ready.connection = connections[DEFAULT_DB_ALIAS]
        ready.as_sql = lambda: (sql, bound)
        query = SimpleNamespace(get_compiler=lambda using: ready)
        asked: Any = SimpleNamespace(db=DEFAULT_DB_ALIAS, query=query, _known_related_objects={})
        return list(ModelIterable(asked))

    def first(self, **values: object) -> Row | None:
        """The first row, or None; the queryset limits itself."""
        return next(iter(self.rows(**values)), None)

    def _compiled(self) -> tuple[SQLCompiler, str, tuple[Any, ...]]:
        compiler = self._build().query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        return compiler, sql, tuple(params)

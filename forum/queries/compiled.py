"""Queries that are built once in a process and asked again with other values.

The ORM builds and compiles a query anew whenever it is asked. For the few queries that every scan and every lock ask,
this took three quarters of the whole request. They are written as querysets like all others, with a `Slot` where a
value comes in.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Generic, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql import UpdateQuery
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError
from psycopg import sql

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
        self._plan: _Plan | None = None

    def rows(self, **values: object) -> list[Row]:
        """What the queryset gives with these values in its slots. Raises `KeyError` for a slot without a value, and
        `TransactionManagementError` where rows are to be locked and no transaction would hold the locks.
        """
        plan = self._plan = self._plan or _Plan(self._build())
        return cast("list[Row]", list(plan.ask(values)))

    def first(self, **values: object) -> Row | None:
        """The first row, or None; the queryset limits itself."""
        return next(iter(self.rows(**values)), None)

    def get(self, **values: object) -> Row:
        """The one row. Raises `IndexError` when there is none."""
        return self.rows(**values)[0]


class CompiledUpdate:
    """The same for changing rows: `build` gives the queryset and what its columns become. No signal is sent."""

    def __init__(self, build: "Callable[[], tuple[QuerySet[Any], dict[str, Any]]]") -> None:
        self._build = build
        self._plan: tuple[str, list[str]] | None = None

    def run(self, **values: object) -> int:
        """How many rows were changed with these values in the slots. Raises `KeyError` for a slot without a value."""
        return _changed(*self._with(values))

    def run_with(self, other: "CompiledUpdate", told: dict[str, object], **values: object) -> int:
        """The same, and `other` with what it is `told` in one statement, hence one commit; both must be about different
        rows. How many rows this one changed.
        """
        first, of_first = other._with(told)
        then, of_then = self._with(values)
        return _changed(f"WITH other AS ({first}) {then}", of_first + of_then)

    def _with(self, values: dict[str, object]) -> tuple[str, list[Any]]:
        statement, slots = self._plan = self._plan or self._planned()
        return statement, [values[name] for name in slots]

    def _planned(self) -> tuple[str, list[str]]:
        queryset, changes = self._build()
        query = queryset.query.chain(UpdateQuery)
        cast(UpdateQuery, query).add_update_values(changes)
        return _with_values(*query.get_compiler(DEFAULT_DB_ALIAS).as_sql())


def _changed(statement: str, bound: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, bound)
        return cursor.rowcount


class _Plan:
    """The statement of one queryset, and how its rows become objects: what Django's `ModelIterable` finds out each time."""

    def __init__(self, queryset: "QuerySet[Any]") -> None:
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        self._sql, self._slots = _with_values(*compiler.as_sql())
        self._locks = queryset.query.select_for_update
        columns = [column for column, *_ in compiler.select]
        info: Any = compiler.klass_info
        self._own = slice(info["select_fields"][0], info["select_fields"][-1] + 1)
        self._model: type[Model] = info["model"]
        self._names = [column.target.attname for column in columns[self._own]]
        self._related = cast(Any, get_related_populators)(info, compiler.select, DEFAULT_DB_ALIAS)
        self._annotations = dict(compiler.annotation_col_map or {})
        self._converters = [(place, *found) for place, found in compiler.get_converters(columns).items()]

    def ask(self, values: dict[str, object]) -> Iterator[Model]:
        if self._locks and not connection.in_atomic_block:
            raise TransactionManagementError("rows are locked inside a transaction only")
        bound: list[Any] = [values[name] for name in self._slots]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, bound)
            found = cursor.fetchall()
        return (self._object(row) for row in self._converted(found))

    def _converted(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[list[Any]]:
        for row in map(list, rows):
            for place, converters, column in self._converters:
                for convert in converters:
                    row[place] = convert(row[place], column, connection)
            yield row

    def _object(self, row: list[Any]) -> Model:
        made = self._model.from_db(DEFAULT_DB_ALIAS, self._names, row[self._own])
        for populator in self._related:
            populator.populate(row, made)
        for name, place in self._annotations.items():
            setattr(made, name, row[place])
        return made


def _with_values(statement: str, params: Sequence[object]) -> tuple[str, list[str]]:
    """`statement` with everything written out that is the same each time, and the names of the slots that are left.

    PostgreSQL can then keep one plan: it sees which partial indexes fit, and does not plan anew for each value.
    """
    *pieces, end = statement.split("%s")
    slots = [param.name for param in params if isinstance(param, Slot)]
    written = (piece + _written(param) for piece, param in zip(pieces, params, strict=True))
    return "".join(written) + end, slots


def _written(param: object) -> str:
    if isinstance(param, Slot):
        return "%s"
    value = str(param) if isinstance(param, str) else param  # a member of a closed list is its value
    connection.ensure_connection()
    return sql.Literal(value).as_string(connection.connection).replace("%", "%%")

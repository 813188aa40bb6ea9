"""`column = ANY(array)`: thousands of values to look up are one parameter, where `IN` costs a statement built anew for each."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.db.models.lookups import Lookup


class AnyOf(Lookup):
    """For `filter`: rows whose column has one of these values, given in the plain form that the database has."""

    lookup_name = "any_of"
    prepare_rhs = False

    def __init__(self, column: Any, values: Iterable[Any]) -> None:
        super().__init__(F(column) if isinstance(column, str) else column, list(values))

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The array goes as it is."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", (*params, self.rhs)

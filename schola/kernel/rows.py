"""Rows of models out of hand-written queries, for what is asked with almost every request.

The ORM builds and compiles a query anew each time, which costs more than the database takes to
answer it. Where that counts, the query is written once and its rows are read here.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model

M = TypeVar("M", bound=Model)


class Rows(Generic[M]):
    """Reads one model: `Rows(Person, "p")`. In the query, the table goes by the alias.

    columns  what to select, "p.id, p.organization_id, …"
    """

    def __init__(self, model: type[M], alias: str) -> None:
        self.model = model
        self.fields = list(model._meta.local_concrete_fields)
        self.names = [field.attname for field in self.fields]
        self.columns = ", ".join(f"{alias}.{field.column}" for field in self.fields)

    def read(self, values: Sequence[Any]) -> M:
        """Return the row as the ORM would, from the values of `columns` in their order."""
        values = list(values)
        for at, column, convert in self._converters:
            values[at] = convert(values[at], column, connection)
        return self.model.from_db("default", self.names, values)

    @cached_property
    def _converters(self) -> list[tuple[int, Any, Callable]]:
        found = []
        for at, field in enumerate(self.fields):
            column = field.get_col(field.model._meta.db_table)
            ours = connection.ops.get_db_converters(column) + column.get_db_converters(connection)
            found += [(at, column, convert) for convert in ours]
        return found

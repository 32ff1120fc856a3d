"""Rows by the hundred thousand: typed values straight to and from the driver, without an instance for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from django.db import connection, models

_ROWS_AT_ONCE: Final = 5000


def insert(model: type[models.Model], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows that give every column but the primary key, in the order of the model's fields.

    The values must have the fields' own types. Defaults and `save` play no part; constraints do.
    """
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    adapters = [(i, adapt) for i, field in enumerate(fields) if (adapt := _adapter(field)) is not None]
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"
    with connection.cursor() as cursor:
        cursor.executemany(statement, [_adapted(row, adapters) for row in rows])


def tuples(rows: models.QuerySet[Any, Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of a `values_list` as the driver gives them: on SQLite a day is text and a bool is 0 or 1."""
    statement, parameters = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        while some := cursor.fetchmany(_ROWS_AT_ONCE):
            yield from some


def _adapter(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    """How the driver wants the values of the field, where it does not take them as they are."""
    if isinstance(field, models.DateField):
        return connection.ops.adapt_datefield_value
    if isinstance(field, models.DecimalField):
        return lambda value: connection.ops.adapt_decimalfield_value(
            value, field.max_digits, field.decimal_places
        )
    return None


def _adapted(row: Sequence[Any], adapters: Sequence[tuple[int, Callable[[Any], Any]]]) -> Sequence[Any]:
    if not adapters:
        return row
    adapted = list(row)
    for index, adapt in adapters:
        adapted[index] = adapt(adapted[index])
    return adapted

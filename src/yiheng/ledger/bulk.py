"""Inserting rows by the hundred thousand: typed values straight to the driver, without an instance for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection, models


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

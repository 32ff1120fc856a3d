"""All versions of a row (版本): of a journal row its rows in the table, of a register's row its entries in the log.

A register keeps only what it is now; the log has what it was after each write, so its versions are counted there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Count

from yiheng.people.models import LogEntry
from yiheng.people.queries import log_of

from .difference import Act
from .models import JournalRow, RowKind
from .sheets import Shape, Values


@dataclass(frozen=True, slots=True)
class RowVersion:
    """One version of a row: what it was from then on, and who made it so."""

    version: int
    at: dt.datetime
    actor: str
    act: Act
    values: Values | None
    """None where the row was removed."""
    load: int | None = None
    """The load that wrote it, of a journal row."""
    label: str = ""
    """What the load was called: a file name, or the screen."""


def versions(shape: Shape, key: str) -> tuple[RowVersion, ...]:
    """All versions of the row, oldest first; none for a key that never was."""
    return _of_journal(shape, key) if issubclass(shape.model, JournalRow) else _of_register(shape, key)


def _of_journal(shape: Shape, key: str) -> tuple[RowVersion, ...]:
    model: Any = shape.model
    rows = model.objects.filter(key=key).order_by("version")
    columns = ("version", "kind_of_row", "load_id", "load__at", "load__actor", "load__label")
    found: list[RowVersion] = []
    for version, kind, load, at, actor, label, *values in rows.values_list(*columns, *shape.attributes):
        gone = kind == RowKind.REVERSAL
        there = bool(found) and found[-1].values is not None
        act = Act.REMOVE if gone else Act.CHANGE if there else Act.ADD
        found.append(RowVersion(version, at, actor, act, None if gone else tuple(values), load, label))
    return tuple(found)


def _of_register(shape: Shape, key: str) -> tuple[RowVersion, ...]:
    return tuple(
        RowVersion(
            number,
            entry.at,
            entry.actor,
            Act(entry.action),
            None if entry.after is None else _typed(shape, entry.after),
        )
        for number, entry in enumerate(log_of(shape.sheet, key), 1)
    )


def newest(shape: Shape, keys: Iterable[str]) -> Mapping[str, int]:
    """The number of the newest version of each key; keys that never were are left out."""
    wanted = list(keys)
    if issubclass(shape.model, JournalRow):
        model: Any = shape.model
        found = model.objects.filter(key__in=wanted, replaced_by__isnull=True).values_list("key", "version")
        return dict(found)
    entries = LogEntry.objects.filter(table=shape.sheet, key__in=wanted).order_by()
    return dict(entries.values_list("key").annotate(Count("pk")))


def _typed(shape: Shape, logged: Mapping[str, Any]) -> Values:
    """Values as the database keeps them, from the log's JSON."""
    return tuple(_value(field, logged.get(field.name)) for field in shape.fields)


def _value(field: models.Field[Any, Any], value: Any) -> Any:
    if isinstance(field, models.DateField) and value is not None:
        return dt.date.fromisoformat(value)
    if isinstance(field, models.DecimalField) and value is not None:
        return Decimal(value)
    return value

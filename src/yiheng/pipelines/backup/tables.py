"""The tables of a back-up: which, in what order, and their values as JSON and back."""

from __future__ import annotations

import base64
import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from decimal import Decimal
from graphlib import TopologicalSorter
from typing import Any, Final

from django.apps.registry import Apps
from django.db import models

LEFT_OUT: Final = frozenset({"contenttypes", "auth", "sessions"})
"""Apps whose tables are not saved: Django makes the rows of the first two itself, and open log-ins end."""


def saved_models(apps: Apps) -> tuple[type[models.Model], ...]:
    """Every table that is saved, each after those that it refers to."""
    found = [
        model
        for model in apps.get_models()
        if model._meta.app_label not in LEFT_OUT and model._meta.managed and not model._meta.proxy
    ]
    order: TopologicalSorter[type[models.Model]] = TopologicalSorter()
    for model in found:
        referred = (field.related_model for field in model._meta.concrete_fields if field.is_relation)
        order.add(model, *(to for to in referred if to is not model and to in found))
    return tuple(order.static_order())


def name_of(model: type[models.Model]) -> str:
    """Name of the table's part: app and model."""
    return f"{model._meta.label_lower}.jsonl"


def columns(model: type[models.Model]) -> list[str]:
    """The attributes that hold the table's columns."""
    return [field.attname for field in model._meta.concrete_fields]


def rows(model: type[models.Model]) -> Iterator[tuple[Any, ...]]:
    """All rows, by primary key."""
    manager: Any = model._base_manager
    found: Iterator[tuple[Any, ...]] = (
        manager.order_by("pk").values_list(*columns(model)).iterator(chunk_size=2000)
    )
    return found


def plain(value: Any) -> Any:
    """The value as JSON holds it. TypeError for a type that no column of ours has."""
    if value is None or isinstance(value, (bool, int, str, list, dict)):
        return value
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(bytes(value)).decode("ascii")
    if isinstance(value, float):
        return value  # only ever inside measurements of the system itself, never an amount
    raise TypeError(f"a back-up has no form for {type(value).__name__}")


def instances(
    model: type[models.Model], names: Sequence[str], found: Iterator[list[Any]]
) -> Iterator[models.Model]:
    """The rows as unsaved objects of the model."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    of_names = [fields[name] for name in names]
    for row in found:
        yield model(
            **{name: _value(field, value) for name, field, value in zip(names, of_names, row, strict=True)}
        )


def _value(field: Any, value: Any) -> Any:
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.BinaryField):
        return base64.b64decode(value)
    return (field.target_field if field.is_relation else field).to_python(value)

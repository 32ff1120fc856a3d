"""The examples and the people of `served` in Django's test database, quickly: loaded once a process, then copied."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection
from tests.command import DEMO, EXAMPLES, REAL
from tests.web import served

_rows: list[tuple[Any, list[str], list[tuple[Any, ...]]]] = []
"""Model, columns and rows of every table, as the first filling left them."""


def fill() -> None:
    """Fill the empty tables. Loading takes many seconds, writing the rows that it gave takes one."""
    if _rows:
        _write()
        return
    from yiheng.pipelines.backup.tables import columns, rows, saved_models
    from yiheng.pipelines.load import load
    from yiheng.policy import Policy

    names = (*REAL, DEMO)
    report = load([EXAMPLES / name for name in names], "测试", lambda plan: True, policy=Policy.load(None))
    assert report.ok, report.describe()
    served.make_people()
    _rows.extend((model, columns(model), list(rows(model))) for model in saved_models(apps))


def _write() -> None:
    for model, names, found in _rows:
        manager = model._base_manager
        manager.bulk_create([model(**dict(zip(names, row, strict=True))) for row in found], batch_size=500)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [model for model, *_ in _rows]):
            cursor.execute(statement)

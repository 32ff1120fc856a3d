"""Triggers that make a table append-only (只增不改).

Migrations call `protect`; a later migration that rebuilds a table on SQLite drops its triggers with it and must
call `protect` again (a test finds a table that was forgotten). `unprotect` serves reversed migrations.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from .triggers import TRUNCATE, Refusal, install, remove

MESSAGE: Final = "该表只增不改：不得修改或删除已有的行"


def trigger_names(table: str) -> tuple[str, ...]:
    """The names of the triggers that protect the table, on either vendor."""
    return (f"{table}_no_update", f"{table}_no_delete")


def protect(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Forbid UPDATE and DELETE, on PostgreSQL also TRUNCATE. NotImplementedError on another vendor."""
    install(editor, _refusals(table))


def unprotect(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Remove what `protect` added."""
    remove(editor, _refusals(table))


def protecting(app: str, *models: str) -> tuple[Callable[[Any, Any], None], Callable[[Any, Any], None]]:
    """The forward and backward functions of a `RunPython` that protects the tables of these models."""

    def forward(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        for model in models:
            protect(editor, apps.get_model(app, model)._meta.db_table)

    def backward(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        for model in models:
            unprotect(editor, apps.get_model(app, model)._meta.db_table)

    return forward, backward


def _refusals(table: str) -> tuple[Refusal, ...]:
    update, delete = trigger_names(table)
    events = ((update, "UPDATE"), (delete, "DELETE"), (f"{table}_no_truncate", TRUNCATE))
    return tuple(Refusal(name, table, (event,), f"{MESSAGE}（{table}）") for name, event in events)

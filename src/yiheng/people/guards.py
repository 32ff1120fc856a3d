"""Triggers that make a table append-only (只增不改), for SQLite and PostgreSQL.

Migrations call `protect`; a later migration that rebuilds a table on SQLite drops its triggers with it and must
call `protect` again (a test finds a table that was forgotten). `unprotect` serves reversed migrations.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

MESSAGE: Final = "该表只增不改：不得修改或删除已有的行"

_PG_FUNCTION: Final = f"""
CREATE OR REPLACE FUNCTION yiheng_forbid_change() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    RAISE EXCEPTION '{MESSAGE}（%）', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END
$guard$
"""


def trigger_names(table: str) -> tuple[str, ...]:
    """The names of the triggers that protect the table, on either vendor."""
    return (f"{table}_no_update", f"{table}_no_delete")


def protect(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Forbid UPDATE and DELETE, on PostgreSQL also TRUNCATE. NotImplementedError on another vendor."""
    statements = {"sqlite": _sqlite, "postgresql": _postgresql}.get(editor.connection.vendor)
    if statements is None:
        raise NotImplementedError(f"no append-only triggers for {editor.connection.vendor}")
    for statement in statements(table):
        editor.execute(statement, params=None)


def unprotect(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Remove what `protect` added."""
    on = f' ON "{table}"' if editor.connection.vendor == "postgresql" else ""
    for name in trigger_names(table):
        editor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on}', params=None)
    if on:
        editor.execute(f'DROP TRIGGER IF EXISTS "{table}_no_truncate"{on}', params=None)


def protecting(app: str, *models: str) -> tuple[Callable[[Any, Any], None], Callable[[Any, Any], None]]:
    """The forward and backward functions of a `RunPython` that protects the tables of these models."""

    def forward(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        for model in models:
            protect(editor, apps.get_model(app, model)._meta.db_table)

    def backward(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        for model in models:
            unprotect(editor, apps.get_model(app, model)._meta.db_table)

    return forward, backward


def _sqlite(table: str) -> list[str]:
    update, delete = trigger_names(table)
    return [
        f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" '
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}（{table}）'); END"
        for name, event in ((update, "UPDATE"), (delete, "DELETE"))
    ]


def _postgresql(table: str) -> list[str]:
    update, delete = trigger_names(table)
    events = (
        (update, "UPDATE", "ROW"),
        (delete, "DELETE", "ROW"),
        (f"{table}_no_truncate", "TRUNCATE", "STATEMENT"),
    )
    return [_PG_FUNCTION] + [
        f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" FOR EACH {each} '
        "EXECUTE FUNCTION yiheng_forbid_change()"
        for name, event, each in events
    ]

"""Triggers that refuse a change (触发器), for SQLite and PostgreSQL: what a constraint of one row cannot say.

A room names its refusals and installs them in a migration. A later migration that rebuilds a table on SQLite drops its
triggers with it and must install them again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ROW: Final = ("INSERT", "UPDATE", "DELETE")
TRUNCATE: Final = "TRUNCATE"
"""An event of PostgreSQL alone, of the whole table."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A trigger that refuses `events` of a table with a message."""

    name: str
    table: str
    events: tuple[str, ...]
    message: str
    when: str = ""
    """SQL over NEW and OLD: refused only where it holds. Not of DELETE and TRUNCATE."""

    @property
    def on_sqlite(self) -> dict[str, str]:
        """Event → name there, where a trigger has one event: of several, each name ends in its event."""
        events = [event for event in self.events if event in ROW]
        return {event: self.name if len(events) == 1 else f"{self.name}_{event.lower()}" for event in events}


def install(editor: BaseDatabaseSchemaEditor, refusals: Iterable[Refusal]) -> None:
    """Put triggers in place. NotImplementedError on another vendor."""
    statements = _creating(editor)
    for refusal in refusals:
        for statement in statements(refusal):
            editor.execute(statement, params=None)


def remove(editor: BaseDatabaseSchemaEditor, refusals: Iterable[Refusal]) -> None:
    """Take away what `install` put in place."""
    for refusal in refusals:
        if editor.connection.vendor == "postgresql":
            names = [f'"{refusal.name}" ON "{refusal.table}"']
        else:
            names = [f'"{name}"' for name in refusal.on_sqlite.values()]
        for name in names:
            editor.execute(f"DROP TRIGGER IF EXISTS {name}", params=None)


def migrating(
    *refusals: Refusal,
) -> tuple[Callable[[Any, BaseDatabaseSchemaEditor], None], Callable[[Any, BaseDatabaseSchemaEditor], None]]:
    """The forward and backward functions of a `RunPython` that installs them."""

    def forward(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        install(editor, refusals)

    def backward(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        remove(editor, refusals)

    return forward, backward


def _creating(editor: BaseDatabaseSchemaEditor) -> Callable[[Refusal], Iterator[str]]:
    known = {"sqlite": _sqlite, "postgresql": _postgresql}.get(editor.connection.vendor)
    if known is None:
        raise NotImplementedError(f"no triggers for {editor.connection.vendor}")
    return known


def _sqlite(refusal: Refusal) -> Iterator[str]:
    when = f"WHEN {refusal.when} " if refusal.when else ""
    for event, name in refusal.on_sqlite.items():
        yield (
            f'CREATE TRIGGER "{name}" BEFORE {event} ON "{refusal.table}" {when}'
            f"BEGIN SELECT RAISE(ABORT, '{refusal.message}'); END"
        )


def _postgresql(refusal: Refusal) -> Iterator[str]:
    """A function of the trigger's own name, since a condition with a query may not stand in the trigger."""
    yield f"""
CREATE OR REPLACE FUNCTION "{refusal.name}"() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF {refusal.when or "TRUE"} THEN
        RAISE EXCEPTION '{refusal.message}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$guard$
"""
    each = "STATEMENT" if TRUNCATE in refusal.events else "ROW"
    yield (
        f'CREATE TRIGGER "{refusal.name}" BEFORE {" OR ".join(refusal.events)} ON "{refusal.table}" '
        f'FOR EACH {each} EXECUTE FUNCTION "{refusal.name}"()'
    )

"""Triggers that keep the three administrators apart from all business (三员分立), for SQLite and PostgreSQL.

An account is an administrator's from its first day or never, and an administrator's account holds no post and no
scope. The log of writes is nobody's to change anyway (`guards`). A migration that rebuilds one of the three tables
on SQLite calls `join` before and `separate` after, since SQLite drops a table's triggers with it and refuses to
rename a table that a trigger elsewhere names.
"""

from __future__ import annotations

from typing import Any, Final

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

HOLDS_NOTHING: Final = "三员分立：管理员不得有岗位或业务权限"
FIXED: Final = "三员分立：账号的管理员身份不得更改"
_HELD: Final = ("people_post", "people_unitscope")
TRIGGERS: Final = (
    *(f"{table}_not_of_administrators" for table in _HELD),
    "people_user_administrator_fixed",
)
"""The names on PostgreSQL; on SQLite those of the first two tables end in ``_insert`` and ``_update`` as well."""


def separate(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers in place. NotImplementedError on another vendor."""
    statements = {"sqlite": _sqlite, "postgresql": _postgresql}.get(editor.connection.vendor)
    if statements is None:
        raise NotImplementedError(f"no separation of administrators for {editor.connection.vendor}")
    for statement in statements():
        editor.execute(statement, params=None)


def join(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Take away what `separate` put in place."""
    postgresql = editor.connection.vendor == "postgresql"
    for name, table in zip(TRIGGERS, (*_HELD, "people_user"), strict=True):
        for ending in ("",) if postgresql or table == "people_user" else ("_insert", "_update"):
            on = f' ON "{table}"' if postgresql else ""
            editor.execute(f'DROP TRIGGER IF EXISTS "{name}{ending}"{on}', params=None)


def _sqlite() -> list[str]:
    fixed = (
        f'CREATE TRIGGER "{TRIGGERS[-1]}" BEFORE UPDATE OF "administrator" ON "people_user" '
        f'WHEN OLD."administrator" <> NEW."administrator" BEGIN SELECT RAISE(ABORT, \'{FIXED}\'); END'
    )
    return [fixed] + [
        f'CREATE TRIGGER "{name}_{event.split()[0].lower()}" BEFORE {event} ON "{table}" '
        'WHEN (SELECT "administrator" FROM "people_user" WHERE "id" = NEW."user_id") <> \'\' '
        f"BEGIN SELECT RAISE(ABORT, '{HOLDS_NOTHING}'); END"
        for name, table in zip(TRIGGERS, _HELD, strict=False)
        for event in ("INSERT", "UPDATE")
    ]


def _postgresql() -> list[str]:
    functions = [
        _function("yiheng_refuse_administrator", HOLDS_NOTHING, _OF_ADMINISTRATOR),
        _function("yiheng_keep_administrator", FIXED, "OLD.administrator <> NEW.administrator"),
    ]
    return (
        functions
        + [
            f'CREATE TRIGGER "{name}" BEFORE INSERT OR UPDATE ON "{table}" FOR EACH ROW '
            "EXECUTE FUNCTION yiheng_refuse_administrator()"
            for name, table in zip(TRIGGERS, _HELD, strict=False)
        ]
        + [
            f'CREATE TRIGGER "{TRIGGERS[-1]}" BEFORE UPDATE ON "people_user" FOR EACH ROW '
            "EXECUTE FUNCTION yiheng_keep_administrator()"
        ]
    )


_OF_ADMINISTRATOR: Final = "(SELECT administrator FROM people_user WHERE id = NEW.user_id) <> ''"


def _function(name: str, message: str, condition: str) -> str:
    return f"""
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF {condition} THEN
        RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$guard$
"""

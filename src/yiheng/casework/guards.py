"""The trigger that holds a decision's maker to the submission's (经办与审核分离), for SQLite and PostgreSQL.

`Decision` repeats the maker, so that a constraint can refuse the same person as checker; this trigger sees to it that
the repeated one is the right one. A migration that rebuilds the table on SQLite calls `bind` again.
"""

from __future__ import annotations

from typing import Any, Final

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

MESSAGE: Final = "审批意见的经办人与报送人不符"
TRIGGER: Final = "casework_decision_maker_is_the_submitter"
_DIFFERS: Final = "NEW.maker_id <> (SELECT maker_id FROM casework_submission WHERE id = NEW.submission_id)"


def bind(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Put the trigger in place. NotImplementedError on another vendor."""
    statements = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}.get(editor.connection.vendor)
    if statements is None:
        raise NotImplementedError(f"no trigger for {editor.connection.vendor}")
    for statement in statements:
        editor.execute(statement, params=None)


def unbind(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Take away what `bind` put in place."""
    on = " ON casework_decision" if editor.connection.vendor == "postgresql" else ""
    editor.execute(f"DROP TRIGGER IF EXISTS {TRIGGER}{on}", params=None)


_SQLITE: Final = (
    f"CREATE TRIGGER {TRIGGER} BEFORE INSERT ON casework_decision WHEN {_DIFFERS} "
    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
)
_POSTGRESQL: Final = (
    f"""
CREATE OR REPLACE FUNCTION yiheng_bind_maker() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF {_DIFFERS} THEN
        RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$guard$
""",
    f"CREATE TRIGGER {TRIGGER} BEFORE INSERT ON casework_decision FOR EACH ROW EXECUTE FUNCTION yiheng_bind_maker()",
)

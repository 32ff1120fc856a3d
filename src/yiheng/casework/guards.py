"""Triggers of casework for SQLite and PostgreSQL: a decision's maker is the submission's (经办与审核分离), and a
withdrawal (撤下) is decided once.

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


SETTLED: Final = "已签发或退回的撤下不得修改，申请人、理由和版本也不得修改"
_SETTLED: Final = "casework_withdrawal_settled"
_SETTLED_NO_DELETE: Final = "casework_withdrawal_no_delete"
_CHANGES: Final = (
    "OLD.state <> 'requested' OR NEW.publication_id <> OLD.publication_id OR NEW.reason <> OLD.reason "
    "OR NEW.requested_by_id <> OLD.requested_by_id OR NEW.requested_at <> OLD.requested_at"
)


def settle(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Let a withdrawal change only once, from requested to decided, and never go. NotImplementedError elsewhere."""
    statements = {"sqlite": _SETTLE_SQLITE, "postgresql": _SETTLE_POSTGRESQL}.get(editor.connection.vendor)
    if statements is None:
        raise NotImplementedError(f"no trigger for {editor.connection.vendor}")
    for statement in statements:
        editor.execute(statement, params=None)


def unsettle(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Take away what `settle` put in place."""
    on = " ON casework_withdrawal" if editor.connection.vendor == "postgresql" else ""
    for name in (_SETTLED, _SETTLED_NO_DELETE):
        editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}", params=None)


_SETTLE_SQLITE: Final = (
    f"CREATE TRIGGER {_SETTLED} BEFORE UPDATE ON casework_withdrawal WHEN {_CHANGES} "
    f"BEGIN SELECT RAISE(ABORT, '{SETTLED}'); END",
    f"CREATE TRIGGER {_SETTLED_NO_DELETE} BEFORE DELETE ON casework_withdrawal "
    f"BEGIN SELECT RAISE(ABORT, '{SETTLED}'); END",
)
_SETTLE_POSTGRESQL: Final = (
    f"""
CREATE OR REPLACE FUNCTION yiheng_settled_withdrawal() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    RAISE EXCEPTION '{SETTLED}' USING ERRCODE = 'integrity_constraint_violation';
END
$guard$
""",
    f"CREATE TRIGGER {_SETTLED} BEFORE UPDATE ON casework_withdrawal FOR EACH ROW WHEN ({_CHANGES}) "
    "EXECUTE FUNCTION yiheng_settled_withdrawal()",
    f"CREATE TRIGGER {_SETTLED_NO_DELETE} BEFORE DELETE ON casework_withdrawal FOR EACH ROW "
    "EXECUTE FUNCTION yiheng_settled_withdrawal()",
)
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

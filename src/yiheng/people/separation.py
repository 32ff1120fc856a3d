"""Triggers that keep the three administrators apart from all business (三员分立).

An account is an administrator's from its first day or never, and an administrator's account holds no post and no
scope. The log of writes is nobody's to change anyway (`guards`). A migration that rebuilds one of the three tables
on SQLite calls `join` before and `separate` after, since SQLite drops a table's triggers with it and refuses to
rename a table that a trigger elsewhere names.
"""

from __future__ import annotations

from typing import Final

from .triggers import Refusal, migrating

HOLDS_NOTHING: Final = "三员分立：管理员不得有岗位或业务权限"
FIXED: Final = "三员分立：账号的管理员身份不得更改"
_OF_ADMINISTRATOR: Final = "(SELECT administrator FROM people_user WHERE id = NEW.user_id) <> ''"
_REFUSALS: Final = (
    *(
        Refusal(
            f"{table}_not_of_administrators", table, ("INSERT", "UPDATE"), HOLDS_NOTHING, _OF_ADMINISTRATOR
        )
        for table in ("people_post", "people_unitscope")
    ),
    Refusal(
        "people_user_administrator_fixed", "people_user", ("UPDATE",), FIXED,
        "OLD.administrator <> NEW.administrator",
    ),
)  # fmt: skip
TRIGGERS: Final = tuple(refusal.name for refusal in _REFUSALS)
"""The names on PostgreSQL; on SQLite those of the first two tables end in ``_insert`` and ``_update`` as well."""

separate, join = migrating(*_REFUSALS)

"""Every read of this app: rights, and the log with its proof."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .chain import START, entry_hash
from .models import LogEntry, Right, UnitScope, User


def may(user: User, right: str, work: str, units: Sequence[str]) -> bool:
    """Whether the user may do that kind of work for a unit.

    `units` are the keys of the unit and of all units above it (`ledger.queries.chain`): a scope reaches down the
    tree. Whoever may fill in or approve may also look.
    """
    if not user.is_active:
        return False
    rights = Right.values if right == Right.READ else [right]
    return UnitScope.objects.filter(user=user, work=work, right__in=rights, unit__in=units).exists()


def log_of(table: str, key: str) -> tuple[LogEntry, ...]:
    """All entries about one object, oldest first."""
    return tuple(LogEntry.objects.filter(table=table, key=key).select_related("user"))


@dataclass(frozen=True, slots=True)
class LogDefect:
    """An entry where the chain breaks, and why, in Chinese."""

    entry: int
    reason: str


def verify_log() -> Iterator[LogDefect]:
    """Recompute the chain from its start; every entry that was changed, put in between or whose forerunner is gone."""
    prev = START
    for e in LogEntry.objects.order_by("pk").iterator(chunk_size=2000):
        if e.prev_hash != prev:
            yield LogDefect(e.pk, f"日志第 {e.pk} 条与前一条不衔接：其间有条目被删除或插入")
        computed = entry_hash(
            prev_hash=e.prev_hash, at=e.at, user=e.user_id, actor=e.actor, action=e.action, table=e.table,
            key=e.key, before=e.before, after=e.after, batch=e.batch,
        )  # fmt: skip
        if e.hash != computed:
            yield LogDefect(e.pk, f"日志第 {e.pk} 条的内容与其校验值不符：写入后被改动")
        prev = e.hash

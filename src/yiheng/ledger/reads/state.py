"""Which state the ledger is in (台账状态), for whoever keeps what was computed of it."""

from __future__ import annotations

import threading
from typing import Final

from django.db.models import Q, QuerySet

from yiheng.ledger.models import BudgetLine, Load
from yiheng.people.models import LogEntry
from yiheng.people.once import once
from yiheng.people.prepared import Prepared

from .spending import ADJUSTED, APPROVED

State = tuple[int, str]
"""Number and content hash of a load."""
NOTHING: Final[State] = (0, "")

_lock = threading.Lock()
_seen: list[tuple[State, State]] = []
"""The newest load that was looked at, and the newest of those that wrote more than drafts."""


_NEWEST: Final = Prepared(lambda: _loads()[:1])


@once
def state() -> State:
    """What changes with every write of the ledger: its last load."""
    found = _NEWEST.rows()
    return (found[0][0], found[0][1]) if found else NOTHING


@once
def settled() -> State:
    """What changes with every write that published papers rest on: the last load that wrote more than drafts.

    Drafts are budget lines of a stage before the approved budget (一上至二下): `department_year` reads none of them
    unless it is asked for that stage.
    """
    newest = state()
    with _lock:
        before, settled_before = _seen[0] if _seen else (NOTHING, NOTHING)
    if before == newest:
        return settled_before
    since = _since(before)
    found = next((load for load in reversed(since[1:]) if not _is_draft(load)), settled_before)
    if not since:  # the first time, or the ledger is another
        found = next((load for load in _loads().iterator() if not _is_draft(load)), NOTHING)
    with _lock:
        _seen[:] = [(newest, found)]
    return found


def _since(load: State) -> list[State]:
    """The load and those after it; none where the ledger has no such load."""
    rows = [(number, batch) for number, batch in _SINCE.rows(load[0])] if load[0] else []
    return rows if rows[:1] == [load] else []


_SINCE: Final = Prepared(
    lambda number: Load.objects.filter(pk__gte=number).order_by("pk").values_list("pk", "content_hash"),
    Prepared.number(1),
)


def _loads() -> QuerySet[Load, State]:
    return Load.objects.order_by("-pk").values_list("pk", "content_hash")


def _is_draft(load: State) -> bool:
    number, batch = load
    # A load whose entries are not written yet is asked about by whoever writes it.
    return _TABLES.rows(batch) == [(BudgetLine.sheet,)] and not _READ.rows(number)


_TABLES: Final = Prepared(
    lambda batch: LogEntry.objects.filter(batch=batch).order_by().values_list("table").distinct(),
    Prepared.text(1),
)


def _lines_read(load: int) -> QuerySet[BudgetLine, tuple[int]]:
    """Lines of the load that papers read, or that replace such a line."""
    read = (APPROVED, ADJUSTED)
    lines = BudgetLine.objects.filter(Q(stage__in=read) | Q(replaces__stage__in=read), load_id=load)
    return lines.order_by().values_list("pk")[:1]


_READ: Final = Prepared(_lines_read, Prepared.number(1))

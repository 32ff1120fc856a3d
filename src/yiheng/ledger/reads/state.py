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
    found = NOTHING
    for load in _loads().iterator():
        if load == before or not _is_draft(load):
            found = settled_before if load == before else load
            break
    with _lock:
        _seen[:] = [(newest, found)]
    return found


def _loads() -> QuerySet[Load, State]:
    return Load.objects.order_by("-pk").values_list("pk", "content_hash")


def _is_draft(load: State) -> bool:
    number, batch = load
    if LogEntry.objects.filter(batch=batch).exclude(table=BudgetLine.sheet).exists():
        return False
    read = (APPROVED, ADJUSTED)
    lines = BudgetLine.objects.filter(load_id=number)
    return not lines.filter(Q(stage__in=read) | Q(replaces__stage__in=read)).exists()

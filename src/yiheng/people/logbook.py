"""Reading the log (查阅操作日志): search, filters, and how its chain stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from .models import LogEntry
from .queries import LogDefect, verify_log

LONG: Final = 5_000
"""Entries, of which a machine recomputes some ten thousand a second."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries are looked for; what is empty does not restrict. Days count in local time, both included."""

    text: str = ""
    """Part of the actor, of the key, or a batch."""
    action: str = ""
    table: str = ""
    first: dt.date | None = None
    last: dt.date | None = None


def search(wanted: Wanted) -> QuerySet[LogEntry]:
    """The entries that are looked for, newest first."""
    found = LogEntry.objects.order_by("-pk")
    if wanted.text:
        text = wanted.text.strip()
        found = found.filter(Q(actor__icontains=text) | Q(key__icontains=text) | Q(batch=text))
    if wanted.action:
        found = found.filter(action=wanted.action)
    if wanted.table:
        found = found.filter(table=wanted.table)
    if wanted.first:
        found = found.filter(at__gte=_midnight(wanted.first))
    if wanted.last:
        found = found.filter(at__lt=_midnight(wanted.last + dt.timedelta(days=1)))
    return found


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), timezone.get_current_timezone())


def kinds() -> tuple[list[str], list[str]]:
    """The actions and the tables that the log knows, sorted."""
    actions = LogEntry.objects.order_by("action").values_list("action", flat=True).distinct()
    tables = LogEntry.objects.order_by("table").values_list("table", flat=True).distinct()
    return list(actions), list(tables)


@dataclass(frozen=True, slots=True)
class ChainState:
    """How the chain of the log stands (校验链状态)."""

    entries: int
    last_hash: str
    defects: tuple[LogDefect, ...]
    """Where it breaks, the first hundred."""


def is_long() -> bool:
    """Whether recomputing the chain takes longer than somebody should wait for a page."""
    return LogEntry.objects.count() > LONG


def chain_state(progress: Callable[[int, int], None] | None = None) -> ChainState:
    """Recompute the whole chain; `progress` is told how many of all entries were looked at."""
    count, last = LogEntry.objects.count(), LogEntry.objects.order_by("-pk").first()
    seen = None if progress is None else (lambda number: progress(min(number, count), count))
    return ChainState(count, last.hash if last else "", tuple(islice(verify_log(seen), 100)))

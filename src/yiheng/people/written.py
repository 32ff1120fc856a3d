"""What was written last (最近写入): every write is in the log; its newest entry that counts tells of changes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

from .models import LogEntry
from .prepared import Prepared

Entry = tuple[int, str]
"""Number and hash of a log entry."""
NOTHING: Final[Entry] = (0, "")


_SINCE: Final = Prepared(
    lambda number: LogEntry.objects.filter(pk__gte=number).order_by("pk").values_list("pk", "hash", "table"),
    Prepared.number(1),
)


class Newest:
    """The newest log entry whose table counts. Each new entry is looked at once, by one query a call."""

    def __init__(self, counts: Callable[[str], bool]) -> None:
        self._counts = counts
        self._lock = threading.Lock()
        self._seen = self._found = NOTHING

    def __call__(self) -> Entry:
        """Its number and hash. At first, and in a database that is not the one seen before, the newest of all."""
        with self._lock:
            seen, found = self._seen, self._found
        rows = _SINCE.rows(seen[0]) if seen[0] else []
        if rows and rows[0][:2] == seen:
            found = next((row[:2] for row in reversed(rows[1:]) if self._counts(row[2])), found)
            seen = rows[-1][:2]
        else:
            seen = found = LogEntry.objects.order_by("-pk").values_list("pk", "hash").first() or NOTHING
        with self._lock:
            self._seen, self._found = seen, found
        return found

"""How long a request waited for a thread (到达时刻), and taking in those that arrive at one moment together.

Under load the threads of a process wait for each other's turns, and so does the one that accepts connections. One
connection a turn would let them pile up where nobody sees how long they wait.
"""

from __future__ import annotations

import threading
import time
from typing import Any, Final

from gunicorn.workers.gthread import TConn, ThreadWorker

AT_ONCE: Final = 64
"""Connections taken in at one turn."""

_of_thread = threading.local()


def waited() -> float:
    """Seconds that the request of this thread waited for it; 0 outside our server."""
    return float(getattr(_of_thread, "waited", 0.0))


class Worker(ThreadWorker):  # type: ignore[misc]
    """gunicorn's worker of threads, which notes how long each request waits for one."""

    def accept(self, listener: Any) -> None:
        """Take in whoever is there."""
        for _ in range(AT_ONCE):
            before = self.nr_conns
            super().accept(listener)
            if self.nr_conns == before or self.nr_conns >= self.worker_connections:
                return

    def enqueue_req(self, conn: TConn) -> None:
        """Let a connection wait for a thread."""
        conn.queued_at = time.monotonic()
        super().enqueue_req(conn)

    def handle(self, conn: TConn) -> Any:
        """Work on a request, now that a thread is free."""
        _of_thread.waited = time.monotonic() - conn.queued_at
        return super().handle(conn)

"""A request that waits for a thread knows how long it waited, and those that come together are taken in together."""

from __future__ import annotations

import socket
import time

import pytest
from gunicorn.config import Config
from gunicorn.glogging import Logger

from yiheng.web import arrivals


class _Worker(arrivals.Worker):
    """A worker without a process of its own: what it would hand to a thread is kept."""

    def __init__(self) -> None:
        self.cfg, self.nr_conns, self.worker_connections = Config(), 0, 1000
        self.log = Logger(self.cfg)
        self.waiting: list[arrivals.TConn] = []

    def enqueue_req(self, conn: arrivals.TConn) -> None:
        conn.queued_at = time.monotonic() - 1.5
        self.waiting.append(conn)


def test_all_who_are_there_are_taken_in_at_one_turn() -> None:
    worker = _Worker()
    with socket.create_server(("127.0.0.1", 0), backlog=16) as listener:
        clients = [socket.create_connection(listener.getsockname()) for _ in range(5)]
        listener.setblocking(False)
        worker.accept(listener)
        assert worker.nr_conns == len(worker.waiting) == 5
        worker.accept(listener)
        assert worker.nr_conns == 5, "nobody else was there"
        for open_one in [*clients, *(conn.sock for conn in worker.waiting)]:
            open_one.close()


def test_no_more_are_taken_in_than_a_worker_may_have() -> None:
    worker = _Worker()
    worker.worker_connections = 2
    with socket.create_server(("127.0.0.1", 0), backlog=16) as listener:
        clients = [socket.create_connection(listener.getsockname()) for _ in range(4)]
        listener.setblocking(False)
        worker.accept(listener)
        assert worker.nr_conns == 2
        for open_one in [*clients, *(conn.sock for conn in worker.waiting)]:
            open_one.close()


def test_a_request_knows_how_long_it_waited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrivals._of_thread, "waited", 0.0, raising=False)
    worker = _Worker()
    ours, theirs = socket.socketpair()
    conn = arrivals.TConn(worker.cfg, ours, "", "")
    worker.enqueue_req(conn)
    theirs.close()  # the request is over before it begins: only the waiting counts here
    worker.alive = True
    worker.handle(conn)
    assert 1.5 <= arrivals.waited() < 3

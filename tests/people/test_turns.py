"""Writers take turns, so that the chain of the log never forks (日志不分叉)."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from yiheng.people.models import LogEntry
from yiheng.people.operations import Write, record
from yiheng.people.queries import verify_log

WRITERS, TIMES = 4, 10


def write(name: str, failures: list[BaseException]) -> None:
    try:
        for number in range(TIMES):
            with transaction.atomic():
                record([Write("add", "units", f"{name}-{number}")], actor=name)
    except BaseException as error:
        failures.append(error)
    finally:
        connection.close()


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time")
@pytest.mark.usefixtures("unguarded", "transactional_db")
def test_writers_at_the_same_time_make_one_chain() -> None:
    failures: list[BaseException] = []
    threads = [threading.Thread(target=write, args=(f"w{i}", failures)) for i in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert LogEntry.objects.count() == WRITERS * TIMES
    assert list(verify_log()) == []

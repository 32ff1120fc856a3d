"""A disk that is full at a chosen moment of a job, in a process of its own; run by `test_disk_full`.

Files: a limit on their size (EFBIG), as of a quota. SQLite: its own limit of pages, which gives the very error of a
full disk. PostgreSQL: the error of its server (SQLSTATE 53100), raised where the table is written.
"""

from __future__ import annotations

import json
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar
from unittest import mock

from django.core.management import call_command
from django.db import connection
from django.db.backends.signals import connection_created
from tests.pipelines.killing import AT_ONCE, upload
from tests.pipelines.packages import LINES, workbook

from yiheng.casework import worker
from yiheng.casework.models import Job, Preparation
from yiheng.casework.operations import confirm, enqueue
from yiheng.ledger.models import BudgetLine, Load, current
from yiheng.people.models import LogEntry, Post, Role, User
from yiheng.people.queries import verify_log
from yiheng.pipelines.jobs import HANDLERS
from yiheng.pipelines.progress import Steps
from yiheng.pipelines.refused import explained

T = TypeVar("T")
ROWS: Final = 600


@contextmanager
def small_files(most: int = 1024) -> Iterator[None]:
    """No file of this process grows beyond so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def full_database(pages: int, row: str) -> Iterator[None]:
    """SQLite gets so many pages more. PostgreSQL takes no such row of the budget; for "" no entry of the log."""
    with _few_pages(pages) if connection.vendor == "sqlite" else _refusing(row):
        yield


@contextmanager
def _few_pages(pages: int) -> Iterator[None]:
    """The limit is one of a connection, and holds for those that are opened meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        most = cursor.fetchone()[0] + pages

    def limit(connection: Any, **named: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA max_page_count = {most}")

    connection_created.connect(limit)
    connection.close()
    try:
        yield
    finally:
        connection_created.disconnect(limit)
        connection.close()


@contextmanager
def _refusing(row: str) -> Iterator[None]:
    table, condition = "people_logentry", "true"
    if row:
        table, condition = "ledger_budgetline", f"NEW.key = '{row}'"
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS"
            " $$BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END$$"
        )
        cursor.execute(
            f"CREATE TRIGGER full_disk BEFORE INSERT ON {table} FOR EACH ROW WHEN ({condition})"
            " EXECUTE FUNCTION full_disk()"
        )
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER full_disk ON {table}")


def work() -> None:
    """Let a worker do what waits."""
    worker.run(HANDLERS, explain=explained, timing=AT_ONCE, once=True)


def loading(folder: str, moments: list[tuple[int, str]]) -> None:
    """Load a workbook, and then a large one into a full database, at several moments, at last one in which hardly
    the end of a job can be written; a job that has none is taken up again when there is space.
    """
    call_command("migrate", verbosity=0)
    user = User.objects.create(username="jing", name="经办")
    Post.objects.create(user=user, role=Role.PREPARER, unit="ju")
    first = upload(user, workbook(Path(folder) / "一.xlsx"))
    work()
    confirm(first, by=user)
    work()
    rows = tuple((f"n{n}", *LINES[1][1:7], f"{30101 + n % 3}", *LINES[1][8:-1], n + 1) for n in range(ROWS))
    large = workbook(Path(folder) / "二.xlsx", (*LINES, *rows))
    before, seen = ledger(), []
    for pages, row in moments:
        job = upload(user, large)
        work()
        confirm(job, by=user)
        with full_database(pages, row):
            work()
        ended = Job.objects.get(pk=job.pk)
        seen.append({"state": ended.state, "error": ended.error, "found": ledger()})
    last = upload(user, large)
    work()
    confirm(last, by=user)
    with full_database(0, ""):
        worker.run(HANDLERS, explain=explained, once=True)
    ended = Job.objects.get(pk=last.pk)
    kept = {"state": ended.state, "error": ended.error, "found": ledger()}
    if not ended.is_open:  # the pages that there were had room for the words
        last = upload(user, large)
        work()
        confirm(last, by=user)
    work()
    print(json.dumps({
        "before": before, "seen": seen, "kept": kept, "state": Job.objects.get(pk=last.pk).state, "after": ledger(),
        "log": [defect.reason for defect in verify_log()],
    }))  # fmt: skip


def ledger() -> dict[str, Any]:
    """How much of everything is there."""
    return {
        "lines": current(BudgetLine).count(),
        "versions": BudgetLine.objects.count(),
        "loads": Load.objects.count(),
        "logged": LogEntry.objects.filter(action="load").count(),
    }


def publishing(steps: list[str]) -> None:
    """Prepare a draft on a disk that is full in each of these steps, and then on a free one."""
    user = User.objects.get(username="jing")
    of = {"unit": "demo", "year": 2024, "kind": "budget"}
    seen = {}
    for at in [*steps, ""]:
        job = enqueue("prepare", of, by=user, title="准备公开稿", subject="demo-2024-budget")
        with mock.patch.object(Steps, "run", _filling_at(at)):
            work()
        ended, out = Job.objects.get(pk=job.pk), job.folder / "package"
        seen[at] = {
            "state": ended.state, "error": ended.error, "drafts": Preparation.objects.count(),
            "folders": sorted(path.name for path in out.iterdir()) if out.is_dir() else [],
        }  # fmt: skip
    print(json.dumps(seen))


def _filling_at(at: str) -> Callable[..., Any]:
    run = Steps.run

    def filling(steps: Steps, name: str, step: Callable[[], T], parts: int = 1) -> T:
        def limited() -> T:
            with small_files():
                return step()

        return run(steps, name, limited if name == at else step, parts)

    return filling

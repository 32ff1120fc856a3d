"""A load that is killed in the middle (SIGKILL): the ledger is as it was, and loading again does the work."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.db import connection
from tests.pipelines.packages import LINES, changed, workbook

SCRIPT = """
import json, os, signal, sys
import django
django.setup()
from django.core.management import call_command
from pathlib import Path
from yiheng.ledger import operations
from yiheng.ledger.models import BudgetLine, Load, Unit, current
from yiheng.people.models import LogEntry

path, at = sys.argv[1:]
if at == "new":
    call_command("migrate", verbosity=0)

def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

def progress(title, done, total):
    if title == at:
        die()

if at == "log":
    assert callable(operations.record)
    operations.record = die
if at == "commit":
    from django.db import connection
    connection.commit = die
    connection._commit = die
report = None
if path:
    from yiheng.pipelines.load import load

    report = load([Path(path)], "测试", lambda plan: True, progress)
print(json.dumps({
    "status": report.status if report else "",
    "lines": dict(current(BudgetLine).values_list("key", "amount")),
    "versions": BudgetLine.objects.count(), "loads": Load.objects.count(), "log": LogEntry.objects.count(),
}))
"""
POINTS = ("读取表格", "写入台账", "log", "commit")


@pytest.fixture
def environment(tmp_path: Path, db: None) -> Iterator[dict[str, str]]:
    """A ledger of its own, beside the one of the tests: a SQLite file, or a database of the PostgreSQL server."""
    found = {**os.environ, "DJANGO_SETTINGS_MODULE": "yiheng.settings", "YIHENG_HOME": str(tmp_path / "home")}
    (tmp_path / "home").mkdir()
    url = found.pop("DATABASE_URL", "")
    if connection.vendor != "postgresql":
        yield found
        return
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("DROP DATABASE IF EXISTS yiheng_killed")
        server.execute("CREATE DATABASE yiheng_killed")
        parts = urlsplit(url)
        yield {**found, "DATABASE_URL": urlunsplit(parts._replace(path="/yiheng_killed"))}
        server.execute("DROP DATABASE yiheng_killed WITH (FORCE)")


def start(environment: dict[str, str], path: Path | str, at: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", SCRIPT, str(path), at],
        env=environment, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def state(environment: dict[str, str]) -> str:
    done = start(environment, "", "")
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_killed_in_the_middle(tmp_path: Path, environment: dict[str, str]) -> None:
    first = start(environment, workbook(tmp_path / "一.xlsx"), "new")
    assert '"status": "loaded"' in first.stdout, first.stderr
    before = state(environment)
    third = ("y3", *LINES[2][1:7], "30103", *LINES[2][8:])
    second = workbook(tmp_path / "二.xlsx", (*changed(1, "金额", 5), third))
    for at in POINTS:
        killed = start(environment, second, at)
        assert killed.returncode == -signal.SIGKILL, at
        assert state(environment) == before, at
    after = json.loads(start(environment, second, "").stdout)
    assert after["status"] == "loaded"
    assert after["lines"] == {"y1": 500, "y2": 11, "y3": 11}
    assert (after["versions"], after["loads"]) == (4, 2)

"""The disk is full, or the database does not answer, while somebody works on a screen: they are told so, nothing is
half there, and the same act works afterwards.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.db.utils import DatabaseErrorWrapper
from django.test import Client
from pytest_django.fixtures import Settings
from tests.pipelines.filling import small_files
from tests.web.budget.opened import open_cycle
from tests.web.disclosure.test_disclosure import draft
from tests.web.performance.test_performance import SHEET, fields

from yiheng.casework.faults import Broken, database_away, database_broken, disk_full
from yiheng.casework.models import Job, PreparationState, Publication
from yiheng.people.models import LogEntry
from yiheng.pipelines.refused import explained
from yiheng.web import errors

SignIn = Callable[[str], Client]
MEGABYTE = 1 << 20
DRAFT = "/years/demo/2024/disclosure/drafts/{}/"


def told(client: Client, path: str, data: Any) -> Any:
    """The answer to a form, as a browser gets it when nobody catches what was raised."""
    client.raise_request_exception = False
    return client.post(path, data)


@pytest.mark.parametrize("size", [MEGABYTE, 3 * MEGABYTE], ids=["while it is kept", "while it is received"])
def test_evidence_that_finds_no_space(sign_in: SignIn, settings: Settings, tmp_path: Path, size: int) -> None:
    """Django keeps an upload of more than 2.5 MB in a file before any view sees it."""
    settings.YIHENG_HOME = tmp_path
    open_cycle()
    client = sign_in("jing")
    given = {**fields(client.get(SHEET)), "r2-actual": "64.6万页", "r2-reason": "设备晚到"}
    content = b"\x89PNG\r\n\x1a\n" + bytes(size)
    before = LogEntry.objects.count()
    with small_files(MEGABYTE // 2):
        answer = told(client, f"{SHEET}save/", {**given, "r2-upload": SimpleUploadedFile("单.png", content)})
    assert answer.status_code == (422 if size == MEGABYTE else 507)
    assert "磁盘空间不足" in answer.content.decode() and str(tmp_path) not in answer.content.decode()
    if size == MEGABYTE:
        assert fields(answer)["r2-reason"] == "设备晚到", "what was typed is kept"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert LogEntry.objects.count() == before
    again = told(client, f"{SHEET}save/", {**given, "r2-upload": SimpleUploadedFile("单.png", content)})
    assert again.status_code == 302
    assert [path.stat().st_size for path in (tmp_path / "evidence").iterdir()] == [len(content)]


def test_certifying_that_finds_no_space(sign_in: SignIn, settings: Settings, tmp_path: Path) -> None:
    settings.YIHENG_HOME = tmp_path
    waiting = draft(basis=None)
    client, before = sign_in("zhang"), LogEntry.objects.count()
    with small_files(4):
        answer = told(client, f"{DRAFT.format(waiting.pk)}certify/", {})
    assert answer.status_code == 507 and "磁盘空间不足" in answer.content.decode()
    waiting.refresh_from_db()
    assert waiting.state == PreparationState.PREPARED
    assert (Publication.objects.count(), LogEntry.objects.count()) == (0, before)
    assert [path for path in (tmp_path / "publications").rglob("*") if path.is_file()] == []
    assert told(client, f"{DRAFT.format(waiting.pk)}certify/", {}).status_code == 302
    (made,) = Publication.objects.all()
    assert (made.path / "disclosure.pdf").read_bytes() == b"%PDF-1.7"


def full() -> OperationalError:
    cause = sqlite3.OperationalError("database or disk is full")
    cause.sqlite_errorcode = sqlite3.SQLITE_FULL
    error = OperationalError("database or disk is full")
    error.__cause__ = cause
    return error


def of_sqlite(tmp_path: Path, kind: str) -> Exception:
    """What Django raises for a real file in that state; a failing disk cannot be had, so its code is set by hand."""
    path = tmp_path / "some.sqlite3"
    sqlite3.connect(path).execute("CREATE TABLE t (n)")
    try:
        with DatabaseErrorWrapper(connection):
            if kind == "read-only":
                sqlite3.connect(f"file:{path}?mode=ro", uri=True).execute("INSERT INTO t VALUES (1)")
            elif kind == "unreachable":
                sqlite3.connect(tmp_path / "nowhere" / "some.sqlite3")
            elif kind == "no database":
                path.write_bytes(b"this is no database " * 100)
                sqlite3.connect(path).execute("SELECT * FROM t")
            else:
                failing = sqlite3.OperationalError("disk I/O error")
                failing.sqlite_errorcode = sqlite3.SQLITE_IOERR_WRITE
                raise failing
    except DatabaseError as error:
        return error
    raise AssertionError(kind)


@pytest.mark.skipif(
    "connection.vendor != 'sqlite'", reason="the wrapper knows the errors of the engine in use"
)
@pytest.mark.parametrize(
    ("kind", "broken", "words", "said"),
    [
        ("read-only", Broken.READ_ONLY, "数据库不能写入", "权限"),
        ("unreachable", Broken.UNREACHABLE, "数据库打不开", "数据文件夹是否还在"),
        ("no database", Broken.DAMAGED, "数据库文件已损坏", "备份恢复"),
        ("failing disk", Broken.INPUT_OUTPUT, "磁盘出错", "配额用尽"),
    ],
)
def test_a_broken_database_is_not_said_to_be_away(
    tmp_path: Path, kind: str, broken: Broken, words: str, said: str
) -> None:
    error = of_sqlite(tmp_path, kind)
    assert database_broken(error) is broken
    assert not database_away(error) and not disk_full(error)
    status, title, text = errors.fault(error)
    assert (status, title in (words, f"读写数据库时{words}")) == (500, True)
    assert said in text and "没有保存" in text
    explanation = explained(error)
    assert words in explanation and said in explanation


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite tells a quota as a disk that fails")
def test_a_quota_that_is_used_up_is_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit on the size of files stops SQLite as a quota does (EFBIG for EDQUOT): both are no ENOSPC to it."""
    path = tmp_path / "some.sqlite3"
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("CREATE TABLE t (n)")
        opened.commit()
        monkeypatch.setitem(connection.settings_dict, "NAME", str(path))
        with small_files(1 << 16):
            with (
                pytest.raises(OperationalError, match="I/O error") as stopped,
                DatabaseErrorWrapper(connection),
            ):
                opened.execute("INSERT INTO t VALUES (zeroblob(1 << 17))")
                opened.commit()
            assert disk_full(stopped.value) and not database_away(stopped.value)
            assert errors.fault(stopped.value)[0] == 507
    assert not disk_full(stopped.value), "there is room again: it was the disk"


@pytest.mark.parametrize(
    ("state", "broken"),
    [
        ("25006", Broken.READ_ONLY),
        ("58030", Broken.INPUT_OUTPUT),
        ("XX001", Broken.DAMAGED),
        ("57P01", None),
        ("53100", None),
    ],
)
def test_postgresql_says_by_its_state_what_is_broken(state: str, broken: Broken | None) -> None:
    class Cause(Exception):
        sqlstate = state

    error = OperationalError("of the server")
    error.__cause__ = Cause()
    assert database_broken(error) is broken
    assert database_away(error) is (state == "57P01")


def test_a_locked_database_is_still_only_away() -> None:
    error = OperationalError("database is locked")
    error.__cause__ = sqlite3.OperationalError("database is locked")
    error.__cause__.sqlite_errorcode = sqlite3.SQLITE_BUSY_SNAPSHOT  # type: ignore[attr-defined]
    assert database_away(error) and database_broken(error) is None


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (full(), 507, "磁盘空间不足"),
        (OperationalError("server closed the connection unexpectedly"), 503, "数据库暂时没有应答"),
        (InterfaceError("connection already closed"), 503, "数据库暂时没有应答"),
        (OSError("of nothing in particular"), 500, "程序出错"),
        (RuntimeError("unforeseen"), 500, "程序出错"),
    ],
)
def test_what_nobody_caught_is_told_as_what_it_is(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, words: str
) -> None:
    def fail(*given: object, **named: object) -> None:
        raise error

    client, jobs = sign_in("jing"), Job.objects.count()
    monkeypatch.setattr("yiheng.pipelines.uploads.enqueue", fail)
    monkeypatch.setattr("yiheng.pipelines.uploads.receive", lambda *given: [])
    answer = told(client, "/jobs/load/", {})
    assert answer.status_code == status and words in answer.content.decode()
    assert answer.headers.get("Retry-After") == (str(errors.RETRY_AFTER) if status == 503 else None)
    assert str(error) not in answer.content.decode() and Job.objects.count() == jobs

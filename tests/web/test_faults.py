"""The disk is full, or the database does not answer, while somebody works on a screen: they are told so, nothing is
half there, and the same act works afterwards.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError
from django.test import Client
from pytest_django.fixtures import Settings
from tests.pipelines.filling import small_files
from tests.web.budget.opened import open_cycle
from tests.web.disclosure.test_disclosure import draft
from tests.web.performance.test_performance import SHEET, fields

from yiheng.casework.models import Job, PreparationState, Publication
from yiheng.people.models import LogEntry
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

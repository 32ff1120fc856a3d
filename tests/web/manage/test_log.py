"""The audit log on screen: search, one entry, export, the chain (操作日志)."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from tests.web.working import work

from yiheng import people
from yiheng.people import logbook
from yiheng.people.logbook import kinds
from yiheng.people.models import LogEntry
from yiheng.people.operations import Write, record
from yiheng.people.queries import LogDefect, verify_log
from yiheng.web.screens.manage.words import ACTIONS, TABLES

SignIn = Callable[[str], Client]


@pytest.fixture
def audit(sign_in: SignIn) -> Client:
    client = sign_in("shenji")
    with transaction.atomic():
        record(
            [
                Write("add", "units", "=HYPERLINK(1)", after={"name": "甲"}),
                Write("change", "units", "b", {"name": "乙"}, {"name": "丙"}),
            ],
            actor="某部分",
        )
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_entries_are_searched(audit: Client) -> None:
    page = text(audit.get("/manage/log/?text=某部分"))
    assert "共 " not in page and page.count("某部分") >= 2
    only = text(audit.get("/manage/log/?text=某部分&action=change"))
    assert "单位 b" in only and "HYPERLINK" not in only
    assert "没有符合的记录" in text(audit.get("/manage/log/?text=某部分&last=2001-01-01"))
    assert "没有符合的记录" in text(audit.get("/manage/log/?text=某部分&first=2101-01-01"))
    assert "单位 b" in text(audit.get("/manage/log/?table=units"))
    assert "text-danger" in text(audit.get("/manage/log/?first=yesterday"))


def test_one_entry_whole(audit: Client) -> None:
    entry = LogEntry.objects.get(table="units", key="b", actor="某部分")
    page = text(audit.get(f"/manage/log/{entry.pk}/"))
    assert "乙" in page and "丙" in page and entry.hash in page and entry.prev_hash in page
    assert audit.get("/manage/log/999999999/").status_code == 404


def test_the_export_is_complete_and_holds_no_formula(audit: Client) -> None:
    answer = audit.post("/manage/log/export/", {"text": "某部分"})
    assert "log.csv" in answer["Content-Disposition"]
    content = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    newest, oldest = csv.DictReader(io.StringIO(content))
    assert json.loads(newest["变更后"]) == {"name": "丙"}
    assert oldest["对象键"] == "'=HYPERLINK(1)"
    assert newest["校验值"] == LogEntry.objects.get(pk=newest["序号"]).hash
    told = LogEntry.objects.order_by("-pk")[0]
    assert (told.action, told.actor, told.after["entries"]) == ("export", "审计管理员（虚构）（shenji）", 2)
    assert list(verify_log()) == []


def test_an_export_of_nobody_knows_what_is_refused(audit: Client) -> None:
    before = LogEntry.objects.count()
    answer = audit.post("/manage/log/export/", {"first": "yesterday"})
    assert answer.status_code == 422 and "text-danger" in text(answer)
    assert LogEntry.objects.count() == before


def test_the_chain_is_proved(audit: Client) -> None:
    last = LogEntry.objects.order_by("-pk")[0]
    page = text(audit.post("/manage/log/chain/"))
    assert "首尾相接" in page and last.hash in page
    assert audit.get("/manage/log/chain/").status_code == 405


def test_the_chain_of_a_long_log_is_proved_by_a_job(audit: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logbook, "LONG", 1)
    where = audit.post("/manage/log/chain/")["Location"]
    assert audit.post("/manage/log/chain/")["Location"] == where, "one at a time"
    last = LogEntry.objects.order_by("-pk")[0]
    work()
    page = text(audit.get(where))
    assert f"{last.pk} 条日志首尾相接" in page and last.hash in page and "核对操作日志" in page
    monkeypatch.setattr(
        logbook, "verify_log", lambda seen: iter([LogDefect(7, "日志第 7 条的内容与其校验值不符")])
    )
    where = audit.post("/manage/log/chain/")["Location"]
    work()
    page = text(audit.get(where))
    assert "发现 1 处断裂" in page and "日志第 7 条" in page and "首尾相接" not in page


@pytest.mark.parametrize("name", ["xitong", "anquan", "jing", "shen", "ju"])
def test_nobody_else_reads_the_log(sign_in: SignIn, name: str) -> None:
    client = sign_in(name)
    for address in ("/manage/log/", "/manage/log/1/"):
        assert client.get(address).status_code == 403
    assert client.post("/manage/log/export/").status_code == 403


def test_every_action_and_object_of_the_program_has_a_word(audit: Client) -> None:
    """As far as the log of the examples and the program's text name them."""
    rooms = [
        Path(people.__file__).parents[1] / room for room in ("people", "casework", "ledger", "performance")
    ]
    texts = [path.read_text(encoding="utf-8") for room in rooms for path in room.rglob("*.py")]
    written = {name for text in texts for name in re.findall(r'\bWrite\(\s*"(\w+)"', text)}
    assert len(written) > 30
    assert written <= set(ACTIONS)
    actions, tables = kinds()
    assert set(actions) <= set(ACTIONS) and set(tables) <= set(TABLES)

"""The grid as its page uses it: a block pasted, two people at once, undo, rights, text that looks like a formula."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.web.budget.opened import ROOT, approve_first_up, change, new, open_cycle, post, send, sheet

from yiheng.ledger.models import BudgetLine, Costing, Project, current
from yiheng.people.models import LogEntry
from yiheng.pipelines import editing

SignIn = Callable[[str], Client]
LINE = {
    "unit": "demo-main", "view": "joint", "category": "project", "project": "demo-p01", "function": "2101505",
    "economic": "30213", "fund": "general", "source": "appropriation", "program": "duty",
}  # fmt: skip


@pytest.fixture
def jing(sign_in: SignIn) -> Client:
    open_cycle()
    return sign_in("jing")


def line(key: str) -> BudgetLine:
    found: BudgetLine = current(BudgetLine).get(key=key)
    return found


def test_the_page_is_a_readable_table_without_the_script(jing: Client) -> None:
    page = jing.get(f"{ROOT}grid/budget_lines/?stage=one_up").content.decode()
    assert "2050803 培训支出" in page and "616095.82" in page and "浏览器没有启用 JavaScript" in page
    assert "只能查看" not in page


def test_a_block_of_rows_is_pasted_in_names_and_codes(jing: Client) -> None:
    before = current(BudgetLine).filter(stage="one_up").count()
    rows = [
        new("new-1", **{**LINE, "amount": "1,234.50"}),
        new("new-2", **{**LINE, "category": "项目支出", "function": "2101599", "amount": "20000"}),
    ]
    answer = send(jing, "save", rows).json()
    assert answer["status"] == "saved", answer["problems"]
    assert answer["words"] == "已保存：新增 2 行，变更 0 行，删除 0 行"
    assert current(BudgetLine).filter(stage="one_up").count() == before + 2
    added = current(BudgetLine).filter(stage="one_up").order_by("-position")[:2]
    assert {(r.amount, r.category, r.year, r.view) for r in added} == {
        (123450, "project", 2024, "joint"), (2000000, "project", 2024, "joint"),
    }  # fmt: skip
    assert (
        LogEntry.objects.filter(table="budget_lines", action="load")
        .latest("pk")
        .actor.startswith("经办甲（虚构）")
    )


def test_all_problems_are_told_at_their_cells_and_nothing_is_written(jing: Client) -> None:
    rows = sheet(jing)["rows"]
    wrong = [
        change(rows[0], amount="很多", function="9999999"),
        change(rows[1], amount=""),
        change(rows[2], unit="szyb"),
        new("new-1", **{**LINE, "amount": "-5"}),
    ]
    told = send(jing, "check", wrong).json()
    found = {(p["row"], p["column"]) for p in told["problems"]}
    assert found == {
        (rows[0]["key"], "amount"), (rows[1]["key"], "amount"), (rows[2]["key"], "unit"), ("new-1", "amount"),
    }  # fmt: skip
    assert all(p["remedy"] for p in told["problems"])
    answer = send(jing, "save", wrong).json()
    assert answer["status"] == "refused" and "grid" not in answer
    told = send(jing, "check", [change(rows[0], function="9999999")]).json()
    assert [(p["column"], p["kind"], p["value"]) for p in told["problems"]] == [
        ("function", "编码不可用", "9999999")
    ]
    assert line(rows[0]["key"]).version == 1


def test_two_people_in_one_cell_are_shown_both_values(jing: Client, sign_in: SignIn) -> None:
    rows = sheet(jing)["rows"]
    other = sign_in("gui")
    assert send(other, "save", [change(rows[0], amount="100", note="规划处")]).json()["status"] == "saved"
    answer = send(jing, "save", [change(rows[0], amount="200"), change(rows[1], amount="300")]).json()
    (conflict,) = answer["conflicts"]
    assert answer["status"] == "conflict" and (conflict["theirs"], conflict["version"]) == ("100.00", 2)
    assert "您填 200.00 元，规划财务处（虚构）" in conflict["text"] and "已改为 100.00 元" in conflict["text"]
    assert (line(rows[0]["key"]).amount, line(rows[1]["key"]).version) == (10000, 1)
    mine = {**change(rows[0], amount="200"), "version": conflict["version"]}
    assert send(jing, "save", [mine]).json()["status"] == "saved"
    assert (line(rows[0]["key"]).amount, line(rows[0]["key"]).note) == (20000, "规划处")


def test_a_row_that_somebody_removed_is_a_conflict(jing: Client, sign_in: SignIn) -> None:
    rows = sheet(jing)["rows"]
    gone = {**change(rows[0]), "cells": None}
    assert send(sign_in("gui"), "save", [gone]).json()["status"] == "saved"
    answer = send(jing, "save", [change(rows[0], amount="200")]).json()
    assert answer["status"] == "conflict" and answer["conflicts"][0]["removed"] is True
    assert send(jing, "save", [gone]).json()["status"] == "unchanged"


def test_a_save_is_taken_back_by_whoever_saved(jing: Client, sign_in: SignIn) -> None:
    rows = sheet(jing)["rows"]
    old = line(rows[0]["key"]).amount
    load = send(jing, "save", [change(rows[0], amount="1"), {**change(rows[1]), "cells": None}]).json()[
        "load"
    ]
    body = {"sheet": "budget_lines", "load": load}
    assert post(sign_in("gui"), "undo/", body).status_code == 403
    assert post(jing, "undo/", body).json() == {"status": "saved"}
    assert line(rows[0]["key"]).amount == old and line(rows[1]["key"]).version == 3


def test_an_earlier_version_comes_back_with_one_click(jing: Client) -> None:
    row = sheet(jing)["rows"][0]
    send(jing, "save", [change(row, amount="1")])
    told = jing.get(f"{ROOT}grid/budget_lines/history/{row['key']}/").json()["versions"]
    assert [v["version"] for v in told] == [2, 1]
    assert told[0]["changes"] == [["金额", "616095.82 元", "1.00 元"]]
    body = {"sheet": "budget_lines", "key": row["key"], "version": 1, "seen": 2}
    assert post(jing, "undo/", body).json() == {"status": "saved"}
    assert line(row["key"]).amount == 61609582
    assert post(jing, "undo/", {**body, "version": 77}).status_code == 400


@pytest.mark.parametrize("username", ["wai", "xitong"])
def test_a_stranger_sees_nothing(jing: Client, sign_in: SignIn, username: str) -> None:
    stranger = sign_in(username)
    for where in (
        "",
        "grid/budget_lines/",
        "grid/budget_lines/data/",
        "stages/",
        "workbook/download/",
        "checks/",
    ):
        assert stranger.get(f"{ROOT}{where}").status_code == 403, where
    row = sheet(jing)["rows"][0]
    assert send(stranger, "save", [change(row, amount="1")]).status_code == 403
    key = row["key"]
    assert stranger.get(f"/years/szyb/2021/budget/grid/budget_lines/history/{key}/").status_code in (403, 404)


@pytest.mark.parametrize("username", ["shen", "cai"])
def test_auditor_and_finance_bureau_read_and_write_nothing(
    jing: Client, sign_in: SignIn, username: str
) -> None:
    reader = sign_in(username)
    row = sheet(reader)["rows"][0]
    assert "只能查看" in reader.get(f"{ROOT}grid/budget_lines/?stage=one_up").content.decode()
    for what in ("check", "save"):
        assert send(reader, what, [change(row, amount="1")]).status_code == 403
    assert post(reader, "undo/", {"sheet": "budget_lines", "load": 1}).status_code == 403
    assert line(row["key"]).version == 1


def test_whoever_was_handed_the_targets_sees_no_budget(jing: Client, sign_in: SignIn) -> None:
    from yiheng.people.models import UnitScope, User

    user = User.objects.create(username="ping", name="外部评价人（虚构）")
    UnitScope.objects.create(user=user, unit="demo", work="performance", right="read")
    evaluator = sign_in("ping")
    page = evaluator.get(f"{ROOT}grid/indicators/")
    assert page.status_code == 200 and "budget_lines" not in page.content.decode()
    assert sheet(evaluator, "indicators", "")["rows"]
    key = sheet(jing)["rows"][0]["key"]
    for where in (
        "",
        "grid/budget_lines/",
        "grid/costing/data/",
        f"grid/budget_lines/history/{key}/",
        "stages/",
    ):
        assert evaluator.get(f"{ROOT}{where}").status_code == 403, where
    assert evaluator.get(f"{ROOT}cell/", {"sheet": "支出预算", "row": key}).status_code == 403


def test_rows_of_another_unit_are_not_reached_by_their_key(jing: Client, sign_in: SignIn) -> None:
    foreign = current(BudgetLine).filter(unit="szyb").first()
    assert foreign is not None
    row = {"row": foreign.key, "key": foreign.key, "version": 1, "cells": {"amount": "1"}}
    answer = send(jing, "save", [row]).json()
    assert [(p["kind"], p["row"]) for p in answer["problems"]] == [("不在本表", foreign.key)]
    assert send(jing, "save", [{**row, "cells": None}]).json()["status"] == "refused"
    assert jing.get(f"{ROOT}grid/budget_lines/history/{foreign.key}/").status_code == 404


def test_nothing_is_saved_while_the_cycle_is_closed(sign_in: SignIn) -> None:
    jing = sign_in("jing")
    row = sheet(jing)["rows"][0]
    answer = send(jing, "save", [change(row, amount="1")])
    assert answer.status_code == 403 and "周期还没有启用" in answer.json()["error"]


def test_what_was_handed_in_at_an_earlier_stage_stays(jing: Client) -> None:
    row = sheet(jing)["rows"][0]
    load = send(jing, "save", [change(row, amount="1")]).json()["load"]
    assert send(jing, "save", [change(row, amount="1")], stage="approved").status_code == 403
    approve_first_up()
    refused = send(jing, "save", [change(row, amount="2")])
    assert refused.status_code == 403 and "一上的行不能改动" in refused.json()["error"]
    for body in ({"load": load}, {"key": row["key"], "version": 1, "seen": 2}):
        assert post(jing, "undo/", {"sheet": "budget_lines", **body}).status_code == 403
    assert line(row["key"]).amount == 100


def test_a_stage_that_was_closed_while_the_save_waited_stays(
    jing: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The preparer's budget is handed in and approved after the save was judged and before it gets its turn."""
    row = sheet(jing)["rows"][0]
    turn = editing.take_turns

    def taken() -> None:
        monkeypatch.setattr(editing, "take_turns", turn)
        approve_first_up()
        turn()

    monkeypatch.setattr(editing, "take_turns", taken)
    refused = send(jing, "save", [change(row, amount="1")])
    assert refused.status_code == 403 and "一上的行不能改动" in refused.json()["error"]
    assert line(row["key"]).version == row["version"]


def test_a_load_of_another_year_is_not_undone_here(jing: Client) -> None:
    from yiheng.ledger import operations
    from yiheng.people.models import User

    opened = operations.open_year("demo", 2024, 2025, actor=User.objects.get(username="jing"))
    assert opened.applied.load is not None
    answer = post(jing, "undo/", {"sheet": "projects", "load": opened.applied.load.pk})
    assert answer.status_code == 403 and "以外的内容" in answer.json()["error"]


def test_a_comment_leads_to_its_cell(jing: Client) -> None:
    key = sheet(jing)["rows"][0]["key"]
    answer = jing.get(f"{ROOT}cell/", {"sheet": "支出预算", "row": key, "column": "金额"})
    assert answer["Location"].startswith(f"{ROOT}grid/budget_lines/?stage=one_up&row={key}&column=")
    assert jing.get(f"{ROOT}cell/", {"sheet": "支付", "row": key})["Location"] == ROOT
    assert jing.get(f"{ROOT}cell/", {"sheet": "支出预算", "row": "nothing"}).status_code == 404


def test_what_looks_like_a_formula_stays_text(jing: Client, tmp_path: Any) -> None:
    import openpyxl

    row = sheet(jing, "costing", "")["rows"][0]
    assert (
        send(jing, "save", [change(row, item="=1+1", purpose="@SUM(A1)")], "costing", "").json()["status"]
        == "saved"
    )
    saved = current(Costing).get(key=row["key"])
    assert (saved.item, saved.purpose) == ("=1+1", "@SUM(A1)")
    book = tmp_path / "book.xlsx"
    book.write_bytes(b"".join(jing.get(f"{ROOT}workbook/download/").streaming_content))  # type: ignore[attr-defined]
    cells = [
        cell
        for line in openpyxl.load_workbook(book)["项目测算"].iter_rows()
        for cell in line
        if cell.value == "=1+1"
    ]
    assert [cell.data_type for cell in cells] == ["s"]


def test_costing_that_does_not_multiply_is_told(jing: Client) -> None:
    row = sheet(jing, "costing", "")["rows"][0]
    told = send(jing, "check", [change(row, quantity="3", price="2", periods="1")], "costing", "").json()
    assert [(p["column"], p["kind"]) for p in told["problems"]] == [("amount", "测算不闭合")]


def test_a_target_says_how_it_was_understood(jing: Client) -> None:
    data = sheet(jing, "indicators", "")
    row = data["rows"][0]
    assert "比较：≥2000家" in data["notes"][row["key"]]["target"]
    told = send(jing, "check", [change(row, target="不低于95%")], "indicators", "").json()
    assert "不低于95%" in told["notes"][row["key"]]["target"] and not told["problems"]


def test_a_project_is_added_and_may_be_named_at_once(jing: Client) -> None:
    saved = send(jing, "save", [new("new-1", name="新项目", department="demo")], "projects", "").json()
    assert saved["status"] == "saved", saved["problems"]
    key = Project.objects.get(name="新项目").key
    assert key == "demo-2024-projects-0001"
    assert [key, "新项目"] in sheet(jing)["lists"]["sheet.projects"]
    row = sheet(jing, "projects", "")["rows"][0]
    told = send(jing, "save", [{**change(row), "cells": None}], "projects", "").json()
    assert told["problems"][0]["kind"] == "仍被引用"


def test_a_comment_stands_at_its_cell_until_it_is_settled(jing: Client, sign_in: SignIn) -> None:
    head, row = sign_in("zhang"), sheet(jing)["rows"][0]
    body = {"row": row["key"], "column": "amount", "text": "请核对培训人数"}
    (made,) = post(head, "grid/budget_lines/comment/", body).json()["comments"]
    assert (made["row"], made["column"], made["open"]) == (row["key"], "amount", True)
    assert post(sign_in("shen"), "grid/budget_lines/comment/", body).status_code == 403
    settle = {"sheet": "budget_lines", "id": made["id"], "answer": ""}
    assert "写明怎样处理" in post(jing, "settle/", settle).json()["error"]
    (done,) = post(jing, "settle/", {**settle, "answer": "已按 120 人改正"}).json()["comments"]
    assert done["open"] is False


@pytest.mark.parametrize(
    "body", ["", "[]", '{"rows": 3}', '{"rows": [{"row": "a"}]}', '{"stage": "x", "rows": []}']
)
def test_a_broken_request_is_refused_in_words(jing: Client, body: str) -> None:
    answer = jing.post(f"{ROOT}grid/budget_lines/save/", body, content_type="application/json")
    assert answer.status_code == 400 and "请刷新页面" in answer.json()["error"]
    assert jing.get(f"{ROOT}grid/payments/").status_code == 404

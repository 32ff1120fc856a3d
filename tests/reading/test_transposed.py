"""“三公” tables with their items down the rows are turned to what the form has, each cell with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.audit.drafts import Draft, Given, html

from yiheng.facts.known import KnownTable
from yiheng.policy import Policy
from yiheng.reading.documents import read_document
from yiheng.reading.recognition import known_tables

ITEMS = (
    "合计",
    "1.因公出国（境）费",
    "2.公务用车购置及运行维护费",
    "（1）公务用车购置费",
    "（2）公务用车运行维护费",
    "3.公务接待费",
)
LAST = ("5.20", "0.00", "3.80", "0.00", "3.80", "1.40")
THIS = ("22.85", "0.00", "21.60", "18.00", "3.60", "1.25")


@pytest.fixture(scope="module")
def policy() -> Policy:
    return Policy.load()


def known(folder: Path, policy: Policy, kind: str, title: str, *rows: tuple[Given, ...]) -> KnownTable:
    draft = Draft()
    draft.say("公开07表", title, "部门：甲局　　单位：万元")
    draft.table(*rows)
    html(draft, folder / "t.html")
    (table,) = known_tables(read_document(folder / "t.html"), policy, kind, "甲局")
    return table


def text(table: KnownTable, row: str, column: str) -> list[str]:
    return [table.cell(key).text for key in table.find(row, column)]


def test_a_budget_with_two_years_beside_each_other(tmp_path: Path, policy: Policy) -> None:
    rows = [(item, a, b, "") for item, a, b in zip(ITEMS, LAST, THIS, strict=True)]
    head = ("项目", "2023年预算数", "2024年预算数", "备注")
    table = known(tmp_path, policy, "budget", "一般公共预算“三公”经费支出表", head, *rows)
    assert table.name == "“三公”经费支出表"
    assert text(table, "2024", "公务用车") == ["21.60"]
    assert text(table, "2023", "公务用车运行费") == ["3.80"]
    assert text(table, "2024", "合计") == ["22.85"]


def test_last_and_this_year_by_word(tmp_path: Path, policy: Policy) -> None:
    rows = [(item, a, b) for item, a, b in zip(ITEMS, LAST, THIS, strict=True)]
    title = "财政拨款“三公”经费支出表"
    table = known(tmp_path, policy, "budget", title, ("项目", "上年预算数", "本年预算数"), *rows)
    assert text(table, "本年", "公务接待费") == ["1.25"]
    assert text(table, "上年", "公务接待费") == ["1.40"]


def test_accounts_with_budget_and_outturn(tmp_path: Path, policy: Policy) -> None:
    rows = [(item, a, b) for item, a, b in zip(ITEMS, THIS, LAST, strict=True)]
    counts = [("4.公务用车保有量（辆）", "", "2"), ("5.国内公务接待批次（个）", "", "11")]
    title = "一般公共预算财政拨款“三公”经费支出决算表"
    table = known(tmp_path, policy, "accounts", title, ("项目", "预算数", "决算数"), *rows, *counts)
    assert text(table, "合计", "决算数/公务接待费") == ["1.40"]
    assert text(table, "合计", "预算数/公务用车购置费") == ["18.00"]


def test_what_is_no_item_of_the_form_leaves_the_table_as_it_is(tmp_path: Path, policy: Policy) -> None:
    rows = [(item, a, b) for item, a, b in zip(ITEMS, THIS, LAST, strict=True)]
    title = "一般公共预算财政拨款“三公”经费支出决算表"
    head = ("项目", "预算数", "决算数")
    table = known(tmp_path, policy, "accounts", title, head, *rows, ("会议费", "1.00", "0.90"))
    assert [row.label for row in table.blocks[0].rows][-1] == "会议费"

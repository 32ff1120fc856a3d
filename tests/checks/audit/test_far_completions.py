"""Completion rates whose budget stands only in a table; all made up (虚构)."""

from __future__ import annotations

import pytest
from tests.checks.audit.papers import TODAY, block, document, policy, table

from yiheng.checks.audit import Subject, audit
from yiheng.facts.audit import Identity
from yiheng.facts.document import ReadTable
from yiheng.reading.narrative import claims
from yiheng.reading.recognition import known_tables

HEADS = (
    "合计",
    "因公出国（境）费",
    "公务用车购置及运行维护费/小计",
    "公务用车购置及运行维护费/公务用车购置费",
)
HEADS += ("公务用车购置及运行维护费/公务用车运行维护费", "公务接待费")


def three(planned: str = "预算数") -> ReadTable:
    columns = [*(f"{planned}/{head}" for head in HEADS), *(f"决算数/{head}" for head in HEADS)]
    figures = [
        "64.50",
        "0.00",
        "44.50",
        "0.00",
        "44.50",
        "20.00",
        "48.35",
        "0.00",
        "35.60",
        "0.00",
        "35.60",
        "12.75",
    ]
    return table("财政拨款“三公”经费支出决算表", block(columns, [("", "", figures)]))


def shown(text: str, planned: str = "预算数") -> list[tuple[str, str]]:
    made = document(text, three(planned))
    tables = known_tables(made, policy(), "accounts", "")
    identity = Identity("accounts", "", 2022)
    subject = Subject(made, identity, policy(), tables=tables, claims=claims(made, identity, policy()))
    return [(f.rule, f.printed) for f in audit(subject, TODAY) if f.shown and f.rule.startswith("narrative.")]


def test_the_budget_of_the_table_is_the_base() -> None:
    assert shown("公务接待费支出决算为12.75万元，完成预算的63.75%。") == []
    assert shown("公务接待费支出决算为12.75万元，完成预算的63.15%。") == [("narrative.completion", "63.15%")]
    car = "公务用车购置及运行维护费支出决算为35.60万元，完成全年预算的{}%，主要原因是厉行节约。"
    assert shown(car.format("80.00")) == []
    assert shown(car.format("86.00")) == [("narrative.completion", "86.00%")]


@pytest.mark.parametrize(
    ("text", "planned"),
    [
        ("公务接待费支出决算为12.75万元，完成年初预算的91.07%。", "预算数"),
        ("公务接待费支出决算为12.75万元，完成全年预算的91.07%。", "年初预算数"),
        ("公务接待费支出预算为14.00万元，决算为12.75万元，完成预算的91.07%。", "预算数"),
        ("会议费支出决算为12.75万元，完成预算的91.07%。", "预算数"),
        ("公务接待费支出决算为12.75万元，完成预算的91.07%。", "上年决算数"),
        ("因公出国（境）费支出决算为0.00万元，完成预算的0%。", "预算数"),
    ],
)
def test_another_budget_or_none(text: str, planned: str) -> None:
    assert shown(text, planned) == []

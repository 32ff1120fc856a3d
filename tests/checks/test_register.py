"""The check register: what an entry may say, and what is wrong with one that says otherwise."""

import dataclasses
from typing import Any

import pytest
from tests.examples.reader import policy
from tests.statements.ledger import of_centre, of_department

from yiheng.checks import Check, register, validate
from yiheng.checks.register import parse
from yiheng.facts import Severity
from yiheng.facts.algebra import ExpressionError
from yiheng.policy import Entry, freeze

GOOD: dict[str, Any] = {
    "kinds": ["accounts"],
    "families": ["shenzhen-accounts-2020"],
    "severity": "error",
    "expression": "公开03表[合计, 本年支出合计] = 公开01表[支出/本年支出合计, 决算数]",
    "remedy": "请核对",
}


def entry(**changes: Any) -> Entry:
    """A check entry with some of its parts changed, or left out where the change is None."""
    packaged = next(e for e in policy().entries if e.type == "check")
    value = {k: v for k, v in {**GOOD, **changes}.items() if v is not None}
    return dataclasses.replace(
        packaged, id="check.test", jurisdiction="440300", file="试验.yaml", value=freeze(value)
    )


def test_a_check_is_read_with_its_paper_and_severity() -> None:
    check = parse(entry(), 2020)
    assert (check.id, check.severity, check.absent) == ("check.test", Severity.ERROR, "zero")
    assert check.applies("accounts", "shenzhen-accounts-2020")
    assert not check.applies("budget", "shenzhen-accounts-2020")
    assert not check.applies("accounts", "another")
    assert parse(entry(families=None), 2020).applies("accounts", "another")


def test_the_papers_years_stand_for_themselves() -> None:
    check = parse(entry(expression="表12[*/{year}, 合计] >= 表12[*/{prior}, 合计]"), 2021)
    assert str(check.expression) == "表12[*/2021, 合计] >= 表12[*/2020, 合计]"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"severity": None}, "缺少 severity"),
        ({"remedy": None}, "缺少 remedy"),
        ({"severity": "fatal"}, "severity 不认识 'fatal'；可用：error、warning、hint"),
        ({"colour": "red"}, "不认识的项 colour；可用：absent"),
        ({"absent": "maybe"}, "absent 不认识 'maybe'；可用：zero、skip、fail"),
        ({"expression": None}, "应当且只能写 expression、parts、views、gaps、claims 之一，现有 无"),
        ({"parts": ["*"]}, "现有 expression、parts"),
        ({"expression": "公开03表[合计"}, "看不懂勾稽表达式"),
        (
            {"expression": "公开99表[合计, 数] = 公开03表[合计, 基本支出]"},
            "没有表“公开99表”",
        ),
        ({"expression": "公开03表[合计, 基本] = 公开03表[合计, 基本支出]"}, "公开03表 没有列“基本”"),
        ({"families": ["shenzhen-accounts-1999"]}, "没有表式 shenzhen-accounts-1999；现有：shenzhen"),
        ({"expression": "@spendings(function) <= @budget(function)"}, "不认识的口径 spendings"),
        ({"expression": "@spending(functions) <= @budget(function)"}, "不认识的视图 functions"),
        ({"expression": "@spending(function; colour=red) <= @budget(function)"}, "不认识的维度 colour"),
        (
            {"expression": None, "views": {"measures": ["spending"], "views": ["function", "x"]}},
            "不认识的视图 x",
        ),
        (
            {
                "expression": None,
                "views": {"measures": ["budget"], "views": ["function"], "where": {"fund": "gold"}},
            },
            "fund 没有编码 gold",
        ),
    ],
)
def test_what_is_wrong_is_said(changes: dict[str, Any], reason: str) -> None:
    problems = validate(entry(**changes), policy())
    assert any(reason in p.reason for p in problems), problems
    assert all(p.file == "试验.yaml" and p.remedy for p in problems)


def test_a_check_of_another_shape_is_a_problem_and_no_crash() -> None:
    assert validate(entry(expression=None, views=["function"]), policy())
    assert validate(entry(kinds=3), policy())


def test_an_unreadable_check_does_not_run() -> None:
    with pytest.raises(ExpressionError):
        parse(entry(expression="甲 = 乙"), 2020)


def test_the_register_holds_what_is_in_force_for_kind_place_year_and_family() -> None:
    def ids(checks: tuple[Check, ...]) -> set[str]:
        return {check.id.rpartition(".")[0] for check in checks}

    accounts = register(policy(), of_centre(), "shenzhen-accounts-2020")
    assert {"check.accounts", "check", "check.views", "check.narrative"} == ids(accounts)
    assert not any(check.id.startswith("check.budget") for check in accounts)
    budget = dataclasses.replace(of_department(), year=2021)
    assert "check.budget21" in ids(register(policy(), budget, "shenzhen-budget-2021"))
    assert "check.budget21" not in ids(register(policy(), budget, "shenzhen-budget-2023"))
    elsewhere = dataclasses.replace(of_centre(), jurisdiction="440100")
    assert not any(
        c.id.startswith("check.accounts") for c in register(policy(), elsewhere, "shenzhen-accounts-2020")
    )

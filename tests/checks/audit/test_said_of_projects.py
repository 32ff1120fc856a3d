"""Budgets and payments of projects in sentences beside their sheets; all made up (虚构)."""

from __future__ import annotations

import pytest
from tests.checks.audit.papers import TODAY, block, document, policy, table

from yiheng.checks.audit import Subject, audit
from yiheng.facts.audit import Identity
from yiheng.facts.document import ReadTable
from yiheng.reading.narrative import claims
from yiheng.reading.recognition import known_tables


def sheet(name: str, first: str, budget: str, done: str, rate: str) -> ReadTable:
    head = block(["内容"], [("", "项目名称", [name]), ("", "实施单位", ["某中心"])], unit="")
    columns = ["年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]
    money = block(columns, [("", "年度资金总额", [first, budget, done, "10", rate, "10"])], unit="万元")
    rows = [
        ("", "培训人次", ["≥50 人次", "60 人次", "50", "50"]),
        ("", "满意度", ["≥90%", "95%", "40", "40"]),
    ]
    body = block(["年度指标值", "实际完成值", "分值", "得分"], rows, unit="")
    return table("项目支出绩效自评表", head, money, body, unit="万元")


SHEETS = (
    sheet("基金监管专项检查", "60.00", "65.00", "60.45", "93.00%"),
    sheet("医保政策宣传", "40.00", "42.50", "41.30", "97.18%"),
)


def shown(*texts: str) -> list[tuple[str, str]]:
    made = document(*texts, *SHEETS)
    identity = Identity("self_evaluation", "", 2021)
    tables = known_tables(made, policy(), identity.kind, "")
    subject = Subject(made, identity, policy(), tables=tables, claims=claims(made, identity, policy()))
    return [
        (f.printed, f.computed) for f in audit(subject, TODAY) if f.shown and f.rule.startswith("narrative.")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "基金监管专项检查项目：项目全年预算数为{}万元，执行数为60.45万元，完成预算的93.00%。",
            ("65.00", "66.00"),
        ),
        ("“基金监管专项检查”全年执行数{}万元。", ("60.45", "60.54")),
        ("医保政策宣传项目年初预算数为{}万元。", ("40.00", "48.00")),
        ("医保政策宣传项目自评综述：项目预算数{}万元。", ("42.50", "42.80")),
        ("基金监管专项检查项目已结束。医保政策宣传项目，全年预算数为{}万元。", ("42.50", "65.00")),
    ],
)
def test_a_sentence_against_the_sheet(text: str, expected: tuple[str, str]) -> None:
    right, wrong = expected
    assert shown(text.format(right)) == []
    assert shown(text.format(wrong)) == [(f"{wrong}万元", f"{right}万元")]


@pytest.mark.parametrize(
    "text",
    [
        "基金监管专项检查项目全年预算数约66万元。",
        "基金监管专项检查项目，其中：财政拨款预算数为30.00万元。",
        "医保政策宣传项目培训支出数为12.50万元。",
        "医保政策宣传项目预算12.50万元用于培训。",
        "住院医疗救助项目全年预算数为66.00万元。",
        "医保政策宣传项目预算数为40.00万元。",
        "医保政策宣传全省推广会全年预算数为12.00万元。",
        "医保政策宣传项目全年预算数为42.5万元。",
    ],
)
def test_other_amounts_and_other_projects(text: str) -> None:
    assert shown(text) == []


def test_budgets_of_two_projects_are_not_one_figure_printed_twice() -> None:
    texts = [f"{name}：项目全年预算数为{n}万元。" for name, n in (("甲培训", "36.00"), ("乙培训", "66.00"))]
    assert shown(*texts, texts[1]) == []

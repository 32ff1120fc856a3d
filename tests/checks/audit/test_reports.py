"""What sentences say of the project sheets; sheets made by hand (虚构), except where a paper is named."""

from __future__ import annotations

import pytest
from tests.checks.audit.papers import block, document, failed, findings, table

from yiheng.facts import Outcome
from yiheng.facts.document import ReadTable


def sheet(
    name: str, budget: str = "1000000.00", done: str = "1000000.00", lost: str = "", total: str = ""
) -> ReadTable:
    """A sheet of 10 for the budget and 90 for two indicators; `lost` is the score of the second one."""
    second = lost or "40"
    head = block(["内容"], [("", "项目名称", [name]), ("", "实施单位", ["某中心"])], unit="")
    columns = ["年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]
    money = block(columns, [("", "年度资金总额", [budget, budget, done, "10", "", "10"])], unit="元")
    score = total or str(60 + int(second))
    rows = [
        ("", "培训人次", ["≥50 人次", "60 人次", "50", "50", ""]),
        ("", "群众满意度", ["≥90%", "95%", "40", second, "有偏差"]),
        ("", "总分", ["", "", "100", score, ""]),
    ]
    body = block(["年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"], rows, unit="")
    return table("项目支出绩效自评表", head, money, body, unit="")


def wrong(rule: str, *parts: ReadTable | str, kind: str = "accounts") -> list[tuple[str, str]]:
    return [(p, c) for r, p, c in failed(document(*parts), kind) if r == rule]


def outcomes(rule: str, *parts: ReadTable | str) -> list[Outcome]:
    return [f.outcome for f in findings(document(*parts)) if f.rule == rule]


# -- claims of completion ---------------------------------------------------------------------------------------------

COMPLETION = "audit.report.completion"
SHORT = (sheet("甲项目"), sheet("乙项目", lost="35"))


def test_a_claim_of_all_targets_against_a_row_below_its_weight() -> None:
    said = "2020 年我中心全面实现了部门预算绩效目标，资金使用效果良好。"
    (finding,) = (
        f for f in findings(document(said, *SHORT)) if f.rule == COMPLETION and f.outcome is Outcome.FAIL
    )
    assert finding.severity.value == "warning"
    assert finding.printed == "全面实现"
    assert [g.text for g in finding.sources] == ["乙项目：群众满意度 分值 40，得分 35"]


@pytest.mark.parametrize("said", ["本部门各项绩效目标均已完成。", "2020年度绩效目标已全部完成。"])
def test_the_words_of_a_claim(said: str) -> None:
    assert len(wrong(COMPLETION, said, *SHORT)) == 1
    assert outcomes(COMPLETION, said, sheet("甲项目"), sheet("丙项目")) == [Outcome.PASS]


@pytest.mark.parametrize(
    "said",
    [
        "本部门各项绩效目标基本完成。",
        "本部门各项绩效目标未全部完成。",
        "本部门大部分绩效目标全部完成。",
        "2019年本部门全面实现绩效目标。",
        "确保本部门绩效目标全部完成。",
        "绩效目标全部完成的得8分，否则酌情扣分。",
        "宣传培训项目：该项目绩效目标全部完成。",
        "本部门全面完成了搬迁工作。",
        "（1）丁项目绩效自评综述：绩效目标全部完成。",
    ],
)
def test_what_claims_less_or_speaks_of_another_project(said: str) -> None:
    assert outcomes(COMPLETION, said, *SHORT) == [Outcome.NOT_APPLICABLE]


def test_a_claim_about_one_project_is_held_to_its_sheet() -> None:
    assert outcomes(COMPLETION, "甲项目绩效目标已全部完成。", *SHORT) == [Outcome.PASS]
    assert len(wrong(COMPLETION, "乙项目绩效目标已全部完成。", *SHORT)) == 1


def test_a_claim_without_sheets_is_left() -> None:
    assert outcomes(COMPLETION, "本部门各项绩效目标均已完成。") == [Outcome.NOT_APPLICABLE]


# -- scores -----------------------------------------------------------------------------------------------------------

SCORE = "audit.report.score"


def test_the_score_of_a_project_in_the_text() -> None:
    one, two = sheet("档案整理"), sheet("政策宣传", lost="35")
    said = "（1）政策宣传项目绩效自评综述：根据年初设定的目标，项目自评得分{}分。"
    assert outcomes(SCORE, said.format(95), one, two) == [Outcome.PASS]
    assert outcomes(SCORE, said.format("95.00"), one, two) == [Outcome.PASS]
    assert wrong(SCORE, said.format(96), one, two) == [("96", "95")]


@pytest.mark.parametrize(
    "said",
    [
        "（1）基层政策宣传项目绩效自评综述：项目自评得分90分。",
        "（1）政策宣传能力提升项目绩效自评综述：项目自评得分90分。",
        "政策宣传项目绩效自评综述：甲自评得分90分，乙自评得分80分。",
        "部门整体支出自评得分90分。",
    ],
)
def test_a_score_of_another_project_is_left(said: str) -> None:
    assert outcomes(SCORE, said, sheet("政策宣传", lost="35")) == [Outcome.NOT_APPLICABLE]


def test_a_sheet_whose_total_is_wrong_itself_is_no_measure() -> None:
    said = "政策宣传项目绩效自评综述：项目自评得分95分。"
    assert outcomes(SCORE, said, sheet("政策宣传", lost="35", total="59")) == [Outcome.COULD_NOT_RUN]


# -- amounts ----------------------------------------------------------------------------------------------------------

AMOUNT = "audit.report.amount"
THREE = (
    sheet("甲项目", "1234500.00", "1200000.00"),
    sheet("乙项目", "3000600.00", "2900000.00"),
    sheet("丙项目", "780000.00", "777700.00"),
)
"""Budget 501.51, execution 487.77; without 丙项目 423.51 and 410.00 万元."""


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("501.51", []),
        ("487.77", []),
        ("423.51", [("423.51万元", "501.51万元")]),
        ("410.00", [("410.00万元", "487.77万元")]),
        ("499.99", []),
    ],
)
def test_the_amount_of_all_sheets(amount: str, expected: list[tuple[str, str]]) -> None:
    said = f"组织对项目支出全面开展绩效自评，共3个项目，涉及资金{amount}万元。"
    assert wrong(AMOUNT, said, *THREE) == expected


@pytest.mark.parametrize(
    "said",
    [
        "组织对项目支出开展绩效自评，共20个项目，涉及资金423.51万元。",
        "组织对3个项目开展部门评价，涉及资金423.51万元。",
        "组织开展绩效自评，3个项目涉及资金423.51万元，另有3个项目涉及资金10万元。",
    ],
)
def test_other_projects_than_the_sheets(said: str) -> None:
    assert outcomes(AMOUNT, said, *THREE) == [Outcome.NOT_APPLICABLE]


def test_the_missing_project_is_named() -> None:
    said = "开展绩效自评，共3个项目，涉及资金423.51万元。"
    (finding,) = (
        f for f in findings(document(said, *THREE)) if f.rule == AMOUNT and f.outcome is Outcome.FAIL
    )
    assert "不含“丙项目”" in finding.message
    assert "其中 2 个项目" in finding.message

"""Claims of completion (全部完成) against the points of a sheet: passing, failing, and what only looks like one."""

from dataclasses import replace

import pytest
from tests.examples.reader import example, policy

from yiheng.checks import register, run
from yiheng.checks.claims import parse_claims
from yiheng.facts import (
    Block,
    Cell,
    CellKind,
    Column,
    DepartmentYear,
    Finding,
    Outcome,
    Record,
    Row,
    Source,
    Table,
)

RULE = "check.performance.claims"
HEADS = ("三级指标", "年度指标值", "实际完成值", "分值", "得分")


def sheet(*rows: tuple[str, str, str], outcome: str = "") -> Table:
    """A sheet whose indicators have (name, weight, points)."""
    columns = tuple(Column((head,), CellKind.TEXT) for head in HEADS)
    cells = tuple(
        tuple(Cell(CellKind.TEXT, words) for words in (name, "≥10次", "10次", weight, points))
        for name, weight, points in rows
    )
    goals = Block(
        "", (Column(("预期目标",), CellKind.TEXT), Column(("实际完成情况",), CellKind.TEXT)),
        (Row((("年度总体目标",),), ""),), ((Cell(CellKind.TEXT, "完成全部任务"), Cell(CellKind.TEXT, outcome)),),
    )  # fmt: skip
    indicators = Block("", columns, tuple(Row(((name,),), name) for name, _, _ in rows), cells)
    return Table("附件2-1", "项目支出绩效自评表", "元", (goals, indicators), "stacked")


def saying(text: str) -> DepartmentYear:
    record = Record(
        "text",
        "t-1",
        "szybzx",
        2020,
        {"section": "evaluation.results", "text": text},
        Source("说明文字", "t-1"),
    )
    return replace(example("szybzx-2020-accounts"), records=(record,))


def judged(text: str, table: Table) -> list[Finding]:
    checks = [c for c in register(policy(), saying(text), "", "performance") if c.id == RULE]
    return list(run(checks, saying(text), [table], ()))


FULL = sheet(("巡检次数", "10", "10.00"), ("培训人数", "12.5", "12.50"))
SHORT = sheet(("巡检次数", "10", "10.00"), ("培训人数", "12.5", "12.49"))


@pytest.mark.parametrize(
    "claim", ["各项任务全部完成。", "全年工作按时完成，成效明显。", "目标已全面实现。", "全 部 完 成"]
)
def test_a_claim_fails_by_a_hundredth_of_a_point(claim: str) -> None:
    (found,) = judged(claim, SHORT)
    assert found.outcome is Outcome.FAIL
    assert found.stops
    assert found.place == "说明文字[evaluation.results]"
    assert "附件2-1 培训人数 分值 12.5，得分 12.49" in found.message
    assert "巡检次数" not in found.message
    assert found.next_step


def test_a_claim_passes_where_every_row_has_its_weight() -> None:
    (found,) = judged("各项任务全部完成。", FULL)
    assert found.outcome is Outcome.PASS


@pytest.mark.parametrize(
    "text",
    [
        "任务未全部完成。", "个别任务没有按时完成。", "各项任务基本完成。", "培训按时完成率95%。",
        "确保全年任务全部完成。", "力争各项改革按时完成。", "全部项目已启动，多数完成。", "全面完成情况见附表。",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_claim_is_none(text: str) -> None:
    (found,) = judged(text, SHORT)
    assert (found.outcome, found.message) == (Outcome.NOT_APPLICABLE, "没有这样的说法")


def test_a_plan_does_not_excuse_the_next_clause() -> None:
    (found,) = judged("为确保服务质量，各项任务全部完成。", SHORT)
    assert found.outcome is Outcome.FAIL


def test_points_that_nobody_has_given_prove_nothing() -> None:
    (found,) = judged("各项任务全部完成。", sheet(("巡检次数", "10", "待评")))
    assert found.outcome is Outcome.FAIL
    assert "巡检次数 待评" in found.message


def test_a_row_that_does_not_count_is_no_contradiction() -> None:
    (found,) = judged("各项任务全部完成。", sheet(("巡检次数", "10", "10.00"), ("应急次数", "5", "不计分")))
    assert found.outcome is Outcome.PASS


def test_a_sheet_is_held_to_its_own_account() -> None:
    table = sheet(("巡检次数", "10", "9.00"), outcome="巡检全部完成。")
    (found,) = judged("", table)
    assert found.outcome is Outcome.FAIL
    assert found.place == "附件2-1[年度总体目标, 实际完成情况]"


def test_without_sheets_there_is_nothing_to_compare() -> None:
    (found,) = judged("各项任务全部完成。", replace(FULL, blocks=FULL.blocks[:1]))
    assert (found.outcome, found.message) == (Outcome.NOT_APPLICABLE, "没有自评表可比")


def test_a_rule_with_an_unknown_key_is_refused() -> None:
    with pytest.raises(ValueError, match="claims 的项应为"):
        parse_claims({"words": ["全部完成"], "weigth": "分值"})

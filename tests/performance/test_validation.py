"""A bureau's own sheet is held to weights, units, dates, evidence and reasons before it is written."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from tests.ledger.builders import content, row

from yiheng.performance.validation import sheet_problems
from yiheng.policy import Policy

pytestmark = pytest.mark.django_db

OWN = row("evaluations", "e1", level="project", project="p1")
PROOF = {"evidence_kind": "file", "evidence": "台账"}


def line(key: str, weight: int, **values: Any) -> Any:
    given = {"evaluation": "e1", "level1": "产出指标", "level2": "数量指标", "level3": f"指标{key}", "target": "≥10次",
             "actual": "10次", "weight": Decimal(weight), **PROOF}  # fmt: skip
    return row("evaluation_rows", key, **{**given, **values})


def found(*rows: Any, head: Any = OWN) -> list[tuple[str, str, int | None]]:
    problems = sheet_problems(content(head, *rows, kinds=("performance",)), Policy.load())
    assert all(p.reason and p.remedy and p.sheet for p in problems)
    return [(p.kind, p.column, p.row) for p in problems]


def test_a_sound_sheet_and_one_still_to_be_filled() -> None:
    assert found(line("r1", 50), line("r2", 40)) == []
    unfilled = line("r2", 40, actual=None, evidence=None, evidence_kind=None)
    assert found(line("r1", 50), unfilled) == []


@pytest.mark.parametrize(
    ("values", "kind", "column"),
    [
        ({"actual": "8次"}, "扣分没有原因", "偏差原因分析及改进措施"),
        ({"actual": "10次", "evidence": None, "evidence_kind": None}, "缺少佐证", "佐证"),
        ({"actual": "10天"}, "目标与实际单位不一致", "实际完成值"),
        ({"target": "≥10咕", "actual": "10咕"}, "单位不认识", "年度指标值"),
        ({"dated": dt.date(2025, 1, 5)}, "实际完成值晚于评价年度", "实际值日期"),
        ({"actual": "40次"}, "实际完成值远超目标", "超额完成说明"),
        (
            {"manual_score": Decimal(3), "scorer": "甲", "manual_reason": "乙"},
            "人工评分与规则矛盾",
            "人工评分",
        ),
    ],
    ids=str,
)
def test_a_defect_of_a_row_is_named_by_column(values: dict[str, Any], kind: str, column: str) -> None:
    assert (kind, column, 4) in found(line("r1", 50), line("r2", 40, **values))


def test_weights_that_miss_100_say_which() -> None:
    rows = content(OWN, line("r1", 50), line("r2", 35), kinds=("performance",))
    (problem,) = sheet_problems(rows, Policy.load())
    assert (problem.kind, problem.column) == ("分值合计不是100", "预算执行率分值")
    assert "分值合计 95，应为 100" in problem.reason
    assert "第 3 行 50" in problem.reason and "第 4 行 35" in problem.reason


def test_every_defect_is_told_at_once() -> None:
    kinds = {kind for kind, _, _ in found(line("r1", 40, actual="8次"), line("r2", 40, actual="9天"))}
    assert kinds >= {"分值合计不是100", "扣分没有原因", "目标与实际单位不一致"}


def test_a_declared_indicator_gives_the_target_and_its_newest_actual_the_value() -> None:
    indicator = row(
        "indicators", "i1", level="project", project="p1", level1="产出指标", level3="巡检", target="≥10次"
    )
    reached = row(
        "actuals", "a1", indicator="i1", kind="measured", value="8次", date=dt.date(2024, 12, 31), **PROOF
    )
    short = line(
        "r2", 40, indicator="i1", level3=None, target=None, actual=None, evidence=None, evidence_kind=None
    )
    assert found(line("r1", 50), short, indicator, reached) == [("扣分没有原因", "偏差原因分析及改进措施", 4)]


def test_a_transcribed_sheet_is_taken_as_printed() -> None:
    printed = row("evaluations", "e1", level="project", project="p1", document="paper", place="附件2")
    assert found(line("r1", 50), line("r2", 35, actual="8次"), head=printed) == []


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"level": "project", "project": "p1", "framework": "score.rule.shenzhen-2020"}, "已经失效"),
        ({"level": "department", "framework": "framework.department.guangzhou-2023"}, "不适用于深圳市"),
    ],
)
def test_a_framework_of_another_year_or_place_is_refused(values: dict[str, str], words: str) -> None:
    rows = content(row("evaluations", "e1", document="paper", **values), kinds=("performance",))
    (problem,) = sheet_problems(rows, Policy.load())
    assert (problem.kind, problem.column) == ("评价体系不适用", "评价体系")
    assert words in problem.reason

"""A bureau's own sheet is held to weights, units, dates, evidence and reasons before it is written."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from tests.ledger.builders import content, row

from yiheng.performance.providers import HandedFacts
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
        "actuals", "a1", indicator="i1", kind="entered", value="8次", date=dt.date(2024, 12, 31), **PROOF
    )
    short = line(
        "r2", 40, indicator="i1", level3=None, target=None, actual=None, evidence=None, evidence_kind=None
    )
    assert found(line("r1", 50), short, indicator, reached) == [("扣分没有原因", "偏差原因分析及改进措施", 4)]


@pytest.mark.parametrize("actual", ["10次", None], ids=["filled", "unfilled"])
def test_a_duplicated_indicator_blocks_a_new_sheet(actual: str | None) -> None:
    twice = line("r2", 40, level3="指标r1", actual=actual)
    assert ("指标重复", "三级指标", 4) in found(line("r1", 50, actual=actual), twice)
    printed = row("evaluations", "e1", level="project", project="p1", document="paper", place="附件2")
    assert found(line("r1", 50, actual=actual), twice, head=printed) == []


INDICATOR = row(
    "indicators", "i1", level="project", project="p1", level1="产出指标", level3="巡检", target="≥10次"
)
COMPUTED = row("indicators", "i1", level="project", project="p1", level1="产出指标", target="≥90%",
               measure="execution.rate")  # fmt: skip


def of_system(**values: Any) -> Any:
    given = {"indicator": "i1", "kind": "computed", "date": dt.date(2024, 12, 31)}
    return row("actuals", "a1", **{**given, **values})


def entered(value: str, **values: Any) -> Any:
    return of_system(kind="entered", value=value, **{**PROOF, **values})


OVERRIDE = {"system_value": "90%", "override_reason": "含在途", **PROOF}


@pytest.mark.parametrize(
    ("indicator", "actual", "kind", "column"),
    [
        (INDICATOR, of_system(measure="luck.rate"), "取数口径不存在", "取数口径"),
        (INDICATOR, of_system(measure="staff.rate"), "取数口径不适用", "取数口径"),
        (INDICATOR, of_system(), "没有取数口径", "取数口径"),
        (INDICATOR, of_system(kind="measured"), "没有取数口径", "业务查询"),
        (INDICATOR, of_system(kind="measured", query="宗数"), "业务查询不存在", "业务查询"),
        (COMPUTED, of_system(value="92%", **PROOF), "改写没有理由", "实际完成值"),
        (COMPUTED, of_system(value="9天", **OVERRIDE), "改写矛盾", "实际完成值"),
        (COMPUTED, entered("92%"), "改写矛盾", "实际完成值"),
        (INDICATOR, entered("9天"), "目标与实际单位不一致", "实际完成值"),
        (INDICATOR, entered("9咕"), "单位不认识", "实际完成值"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_actual_given_by_nothing_or_twice_is_named(
    indicator: Any, actual: Any, kind: str, column: str
) -> None:
    rows = content(indicator, actual, kinds=("performance",))
    problems = sheet_problems(rows, Policy.load(), provider=HandedFacts({}))
    assert [(p.kind, p.column, p.row) for p in problems] == [(kind, column, 3)]
    assert problems[0].reason and problems[0].remedy
    printed = replace(actual, values={**actual.values, "document": "paper"})
    transcribed = content(indicator, printed, kinds=("performance",))
    assert sheet_problems(transcribed, Policy.load(), provider=HandedFacts({})) == []


def test_what_the_system_gives_may_be_entered() -> None:
    for actual in (of_system(), of_system(value="92%", **OVERRIDE)):
        assert sheet_problems(content(COMPUTED, actual, kinds=("performance",)), Policy.load()) == []
    unknown = content(INDICATOR, of_system(kind="measured", query="宗数"), kinds=("performance",))
    assert sheet_problems(unknown, Policy.load()) == []  # nobody is there to know the names


def test_a_row_of_a_sheet_does_not_fill_in_what_the_system_gives() -> None:
    named = line("r1", 90, indicator="i1", level3=None, target=None, actual="92%")
    assert ("改写矛盾", "实际完成值", 3) in found(named, COMPUTED)


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

"""The frameworks beside the papers that they come from: names, levels, weights, and the points of every criterion."""

import csv
import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

import pytest
from tests.scoring.examples import GUANGZHOU, criterion_inputs, inputs_2020

from yiheng.policy import Policy, PolicyUnknown
from yiheng.scoring.department import evaluate_department
from yiheng.scoring.framework import load_framework
from yiheng.scoring.inputs import read_inputs

SHENZHEN, YEAR_2020 = "framework.department.shenzhen-2020", dt.date(2020, 12, 31)
LEVEL2 = {
    "部门决策": {"预算编制": 10, "目标设置": 10},
    "部门管理": {"资金管理": 8, "项目管理": 4, "资产管理": 3, "人员管理": 2, "制度管理": 3},
    "部门绩效": {"经济性": 6, "效率性": 20, "效果性": 25, "公平性": 9},
}
"""附件 of 2020: 100 = 20 + 20 + 60."""
GUANGZHOU_2023 = {
    "预算编制": ("3", "3.00"), "预算执行": ("4", "4.00"), "信息公开": ("4", "4.00"), "绩效管理": ("15", "15.00"),
    "采购管理": ("10", "8.93"), "资产管理": ("10", "10.00"), "运行成本": ("4", "4.00"),
}  # fmt: skip
"""表2 of 2023: weight and points; 3 + 4 + 4 + 15 + 8.93 + 10 + 4 = 48.93."""
NATIONAL = {"投入": 5, "过程": 15, "产出": 4, "效果": 4}
"""财预〔2013〕53号, the framework for whole departments: indicators of the third level by those of the first."""


def test_level_2_of_shenzhen(policy: Policy) -> None:
    framework = load_framework(policy, SHENZHEN, "440300", YEAR_2020)
    found: dict[str, dict[str, int]] = {}
    for criterion in framework.criteria:
        below = found.setdefault(criterion.level1, {})
        below[criterion.level2] = below.get(criterion.level2, 0) + int(criterion.weight or 0)
    assert found == LEVEL2


def test_every_criterion_of_shenzhen_as_it_was_transcribed(policy: Policy, shared: Path) -> None:
    gold = json.loads((shared / "gold" / "accounts-2020-szybzx.json").read_text(encoding="utf-8"))
    framework = load_framework(policy, SHENZHEN, "440300", YEAR_2020)
    score = evaluate_department(framework, read_inputs(inputs_2020(), framework))
    rows = gold["framework"]["rows"]
    assert len(rows) == len(score.criteria) == 21
    for row, scored in zip(rows, score.criteria, strict=True):
        criterion = scored.criterion
        assert (criterion.level1, criterion.level2) == (row["一级指标"], row["二级指标"])
        # One name enumerates (社会效益、经济效益…等), ours shortens it.
        assert criterion.name == row["三级指标"] or criterion.name.startswith("社会")
        assert criterion.weight == Decimal(row["三级分值"]), criterion.name
        assert scored.points == Decimal(row["得分"]), criterion.name


def test_every_factor_of_guangzhou(policy: Policy) -> None:
    framework = load_framework(policy, "framework.department.guangzhou-2023", "440100", dt.date(2023, 12, 31))
    score = evaluate_department(framework, read_inputs(criterion_inputs(GUANGZHOU), framework))
    found = {
        row.criterion.name: (str(row.criterion.weight), str(row.points))
        for row in score.criteria
        if row.criterion.level1 == "管理效率"
    }
    assert found == GUANGZHOU_2023
    assert sum(Decimal(points) for _, points in found.values()) == Decimal("48.93")
    (open_one,) = [row for row in score.criteria if row.points is None]
    assert (open_one.criterion.name, open_one.criterion.weight) == ("履职效能", 50)


def test_nothing_that_is_only_implied_stands_as_a_fact_of_guangzhou() -> None:
    with (GUANGZHOU / "criterion_scores.csv").open(encoding="utf-8", newline="") as file:
        assert "49.99" not in file.read()
    with (GUANGZHOU / "criterion_scores.csv").open(encoding="utf-8", newline="") as file:
        assert "effectiveness" not in {row["criterion"] for row in csv.DictReader(file)}


def test_the_national_framework_by_level(policy: Policy) -> None:
    framework = load_framework(policy, "framework.department.national", "440300", dt.date(2024, 1, 1))
    found: dict[str, int] = {}
    for criterion in framework.criteria:
        found[criterion.level1] = found.get(criterion.level1, 0) + 1
    assert found == NATIONAL


def test_no_framework_of_the_province_is_made_up(policy: Policy) -> None:
    """No source here prints one; what Guangzhou used in 2023 holds for Guangzhou alone."""
    for place in ("440000", "440300"):
        with pytest.raises(PolicyUnknown, match="不适用于"):
            load_framework(policy, "framework.department.guangzhou-2023", place, dt.date(2023, 12, 31))

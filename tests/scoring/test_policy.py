"""The scoring entries of the policy: all valid, each kind of mistake found; taxonomy and library."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from yiheng.policy import Entry, Policy, freeze, thaw
from yiheng.scoring.errors import ScoringError
from yiheng.scoring.library import Library, Taxonomy
from yiheng.scoring.validate import TYPES, validate

DAY = dt.date(2020, 12, 31)
RULE = "score.rule.project"
FRAMEWORK = "framework.department.shenzhen-2020"


def test_every_packaged_entry_is_valid(policy: Policy) -> None:
    entries = [entry for entry in policy.entries if entry.type in TYPES]
    assert {entry.type for entry in entries} == set(TYPES)
    assert [problem for entry in entries for problem in validate(entry, policy)] == []


def broken(policy: Policy, id: str, path: str, value: Any) -> Entry:
    entry = policy.get(id, "440300", DAY)
    plain = thaw(entry.value)
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    node = plain
    for step in steps:
        node = node[step]
    if value is ...:
        del node[last]
    else:
        node[last] = value
    return replace(entry, value=freeze(plain))


@pytest.mark.parametrize(
    ("id", "path", "value", "message"),
    [
        (RULE, "basis", "heard", "依据类别"),
        (RULE, "level_weights.产出指标", "51", "合计 101"),
        (RULE, "execution.percent_places", "0", "小数位数"),
        (RULE, "points.mode", "NEAREST", "修约方式"),
        (RULE, "points.places", -1, "非负整数"),
        (RULE, "near_units", "maybe", "as_printed"),
        (RULE, "grades.0.from", "91", "首尾相接"),
        (RULE, "grades.0.from", "ninety", "写法不对"),
        (RULE, "qualitative.2.from", "1/10", "首尾相接"),
        (RULE, "not_applicable", ..., "缺项"),
        (FRAMEWORK, "groups.部门决策", "21", "应为 21"),
        (FRAMEWORK, "criteria.0.id", "decision.norms", "重复"),
        (FRAMEWORK, "criteria.0.weight", "6", "分项合计 5"),
        (FRAMEWORK, "criteria.0.level1", "别的", "不在 groups 中"),
        (FRAMEWORK, "criteria.1.parts.0.kind", "magic", "计分方式"),
        (FRAMEWORK, "criteria.1.parts.0.count", ..., "缺少 count"),
        (FRAMEWORK, "criteria.4.parts.0.over", "ignore", "cap（封顶）"),
        (FRAMEWORK, "criteria.6.parts.0.options.未公开", "9", "高于分项分值"),
        (FRAMEWORK, "criteria.10.parts.0.bands.3.op", ">=", "末档应是 else"),
        (FRAMEWORK, "criteria.10.parts.0.bands.0.op", "~", "比较符"),
        (FRAMEWORK, "criteria.10.parts.0.bands.0.limit", ..., "缺少 limit"),
        (FRAMEWORK, "criteria.10.parts.0.bands.0.points", "2", "高于分项分值"),
        (FRAMEWORK, "criteria.10.parts.0.numerator", ..., "input（或"),
        (FRAMEWORK, "criteria.15.parts.0.mean", "3", "不等于分项分值"),
        (FRAMEWORK, "criteria.15.parts.0.quarters.0.pace", "0", "大于 0"),
        ("score.profile.honesty", "far_above", "1", "大于 1"),
        ("score.profile.honesty", "qualitative_share", "2", "0 和 1"),
        ("score.profile.honesty", "sample", 0, "正整数"),
        ("score.profile.honesty", "own_names", "预算执行率", "列表"),
        ("score.profile.honesty", "kind", "truth", "不认识"),
        ("score.profile.survey", "credited", ["很好"], "不在 options"),
        ("score.profile.survey", "confidence", "97%", "z 值"),
        ("score.profile.monitoring", "bands.3.from", "1/10", "从 0 起"),
        ("score.profile.monitoring", "bands.3.colour", "", "要有 colour"),
        ("score.profile.monitoring", "explain", ["pink"], "不在各档之中"),
        ("score.measures", "measures.1.id", "execution.rate", "重复"),
        ("score.measures", "measures.0.formula", "", "缺少 formula"),
        ("score.measures", "mode", "DOWNHILL", "修约方式"),
        ("score.profile.allocation", "by_score.0.from", "1", "由高到低"),
        ("score.profile.allocation", "base", "spent", "请写 initial、adjusted 之一"),
        ("score.lexicon", "dimensions.0.words.元", "1", "出现两次"),
        ("score.lexicon", "dimensions.0.words.%", "0", "系数"),
        ("score.lexicon", "comparators.0.symbol", "?", "比较符"),
        ("score.lexicon", "periods.月", "12", "正整数"),
        ("score.lexicon", "states", ["及时", 5], "文字的列表"),
        ("score.lexicon", "booleans.是", "yes", "true 或 false"),
        ("score.taxonomy", "levels.产出指标", [], "没有二级指标"),
        ("score.library", "indicators.0.direction", "sideways", "up（越高越好）"),
        ("score.library", "indicators.1.formula", "", "缺少 formula"),
        ("score.library", "indicators.1.id", "reimbursement.rate", "重复"),
    ],
)
def test_each_mistake_is_found(policy: Policy, id: str, path: str, value: Any, message: str) -> None:
    found = validate(broken(policy, id, path, value), policy)
    assert any(message in f"{problem.reason} {problem.remedy}" for problem in found), found
    assert all(problem.id == id and problem.path.startswith("value") for problem in found)


def test_a_value_of_the_wrong_shape_is_one_problem(policy: Policy) -> None:
    entry = replace(policy.get(RULE, "440300", DAY), value=("a",))
    assert [problem.reason for problem in validate(entry, policy)] == ["应是键值对"]


def test_satisfaction_moves_with_year_and_place(policy: Policy) -> None:
    in_2020, in_2023 = (Taxonomy.of(policy, "440300", dt.date(year, 6, 30)) for year in (2020, 2023))
    assert in_2020.problem("效益指标", "满意度指标") == ""
    assert "不在“效益指标”下" in in_2023.problem("效益指标", "满意度指标")
    assert in_2023.problem("满意度指标", "服务对象满意度指标") == ""
    assert "不在深圳市项目绩效指标分类" in in_2020.problem("满意度指标", "服务对象满意度指标")
    assert "属于“产出指标”" in in_2020.problem("效益指标", "成本指标")


def test_library(policy: Policy) -> None:
    library = Library.of(policy, "440300", DAY)
    assert library.get("reimbursement.days").lower_is_better
    assert [item.id for item in library.search("参保人 满意度")] == ["satisfaction.insured"]
    taxonomy = Taxonomy.of(policy, "440100", DAY)
    assert [taxonomy.problem(item.level1, item.level2) for item in library.indicators] == [""] * 14
    with pytest.raises(ScoringError, match="没有指标 nope"):
        library.get("nope")

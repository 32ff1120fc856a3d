"""Templates of narratives that cannot be read say what is wrong and where."""

from typing import Any

import pytest
import yaml
from tests.examples.reader import policy
from tests.statements.test_template import entry

from yiheng.policy import freeze
from yiheng.statements.narrative_template import parse_narrative
from yiheng.statements.paper import validate
from yiheng.statements.template import TemplateError

GOOD = """
kind: accounts
unit: 万元
places: 2
sections:
  - id: s
    level: 1
    heading: 一、{owner}
    sentences: [{id: a, text: "支出{now}{rate}。", figures: {now: {measure: spending},
      before: {measure: spending, year: -1}, rate: {growth: [now, before]}}}]
charts: [{id: c, kind: structure, title: 构成, items: [{label: 支出, measure: spending}]}]
"""


def broken(old: str, new: str) -> dict[str, Any]:
    assert old in GOOD
    value: dict[str, Any] = yaml.safe_load(GOOD.replace(old, new))
    return value


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("places: 2", "", "缺少 places"),
        ("level: 1", "level: 1\n    colour: red", "说明 s：不认识的项 colour"),
        ("{owner}", "{onwer}", "说明 s：不认识的名称 onwer；可用：department、owner、prior、year"),
        ("支出{now}", "支出{then}", "说明 s.a：不认识的名称 then"),
        ("支出{now}{rate}", "支出{now}", "数字 rate 没有被用到"),
        ("growth: [now, before]", "growth: [now, last]", "last 不是本句的金额；现有：before、now"),
        ("growth: [now, before]", "growth: now", "要写两个金额的名称"),
        ("now: {measure: spending}", "now: {where: {fund: general}}", "measure 与 terms 要写一个"),
        ("now: {measure: spending}", "now: {measure: spending, colour: red}", "不认识的项 colour"),
        ("id: a, ", "id: a, when: income, ", "income 不是本句的金额"),
        ("kind: structure", "kind: pie", "图 c：kind 不认识 'pie'"),
        ("items: [{label: 支出, measure: spending}]", "measure: spending", "图 c：要写 items 或 each"),
        ("kind: structure", "kind: progress", "缺少 measure、budget"),
        ("sentences: [", "sentences: [{id: a, text: 一}, ", "编号重复 a"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said(old: str, new: str, reason: str) -> None:
    value = broken(old, new)
    with pytest.raises(TemplateError) as error:
        parse_narrative(freeze(value))
    assert reason in str(error.value)
    assert reason in validate(entry(value), policy())[0].reason


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("now: {measure: spending}", "now: {measure: spendings}", "不认识的口径 spendings"),
        ("now: {measure: spending}", "now: {measure: spending, views: functions}", "不认识的视图 functions"),
        ("now: {measure: spending}", "now: {measure: spending, where: {fund: gold}}", "fund 没有编码 gold"),
    ],
)
def test_what_no_ledger_row_has_is_said(old: str, new: str, reason: str) -> None:
    (problem,) = validate(entry(broken(old, new)), policy())
    assert reason in problem.reason and problem.path == "s.a"


@pytest.mark.parametrize("value", ["sections: 3", "{kind: accounts, unit: 万元, places: 2, sections: [一]}"])
def test_a_template_of_another_shape_is_a_problem_and_no_crash(value: str) -> None:
    assert validate(entry(yaml.safe_load(value)), policy())

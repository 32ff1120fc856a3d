"""Templates that cannot be read, or that name what no ledger row has: said with place, reason and what is possible."""

from typing import Any

import pytest
import yaml
from tests.examples.reader import policy
from tests.statements.ledger import family

from yiheng.policy import Entry, freeze
from yiheng.statements import validate
from yiheng.statements.template import TemplateError, parse_family

GOOD = """
name: 试验
kind: accounts
unit: 万元
places: 2
tables:
  - code: 甲表
    title: 甲
    view: function
    measure: spending
    blocks:
      - columns: [{path: [项目], text: label}, {path: [金额]}]
        rows: [{label: 合计}, {each: function, levels: [3]}]
"""


def changed(old: str, new: str) -> dict[str, Any]:
    assert old in GOOD
    value: dict[str, Any] = yaml.safe_load(GOOD.replace(old, new))
    return value


def entry(value: dict[str, Any]) -> Entry:
    packaged = next(e for e in policy().entries if e.type == "table_family")
    return Entry(
        "tables.test",
        "table_family",
        "试验",
        "440300",
        packaged.valid_from,
        None,
        "",
        packaged.source,
        freeze(value),
        "试验.yaml",
    )


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("places: 2", "", "缺少 places"),
        ("places: 2", "places: 2\ncolour: red", "不认识的项 colour；可用：kind"),
        ("title: 甲", "titel: 甲", "不认识的项 titel"),
        ("title: 甲", "title: 甲\n    layout: above", "layout 不认识 'above'，可用 beside、stacked"),
        ("title: 甲", "title: 甲\n    each: city", "each 不认识 'city'，可用 objective_unit、project"),
        ("title: 甲", "title: 甲\n    not_attested: 未见", "blocks 和说明 not_attested 要写一个"),
        ("title: 甲", "title: 甲\n    terms: [{measure: spending}]", "measure 与 terms 只能写一个"),
        ("title: 甲", "title: 甲\n    where: {fund: []}", "条件 fund 没有编码"),
        ("title: 甲", "title: 甲\n    where: {function: 210}", "编码请加引号"),
        ("text: label", "text: labels", "text 不认识 'labels'，可用 label、code"),
        ("{path: [金额]}", "{width: 3}", "不认识的项 width"),
        ("{path: [金额]}", "{path: []}", "缺少 path"),
        ("each: function, levels: [3]", "each: functions", "each 不认识 'functions'"),
        ("each: function, levels: [3]", "each: function", "要写 levels 或 codes"),
        ("each: function, levels: [3]", "levels: [3]", "每行要写 label、group、each、blank 之一，现有 无"),
        ("{label: 合计}", "{label: 合计, each: unit}", "现有 label、each"),
        ("{label: 合计}", "{label: 合计, role: sum}", "role 不认识 'sum'，可用 total"),
        ("{label: 合计}", "{label: 合计, terms: [{measure: spending, sign: 2}]}", "sign 应为 1 或 -1"),
        ("{label: 合计}", "{label: 合计, terms: [{sign: 1}]}", "缺少 measure"),
    ],
)
def test_what_cannot_be_read_is_said(old: str, new: str, reason: str) -> None:
    value = changed(old, new)
    with pytest.raises(TemplateError) as error:
        parse_family(freeze(value))
    assert str(error.value).startswith("表式 试验")
    assert reason in str(error.value)
    (problem,) = validate(entry(value), policy())
    assert reason in problem.reason and problem.file == "试验.yaml"


def test_table_codes_are_unique() -> None:
    with pytest.raises(TemplateError, match="表号重复"):
        family("[{code: 甲, title: 甲, not_attested: 未见}, {code: 甲, title: 乙, not_attested: 未见}]")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("measure: spending", "measure: spendings", "不认识的口径 spendings"),
        ("view: function", "view: functions", "不认识的视图 functions"),
        ("{path: [金额]}", "{path: [金额], where: {colour: red}}", "不认识的维度 colour"),
        ("{path: [金额]}", "{path: [金额], where: {fund: [general, gold]}}", "fund 没有编码 gold"),
        ("{label: 合计}", "{label: 合计, where: {category: capital}}", "category 没有编码 capital"),
        ("measure: spending", "", "有金额栏没有口径"),
    ],
)
def test_what_no_ledger_row_has_is_said(old: str, new: str, reason: str) -> None:
    problems = validate(entry(changed(old, new)), policy())
    assert any(reason in p.reason for p in problems)
    assert all(p.remedy for p in problems)


@pytest.mark.parametrize(
    ("new", "reason"),
    [("rows: [合计]", "'合计' 应写成键值对"), ("rows: [{label: 合计, levels: 3}]", "表式不能解析")],
)
def test_a_form_of_another_shape_is_a_problem_and_no_crash(new: str, reason: str) -> None:
    value = changed("rows: [{label: 合计}, {each: function, levels: [3]}]", new)
    assert reason in validate(entry(value), policy())[0].reason


def test_packaged_families_are_sound() -> None:
    found = [
        problem for e in policy().entries if e.type == "table_family" for problem in validate(e, policy())
    ]
    assert found == []
    assert validate(entry(yaml.safe_load(GOOD)), policy()) == []

"""Outlines and forms of evaluation papers: the headings of the three published reports, and what a slip is told."""

from __future__ import annotations

import copy
import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from tests.examples.reader import policy

from yiheng.policy import Entry
from yiheng.statements.evaluation import validate
from yiheng.statements.evaluation.form import FORM, SHOWS, parse_form
from yiheng.statements.evaluation.outline import OUTLINE, SaySpec, parse_outline
from yiheng.statements.evaluation.told import EACH, FLAGS, WORDS, allowed

SHENZHEN_2020 = """一、部门基本情况|（一）主要职能|（二）年度总体工作和重点工作任务|（三）{year}年度部门预算编制情况
（四）{year}年度部门预算执行情况
1.资金管理情况|（1）资金支出情况|（2）财政资金收支及结余结转情况|（3）政府采购情况|（4）财务合规性情况|（5）预决算信息公开情况
2.项目管理情况|（1）项目申报及批复情况|（2）项目招投标情况|（3）项目监督情况|（4）项目验收情况
3.资产管理情况|（1）资产总量及构成情况|（2）资产管理工作开展情况|4.制度建设情况
二、部门主要履职绩效分析|（一）主要履职目标|（二）主要履职情况|（三）部门履职绩效情况|1.经济性|2.效率性|3.效果性|4.公平性
三、总体评价和整改措施|（一）预算绩效管理工作主要经验、做法|（二）部门整体支出绩效存在问题及改进措施|（三）后续工作计划"""
SHENZHEN_2023 = """一、部门基本情况|（一）部门主要职能|（二）年度总体工作和重点工作任务|（三）{year}年部门预算编制情况
（四）{year}年部门预算执行情况
1.资金管理|2.项目管理|3.资产管理|4.制度管理
二、部门主要履职绩效分析|（一）主要履职目标|（二）主要履职情况|（三）部门履职绩效情况|三、其他自评情况
四、总体评价和整改措施|（一）预算绩效管理工作主要经验、做法|（二）存在问题及改进措施|1.存在问题|2.改进措施"""
GUANGZHOU_2023 = """一、部门基本情况|（一）部门职能|（二）年度总体工作和重点工作任务|（三）部门整体支出绩效目标
（四）部门整体收支情况（以决算数为统计口径）|1.各项收支占比|2.收入支出按部门所属单位分布情况
（五）部门整体绩效管理情况|1.绩效目标管理情况|2.绩效运行监控管理情况
二、绩效自评情况|（一）自评结论|（二）履职效能分析|1.整体绩效目标完成情况|2.重点项目完成情况|（三）管理效率分析
三、存在的主要问题|四、下一步改进措施|（一）加强项目预算管理|（二）优化绩效管理"""
"""The headings in the order of the published reports; what stands in annexes is left out."""


def outline(place: str, year: int) -> Entry:
    return policy().get(OUTLINE, place, dt.date(year, 12, 31))


@pytest.mark.parametrize(
    ("place", "year", "headings"),
    [("440300", 2020, SHENZHEN_2020), ("440300", 2023, SHENZHEN_2023), ("440100", 2023, GUANGZHOU_2023)],
)
def test_the_headings_are_those_of_the_published_report(place: str, year: int, headings: str) -> None:
    spec = parse_outline(outline(place, year).value)
    assert [part.heading for part in spec.sections if part.level] == headings.replace("\n", "|").split("|")


def test_which_outline_holds_where_and_when() -> None:
    assert outline("440300", 2022) == outline("440300", 2020) != outline("440300", 2024)
    assert outline("440100", 2020).jurisdiction == outline("440000", 2023).jurisdiction == "100000"
    assert outline("100000", 2023).value["basis"] == "house"


@pytest.mark.parametrize("entry", [e for e in policy().entries if e.id == OUTLINE], ids=lambda e: e.title)
def test_every_outline_prints_every_part_and_chooses_by_fact(entry: Entry) -> None:
    spec = parse_outline(entry.value)
    assert {"framework", "summary", "deductions", "sheets", "surveys", "findings"} <= {
        name for part in spec.sections for name in part.tables
    }
    assert {"department", "projects"} <= {name for part in spec.sections for name in part.charts}
    said = [s for part in spec.sections for s in part.sentences if isinstance(s, SaySpec)]
    assert all("all_met" in s.when for s in said if "全部完成" in s.text)
    assert any(s.each == "lost_projects" and "{deductions}" in s.text for s in said)
    assert any(s.each == "assumed_criteria" and s.text.startswith("【假定】") for s in said)
    assert any(s.each == "surveys" and s.when == ("warning",) for s in said)


def test_packaged_outlines_and_forms_are_sound() -> None:
    found = [e for e in policy().entries if e.id in (OUTLINE, FORM)]
    assert len(found) == 5
    assert [problem for entry in found for problem in validate(entry, policy())] == []


def test_every_column_that_a_table_could_show_is_shown() -> None:
    form = parse_form(policy().get(FORM, "100000", dt.date(2023, 1, 1)).value)
    shown = {
        name: {block.of: {column.show for column in block.columns} - {""} for block in table.blocks}
        for name, table in form.tables.items()
    }
    assert shown == {name: {of: set(names) for of, names in blocks.items()} for name, blocks in SHOWS.items()}


def test_what_may_be_named_is_named_somewhere() -> None:
    """A word or a condition that no sentence uses would be one that no test ever sees."""
    flags = set(FLAGS)
    unused = {each: set(words) for each, words in WORDS.items()}
    for entry in policy().entries:
        if entry.id == OUTLINE:
            for part in parse_outline(entry.value).sections:
                for said in part.sentences:
                    if isinstance(said, SaySpec):
                        flags -= {name.removeprefix("not ") for name in said.when}
                        for words in (unused[""], unused[EACH[said.each]] if said.each else set()):
                            words -= {name for name in words if f"{{{name}}}" in said.text}
    assert unused == {
        "": set(), "projects": {"number", "ordinal"}, "grades": {"number", "ordinal"}, "groups": {"number", "ordinal"},
        "criteria": {"number", "ordinal"}, "surveys": {"ordinal"},
    }  # fmt: skip
    assert flags == set()
    assert "deductions" in allowed("lost_projects") - allowed("")


def broken(change: dict[str, Any]) -> list[str]:
    """The problems of the national outline with its first sentence of the conclusion changed."""
    entry = outline("100000", 2023)
    value = copy.deepcopy(_plain(entry.value))
    part = next(p for p in value["sections"] if p["id"] == "result")
    part["sentences"][0] = {**part["sentences"][0], **change}
    return [problem.reason for problem in validate(replace(entry, value=value), policy())]


def _plain(value: Any) -> Any:
    if hasattr(value, "items"):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"say": "得分{totl}分"}, "不认识的名称 totl"),
        ({"say": "{deductions}"}, "不认识的名称 deductions"),
        ({"when": ["departmnt"]}, "when 不认识 departmnt"),
        ({"each": "project"}, "each 不认识 'project'"),
        ({"text": "得分"}, "不认识的项 text"),
    ],
)
def test_a_slip_in_a_sentence_is_told(change: dict[str, Any], told: str) -> None:
    (reason,) = broken(change)
    assert told in reason


def test_a_slip_in_a_form_is_told() -> None:
    entry = policy().get(FORM, "100000", dt.date(2023, 1, 1))
    value = _plain(entry.value)
    value["tables"]["sheet"]["blocks"][1]["columns"][1]["measure"] = "budgte"
    (problem,) = validate(replace(entry, value=value), policy())
    assert "budgte" in problem.reason
    value["tables"]["sheet"]["blocks"][1]["columns"][1] = {"path": ["年初预算数"], "show": "budget"}
    (problem,) = validate(replace(entry, value=value), policy())
    assert "show 不认识 'budget'" in problem.reason

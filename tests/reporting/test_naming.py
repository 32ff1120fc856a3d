"""Labels come from the policy of the year, and rules are said in words."""

import pytest

from yiheng.facts import DepartmentYear, Record, Source, Unit
from yiheng.policy import Policy
from yiheng.reporting.labels import Labels
from yiheng.reporting.naming import labels_of
from yiheng.reporting.rules import rule_text

CENTRE = Unit("szybzx", "", "深圳市医疗保险基金管理中心", "市医保中心", "szyb", "unit")
BUREAU = Unit("szyb", "0102025", "深圳市医疗保障局", "市医保局", "", "department")


@pytest.fixture(scope="module")
def labels() -> Labels:
    records = (
        Record("project", "p1", "szybzx", 2023, {"name": "综合管理"}, Source("项目", "p1")),
        Record("document", "d1", "szybzx", 2023, {"title": "2023年部门预算"}, Source("来源文件", "d1")),
    )
    found = DepartmentYear(CENTRE, 2023, "budget", "440300", (CENTRE,), (), records, department=BUREAU)
    return labels_of(found, Policy.load())


def test_codes_have_the_names_of_their_year(labels: Labels) -> None:
    # 2023 budget, 表7: 2080501 行政单位离退休; 表9: “三公”; 表2: sources.
    assert labels.value("function", "2080501") == "2080501 行政单位离退休"
    assert labels.value("item", "reception") == "公务接待费"
    assert labels.value("source", "carryover") == "上年结余、结转"
    assert labels.value("economic", "30101") == "30101 基本工资"
    assert labels.value("program", "duty") == "履职类项目拨款"


def test_units_projects_documents_measures_and_views_have_names(labels: Labels) -> None:
    assert (labels.unit("szybzx"), labels.unit("szyb")) == ("深圳市医疗保险基金管理中心", "深圳市医疗保障局")
    assert labels.value("project", "p1") == "综合管理"
    assert labels.document("d1") == "2023年部门预算"
    assert (labels.measure("budget"), labels.view("function")) == ("支出预算", "按功能分类")


def test_what_is_not_known_keeps_its_code(labels: Labels) -> None:
    assert labels.value("function", "9999999") == "9999999"
    assert labels.measure("unheard_of") == "unheard_of"


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (
            "+budget(+0) @function function=2080501",
            "本年支出预算 · 按功能分类 · 功能分类科目：2080501 行政单位离退休",
        ),
        (
            "+budget(+0)[fund=general|gov_fund] -budget(-1) @function>economic",
            "本年支出预算 · 预算类型：一般公共预算、政府性基金预算 －上年支出预算 · 按功能分类，无则按经济分类",
        ),
        (
            "growth(+budget(+0) @function; +budget(-1) @function)",
            "【本年支出预算 · 按功能分类】比【上年支出预算 · 按功能分类】的增长率",
        ),
        (
            "(+budget(+0) @project) - (+budget(-1) @project)",
            "【本年支出预算 · 按项目】减【上年支出预算 · 按项目】",
        ),
        ("核对后手工录入（a=b）", "核对后手工录入（a=b）"),
        ("", ""),
    ],
)
def test_rules_are_said_in_words(rule: str, words: str, labels: Labels) -> None:
    assert rule_text(rule, labels) == words

"""A table family, its checks and its narrative that the package does not know: data in the user's folder, no code."""

import dataclasses
import re
from functools import cache
from pathlib import Path

import pytest
from tests.examples.reader import policy as packaged
from tests.statements.ledger import WAN, fact, of_centre, record

from yiheng import checks
from yiheng.facts import DepartmentYear, Outcome
from yiheng.facts.address import Directory
from yiheng.policy import Policy, PolicyNotInForce
from yiheng.statements import statements
from yiheng.statements import validate as validate_tables
from yiheng.statements.paper import narrative
from yiheng.statements.paper import validate as validate_narrative

OVERLAY = Path(__file__).parent / "overlay"
GUANGZHOU = "440100"


@cache
def policy() -> Policy:
    return Policy.load(OVERLAY)


def guangzhou(year: int = 2022, reason: str = "业务量增加。") -> DepartmentYear:
    """A joint ledger of a unit in a city of the province."""
    rows = (
        ("2080505", "30108", "basic", "", 8, 8, 8),
        ("2101501", "30101", "basic", "", 20, 22, 21),
        ("2101501", "30201", "basic", "", 5, 5, 4),
        ("2101506", "30227", "project", "p1", 40, 50, 45),
        ("2101506", "39999", "project", "p2", 10, 10, 10),
    )
    spent = []
    for function, economic, category, project, initial, adjusted, paid in rows:
        dims = {
            "function": function,
            "economic": economic,
            "category": category,
            "fund": "general",
            "project": project,
        }
        dims = {name: code for name, code in dims.items() if code}
        amounts = {"budget": initial, "budget_adjusted": adjusted, "spending": paid}
        spent += [fact(measure, wan, year=year, **dims) for measure, wan in amounts.items()]
    income = [
        fact("revenue", 86, year=year, fund="general", source="appropriation", function="2101506"),
        fact("revenue", 2, year=year, fund="none", source="other", function="2101506"),
    ]
    before = fact("spending", 80, view="total", year=year - 1)
    records = (
        record("project", "p2", name="乙项目"),
        record("project", "p1", name="甲项目"),
        *([record("reason", "r", subject="spending", text=reason)] if reason else []),
    )
    made = of_centre(*spent, *income, before, records=records)
    return dataclasses.replace(made, jurisdiction=GUANGZHOU, year=year)


def text(department_year: DepartmentYear, address: str) -> str:
    return Directory(statements(department_year, policy()).tables).resolve(address).cell.text


def test_the_package_alone_has_no_form_for_the_place() -> None:
    with pytest.raises(PolicyNotInForce):
        statements(guangzhou(), packaged())


def test_everything_in_the_folder_is_sound() -> None:
    validators = {
        "table_family": validate_tables,
        "narrative": validate_narrative,
        checks.TYPE: checks.validate,
    }
    assert policy().problems(validators, [e for e in policy().entries if e.overlay]) == []


def test_the_place_takes_the_form_of_its_province() -> None:
    computed = statements(guangzhou(), policy())
    assert computed.family.name == "province-accounts-2022"
    assert [(t.code, t.title, t.unit) for t in computed.tables] == [
        ("附表1", "收入支出总表", "元"), ("附表2", "支出明细表", "元"), ("附表3", "项目支出表", "元"),
    ]  # fmt: skip
    assert computed.notice == ""


def test_the_form_is_carried_on_with_a_notice() -> None:
    assert "沿用 2022 年表式" in statements(guangzhou(2024), policy()).notice


def test_its_cells_are_computed() -> None:
    year = guangzhou()
    assert text(year, "附表1[收入/收入合计, 决算数]") == "880,000.00"
    assert text(year, "附表1[支出/卫生健康支出, 预算数/年初]") == "750,000.00"
    assert text(year, "附表1[支出/支出合计, 预算数/全年]") == "950,000.00"
    assert text(year, "附表2[2101501, 工资福利支出]") == "210,000.00"
    assert text(year, "附表2[2101501, 其他支出]") == "-"
    assert text(year, "附表2[合计, 其他支出]") == "100,000.00"
    assert text(year, "附表3[甲项目, 未用]") == "50,000.00"
    assert text(year, "附表3[合计, 决算]") == "550,000.00"


def test_its_footers_and_parts_work_as_those_of_any_family() -> None:
    income, outlay = statements(guangzhou(), policy()).tables[0].blocks
    assert [row.label for row in income.rows] == ["一、财政拨款收入", "二、其他收入", "收入合计"]
    assert [row.label for row in outlay.rows] == ["一、社会保障和就业支出", "二、卫生健康支出", "支出合计"]
    assert [row.parent for row in outlay.rows] == [2, 2, -1]


def test_its_checks_run_and_pass() -> None:
    year = guangzhou()
    computed = statements(year, policy())
    register = checks.register(policy(), year, computed.family.name)
    found = checks.run(register, year, computed.tables, ())
    assert {c.id for c in register} >= {
        "check.parts",
        "check.province.detail",
        "check.province.within-budget",
    }
    assert {f.outcome for f in found} <= {Outcome.PASS, Outcome.NOT_APPLICABLE}
    own = [f for f in found if f.rule.startswith("check.province") and f.outcome is Outcome.PASS]
    assert len(own) == 2 + 6 + 2


def test_its_checks_fail_where_they_should() -> None:
    """Spending with an economic code that has no column, and a project that overspent."""
    year = guangzhou()
    extra = fact(
        "spending", 9, year=2022, function="2101506", economic="31201", category="project", project="p1"
    )
    year = dataclasses.replace(year, facts=(*year.facts, extra))
    computed = statements(year, policy())
    found = checks.run(checks.register(policy(), year, computed.family.name), year, computed.tables, ())
    failed = {(f.rule, f.place.partition(" ")[0], f.stops) for f in found if f.outcome is Outcome.FAIL}
    assert failed == {
        ("check.province.detail-columns", "附表2[合计,", True),
        ("check.province.detail-columns", "附表2[210,", True),
        ("check.province.detail-columns", "附表2[2101506,", True),
        ("check.province.within-budget", "附表3[p1,", False),
    }


def test_its_narrative_is_written() -> None:
    year = guangzhou()
    written = narrative(year, statements(year, policy()).tables, policy())
    assert [s.heading for s in written.sections] == ["一、2022年度决算表", "二、支出情况", "三、名词解释"]
    assert written.sections[0].tables == ("附表1", "附表2", "附表3")
    assert [s.text for s in written.sections[1].sentences] == [
        "某中心2022年支出88万元，完成全年预算95万元的92.6%，比2021年增加8万元，增长10%。主要原因是：业务量增加。",
        "（一）社会保障和就业支出8万元。",
        "（二）卫生健康支出80万元。",
    ]
    assert written.sections[2].sentences
    assert [points for s in written.charts[0].series for _, points in s.points] == [80 * WAN, 8 * WAN]


def test_a_missing_reason_is_a_finding_here_too() -> None:
    year = guangzhou(reason="")
    computed = statements(year, policy())
    sections = narrative(year, computed.tables, policy()).sections
    found = checks.run(checks.register(policy(), year, computed.family.name), year, computed.tables, sections)
    (gap,) = [f for f in found if f.rule == "check.narrative.gaps"]
    assert (gap.outcome, gap.message) == (Outcome.FAIL, "二、支出情况：缺少变动原因：支出决算")


def test_the_documentation_shows_this_folder(repository: Path) -> None:
    """What docs/table-families.md prints as YAML is what is tested here, line for line."""
    page = (repository / "docs" / "table-families.md").read_text(encoding="utf-8")
    examples = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    files = [file.read_text(encoding="utf-8") for file in sorted(OVERLAY.rglob("*.yaml"))]
    assert len(examples) == 4
    assert all(any(example in text for text in files) for example in examples)

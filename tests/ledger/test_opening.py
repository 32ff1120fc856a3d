"""Opening a year from the last one (开立新年度)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from tests.ledger.builders import ACTOR, Content, content, load, row, sums

from yiheng.facts.sheets import SheetRow
from yiheng.ledger import operations, queries
from yiheng.ledger.errors import NoDepartmentYear, StalePlan, YearRefused
from yiheng.ledger.models import Balance, Project, current
from yiheng.ledger.operations import Opened
from yiheng.performance.models import Indicator, Objective

pytestmark = pytest.mark.django_db


def opened(rows: Content | None = None, **values: Any) -> Opened:
    if rows is not None:
        load(rows)
    return operations.open_year("bureau", 2024, 2025, actor=ACTOR, **values)


def openings(side: str = "accounts") -> dict[tuple[str, str, str], int]:
    rows = current(Balance).filter(year=2025, stage=side)
    return {(r.unit_id, r.fund, r.function): r.amount for r in rows}


def test_projects_and_targets_go_on_as_text() -> None:
    rows = content(
        row("tasks", "t-2024", name="基金监管", project="p1"),
        row("objectives", "o1", level="task", task="t-2024", text="加强监管", document="paper", place="表14"),
        row("indicators", "i1", level="project", project="p1", level1="产出指标", target="≥10次"),
        row("indicators", "i2", level="project", project="ended", level1="产出指标", target="1次"),
        row("indicators", "i3", level="project", project="always", level1="产出指标", target="2次"),
        kinds=("budget",),
    )
    rows["projects"] += [
        row("projects", "ended", name="一次性", department="bureau", year=2024, end=dt.date(2024, 12, 31)),
        row("projects", "always", name="长期", department="bureau"),
    ]
    opened(rows)
    assert set(Project.objects.values_list("key", "year")) == {
        ("p1", 2024),
        ("ended", 2024),
        ("always", None),
        ("p1-2025", 2025),
    }
    assert [(i.key, i.project_id, i.target) for i in current(Indicator).filter(year=2025).order_by("position")] == [
        ("i1-2025", "p1-2025", "≥10次"), ("i3-2025", "always", "2次"),
    ]  # fmt: skip
    objective = current(Objective).get(year=2025)
    assert (objective.task, objective.text, objective.document_id, objective.place) == (
        "t-2025",
        "加强监管",
        None,
        "",
    )


def test_what_was_stated_as_carried_forward_is_there_at_the_beginning() -> None:
    done = opened(content(
        row("balances", "j1", kind="carry_forward", fund="general", source="carryover", amount=730_000_000,
            quantum=1_000_000),
        kinds=("budget", "accounts"),
    ))  # fmt: skip
    assert done.notes == ()
    assert openings() == openings("budget") == {("centre", "general", ""): 730_000_000}
    assert {r.quantum for r in current(Balance).filter(year=2025)} == {1_000_000}


def test_what_is_left_is_computed_from_exact_rows() -> None:
    """100.00 at the beginning + 900.00 received − 750.01 spent − 49.99 allocated = 200.00."""
    opened(content(
        row("balances", "j1", kind="opening", fund="general", function="2101501", amount=10_000),
        row("revenues", "r1", fund="general", function="2101501", amount=90_000),
        row("payments", "z1", fund="general", function="2101501", amount=75_001),
        row("balances", "j2", kind="surplus_allocation", fund="general", function="2101501", amount=4_999),
        row("revenues", "r2", unit="main", fund="general", amount=5),
        row("payments", "z2", unit="main", fund="general", function="2101501", amount=5),
        kinds=("budget",),
    ))  # fmt: skip
    assert openings() == {("centre", "general", "2101501"): 20_000}


def test_where_a_dimension_is_not_known_throughout_it_stays_open() -> None:
    opened(content(
        row("revenues", "r1", fund="general", amount=90_000),
        row("payments", "z1", fund="general", function="2101501", amount=75_000),
        kinds=("budget",),
    ))  # fmt: skip
    assert openings() == {("centre", "general", ""): 15_000}


@pytest.mark.parametrize(
    "values", [{"quantum": 10_000, "amount": 50_000}, {"view": "function", "function": "205", "amount": 7}]
)
def test_nothing_is_invented_from_rounded_or_single_views(values: dict[str, Any]) -> None:
    done = opened(content(row("revenues", "r1", **values), kinds=("budget",)))
    assert openings() == {}
    (note,) = done.notes
    assert "centre" in note and "请在“结转结余”表填写" in note


def test_a_year_that_ends_below_zero_is_refused() -> None:
    with pytest.raises(YearRefused, match=r"centre（general）-10.00 元"):
        opened(content(row("payments", "z1", fund="general", amount=1_000), kinds=("budget",)))


def test_last_years_figures_become_comparatives() -> None:
    opened(content(
        row("budget_lines", "b1", function="2101501", economic="30101", category="basic", amount=1_000),
        row("budget_lines", "b2", function="2101501", economic="30201", category="basic", amount=234),
        row("budget_lines", "b3", unit="main", function="2101501", category="basic", amount=5),
        row("statistics", "t1", measure="operating_cost", value=77, view="total"),
        row("statistics", "t2", measure="operating_cost", year=2023, value=66, view="total"),
        row("statistics", "t3", measure="vehicles", value=12, uom="辆"),
        kinds=("budget",),
    ))  # fmt: skip
    paper = queries.department_year("bureau", 2025, "budget")
    found = {(f.measure, f.unit): (f.year, f.amount, f.uom, dict(f.dims)) for f in paper.facts}
    said = {"function": "2101501", "category": "basic"}
    assert found == {
        ("budget", "centre"): (2024, 1_234, "元", said),
        ("budget", "main"): (2024, 5, "元", said),
        ("operating_cost", "centre"): (2024, 77, "元", {}),
        ("vehicles", "centre"): (2024, 12, "辆", {}),
    }
    assert {fact.source.document for fact in paper.facts} == {"bureau-2025-budget"}
    assert len(paper.facts) == len(found)
    assert sums(queries.department_year("bureau", 2024, "budget"))["budget"] == 1_239


def test_a_rounded_figure_stays_as_printed() -> None:
    rows = [row("budget_lines", f"b{i}", view="function", function=code, amount=1_000_000, quantum=1_000_000)
            for i, code in enumerate(("2101501", "2101505"))]  # fmt: skip
    opened(content(*rows, kinds=("budget",)))
    facts = queries.department_year("bureau", 2025, "budget").facts
    assert [(f.amount, f.quantum) for f in facts] == [(1_000_000, 1_000_000)] * 2


def test_a_year_is_opened_once() -> None:
    opened(content(kinds=("budget",)))
    with pytest.raises(YearRefused, match="2025 年度已经开立"):
        opened()


def test_a_year_is_opened_forwards_from_one_that_is_there() -> None:
    load(content(kinds=("budget",)))
    with pytest.raises(YearRefused, match="不在 2024 年之后"):
        operations.open_year("bureau", 2024, 2024, actor=ACTOR)
    with pytest.raises(NoDepartmentYear):
        operations.open_year("bureau", 2024, 2025, actor=ACTOR, kind="accounts")


def test_rows_that_are_there_already_are_not_overwritten() -> None:
    rows = content(kinds=("budget",))
    rows["projects"].append(row("projects", "p1-2025", name="已有", department="bureau", year=2025))
    with pytest.raises(YearRefused, match="会改动台账里已有的行"):
        opened(rows)
    assert not queries.department_years()[1:]


def test_other_papers_of_the_last_year_stay_as_they_are() -> None:
    rows = content(row("statistics", "t1", measure="spending", value=1), kinds=("budget", "accounts"))
    opened(rows)
    again: Content = {sheet: list(found) for sheet, found in rows.items()}
    assert load(again).load is None
    assert isinstance(rows["statistics"][0], SheetRow)


def test_what_a_year_would_begin_with_is_shown_before_anything_is_written() -> None:
    load(content(kinds=("budget",)))
    begun = operations.begin_year("bureau", 2024, 2025)
    assert "项目：新增 1 行" in begun.plan.describe() and begun.label == "开立2025年度（bureau）"
    assert not Project.objects.filter(year=2025).exists()
    done = operations.open_year("bureau", 2024, 2025, actor=ACTOR, beginning=begun)
    assert done.applied.added == len(begun.plan.changes) and Project.objects.filter(year=2025).exists()


def test_what_was_shown_is_not_written_over_a_ledger_that_has_moved_on() -> None:
    load(content(kinds=("budget",)))
    begun = operations.begin_year("bureau", 2024, 2025)
    load(content(row("payments", "z1", amount=100), kinds=("budget",)))
    with pytest.raises(StalePlan), transaction.atomic():
        operations.open_year("bureau", 2024, 2025, actor=ACTOR, beginning=begun)
    assert not Project.objects.filter(year=2025).exists()

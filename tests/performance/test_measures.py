"""Measures of the ledger on a day, worked by hand: rates with their words, and why there is none."""

from __future__ import annotations

import datetime as dt

import pytest

from yiheng.facts import DepartmentYear, Fact, Source, Unit
from yiheng.ledger.models import Elimination
from yiheng.performance.computed import ELIMINATIONS
from yiheng.performance.measures import RATIOS, CouldNotMeasure, Measurement, measured
from yiheng.policy import Policy
from yiheng.scoring.measures import Measures

YUAN = 100
END = dt.date(2024, 12, 31)
JUNE = dt.date(2024, 6, 30)


@pytest.fixture(scope="module")
def measures() -> Measures:
    return Measures.of(Policy.load(), "440300", END)


def fact(measure: str, amount: int, on: str = "", precision: str = "", uom: str = "元", **dims: str) -> Fact:
    day = dt.date.fromisoformat(on) if on else None
    source = Source("支付" if measure == "spending" else "支出预算", f"{measure}-{amount}")
    return Fact(f"{measure}-{amount}-{on}", measure, "joint", "u", 2024, dims, amount, 0, source, uom, day,
                precision or ("day" if on else ""))  # fmt: skip


def year(*facts: Fact) -> DepartmentYear:
    unit = Unit("u", "", "甲中心", "", "", "unit")
    return DepartmentYear(unit, 2024, "accounts", "440300", (unit,), facts)


LEDGER = year(
    fact("budget_adjusted", 800 * YUAN, project="p1"),
    fact("budget_adjusted", 200 * YUAN, "2024-09-01", project="p1"),
    fact("budget_adjusted", 1000 * YUAN, project="p2"),
    fact("spending", 400 * YUAN, "2024-05-20", project="p1"),
    fact("spending", 500 * YUAN, "2024-11-02", project="p1"),
    fact("procurement", 300 * YUAN),
    fact("contract", 240 * YUAN, "2024-03-01"),
    fact("three_public_adjusted", 100 * YUAN),
    fact("three_public_spending", 90 * YUAN, "2024-08-01"),
    fact("headcount", 39, "2024-12-31", uom="人"),
    fact("establishment", 40, "2024-12-31", uom="人"),
    fact("asset_in_use", 95 * YUAN, "2024-12-31"),
    fact("asset_value", 100 * YUAN, "2024-12-31"),
)


def found(
    measures: Measures, id: str, day: dt.date = END, project: str = "", ledger: DepartmentYear = LEDGER
) -> str:
    value = measured(measures.by_id[id], ledger, project, day, measures)
    return value.text if isinstance(value, Measurement) else value.reason


def test_every_measure_of_the_policy_is_computed_and_no_other(measures: Measures) -> None:
    assert set(measures.by_id) == set(RATIOS)
    assert Elimination._meta.verbose_name == ELIMINATIONS


@pytest.mark.parametrize(
    ("id", "project", "day", "rate"),
    [
        ("execution.rate", "", END, "45.00%"),  # 900 of 2000
        ("execution.rate", "p1", END, "90.00%"),  # 900 of 1000
        ("execution.rate", "p1", JUNE, "50.00%"),  # 400 of 800: the adjustment came in September
        ("execution.rate", "p2", END, "0.00%"),  # nothing was paid for it
        ("execution.q2", "p1", END, "40.00%"),  # 400 of the whole year's 1000
        ("procurement.rate", "", END, "80.00%"),
        ("three_public.rate", "", END, "90.00%"),
        ("three_public.rate", "", JUNE, "0.00%"),
        ("staff.rate", "", END, "97.50%"),
        ("assets.rate", "", END, "95.00%"),
    ],
)
def test_rates_worked_by_hand(measures: Measures, id: str, project: str, day: dt.date, rate: str) -> None:
    assert found(measures, id, day, project) == rate


def test_a_rate_says_how_it_came_about_and_from_which_facts(measures: Measures) -> None:
    value = measured(measures.by_id["execution.rate"], LEDGER, "p1", JUNE, measures)
    assert isinstance(value, Measurement)
    assert value.words == "截至2024-06-30，支出 400.00 元÷调整预算数 800.00 元＝50.00%"
    assert [f.amount for f in value.facts] == [400 * YUAN, 800 * YUAN]


@pytest.mark.parametrize(
    ("id", "project", "day", "facts", "why"),
    [
        ("execution.rate", "", JUNE, (fact("budget_adjusted", 1), fact("spending", 1, "2024-01-01", "year")),
         "支出有 1 行的日期不够细，不能算到 2024-06-30"),
        ("execution.rate", "", END, (fact("budget_adjusted", 0), fact("spending", 1, "2024-01-01")),
         "调整预算数为零，预算执行率无法计算"),
        ("execution.rate", "", END, (fact("budget_adjusted", 5),), "台账没有支出"),
        ("execution.rate", "p9", END, LEDGER.facts, "调整预算数为零，预算执行率无法计算"),
        ("execution.q3", "", JUNE, LEDGER.facts, "2024-06-30 时该季度未结束，第三季度末支出进度无法计算"),
        ("procurement.rate", "", END, (), "台账没有政府采购支出"),
        ("staff.rate", "", JUNE, LEDGER.facts, "在编人数是 2024-12-31 的数，晚于 2024-06-30"),
        ("staff.rate", "p1", END, LEDGER.facts, "“财政供养人员控制率”只能由部门整体计算，不能由单个项目计算"),
    ],
)  # fmt: skip
def test_what_cannot_be_computed_says_why_and_what_to_do(
    measures: Measures, id: str, project: str, day: dt.date, facts: tuple[Fact, ...], why: str
) -> None:
    value = measured(measures.by_id[id], year(*facts), project, day, measures)
    assert isinstance(value, CouldNotMeasure)
    assert value.reason == why and value.remedy

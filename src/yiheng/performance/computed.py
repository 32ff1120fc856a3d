"""Inputs of a framework that the ledger knows (由台账计算的取数): facts and records → numbers, each with its words.

Money is in 元 and rates are exact fractions. An input that the facts do not hold is absent, never zero. Of the margins
of one amount only one view is added up, unit by unit.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Final

from yiheng.facts import JOINT_VIEW, YUAN_UOM, DepartmentYear, Fact
from yiheng.money import MoneyUnit, format_amount
from yiheng.policy import Policy
from yiheng.scoring.survey import Scale, measure

from .surveys import surveys

WHOLE_VIEWS: Final = (JOINT_VIEW, "function", "class", "item", "total")
"""Views that hold the whole of an amount, the best attested first."""
ECONOMIC_VIEWS: Final = (JOINT_VIEW, "economic", "basic_kind")
DATED: Final = frozenset({"day", "month", "quarter"})
"""How finely a payment must be dated to fall into a quarter."""
ELIMINATIONS: Final = "内部往来抵销"
"""Title of the sheet whose facts are no payments: they have no day, and the budget is not reduced by them either."""
PROCURED: Final = ("procurement_spending", "contract")
"""政府采购支出; where the ledger has no such figure, the contracts, as the narrative of the accounts takes it."""
THREE_PUBLIC: Final = ("three_public_adjusted", "three_public_budget")
MONTHS_OF_A_QUARTER: Final = 3


@dataclass(frozen=True, slots=True)
class Computed:
    """An input and how it came about."""

    value: Fraction
    words: str


Rule = Callable[[DepartmentYear, Policy], Computed | None]


def computed_inputs(
    department_year: DepartmentYear, policy: Policy, names: Iterable[str]
) -> dict[str, Computed]:
    """Those of the named inputs that the department-year's facts and records give."""
    found = {name: RULES[name](department_year, policy) for name in names if name in RULES}
    return {name: value for name, value in found.items() if value is not None}


def whole(
    department_year: DepartmentYear, measure: str, views: tuple[str, ...] = WHOLE_VIEWS
) -> tuple[Fact, ...]:
    """The facts of a measure that together are its whole: of each unit those of its best attested view."""
    by_unit: dict[str, list[Fact]] = {}
    for fact in department_year.facts_of(measure, department_year.year):
        if fact.view in views:
            by_unit.setdefault(fact.unit, []).append(fact)
    return tuple(
        fact
        for facts in by_unit.values()
        for best in (min((fact.view for fact in facts), key=views.index),)
        for fact in facts
        if fact.view == best
    )


def _amount(
    measures: tuple[str, ...], label: str, department_year: DepartmentYear, policy: Policy
) -> Computed | None:
    """The sum of the first of the measures that has facts; counts stay counts."""
    return _summed(first_whole(department_year, measures), label)


def first_whole(department_year: DepartmentYear, measures: tuple[str, ...]) -> tuple[Fact, ...]:
    """As `whole`, of the first of the measures that has facts."""
    return next((found for m in measures if (found := whole(department_year, m))), ())


def _summed(facts: Iterable[Fact], label: str) -> Computed | None:
    facts = tuple(facts)
    if not facts:
        return None
    total = sum(fact.amount for fact in facts)
    if facts[0].uom != YUAN_UOM:
        return Computed(Fraction(total), f"{label} {total} {facts[0].uom}")
    return Computed(Fraction(total, 100), f"{label} {format_amount(total, MoneyUnit.YUAN)} 元")


def _office(measure: str, label: str, department_year: DepartmentYear, policy: Policy) -> Computed | None:
    return _summed(daily_cost(department_year, measure), label)


def daily_cost(department_year: DepartmentYear, measure: str) -> tuple[Fact, ...]:
    """The facts of 日常公用经费 among those of a measure."""
    facts = whole(department_year, measure, ECONOMIC_VIEWS)
    return tuple(fact for fact in facts if fact.dims.get("basic_kind") == "office")


def _adjustment(department_year: DepartmentYear, policy: Policy) -> Computed | None:
    """Moved money, added up whichever way it went (累计): by 类, the finest that every paper prints."""
    before, after = (_by_class(whole(department_year, m)) for m in ("budget", "budget_adjusted"))
    if not before or not after:
        return None
    moved = sum(abs(after.get(code, 0) - before.get(code, 0)) for code in {*before, *after})
    return Computed(
        Fraction(moved, 100), f"按功能分类的类逐项累计调整 {format_amount(moved, MoneyUnit.YUAN)} 元"
    )


def _by_class(facts: Iterable[Fact]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for fact in facts:
        code = fact.dims.get("function", "")[:3]
        found[code] = found.get(code, 0) + fact.amount
    return found


def _progress(quarter: int, department_year: DepartmentYear, policy: Policy) -> Computed | None:
    """Spending up to the end of a quarter as a share of the adjusted budget; the year's end needs no dates."""
    budget = sum(fact.amount for fact in whole(department_year, "budget_adjusted"))
    paid = [f for f in whole(department_year, "spending") if f.source.table != ELIMINATIONS]
    if not budget or not paid or (quarter < 4 and any(f.on_precision not in DATED for f in paid)):
        return None
    last = quarter * MONTHS_OF_A_QUARTER
    spent = sum(fact.amount for fact in paid if quarter == 4 or (fact.on or dt.date.max).month <= last)
    words = (
        f"至第{'一二三四'[quarter - 1]}季度末累计支出 {format_amount(spent, MoneyUnit.YUAN)} 元，"
        f"调整预算 {format_amount(budget, MoneyUnit.YUAN)} 元"
    )
    return Computed(Fraction(spent, budget), words)


def _goals_missing(department_year: DepartmentYear, policy: Policy) -> Computed | None:
    """Projects with money in the year that have neither an indicator nor a row of a sheet."""
    with_money = {
        fact.dims["project"]
        for measure in ("budget", "budget_adjusted", "spending")
        for fact in department_year.facts_of(measure, department_year.year)
        if fact.dims.get("project")
    }
    if not with_money:
        return None
    sheets = {r.key: r.get("project") for r in department_year.records_of("evaluation")}
    having = {r.get("project") for r in department_year.records_of("indicator")}
    having |= {sheets.get(r.get("evaluation"), "") for r in department_year.records_of("evaluation_row")}
    missing = with_money - having
    return Computed(Fraction(len(missing)), f"{len(with_money)} 个项目中 {len(missing)} 个没有绩效目标和指标")


def _outside_staff(department_year: DepartmentYear, policy: Policy) -> Computed | None:
    """Persons outside the establishment; where the staff is known and none are listed, there are none."""
    if not whole(department_year, "headcount"):
        return None
    outside = sum(fact.amount for fact in whole(department_year, "off_establishment"))
    return Computed(Fraction(outside), f"编外人员 {outside} 人")


def _all_staff(department_year: DepartmentYear, policy: Policy) -> Computed | None:
    inside = sum(fact.amount for fact in whole(department_year, "headcount"))
    outside = _outside_staff(department_year, policy)
    return outside and Computed(inside + outside.value, f"在编 {inside} 人，{outside.words}")


def _satisfaction(department_year: DepartmentYear, policy: Policy) -> Computed | None:
    """The lowest composite of all groups asked: no group is hidden behind another.

    Unknown while one of them has not answered yet, since the lowest may be theirs.
    """
    found = surveys(department_year)
    if not found or not all(survey.questions for survey in found):
        return None
    scale = Scale.of(policy, department_year.jurisdiction, dt.date(department_year.year, 12, 31))
    results = [measure(survey, scale) for survey in found]
    lowest = min(results, key=lambda result: result.composite)
    return Computed(lowest.composite, f"{len(results)} 类对象中最低的一类：{lowest.survey.group}")


RULES: Final[Mapping[str, Rule]] = {
    "procurement.spent": partial(_amount, PROCURED, "政府采购支出"),
    "procurement.plan": partial(_amount, ("procurement",), "政府采购预算"),
    "budget.total": partial(_amount, ("budget",), "年初预算"),
    "budget.adjustment": _adjustment,
    "goals.missing": _goals_missing,
    "assets.in_use": partial(_amount, ("asset_in_use",), "在用固定资产"),
    "assets.total": partial(_amount, ("asset_value",), "固定资产"),
    "staff.established": partial(_amount, ("headcount",), "在编人数"),
    "staff.quota": partial(_amount, ("establishment",), "编制数"),
    "staff.outside": _outside_staff,
    "staff.all": _all_staff,
    "three_public.spent": partial(_amount, ("three_public_spending",), "“三公”经费支出"),
    "three_public.budget": partial(_amount, THREE_PUBLIC, "“三公”经费预算"),
    "daily_cost.spent": partial(_office, "spending", "日常公用经费支出"),
    "daily_cost.budget": partial(_office, "budget_adjusted", "日常公用经费调整预算"),
    **{f"execution.q{quarter}": partial(_progress, quarter) for quarter in (1, 2, 3, 4)},
    "satisfaction.rate": _satisfaction,
}
"""Input name → how it is computed."""

"""Measures of the ledger on a day (由台账计算的实际完成值): facts → a rate with words and facts, or why there is none.

A rate is never guessed: dates that are too coarse, figures that are not there and a zero denominator each say so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Final

from yiheng.facts import YUAN_UOM, DepartmentYear, Fact
from yiheng.facts.days import happened, month_end, straddles
from yiheng.money import MoneyUnit, format_amount
from yiheng.scoring.measures import Measure, Measures

from .computed import (
    ELIMINATIONS,
    MONTHS_OF_A_QUARTER,
    PROCURED,
    THREE_PUBLIC,
    daily_cost,
    first_whole,
    whole,
)
from .scoresheets import PROJECT_VIEWS


@dataclass(frozen=True, slots=True)
class Measurement:
    """What a measure or query gave: the value as an actual is written, how it came about, and its facts (来源)."""

    text: str
    words: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class CouldNotMeasure:
    """Why a measure has no value (无法计算), in Chinese, and what to do."""

    reason: str
    remedy: str


class _Refused(Exception):
    """Carries a `CouldNotMeasure` out of the reckoning."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.found = CouldNotMeasure(reason, remedy)


Found = tuple[Fact, ...] | None
"""The facts of a part: () where nothing occurred, None where the ledger does not have it."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Numerator or denominator: which facts of the year, what they are called, and up to which day they count."""

    label: str
    facts: Callable[[DepartmentYear, str], Found]
    stock: bool = False
    """What there is on a day (存量), in contrast to what has moved until then."""


def measured(
    measure: Measure, department_year: DepartmentYear, project: str, day: dt.date, measures: Measures
) -> Measurement | CouldNotMeasure:
    """The measure of the whole, or of a project where one is named, at the end of the day."""
    if project and not measure.of_projects:
        return CouldNotMeasure(
            f"“{measure.name}”只能由部门整体计算，不能由单个项目计算",
            "改用项目也有的取数口径，或把指标改为部门指标",
        )
    try:
        return _rate(measure, department_year, project, day, measures)
    except _Refused as refused:
        return refused.found


def _rate(
    measure: Measure, department_year: DepartmentYear, project: str, day: dt.date, measures: Measures
) -> Measurement:
    numerator, denominator = RATIOS[measure.id]
    until = _last_day(measure, day)
    above, below = (
        _upto(numerator, department_year, project, until),
        _upto(denominator, department_year, project, day),
    )
    base = sum(fact.amount for fact in below)
    if base <= 0:
        raise _Refused(
            f"{denominator.label}为零，{measure.name}无法计算",
            f"核对{denominator.label}；确实没有的，删去该取数口径",
        )
    value = Fraction(sum(fact.amount for fact in above), base)
    words = (
        f"截至{until.isoformat()}，{_said(numerator.label, above)}÷{_said(denominator.label, below)}"
        f"＝{measures.written(value)}"
    )
    return Measurement(measures.written(value), words, (*above, *below))


def _last_day(measure: Measure, day: dt.date) -> dt.date:
    """The day up to which the numerator counts: of a quarter's progress its end, of others the day asked for."""
    quarter = QUARTERS.get(measure.id)
    if quarter is None:
        return day
    end = month_end(day.year, quarter * MONTHS_OF_A_QUARTER)
    if day < end:
        raise _Refused(
            f"{day.isoformat()} 时该季度未结束，{measure.name}无法计算", f"改为 {end.isoformat()} 及以后"
        )
    return end


def _upto(part: _Part, department_year: DepartmentYear, project: str, day: dt.date) -> tuple[Fact, ...]:
    """The facts that count by the day. What began with the year counts always; nothing yet is a sum of 0."""
    facts = part.facts(department_year, project)
    if facts is None:
        of = f"项目 {project} 的" if project else ""
        raise _Refused(f"台账没有{of}{part.label}", f"请装载{part.label}，或改为填报并附佐证")
    if coarse := [fact for fact in facts if straddles(fact, day)]:
        raise _Refused(
            f"{part.label}有 {len(coarse)} 行的日期不够细，不能算到 {day.isoformat()}",
            "请录入到日或到月的日期，或改为年末的日期",
        )
    found = tuple(fact for fact in facts if happened(fact, day))
    if part.stock and not found:
        known = min(fact.on for fact in facts if fact.on)
        raise _Refused(
            f"{part.label}是 {known.isoformat()} 的数，晚于 {day.isoformat()}",
            f"改为 {known.isoformat()} 及以后的日期",
        )
    return found


def _said(label: str, facts: tuple[Fact, ...]) -> str:
    total = sum(fact.amount for fact in facts)
    if facts and facts[0].uom != YUAN_UOM:
        return f"{label} {total} {facts[0].uom}"
    return f"{label} {format_amount(total, MoneyUnit.YUAN)} 元"


def _money(measure: str, department_year: DepartmentYear, project: str) -> Found:
    if not project:
        found = whole(department_year, measure)
        return tuple(fact for fact in found if fact.source.table != ELIMINATIONS) or None
    by_project = [
        fact
        for fact in department_year.facts_of(measure, department_year.year)
        if fact.view in PROJECT_VIEWS and fact.dims.get("project")
    ]
    # Where amounts are known by project, one that has none has nothing; elsewhere nobody knows.
    return tuple(fact for fact in by_project if fact.dims["project"] == project) if by_project else None


def _all(measures: tuple[str, ...], department_year: DepartmentYear, project: str) -> Found:
    return first_whole(department_year, measures) or None


def _daily(measure: str, department_year: DepartmentYear, project: str) -> Found:
    return daily_cost(department_year, measure) or None


_EXECUTION: Final = (
    _Part("支出", partial(_money, "spending")),
    _Part("调整预算数", partial(_money, "budget_adjusted")),
)
QUARTERS: Final[Mapping[str, int]] = {f"execution.q{quarter}": quarter for quarter in (1, 2, 3, 4)}
RATIOS: Final[Mapping[str, tuple[_Part, _Part]]] = {
    "execution.rate": _EXECUTION,
    **dict.fromkeys(QUARTERS, _EXECUTION),
    "procurement.rate": (
        _Part("政府采购支出", partial(_all, PROCURED)),
        _Part("政府采购预算", partial(_all, ("procurement",))),
    ),
    "three_public.rate": (
        _Part("“三公”经费支出", partial(_all, ("three_public_spending",))),
        _Part("“三公”经费预算", partial(_all, THREE_PUBLIC)),
    ),
    "daily_cost.rate": (
        _Part("日常公用经费支出", partial(_daily, "spending")),
        _Part("日常公用经费调整预算", partial(_daily, "budget_adjusted")),
    ),
    "staff.rate": (
        _Part("在编人数", partial(_all, ("headcount",)), stock=True),
        _Part("编制数", partial(_all, ("establishment",)), stock=True),
    ),
    "assets.rate": (
        _Part("在用固定资产", partial(_all, ("asset_in_use",)), stock=True),
        _Part("固定资产", partial(_all, ("asset_value",)), stock=True),
    ),
}
"""Id of a measure → its numerator and denominator."""

"""Monitoring (绩效运行监控): budget execution against time and indicators against their curves, at any day.

1. read budget and spending by project at every month's end up to the day; 2. read what each indicator had reached by
the day; 3. set both against what was due; 4. give status and forecast by the profile in force.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from yiheng.facts import DepartmentYear, Record
from yiheng.facts.disclosure import mask, scope
from yiheng.ledger import queries
from yiheng.ledger.queries import CouldNotRun
from yiheng.money import Rounding, round_to
from yiheng.performance.curves import curve_of
from yiheng.policy import Policy
from yiheng.scoring.actual import parse_actual
from yiheng.scoring.attainment import Status, attain
from yiheng.scoring.curve import Curve, Observation, Progress, monitor
from yiheng.scoring.errors import ScoringError
from yiheng.scoring.grammar import parse
from yiheng.scoring.lexicon import Lexicon
from yiheng.scoring.profiles import MonitoringProfile, is_house
from yiheng.scoring.sheet import COST

EXECUTION = "execution"
WHOLE = ""
"""Code of the whole department-year among the lines of budget execution."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is watched. `progress` is None where the day cannot be told; `note` says why."""

    key: str
    name: str
    project: str
    target: str
    actual: str
    progress: Progress | None
    note: str = ""

    def data(self) -> dict[str, Any]:
        found, progress = self.progress, None
        if found is not None:
            ends = found.forecast
            progress = {
                "reached": percent(found.reached),
                "expected": percent(found.expected),
                "progress": percent(found.progress),
                "status": found.status.name if found.status else None,
                "colour": found.status.colour if found.status else None,
                "forecast": percent(ends.value) if ends else None,
                "forecast_low": percent(ends.low) if ends else None,
                "forecast_high": percent(ends.high) if ends else None,
            }
        return {
            "key": self.key, "name": self.name, "project": self.project, "target": self.target,
            "actual": self.actual, "progress": progress, "note": self.note,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Monitoring:
    """A department-year on a day."""

    department_year: DepartmentYear
    as_of: dt.date
    execution: tuple[Line, ...]
    """The whole first, then project by project."""
    indicators: tuple[Line, ...]
    profile: MonitoringProfile

    def data(self) -> dict[str, Any]:
        """As `monitor --json` prints it."""
        return {
            "unit": self.department_year.unit.key,
            "year": self.department_year.year,
            "as_of": self.as_of.isoformat(),
            "profile": {"id": self.profile.entry.id, "house_default": is_house(self.profile.entry)},
            "execution": [line.data() for line in self.execution],
            "indicators": [line.data() for line in self.indicators],
        }


def watch(department_year: DepartmentYear, policy: Policy, as_of: dt.date) -> Monitoring:
    """Where the department-year stands at the end of the day. The ledger must be open.

    Raises `ScoringError` for a day outside the year, a target or a curve that cannot be read.
    """
    if as_of.year != department_year.year:
        raise ScoringError(f"监控日期 {as_of.isoformat()} 不在 {department_year.year} 年度内。")
    place = department_year.jurisdiction
    hidden = scope(policy, department_year)
    profile = MonitoringProfile.of(policy, place, as_of)
    lexicon = Lexicon.of(policy, place, as_of)
    return Monitoring(
        department_year,
        as_of,
        tuple(_execution(department_year, as_of, profile, hidden.label)),
        tuple(_indicators(mask(department_year, hidden), as_of, profile, lexicon)),
        profile,
    )


def _days(as_of: dt.date) -> Iterator[dt.date]:
    for month in range(1, as_of.month):
        yield dt.date(as_of.year, month, calendar.monthrange(as_of.year, month)[1])
    yield as_of


def _execution(
    department_year: DepartmentYear, as_of: dt.date, profile: MonitoringProfile, hidden: str
) -> Iterator[Line]:
    year = department_year.year
    seen: dict[str, list[Observation]] = {}
    last: Mapping[str, tuple[int, int]] = {}
    for day in _days(as_of):
        found = queries.execution(department_year.unit.key, year, "project", "project", day)
        if isinstance(found, CouldNotRun):
            yield Line(WHOLE, "预算执行", "", "", "", None, f"{found.reason}。请录入有日期的支付后再监控")
            return
        last = {line.code: (line.adjusted.fen, line.spent.fen) for line in found}
        last = {**last, WHOLE: (sum(b for b, _ in last.values()), sum(s for _, s in last.values()))}
        for code, (budget, spent) in last.items():
            if budget > 0:
                seen.setdefault(code, []).append(Observation(day, Fraction(spent, budget)))
    for code in (WHOLE, *(code for code in last if code)):
        progress = monitor(seen.get(code, []), Curve(), as_of, year, profile)
        yield _line(_named(department_year, code, hidden), last.get(code, (0, 0)), progress)


def _named(department_year: DepartmentYear, code: str, hidden: str) -> tuple[str, str]:
    """Key and name of a line; a secret project shows neither."""
    project = department_year.record("project", code) if code else None
    if project is None:
        return (code, code) if code else (EXECUTION, "全部支出")
    return ("", hidden) if project.get("secret") == "是" else (code, project.get("name") or code)


def _line(
    named: tuple[str, str],
    amounts: tuple[int, int],
    progress: Progress | None,
) -> Line:
    key, name = named
    budget, spent = (f"{round_to(Fraction(fen, 100), 2)} 元" for fen in amounts)
    note = "" if progress else "没有预算，执行率无法计算"
    return Line(key, name, "" if key == EXECUTION else key, budget, spent, progress, note)


def _indicators(
    department_year: DepartmentYear, as_of: dt.date, profile: MonitoringProfile, lexicon: Lexicon
) -> Iterator[Line]:
    actuals: dict[str, list[Record]] = {}
    for record in department_year.records_of("actual"):
        if record.get("date") and dt.date.fromisoformat(record.get("date")) <= as_of:
            actuals.setdefault(record.get("indicator"), []).append(record)
    for indicator in department_year.records_of("indicator"):
        own = sorted(actuals.get(indicator.key, []), key=lambda r: r.get("date"))
        yield _indicator(indicator, own, as_of, profile, lexicon)


def _indicator(
    indicator: Record, actuals: list[Record], as_of: dt.date, profile: MonitoringProfile, lexicon: Lexicon
) -> Line:
    text = indicator.get("target")
    name = indicator.get("level3") or indicator.get("level2") or indicator.get("level1")
    newest = actuals[-1].get("value") if actuals else ""

    def line(progress: Progress | None, note: str = "") -> Line:
        return Line(indicator.key, name, indicator.get("project"), text, newest, progress, note)

    curve = curve_of(indicator)
    if not text:
        return line(None, "没有填指标值")
    if not actuals:
        return line(None, "没有截至该日的实际完成值")
    target = parse(text, lexicon, indicator.year)
    observations, notes = [], []
    for record in actuals:
        found = attain(
            target,
            parse_actual(record.get("value"), lexicon, indicator.year, target),
            lexicon,
            lower_is_better=indicator.get("level2") == COST,
        )
        if found.ratio is not None:
            observations.append(Observation(dt.date.fromisoformat(record.get("date")), found.ratio))
        else:
            notes.append("已完成" if found.status is Status.MET else found.reason)
    return line(monitor(observations, curve, as_of, indicator.year, profile), notes[-1] if notes else "")


def percent(value: Fraction | None) -> str | None:
    """A share for reading, to two decimals."""
    return None if value is None else f"{round_to(value * 100, 2, Rounding.HALF_UP)}%"

"""Deviations with their follow-up (偏差及整改跟踪): where each stands on a day, and what is wrong with new ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from yiheng.facts import DepartmentYear, Record
from yiheng.facts.sheets import SheetRow
from yiheng.ledger.validation.context import Rows
from yiheng.ledger.validation.problem import problem
from yiheng.reading.problems import Problem

from .entry import named_rows
from .models import Deviation, Indicator, State


@dataclass(frozen=True, slots=True)
class Followed:
    """One deviation as it stood on a day, with the entries up to then, the oldest first."""

    record: Record
    history: tuple[Record, ...]
    as_of: dt.date

    @property
    def closed(self) -> bool:
        """Whether the newest entry closes it."""
        return bool(self.history) and self.history[-1].get("state") == State.CLOSED

    @property
    def overdue(self) -> bool:
        """Whether it is open after the day by which it should have been done."""
        return not self.closed and dt.date.fromisoformat(self.record.get("due")) < self.as_of

    @property
    def label(self) -> str:
        """Where it stands, in words."""
        if self.closed:
            return State.CLOSED.label
        return f"{State.OPEN.label}（逾期）" if self.overdue else State.OPEN.label

    def is_about(self, indicator: str, project: str) -> bool:
        """Whether it is about that indicator, or, with none, about the execution of that project or of the whole."""
        if indicator:
            return self.record.get("indicator") == indicator
        return not self.record.get("indicator") and self.record.get("project") == project


def followed(department_year: DepartmentYear, as_of: dt.date) -> tuple[Followed, ...]:
    """All deviations found by the day, the oldest first, each as it stood then."""
    until = as_of.isoformat()
    entries = sorted(department_year.records_of("follow_up"), key=lambda r: r.get("dated"))
    seen = [r for r in department_year.records_of("deviation") if r.get("dated") <= until]
    return tuple(
        Followed(
            record,
            tuple(e for e in entries if e.get("deviation") == record.key and e.get("dated") <= until),
            as_of,
        )
        for record in sorted(seen, key=lambda r: r.get("dated"))
    )


def deviation_problems(rows: Rows) -> Iterator[Problem]:
    """Deviations of another project than their indicator's, and entries from before the deviation."""
    own = rows.get("deviations", ())
    indicators = named_rows(rows, Indicator, (row.text("indicator") for row in own))
    for row in own:
        indicator = indicators.get(row.text("indicator"))
        if indicator is not None and indicator.text("project") != row.text("project"):
            yield problem(
                row, "项目不符", "project",
                f"绩效指标 {indicator.key} 属于项目“{indicator.text('project') or '（部门）'}”，"
                f"这里填的是“{row.text('project') or '（部门）'}”",
                "改为指标所属的项目；部门指标的空着",
            )  # fmt: skip
    entries = rows.get("follow_ups", ())
    deviations = named_rows(rows, Deviation, (row.text("deviation") for row in entries))
    for row in entries:
        if (found := deviations.get(row.text("deviation"))) is not None:
            yield from _too_early(row, found)


def _too_early(row: SheetRow, deviation: SheetRow) -> Iterator[Problem]:
    day, first = row.values.get("dated"), deviation.values.get("dated")
    if isinstance(day, dt.date) and isinstance(first, dt.date) and day < first:
        yield problem(row, "日期先后颠倒", "dated", f"早于偏差的监控日期 {first.isoformat()}", "核对两个日期")

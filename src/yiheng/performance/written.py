"""What must hold of a bureau's own sheets once they stand beside the ledger's amounts (写入后校验).

It is looked at inside the transaction of a load: with a single problem everything is rolled back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from yiheng.facts import DepartmentYear
from yiheng.facts.sheets import SheetRow
from yiheng.ledger import queries
from yiheng.ledger.coverage import chain
from yiheng.ledger.models import PaperKind
from yiheng.ledger.validation.context import Rows
from yiheng.ledger.validation.problem import problem
from yiheng.policy import Policy
from yiheng.reading.problems import Problem

from .actuals import Taken, resolve
from .scoresheets import project_funds

PREFERRED = (PaperKind.PERFORMANCE, PaperKind.ACCOUNTS, PaperKind.BUDGET)
"""Which department-year is asked where there are several."""


def written_problems(rows: Rows, policy: Policy) -> list[Problem]:
    """A budget of zero that an execution rate would be divided by, and overrides that the system contradicts."""
    sheets = [row for row in rows.get("evaluations", ()) if row.text("project") and not row.text("document")]
    overrides = [
        row for row in rows.get("actuals", ()) if row.text("system_value") and not row.text("document")
    ]
    if not sheets and not overrides:
        return []
    ledger = _Ledger(policy)
    return [*_without_budget(sheets, ledger), *_contradicted(overrides, ledger)]


def _without_budget(sheets: list[SheetRow], ledger: _Ledger) -> Iterator[Problem]:
    for row in sheets:
        paper = ledger.paper(row)
        if paper is not None and project_funds(paper, row.text("project"))["budget"] == 0:
            yield problem(
                row, "预算执行率无法计算", "project", "台账中该项目的全年预算数（年初预算加调整）为零，执行率没有分母",
                "核对该项目的支出预算和预算调整；没有预算的项目不编自评表",
            )  # fmt: skip


def _contradicted(overrides: list[SheetRow], ledger: _Ledger) -> Iterator[Problem]:
    for row in overrides:
        taken = ledger.taken(row)
        if taken is not None and taken.problem:
            yield problem(
                row, "改写矛盾", "system_value", taken.problem, "按系统现在得出的值改正，或清空改写的各栏"
            )


@dataclass
class _Ledger:
    """The department-years that answer for the rows, each read once."""

    policy: Policy
    _papers: dict[tuple[str, int], DepartmentYear | None] = field(default_factory=dict)
    _taken: dict[tuple[str, int], dict[str, Taken]] = field(default_factory=dict)

    def paper(self, row: SheetRow) -> DepartmentYear | None:
        """The department-year that the row belongs to; None where the ledger has none."""
        at = row.text("unit"), int(str(row.values["year"]))
        if at not in self._papers:
            self._papers[at] = self._read(*at)
        return self._papers[at]

    def taken(self, row: SheetRow) -> Taken | None:
        """What the system gives for the actual."""
        paper = self.paper(row)
        if paper is None:
            return None
        at = paper.unit.key, paper.year
        if at not in self._taken:
            self._taken[at] = {each.key: each for each in resolve(paper, self.policy, ()).taken}
        return self._taken[at].get(row.key)

    def _read(self, unit: str, year: int) -> DepartmentYear | None:
        above = chain(unit, queries.unit_tree().parents)
        there = {
            (e.unit.key, e.kind) for e in queries.department_years() if e.year == year and e.unit.key in above
        }
        papers = ((key, kind) for key in above for kind in PREFERRED if (key, kind) in there)
        chosen = next(papers, None)
        return queries.department_year(chosen[0], year, chosen[1], policy=self.policy) if chosen else None

"""Use of results (结果应用): a proposal of next year's allocation for every project, with every step explained.

1. hide what is secret; 2. judge the sheets; 3. take each project's base amount, score and execution rate; 4. propose by
the profile in force on the last day of the year; 5. say of every other project why nothing is proposed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from yiheng.facts import DepartmentYear, Record
from yiheng.facts.disclosure import mask, scope
from yiheng.money import MoneyUnit, format_amount
from yiheng.performance.scoresheets import project_funds
from yiheng.pipelines.evaluate import evaluate, last_day
from yiheng.policy import Policy
from yiheng.scoring.allocation import Proposal, propose
from yiheng.scoring.evaluate import SheetScore
from yiheng.scoring.profiles import BASE_AMOUNTS, AllocationProfile, is_house
from yiheng.scoring.rowscore import show

COLUMN = {"initial": "initial", "adjusted": "budget"}
"""Base amount of the profile → column of the funds block."""


@dataclass(frozen=True, slots=True)
class Line:
    """One project. `proposal` is None where nothing can be proposed, and `reason` says why."""

    key: str
    name: str
    base: int | None
    """Fen."""
    execution: Fraction | None
    total: Decimal | None
    proposal: Proposal | None
    reason: str = ""
    notes: tuple[str, ...] = ()

    @property
    def change(self) -> int | None:
        """Proposal − base, in fen."""
        return None if self.proposal is None or self.base is None else self.proposal.amount - self.base

    @property
    def steps(self) -> tuple[str, ...]:
        return (*(self.proposal.steps if self.proposal else (self.reason,)), *self.notes)


@dataclass(frozen=True, slots=True)
class Allocation:
    """The proposals of a department-year, by which rule."""

    department_year: DepartmentYear
    profile: AllocationProfile
    lines: tuple[Line, ...]

    @property
    def proposed(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.proposal is not None)

    @property
    def base(self) -> int:
        """Sum of the bases of the projects with a proposal."""
        return sum(line.base or 0 for line in self.proposed)

    @property
    def amount(self) -> int:
        return sum(line.proposal.amount for line in self.proposed if line.proposal)

    @property
    def change(self) -> int:
        """Sum of the proposals − sum of their bases, in fen."""
        return self.amount - self.base

    @property
    def rule(self) -> str:
        """By which rule, since when, on what ground, in one line."""
        entry = self.profile.entry
        house = "，系统默认" if is_house(entry) else ""
        since = f"{entry.valid_from.isoformat()} 起"
        return f"{entry.title}（{entry.id}，{since}，依据{entry.cite()}{house}）"

    def data(self) -> dict[str, Any]:
        """As `allocate --json` prints it; money in yuan, shares as exact percentages where they are short."""
        entry = self.profile.entry
        return {
            "unit": self.department_year.unit.key,
            "year": self.department_year.year,
            "next_year": self.department_year.year + 1,
            "rule": {
                "id": entry.id, "title": entry.title, "valid_from": entry.valid_from.isoformat(),
                "source": entry.cite(), "house_default": is_house(entry),
                "base": BASE_AMOUNTS[self.profile.base],
            },
            "projects": [_line(line) for line in self.lines],
            "total": {"projects": len(self.proposed), "base": yuan(self.base), "amount": yuan(self.amount)},
        }  # fmt: skip


def allocate(department_year: DepartmentYear, policy: Policy) -> Allocation:
    """Propose for every project of the department-year. Raises `scoring.ScoringError` as `evaluate` does."""
    shown = mask(department_year, scope(policy, department_year))
    profile = AllocationProfile.of(policy, department_year.jurisdiction, last_day(department_year.year))
    scores = {found.score.sheet.project: found.score for found in evaluate(department_year, policy).projects}
    return Allocation(shown, profile, tuple(_lines(shown, profile, scores)))


def _lines(
    department_year: DepartmentYear, profile: AllocationProfile, scores: dict[str, SheetScore]
) -> Iterator[Line]:
    for project in department_year.records_of("project"):
        funds = project_funds(department_year, project.key)
        base, budget, executed = funds[COLUMN[profile.base]], funds["budget"], funds["executed"]
        score = scores.get(project.key)
        if score is None and base is None and executed is None:
            continue  # a project of another year's papers
        rate = Fraction(executed, budget) if executed is not None and budget else None
        total = score.total if score else None
        reason = _reason(project, profile, base, rate, score)
        proposal = None
        if not reason and base is not None and total is not None and rate is not None:
            proposal = propose(base, total, rate, profile)
        yield Line(project.key, project.get("name"), base, rate, total, proposal, reason, _notes(score))


def _reason(
    project: Record,
    profile: AllocationProfile,
    base: int | None,
    rate: Fraction | None,
    score: SheetScore | None,
) -> str:
    """Why nothing can be proposed; "" where something can."""
    if project.get("secret") == "是":
        return "涉密项目，自评表不列示，不提建议"
    if score is None:
        return "没有自评表，不提建议；请填写“自评表”"
    if score.total is None:
        names = "、".join(row.row.name for row in score.open_rows)
        return f"总分待评（{names or '预算执行率'}），不提建议；请先评完"
    if base is None:
        return f"没有{BASE_AMOUNTS[profile.base]}，不提建议；请核对“支出预算”和“预算调整”"
    return "" if rate is not None else "执行率无法计算，不提建议；请核对预算和支付"


def _notes(score: SheetScore | None) -> tuple[str, ...]:
    if score is None or score.weights == 100:
        return ()
    return (f"注意：自评表分值合计 {show(score.weights)}，不是 100，总分没有折算",)


def _line(line: Line) -> dict[str, Any]:
    found = line.proposal
    return {
        "key": line.key, "name": line.name, "base": yuan(line.base),
        "execution_rate": None if line.execution is None else f"{show(line.execution * 100)}%",
        "score": None if line.total is None else str(line.total),
        "by_score": found.by_score.name if found else None,
        "by_execution": found.by_execution.name if found else None,
        "share": f"{show(found.share * 100)}%" if found else None,
        "amount": yuan(found.amount) if found else None, "change": yuan(line.change), "reason": line.reason,
        "steps": list(line.steps),
    }  # fmt: skip


def yuan(fen: int | None) -> str | None:
    """Fen as yuan with two decimals, without separators."""
    return None if fen is None else format_amount(fen, MoneyUnit.YUAN, grouping=False)

"""What an evaluation paper (绩效自评材料) is made of: judged sheets, the judged department, measured surveys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from yiheng.facts import DepartmentYear, Finding
from yiheng.money import round_to
from yiheng.scoring.evaluate import SheetScore
from yiheng.scoring.reproduction import SheetReproduction, Verdict
from yiheng.scoring.rowscore import RowScore
from yiheng.scoring.survey import Scale, SurveyResult
from yiheng.scoring.whole import Whole

POINTS_PLACES = 2
"""Decimals of a deduction, which is the difference of a weight and rounded points."""


@dataclass(frozen=True, slots=True)
class SurveyPart:
    """One group's survey with its target and what a paper printed."""

    name: str
    result: SurveyResult
    scale: Scale
    target: str
    printed: str
    verdict: Verdict
    warning: str
    """Where the target lies inside the interval; "" otherwise."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A department-year judged, as an audience may see it."""

    department_year: DepartmentYear
    projects: tuple[SheetReproduction, ...]
    department: Whole | None
    surveys: tuple[SurveyPart, ...]
    findings: tuple[Finding, ...]
    plain: Callable[[str], str]
    """Puts the printed label in place of whatever names a secret project (涉密项目)."""

    @property
    def anything(self) -> bool:
        """Whether there is anything to print."""
        return bool(self.projects or self.department or self.surveys)

    @property
    def lost(self) -> tuple[SheetReproduction, ...]:
        """The projects that lost points."""
        return tuple(found for found in self.projects if deductions(found.score))

    @property
    def all_met(self) -> bool:
        """Whether every project was scored to the end and reached all of its targets: no miss that rounding hides."""
        return bool(self.projects) and all(
            found.score.total is not None and not found.score.lost and not deductions(found.score)
            for found in self.projects
        )


@dataclass(frozen=True, slots=True)
class Deduction:
    """Points that one row of a sheet lost (扣分)."""

    key: str
    name: str
    weight: Fraction
    points: Decimal
    reason: str
    steps: tuple[str, ...]

    @property
    def lost(self) -> Decimal:
        return round_to(self.weight - Fraction(self.points), POINTS_PLACES)


EXECUTION = "预算执行率（项目资金）"
"""What the deduction of the funds block is called; indicators may be called 预算执行率 too."""


def deductions(score: SheetScore) -> tuple[Deduction, ...]:
    """Everything that the sheet lost, as far as points show it: execution first, then the rows in order."""
    done = score.execution
    found = []
    if done.points is not None and done.exact is not None and done.exact < done.weight:
        found.append(
            Deduction(f"{score.sheet.key}:execution", EXECUTION, done.weight, done.points, "", done.steps)
        )
    found.extend(_deduction(row) for row in score.lost)
    return tuple(one for one in found if one.lost > 0)


def _deduction(row: RowScore) -> Deduction:
    assert row.points is not None
    return Deduction(row.row.key, row.row.name, row.weight, row.points, row.row.reason, row.steps)

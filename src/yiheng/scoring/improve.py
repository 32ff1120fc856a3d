"""What would raise a score (补分): every row that lost points, what it needs, and the cheapest way to the next grade.

Cheap means: little to go for a point, the gap relative to the limit divided by the points that closing it gives. What
nobody can measure (a person's points) comes last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from yiheng.money import MoneyUnit, format_amount
from yiheng.scoring.evaluate import SheetScore
from yiheng.scoring.rowscore import Method, RowScore, show
from yiheng.scoring.rules import Band
from yiheng.scoring.whatif import EXECUTION, EXECUTION_NAME


@dataclass(frozen=True, slots=True)
class Improvement:
    """One row brought to full marks, the cheaper ones before it as well."""

    key: str
    name: str
    points: Decimal
    gain: Decimal
    """Points that full marks give."""
    gap: Fraction | None
    """How far the actual is from what is needed, relative to that; None where a person gives the points."""
    needed: str
    """What has to be reached, in words."""
    total: Decimal
    """Total when this row and all cheaper ones have full marks."""
    grade: str


@dataclass(frozen=True, slots=True)
class Spread:
    """Between which totals a sheet with open rows will end."""

    low: Decimal
    low_grade: str
    high: Decimal
    high_grade: str


def improvements(score: SheetScore, grades: Sequence[Band] = ()) -> tuple[Improvement, ...]:
    """Every loss of a sheet that is scored, the cheapest first; none while the total is open.

    `grades` stands in where the rule has none.
    """
    if score.total is None:
        return ()
    bands = tuple(grades) or score.rule.grades
    losses = [*_execution(score), *(loss for row in score.rows for loss in _row(row, score))]
    losses.sort(key=lambda loss: (loss[3] is None, (loss[3] or Fraction(0)) / Fraction(loss[2]), -loss[2]))
    found, total = [], score.total
    for key, name, gain, gap, needed, points in losses:
        total += gain
        found.append(Improvement(key, name, points, gain, gap, needed, total, grade_of(total, bands)))
    return tuple(found)


def spread(score: SheetScore, grades: Sequence[Band] = ()) -> Spread | None:
    """The lowest and highest total of a sheet whose total is open; None where it is not."""
    if score.total is not None:
        return None
    bands = tuple(grades) or score.rule.grades
    known = [row.points for row in score.rows if row.points is not None]
    low = sum(known, score.execution.points or Decimal(0))
    waiting = sum((row.weight for row in score.open_rows), Fraction(0))
    if score.execution.points is None:
        waiting += score.execution.weight
    high = low + score.rule.rounded(waiting)
    return Spread(low, grade_of(low, bands), high, grade_of(high, bands))


def grade_of(total: Decimal, grades: Sequence[Band]) -> str:
    """The grade of a total; "" without grades."""
    return next((band.name for band in grades if total >= band.low), "")


Loss = tuple[str, str, Decimal, Fraction | None, str, Decimal]
"""Key, name, gain, gap, what is needed, points now."""


def _execution(score: SheetScore) -> list[Loss]:
    execution, budget = score.execution, score.sheet.funds.budget
    if execution.points is None or execution.exact_rate is None or budget is None:
        return []
    gain = score.rule.rounded(execution.weight) - execution.points
    if gain <= 0:
        return []
    needed = f"全年执行数达到 {format_amount(budget, MoneyUnit.YUAN)} 元"
    return [(EXECUTION, EXECUTION_NAME, gain, 1 - execution.exact_rate, needed, execution.points)]


def _row(row: RowScore, score: SheetScore) -> list[Loss]:
    if row.points is None or not row.shortfall:
        return []
    gain = score.rule.rounded(row.weight) - row.points
    if gain <= 0:
        return []
    found, limit = row.attainment, row.target.text()
    if row.method is Method.OVERRUN:
        return [(row.row.key, row.row.name, gain, found.overrun, f"降到 {limit}", row.points)]
    if found.actual is None or not found.bounds.low or row.method is Method.JUDGED:
        return [(row.row.key, row.row.name, gain, None, f"由人评到 {show(row.weight)} 分", row.points)]
    gap = max(Fraction(0), 1 - found.actual / found.bounds.low)
    return [(row.row.key, row.row.name, gain, gap, f"达到 {limit}", row.points)]

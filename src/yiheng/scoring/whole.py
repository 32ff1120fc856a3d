"""The score of a whole department with what was printed beside it (部门整体支出绩效评价得分)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from yiheng.scoring.department import CriterionScore, DepartmentScore, Input


@dataclass(frozen=True, slots=True)
class Whole:
    """A department judged by a framework, the inputs that it was judged by, and the printed scores if there are any."""

    score: DepartmentScore
    inputs: Mapping[str, Input]
    printed: Mapping[str, str]
    """Printed score by criterion."""
    printed_total: str

    @property
    def scored(self) -> tuple[CriterionScore, ...]:
        return tuple(row for row in self.score.criteria if row.points is not None)

    @property
    def total(self) -> Decimal:
        """Points of the criteria that were scored; `weight` says out of how many."""
        return sum((row.points for row in self.scored if row.points is not None), Decimal(0))

    @property
    def weight(self) -> Fraction:
        return sum((row.criterion.weight or Fraction(0) for row in self.scored), Fraction(0))

    @property
    def open(self) -> tuple[CriterionScore, ...]:
        """Criteria that nobody and nothing has scored."""
        return tuple(row for row in self.score.criteria if row.points is None)

"""What-if for a whole department (部门整体的假设分析): other inputs or judgements, and where the points went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from yiheng.money import round_to
from yiheng.scoring.department import (
    CriterionScore,
    DepartmentScore,
    Input,
    Inputs,
    evaluate_department,
)
from yiheng.scoring.framework import Framework
from yiheng.scoring.inputs import read_inputs

SUPPOSED: Final = "假设"


@dataclass(frozen=True, slots=True)
class Loss:
    """A criterion below its weight, with what it lost and the steps that say why."""

    id: str
    name: str
    points: Decimal
    gain: Decimal
    """Points that full marks give."""
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WholeOutlook:
    """Before and after."""

    before: DepartmentScore
    after: DepartmentScore

    @property
    def changed(self) -> tuple[tuple[CriterionScore, CriterionScore], ...]:
        """Criteria whose points differ."""
        pairs = zip(self.before.criteria, self.after.criteria, strict=True)
        return tuple((old, new) for old, new in pairs if old.points != new.points)


def suppose_inputs(before: DepartmentScore, inputs: Inputs, changes: Mapping[str, str]) -> WholeOutlook:
    """Score again with inputs as `changes` write them; of a judged part or criterion the text is its points.

    Points that stood in for a computed part give way where an input of that part is changed. Raises `ScoringError` with
    every name that the framework does not have and every text that is no value.
    """
    framework = before.framework
    supposed = read_inputs([_row(name, text, framework) for name, text in changes.items()], framework)
    replaced = {
        f"{criterion.id}/{part.id}"
        for criterion in framework.criteria
        for part in criterion.parts
        if not supposed.keys().isdisjoint(part.inputs)
    }
    kept = {name: item for name, item in inputs.items() if name not in replaced}
    new: dict[str, Input] = {**kept, **supposed}
    return WholeOutlook(before, evaluate_department(framework, new))


def losses(score: DepartmentScore) -> tuple[Loss, ...]:
    """Every scored criterion below its weight, the largest loss first."""
    found = [
        Loss(row.criterion.id, row.criterion.name, row.points, gain, _why(row))
        for row in score.criteria
        if row.points is not None and row.criterion.weight is not None
        for gain in [round_to(row.criterion.weight, score.framework.places) - row.points]
        if gain > 0
    ]
    return tuple(sorted(found, key=lambda loss: -loss.gain))


def _why(row: CriterionScore) -> tuple[str, ...]:
    """The steps of the parts that lost points; all steps where the criterion was judged as a whole."""
    lost = [part.step for part in row.parts if part.points is not None and part.points < part.part.points]
    return tuple(lost) or row.steps


def _row(name: str, text: str, framework: Framework) -> dict[str, str]:
    judged = {criterion.id for criterion in framework.criteria if criterion.judged}
    column = "points" if "/" in name or name in judged else "value"
    told = {"scorer": SUPPOSED, "reason": SUPPOSED, "evidence": SUPPOSED}
    return {"name": name, "basis": "entered", column: text, **told}

"""Scoring a department by a framework (部门整体绩效评分): inputs in, criterion by criterion out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from yiheng.money import round_to
from yiheng.scoring.framework import Criterion, Framework, Part
from yiheng.scoring.parts import Missing, part_outcome
from yiheng.scoring.rowscore import show


class Basis(Enum):
    """Where an input comes from."""

    COMPUTED = "由台账计算"
    MEASURED = "由业务数据测得"
    ENTERED = "人工填报"
    PRINTED = "取自公开文件"
    ASSUMED = "假定：由印出的得分反推"
    """Assumed, implied by the printed score. Never a ledger row."""

    @property
    def label(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Input:
    """One input of a framework: a number, an option, true or false, or (`points`) the outcome itself.

    A judged part or criterion has `points`. An assumed input may also give `points` for a computed part, where the
    printed score implies the outcome but no number.
    """

    basis: Basis
    value: Fraction | str | bool | None = None
    points: Fraction | None = None
    scorer: str = ""
    reason: str = ""
    evidence: str = ""


Inputs = Mapping[str, Input]
"""By input name (`procurement.spent`), `criterion/part` for judged parts, or criterion id for a whole judged one."""


@dataclass(frozen=True, slots=True)
class PartScore:
    """Points of one part. None while an input is missing (`needs`)."""

    part: Part
    points: Fraction | None
    step: str
    inputs: tuple[tuple[str, Input], ...] = ()
    needs: tuple[str, ...] = ()
    voids: bool = False
    """It takes all points of its criterion."""


@dataclass(frozen=True, slots=True)
class CriterionScore:
    """Points of one criterion, rounded once after its parts are added."""

    criterion: Criterion
    points: Decimal | None
    exact: Fraction | None
    parts: tuple[PartScore, ...]
    steps: tuple[str, ...]
    whole: Input | None = None
    """The judgement, where the criterion was judged as a whole."""

    @property
    def needs(self) -> tuple[str, ...]:
        """Inputs that are missing."""
        return tuple(name for part in self.parts for name in part.needs)

    @property
    def assumed(self) -> bool:
        """Whether anything in it is only implied by a printed score."""
        return any(item.basis is Basis.ASSUMED for item in self._inputs)

    @property
    def given(self) -> bool:
        """Whether the points were taken over, and not computed."""
        return bool(self._inputs) and all(item.points is not None for item in self._inputs)

    @property
    def _inputs(self) -> tuple[Input, ...]:
        if self.whole is not None:
            return (self.whole,)
        return tuple(item for part in self.parts for _, item in part.inputs)


@dataclass(frozen=True, slots=True)
class DepartmentScore:
    """A department judged by a framework. `total` is None while a criterion is open."""

    framework: Framework
    criteria: tuple[CriterionScore, ...]
    total: Decimal | None

    def group(self, level1: str) -> Decimal | None:
        """Points of a level-1 group; None while one of its criteria is open."""
        return _sum([row for row in self.criteria if row.criterion.level1 == level1])

    def rates(self) -> Mapping[str, Fraction]:
        """Share of the weight reached (得分率) by criterion id, where scored."""
        return {
            row.criterion.id: Fraction(row.points) / row.criterion.weight
            for row in self.criteria
            if row.points is not None and row.criterion.weight
        }


def evaluate_department(framework: Framework, inputs: Inputs) -> DepartmentScore:
    """Score every criterion from the inputs; what is missing stays open and is named.

    Raises `ScoringError` for a framework without weights (`Framework.weighted` sets them), an option or number that
    a part cannot take, and a zero denominator.
    """
    criteria = tuple(score_criterion(criterion, framework, inputs) for criterion in framework.criteria)
    return DepartmentScore(framework, criteria, _sum(criteria))


def score_criterion(criterion: Criterion, framework: Framework, inputs: Inputs) -> CriterionScore:
    """The points of one criterion."""
    whole = inputs.get(criterion.id)
    if whole is not None and whole.points is not None and criterion.judged:
        exact = min(whole.points, criterion.weight or whole.points)
        points = round_to(exact, framework.places, framework.mode)
        return CriterionScore(
            criterion, points, exact, (), (f"{whole.basis.label}：整项评 {points} 分",), whole
        )
    veto = inputs.get(criterion.veto) if criterion.veto else None
    if veto is not None and veto.value is True:
        return CriterionScore(
            criterion, round_to(0, framework.places), Fraction(0), (), (criterion.veto_text,), veto
        )
    parts = tuple(_part(part, criterion, inputs) for part in criterion.parts)
    steps = tuple(part.step for part in parts)
    if not parts or any(part.points is None for part in parts):
        return CriterionScore(criterion, None, None, parts, steps)
    if any(part.voids for part in parts):
        return CriterionScore(criterion, round_to(0, framework.places), Fraction(0), parts, steps)
    exact = sum((part.points for part in parts if part.points is not None), Fraction(0))
    return CriterionScore(criterion, round_to(exact, framework.places, framework.mode), exact, parts, steps)


def _part(part: Part, criterion: Criterion, inputs: Inputs) -> PartScore:
    name = f"{criterion.id}/{part.id}"
    given = inputs.get(name)
    if given is not None and given.points is not None:
        points = min(given.points, part.points)
        return PartScore(
            part, points, f"{part.text}：{given.basis.label}，{show(points)} 分", ((name, given),)
        )
    if not part.kind.computed:
        return PartScore(part, None, f"{part.text}：待人工评分", (), (name,))
    used = tuple((key, inputs[key]) for key in part.inputs if key in inputs)
    try:
        outcome = part_outcome(part, {key: item.value for key, item in used})
    except Missing as missing:
        return PartScore(part, None, f"{part.text}：缺少 {'、'.join(missing.names)}", used, missing.names)
    return PartScore(part, outcome.points, outcome.step, used, (), outcome.voids)


def _sum(rows: list[CriterionScore] | tuple[CriterionScore, ...]) -> Decimal | None:
    if not rows or any(row.points is None for row in rows):
        return None
    return sum((row.points for row in rows if row.points is not None), Decimal(0))

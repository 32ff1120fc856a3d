"""Frameworks of whole-department evaluation (部门整体绩效指标体系), read from policy entries `score_framework`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any, Final

from yiheng.money import Rounding
from yiheng.policy import Entry, Policy
from yiheng.scoring.errors import ScoringError

FRAMEWORK: Final = "score_framework"


class PartKind(Enum):
    """How a part of a criterion gets its points."""

    JUDGED = "judged"
    """A person, up to the points (酌情)."""
    DEDUCT = "deduct"
    """Points less `per` for every one counted, floor 0."""
    RATIO = "ratio"
    """Points × numerator ÷ denominator, at most the points."""
    BANDS = "bands"
    """Points of the first band that holds."""
    EXCESS = "excess"
    """Points less `per` for every `step` that a ratio is above `free`."""
    CHOICE = "choice"
    """Points of the option."""
    PACE = "pace"
    """Quarterly progress against the calendar (序时进度)."""

    @property
    def computed(self) -> bool:
        """Whether numbers decide, not a person."""
        return self is not PartKind.JUDGED


@dataclass(frozen=True, slots=True)
class Part:
    """One scored part of a criterion. `spec` holds what its kind needs."""

    id: str
    kind: PartKind
    points: Fraction
    text: str
    spec: Mapping[str, Any]

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of the inputs that it is computed from; none for a judged part."""
        if self.kind is PartKind.PACE:
            return tuple(quarter["input"] for quarter in self.spec["quarters"])
        return tuple(
            self.spec[name] for name in ("input", "count", "numerator", "denominator") if name in self.spec
        )


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion (评价指标). `weight` is None where the framework leaves it open."""

    id: str
    level1: str
    level2: str
    name: str
    weight: Fraction | None
    parts: tuple[Part, ...]
    veto: str = ""
    """Input that, when true, takes all points."""
    veto_text: str = ""
    formula: str = ""

    @property
    def judged(self) -> bool:
        """Whether persons decide all of it."""
        return not any(part.kind.computed for part in self.parts)


@dataclass(frozen=True, slots=True)
class Framework:
    """A framework with its criteria in order."""

    id: str
    title: str
    cite: str
    basis: str
    places: int
    mode: Rounding
    groups: Mapping[str, Fraction]
    """Weight of every level-1 group."""
    criteria: tuple[Criterion, ...]
    entry: Entry

    @property
    def weight(self) -> Fraction | None:
        """Sum of the weights; None while one is open."""
        weights = [criterion.weight for criterion in self.criteria]
        known = [weight for weight in weights if weight is not None]
        return sum(known, Fraction(0)) if len(known) == len(weights) else None

    def called(self, need: str) -> str:
        """What an input, or the points of a part (`criterion/part`), is for, with its id for the sheet; by its part."""
        owner, _, part_id = need.partition("/")
        for criterion in self.criteria:
            for part in criterion.parts:
                if need in part.inputs or (criterion.id, part.id) == (owner, part_id):
                    return f"{part.text}（{need}）"
            if criterion.id == need:
                return f"{criterion.name}（{need}）"
        return need

    def criterion(self, id: str) -> Criterion:
        """The criterion of that id. Raises `ScoringError`."""
        for criterion in self.criteria:
            if criterion.id == id:
                return criterion
        raise ScoringError(f"指标体系 {self.id} 没有指标 {id}。")

    def weighted(self, weights: Mapping[str, Fraction]) -> Framework:
        """The framework with the weights that its user sets (自定分值). Raises `ScoringError`, naming each problem."""
        open_ids = {criterion.id for criterion in self.criteria if criterion.weight is None}
        problems = [f"指标 {id} 没有分值" for id in sorted(open_ids - weights.keys())]
        problems += [f"指标 {id} 不在体系中，或分值已由文件规定" for id in sorted(weights.keys() - open_ids)]
        fixed = sum((c.weight for c in self.criteria if c.weight is not None), Fraction(0))
        total = fixed + sum(weights.values(), Fraction(0))
        if total != 100:
            problems.append(f"分值合计 {total}，应为 100")
        if problems:
            raise ScoringError(f"{self.title}：{'；'.join(problems)}。")
        criteria = tuple(
            replace(
                c,
                weight=weights[c.id],
                parts=(Part("all", PartKind.JUDGED, weights[c.id], c.formula or c.name, {}),),
            )
            if c.id in open_ids
            else c
            for c in self.criteria
        )
        return replace(self, criteria=criteria)


def load_framework(policy: Policy, id: str, jurisdiction: str, on: date) -> Framework:
    """The framework in force on the day. Raises `PolicyNotInForce` or `PolicyUnknown`."""
    return read_framework(policy.get(id, jurisdiction, on))


def frameworks_in_force(policy: Policy, jurisdiction: str, on: date) -> tuple[Framework, ...]:
    """All frameworks that may be named on the day, the nearest jurisdiction's first."""
    chain = policy.jurisdiction(jurisdiction).chain
    entries = sorted(
        policy.all(FRAMEWORK, jurisdiction, on), key=lambda entry: chain.index(entry.jurisdiction)
    )
    return tuple(read_framework(entry) for entry in entries)


def read_framework(entry: Entry) -> Framework:
    """The framework of one policy entry (of a valid one; see `validate`)."""
    value: Mapping[str, Any] = entry.value
    return Framework(
        entry.id,
        entry.title,
        entry.cite(),
        value["basis"],
        value["points"]["places"],
        Rounding[value["points"]["mode"]],
        {name: Fraction(weight) for name, weight in value["groups"].items()},
        tuple(_criterion(row) for row in value["criteria"]),
        entry,
    )


def _criterion(row: Mapping[str, Any]) -> Criterion:
    veto = row.get("veto", {})
    return Criterion(
        row["id"],
        row["level1"],
        row["level2"],
        row["name"],
        None if row["weight"] is None else Fraction(row["weight"]),
        tuple(
            Part(part["id"], PartKind(part["kind"]), Fraction(part["points"]), part["text"], part)
            for part in row["parts"]
        ),
        veto.get("input", ""),
        veto.get("text", ""),
        row.get("formula", ""),
    )

"""Score rules (评分规则): how an attainment becomes points. Dated, sourced policy entries of the type `score_rule`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, Final

from yiheng.money import Rounding, round_to
from yiheng.policy import Entry, Policy

RULE: Final = "score_rule"
DEFAULT_RULE: Final = "score.rule.project"


class Reference(Enum):
    """Against which end a range that was missed from below is measured."""

    LOW = "low"
    HIGH = "high"


class Unlike(Enum):
    """What becomes of a row whose units are of one family but not the same, or whose actual repeats the target."""

    AS_PRINTED = "as_printed"
    UNKNOWN = "unknown"


class Absent(Enum):
    """What becomes of a row that does not apply (不适用)."""

    EXCLUDE = "exclude"
    """Excluded, its weight shared out among the other indicators in proportion."""
    FULL = "full"
    """Full marks: a historic practice only."""


@dataclass(frozen=True, slots=True)
class Band:
    """A step: `name` from `low` (inclusive) upwards."""

    name: str
    low: Fraction
    high: Fraction
    """Inclusive in the top band, exclusive below it."""


@dataclass(frozen=True, slots=True)
class ScoreRule:
    """One rule for project self-evaluation. Rates and weights are exact; points are rounded once per row."""

    id: str
    title: str
    cite: str
    basis: str
    """document 文件规定, recovered 由公开文件反推, house 系统默认."""
    execution_weight: Fraction
    execution_places: int | None
    """Decimals of the percentage to which the execution rate is rounded first; None for the exact rate."""
    level_weights: Mapping[str, Fraction]
    """Default weights by level-1 indicator (一级指标)."""
    places: int
    mode: Rounding
    range_reference: Reference
    near_units: Unlike
    repeated: Unlike
    not_applicable: Absent
    qualitative: tuple[Band, ...]
    """Bands of the share of the weight, from high to low; empty where the rule sets none."""
    grades: tuple[Band, ...]
    entry: Entry

    def rounded(self, points: Fraction) -> Decimal:
        """Points in the rule's rounding, once."""
        return round_to(points, self.places, self.mode)

    def execution_rate(self, executed: Fraction, budget: Fraction) -> Fraction:
        """The execution rate (执行率) that is scored: at most 1, rounded as the rule says. `budget` > 0."""
        rate = executed / budget
        if self.execution_places is not None:
            rate = Fraction(round_to(rate * 100, self.execution_places, self.mode)) / 100
        return min(Fraction(1), rate)

    def grade(self, total: Decimal) -> str:
        """优, 良, 中 or 差; "" where the rule has no grades."""
        return next((band.name for band in self.grades if total >= band.low), "")


def load_rule(policy: Policy, jurisdiction: str, on: date, id: str = DEFAULT_RULE) -> ScoreRule:
    """The rule in force on the day. Raises `PolicyNotInForce` or `PolicyUnknown`, naming rule and date."""
    return read_rule(policy.get(id, jurisdiction, on))


def rules_in_force(policy: Policy, jurisdiction: str, on: date) -> tuple[ScoreRule, ...]:
    """All rules that may be named on the day."""
    return tuple(read_rule(entry) for entry in policy.all(RULE, jurisdiction, on))


def read_rule(entry: Entry) -> ScoreRule:
    """The rule of one policy entry (of a valid one; see `validate`)."""
    value: Mapping[str, Any] = entry.value
    points = value["points"]
    return ScoreRule(
        entry.id,
        entry.title,
        entry.cite(),
        value["basis"],
        Fraction(value["execution"]["weight"]),
        value["execution"]["percent_places"],
        {name: Fraction(weight) for name, weight in value["level_weights"].items()},
        points["places"],
        Rounding[points["mode"]],
        Reference(value["range_reference"]),
        Unlike(value["near_units"]),
        Unlike(value["repeated"]),
        Absent(value["not_applicable"]),
        read_bands(value["qualitative"]),
        read_bands(value["grades"]),
        entry,
    )


def read_bands(rows: tuple[Mapping[str, Any], ...]) -> tuple[Band, ...]:
    """Bands from high to low, each with its name and both ends."""
    return tuple(Band(row["name"], Fraction(row["from"]), Fraction(row["to"])) for row in rows)

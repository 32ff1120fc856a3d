"""Measures that are computed from the ledger (取数口径): which there are, their names, how a rate is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from yiheng.money import Rounding, round_to
from yiheng.policy import Entry, Policy

MEASURES: Final = "score.measures"
WHOLE: Final = "部门整体"
"""Scope of a measure that no single project has."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: its id, name, formula and what it can be asked of."""

    id: str
    name: str
    formula: str
    scope: str

    @property
    def of_projects(self) -> bool:
        """Whether a single project has it too."""
        return self.scope != WHOLE


@dataclass(frozen=True, slots=True)
class Measures:
    """All measures in force, and how a rate is written as an actual."""

    by_id: Mapping[str, Measure]
    places: int
    mode: Rounding
    entry: Entry

    @classmethod
    def of(cls, policy: Policy, jurisdiction: str, on: date) -> Measures:
        """The measures in force. Raises `PolicyNotInForce`."""
        entry = policy.get(MEASURES, jurisdiction, on)
        rows = (Measure(r["id"], r["name"], r["formula"], r["scope"]) for r in entry.value["measures"])
        return cls({m.id: m for m in rows}, entry.value["places"], Rounding[entry.value["mode"]], entry)

    def written(self, rate: Fraction) -> str:
        """A rate as an actual is written: 97.23%."""
        return f"{round_to(rate * 100, self.places, self.mode)}%"

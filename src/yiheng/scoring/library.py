"""Taxonomy and indicator library (指标分类、指标库): which levels a template has, and indicators that may be reused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from yiheng.policy import Policy
from yiheng.scoring.errors import ScoringError

TAXONOMY: Final = "score.taxonomy"
LIBRARY: Final = "score.library"


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Level-2 indicators by level-1 indicator, for a year and place."""

    levels: Mapping[str, tuple[str, ...]]
    title: str

    @classmethod
    def of(cls, policy: Policy, jurisdiction: str, on: date) -> Taxonomy:
        """The taxonomy in force. Raises `PolicyNotInForce`."""
        entry = policy.get(TAXONOMY, jurisdiction, on)
        return cls({name: tuple(below) for name, below in entry.value["levels"].items()}, entry.title)

    def problem(self, level1: str, level2: str) -> str:
        """Why the pair does not belong to the taxonomy; "" where it does. Level 3 is free text."""
        if level1 not in self.levels:
            return f"一级指标“{level1}”不在{self.title}中，可选：{'、'.join(self.levels)}"
        if level2 in self.levels[level1]:
            return ""
        other = [name for name, below in self.levels.items() if level2 in below]
        where = f"它属于“{other[0]}”" if other else f"可选：{'、'.join(self.levels[level1])}"
        return f"二级指标“{level2}”不在“{level1}”下，{where}"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of the library."""

    id: str
    name: str
    level1: str
    level2: str
    definition: str
    unit: str
    lower_is_better: bool
    formula: str
    data: str
    """Where its data come from (数据来源)."""
    evidence: tuple[str, ...]
    """What its actual must be proved by (佐证要求)."""
    users: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """All indicators in force."""

    indicators: tuple[Indicator, ...]

    @classmethod
    def of(cls, policy: Policy, jurisdiction: str, on: date) -> Library:
        """The library in force. Raises `PolicyNotInForce`."""
        rows: tuple[Mapping[str, Any], ...] = policy.get(LIBRARY, jurisdiction, on).value["indicators"]
        return cls(tuple(_indicator(row) for row in rows))

    def get(self, id: str) -> Indicator:
        """The indicator of that id. Raises `ScoringError`."""
        for indicator in self.indicators:
            if indicator.id == id:
                return indicator
        raise ScoringError(f"指标库没有指标 {id}。可用 search 按名称查找。")

    def search(self, words: str) -> tuple[Indicator, ...]:
        """Indicators whose name, definition or formula has all of the words."""
        wanted = words.split()
        return tuple(
            indicator
            for indicator in self.indicators
            if all(word in f"{indicator.name}{indicator.definition}{indicator.formula}" for word in wanted)
        )


def _indicator(row: Mapping[str, Any]) -> Indicator:
    return Indicator(
        row["id"],
        row["name"],
        row["level1"],
        row["level2"],
        row["definition"],
        row["unit"],
        row["direction"] == "down",
        row["formula"],
        row["data"],
        tuple(row["evidence"]),
        tuple(row["users"]),
    )

"""The words of targets (绩效目标用词): units, comparators, states; read from the policy entry `score.lexicon`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cached_property
from typing import Any, Final

from yiheng.policy import Entry, Policy

LEXICON: Final = "score.lexicon"
SCALES: Final[Mapping[str, int]] = {"": 1, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
"""Powers of ten in Chinese (数量级)."""


class Relation(Enum):
    """How two units stand to each other (单位关系)."""

    SAME = "可换算"
    BARE = "一方没有写单位"
    NEAR = "口径不同"
    """Of one family, but not convertible: 天 and 工作日, 人 and 人次."""
    DIFFERENT = "不可比"

    @property
    def label(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class UnitWord:
    """A unit (计量单位) with its dimension, family and factor to the base of the dimension."""

    word: str
    dimension: str
    near: str
    factor: Fraction


@dataclass(frozen=True)
class Lexicon:
    """All words by which targets are read. Build it with `Lexicon.of`."""

    units: Mapping[str, UnitWord]
    periods: Mapping[str, int]
    """Period word → how often it comes in a year."""
    comparators: Mapping[str, str]
    """Printed comparator, symbols included → one of ≥ ≤ > < =."""
    approximate: tuple[str, ...]
    directions: Mapping[str, int]
    """Verb → 1 (up) or -1 (down)."""
    after_degree: tuple[str, ...]
    degrees: tuple[str, ...]
    states: frozenset[str]
    negations: tuple[str, ...]
    booleans: Mapping[str, bool]
    not_applicable: frozenset[str]
    unfit_for_subject: tuple[str, ...]
    """Words that a named subject (增长幅度达5%) must not hold: a negation, a date, a second demand.

    Where there are none, no subject is read.
    """

    @classmethod
    def of(cls, policy: Policy, jurisdiction: str, on: date) -> Lexicon:
        """The words in force. Raises `PolicyNotInForce`."""
        return cls.read(policy.get(LEXICON, jurisdiction, on))

    @classmethod
    def read(cls, entry: Entry) -> Lexicon:
        """The words of one policy entry."""
        value: Mapping[str, Any] = entry.value
        units = {
            word: UnitWord(word, group["name"], group.get("near", ""), Fraction(factor))
            for group in value["dimensions"]
            for word, factor in group["words"].items()
        }
        comparators = {
            word: row["symbol"] for row in value["comparators"] for word in (row["symbol"], *row["words"])
        }
        directions = dict.fromkeys(value["raising"], 1) | dict.fromkeys(value["lowering"], -1)
        return cls(
            units,
            dict(value["periods"]),
            comparators,
            tuple(value["approximate"]),
            directions,
            tuple(value["raising_after_degree"]),
            tuple(value["degrees"]),
            frozenset(value["states"]),
            tuple(value["negations"]),
            dict(value["booleans"]),
            frozenset(value["not_applicable"]),
            tuple(value.get("unfit_for_subject", ())),  # score files of before have none
        )

    def knows(self, word: str) -> bool:
        """Whether the unit is known; no unit at all is."""
        return not word or word in self.units

    def relation(self, left: str, right: str) -> Relation:
        """Whether two units may be compared. Unknown units compare with their own kind only."""
        if left == right:
            return Relation.SAME
        if not left or not right:
            known = self.units.get(left or right)
            return Relation.DIFFERENT if known is not None and known.dimension == "比率" else Relation.BARE
        one, other = self.units.get(left), self.units.get(right)
        if one is None or other is None:
            return Relation.DIFFERENT
        if one.dimension == other.dimension:
            return Relation.SAME
        return Relation.NEAR if one.near and one.near == other.near else Relation.DIFFERENT

    def factor(self, word: str) -> Fraction:
        """What one of the unit is in the base of its dimension; 1 for a unit that is not known."""
        unit = self.units.get(word)
        return unit.factor if unit else Fraction(1)

    @cached_property
    def unit_pattern(self) -> str:
        """Regular expression of a known unit, longest first."""
        return alternatives(self.units)

    @cached_property
    def comparator_pattern(self) -> str:
        """Regular expression of a comparator, longest first."""
        return alternatives(self.comparators)

    @cached_property
    def period_pattern(self) -> str:
        """Regular expression of a period word, longest first."""
        return alternatives(self.periods)


def alternatives(words: Any) -> str:
    """A regular expression that matches any of the words, longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"

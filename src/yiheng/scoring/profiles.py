"""Profiles (阈值与划分): honesty, monitoring and allocation, read from policy entries `score_profile`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Final

from yiheng.policy import Entry, Policy

PROFILE: Final = "score_profile"
HONESTY: Final = "score.profile.honesty"
MONITORING: Final = "score.profile.monitoring"
ALLOCATION: Final = "score.profile.allocation"
BASE_AMOUNTS: Final[Mapping[str, str]] = {"initial": "年初预算数", "adjusted": "全年预算数"}
"""Which amount of this year a proposal is a share of."""


@dataclass(frozen=True, slots=True)
class HonestyProfile:
    """Thresholds of the honesty checks (真实性核查)."""

    far_above: Fraction
    qualitative_share: Fraction
    sample: int
    claims_of_more: tuple[str, ...]
    counted_units: frozenset[str]
    own_names: frozenset[str]
    """Indicators that every project has for itself, so that two values are no contradiction."""
    entry: Entry

    @classmethod
    def of(cls, policy: Policy, jurisdiction: str, on: date) -> HonestyProfile:
        entry = policy.get(HONESTY, jurisdiction, on)
        value: Mapping[str, Any] = entry.value
        return cls(
            Fraction(value["far_above"]),
            Fraction(value["qualitative_share"]),
            value["sample"],
            tuple(value["claims_of_more"]),
            frozenset(value["counted_units"]),
            frozenset(value["own_names"]),
            entry,
        )


@dataclass(frozen=True, slots=True)
class Step:
    """What holds from `low` (inclusive) upwards: a colour, or a share."""

    name: str
    low: Fraction
    colour: str = ""
    share: Fraction | None = None


@dataclass(frozen=True, slots=True)
class MonitoringProfile:
    """Status colours (状态划分), from high to low."""

    bands: tuple[Step, ...]
    explain: frozenset[str]
    """Colours that ask for an entry of the deviation (偏差)."""
    entry: Entry

    @classmethod
    def of(cls, policy: Policy, jurisdiction: str, on: date) -> MonitoringProfile:
        entry = policy.get(MONITORING, jurisdiction, on)
        bands = tuple(Step(r["name"], Fraction(r["from"]), r["colour"]) for r in entry.value["bands"])
        return cls(bands, frozenset(entry.value["explain"]), entry)

    def status(self, progress: Fraction) -> Step:
        """The band of a progress."""
        return next(band for band in self.bands if progress >= band.low)


@dataclass(frozen=True, slots=True)
class AllocationProfile:
    """Shares of this year's budget proposed for the next (预算安排建议), by score and by execution rate."""

    by_score: tuple[Step, ...]
    by_execution: tuple[Step, ...]
    base: str
    """One of `BASE_AMOUNTS`."""
    entry: Entry

    @classmethod
    def of(cls, policy: Policy, jurisdiction: str, on: date) -> AllocationProfile:
        entry = policy.get(ALLOCATION, jurisdiction, on)
        value: Mapping[str, Any] = entry.value
        return cls(_shares(value["by_score"]), _shares(value["by_execution"]), value["base"], entry)


def _shares(rows: tuple[Mapping[str, Any], ...]) -> tuple[Step, ...]:
    return tuple(Step(r["name"], Fraction(r["from"]), share=Fraction(r["share"])) for r in rows)


def is_house(entry: Entry) -> bool:
    """Whether the entry is a house default (系统默认) that no document stands behind."""
    return isinstance(entry.value, Mapping) and entry.value.get("basis") == "house"

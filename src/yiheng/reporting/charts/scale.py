"""Scales (坐标): from exact values to whole pixels, and round values to mark them with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from yiheng.facts.chart import Value

_STEPS: Final = 5
_FACTORS: Final = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Scale:
    """`low` lies at pixel `start`, `high` is `room` pixels further."""

    start: int
    room: int
    low: Fraction
    high: Fraction

    def at(self, value: Value | Fraction) -> int:
        return self.start + int(self.room * (Fraction(value) - self.low) // (self.high - self.low))


def span(values: Sequence[Value]) -> tuple[Fraction, Fraction]:
    """The least (at most 0) and the greatest of the values, never equal."""
    exact = [Fraction(value) for value in values]
    low, high = min(Fraction(0), *exact), max(Fraction(0), *exact)
    return low, high if high > low else low + 1


def ticks(low: Fraction, high: Fraction, least: int = 1) -> list[int]:
    """Round values from at or below `low` to at or beyond `high`, in steps of at least `least`."""
    step = step_of(max(high - low, Fraction(least)))
    first, last = int(low // step), int(-(-high // step))
    return [step * number for number in range(first, max(last, first + 1) + 1)]


def step_of(length: Fraction) -> int:
    """The least of 1, 2 and 5 times a power of ten that needs no more than five steps for the length."""
    power = 1
    while True:
        for factor in _FACTORS:
            if length <= factor * power * _STEPS:
                return factor * power
        power *= 10

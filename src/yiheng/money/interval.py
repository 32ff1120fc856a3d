"""Intervals of exact values: what a rounded figure stands for, and arithmetic on them."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from yiheng.money.errors import MoneyError
from yiheng.money.rounding import Exact, Rounding, exact

Bound = tuple[Fraction, bool]
"""An end of an interval: its value, and whether the value itself belongs to the interval."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A non-empty set of exact values between two ends, each closed or open. Amounts are in fen."""

    lo: Fraction
    hi: Fraction
    lo_closed: bool = True
    hi_closed: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "lo", exact(self.lo, "区间下限"))
        object.__setattr__(self, "hi", exact(self.hi, "区间上限"))
        if self.lo > self.hi or (self.lo == self.hi and not (self.lo_closed and self.hi_closed)):
            raise MoneyError(f"区间为空：下限 {self.lo}，上限 {self.hi}。")

    @classmethod
    def point(cls, value: Exact) -> "Interval":
        """The interval of one exactly known value."""
        at = exact(value, "区间端点")
        return cls(at, at)

    @classmethod
    def of_rounded(
        cls, fen: int | Fraction, quantum: int | Fraction, mode: Rounding = Rounding.HALF_UP
    ) -> "Interval":
        """The exact values that rounding to multiples of `quantum` in `mode` sends to `fen`.

        `quantum` 0 means that `fen` is exact. A rounded 0 keeps its true width here; as an addend of a
        sum use `as_part`. Raises `MoneyError` when `fen` is no multiple of `quantum`.
        """
        at, step = exact(fen, "数值"), exact(quantum, "精度")
        if step == 0:
            return cls(at, at)
        if step < 0:
            raise MoneyError(f"精度不能为负（收到 {step}）。")
        if (at / step).denominator != 1:
            raise MoneyError(f"数值 {at} 不是精度 {step} 的整数倍，不可能由该精度舍入得到。")
        if at < 0:
            return -cls._of_positive(-at, step, mode)
        return cls._of_positive(at, step, mode) if at > 0 else cls._of_zero(step, mode)

    @classmethod
    def _of_positive(cls, at: Fraction, step: Fraction, mode: Rounding) -> "Interval":
        match mode:
            case Rounding.HALF_UP:
                return cls(at - step / 2, at + step / 2, True, False)
            case Rounding.HALF_EVEN:
                even = (at / step) % 2 == 0
                return cls(at - step / 2, at + step / 2, even, even)
            case Rounding.DOWN:
                return cls(at, at + step, True, False)
            case Rounding.UP:
                return cls(at - step, at, False, True)

    @classmethod
    def _of_zero(cls, step: Fraction, mode: Rounding) -> "Interval":
        match mode:
            case Rounding.HALF_UP:
                return cls(-step / 2, step / 2, False, False)
            case Rounding.HALF_EVEN:
                return cls(-step / 2, step / 2, True, True)
            case Rounding.DOWN:
                return cls(-step, step, False, False)
            case Rounding.UP:
                return cls.point(0)

    @classmethod
    def as_part(
        cls, fen: int | Fraction, quantum: int | Fraction, mode: Rounding = Rounding.HALF_UP
    ) -> "Interval":
        """What a printed figure adds to a sum: like `of_rounded`, but a printed 0 adds no width."""
        return cls.of_rounded(fen, quantum if fen else 0, mode)

    @property
    def width(self) -> Fraction:
        return self.hi - self.lo

    @property
    def middle(self) -> Fraction:
        """Halfway between the ends: for a figure rounded to the nearest, the printed figure itself."""
        return (self.lo + self.hi) / 2

    def contains(self, value: Exact) -> bool:
        at = exact(value)
        above = at > self.lo or (at == self.lo and self.lo_closed)
        below = at < self.hi or (at == self.hi and self.hi_closed)
        return above and below

    def meets(self, other: "Interval") -> bool:
        """Whether some exact value lies in both."""
        return _precedes(self, other) and _precedes(other, self)

    def __neg__(self) -> "Interval":
        return Interval(-self.hi, -self.lo, self.hi_closed, self.lo_closed)

    def __add__(self, other: "Interval") -> "Interval":
        if not isinstance(other, Interval):
            return NotImplemented
        return Interval(
            self.lo + other.lo,
            self.hi + other.hi,
            self.lo_closed and other.lo_closed,
            self.hi_closed and other.hi_closed,
        )

    def __sub__(self, other: "Interval") -> "Interval":
        if not isinstance(other, Interval):
            return NotImplemented
        return self + -other

    def scaled(self, factor: Exact) -> "Interval":
        """Every value times an exactly known `factor`."""
        return self * Interval.point(factor)

    def __mul__(self, other: "Interval") -> "Interval":
        if not isinstance(other, Interval):
            return NotImplemented
        ends = [_product(a, b) for a in self._bounds() for b in other._bounds()]
        lo, hi = min(value for value, _ in ends), max(value for value, _ in ends)
        return Interval(lo, hi, (lo, True) in ends, (hi, True) in ends)

    def __truediv__(self, other: "Interval") -> "Interval":
        """Every quotient of independent values. Raises `MoneyError` when the divisor reaches 0."""
        if not isinstance(other, Interval):
            return NotImplemented
        if other.lo <= 0 <= other.hi:
            raise MoneyError(f"除数的区间从 {other.lo} 到 {other.hi}，触及 0，商没有界限。")
        return self * Interval(1 / other.hi, 1 / other.lo, other.hi_closed, other.lo_closed)

    def _bounds(self) -> tuple[Bound, Bound]:
        return (self.lo, self.lo_closed), (self.hi, self.hi_closed)


def sum_intervals(parts: Iterable[Interval]) -> Interval:
    """The values that a sum of independent `parts` can take; of no parts, exactly 0."""
    lo, hi, lo_closed, hi_closed = Fraction(0), Fraction(0), True, True
    for part in parts:
        lo += part.lo
        hi += part.hi
        lo_closed = lo_closed and part.lo_closed
        hi_closed = hi_closed and part.hi_closed
    return Interval(lo, hi, lo_closed, hi_closed)


def agrees(total: Interval, parts: Iterable[Interval]) -> bool:
    """Whether a printed total can be the sum of its printed parts: the only tolerance there is (尾差).

    Give the total as `Interval.of_rounded` and each part as `Interval.as_part`.
    """
    return total.meets(sum_intervals(parts))


def _precedes(first: Interval, second: Interval) -> bool:
    if first.lo == second.hi:
        return first.lo_closed and second.hi_closed
    return first.lo < second.hi


def _product(a: Bound, b: Bound) -> Bound:
    # An attained 0 makes the product 0 whatever the other factor is, so that end is attained too.
    attained = (a[1] and b[1]) or (a[0] == 0 and a[1]) or (b[0] == 0 and b[1])
    return a[0] * b[0], attained

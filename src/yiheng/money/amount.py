"""An amount that remembers how exactly it is known, cheap enough to add by the million."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from yiheng.money.errors import MoneyError, refuse_float
from yiheng.money.interval import Interval

# Amounts are made by the million; a bound name saves a look-up each time.
_blank, _set = object.__new__, object.__setattr__

_LO_OPEN, _HI_OPEN = 1, 2
_NEGATED = (0, _HI_OPEN, _LO_OPEN, _LO_OPEN | _HI_OPEN)


@dataclass(frozen=True, slots=True, init=False)
class Amount:
    """Whole fen, and the fen by which the exact value may differ because parts are known as rounded.

    `Amount(fen)` is exact. `Amount(fen, quantum)` is known only as printed, rounded half up (四舍五入) to
    multiples of `quantum` fen. A printed 0 adds no width to a sum, and a quantum of one fen is exact, since
    money has no finer part. For another rounding mode, or for a printed 0 that stands as a total, use
    `Interval.of_rounded`.

    Every interval of this kind has its nominal value in the middle; so the sum of fen, the sum of quanta and
    which ends are open say everything, and a sum needs whole numbers only.
    """

    fen: int
    """The nominal amount: as printed, or the sum of what was printed."""
    width: int
    """Distance in fen between the ends of the interval; 0 for an exact amount."""
    _open: int

    def __init__(self, fen: int, quantum: int = 0) -> None:
        if fen.__class__ is not int:
            raise refuse_float(fen, "金额（分）")
        if quantum.__class__ is not int:
            raise refuse_float(quantum, "精度（分）")
        if quantum < 0:
            raise MoneyError(f"精度不能为负（收到 {quantum} 分）。")
        if quantum and fen % quantum:
            raise MoneyError(f"金额 {fen} 分不是精度 {quantum} 分的整数倍，不可能由该精度舍入得到。")
        _set(self, "fen", fen)
        if fen and quantum > 1:
            _set(self, "width", quantum)
            _set(self, "_open", _HI_OPEN if fen > 0 else _LO_OPEN)
        else:
            _set(self, "width", 0)
            _set(self, "_open", 0)

    @classmethod
    def sum(cls, amounts: Iterable["Amount"]) -> "Amount":
        """The sum of independent amounts: nominal fen and intervals are added; of none, exactly 0."""
        fen = width = open_ends = 0
        for amount in amounts:
            fen += amount.fen
            width += amount.width
            open_ends |= amount._open
        return _new(fen, width, open_ends)

    @property
    def interval(self) -> Interval:
        """The exact values in fen that this amount may have."""
        lo, hi = Fraction(2 * self.fen - self.width, 2), Fraction(2 * self.fen + self.width, 2)
        return Interval(lo, hi, not self._open & _LO_OPEN, not self._open & _HI_OPEN)

    @property
    def is_exact(self) -> bool:
        return self.width == 0

    def meets(self, other: "Amount") -> bool:
        """Whether some exact value lies in both, as `Interval.meets` would say, in whole numbers only."""
        below, above = (self, other) if self.fen <= other.fen else (other, self)
        gap, reach = 2 * (above.fen - below.fen), above.width + below.width
        touching = not below._open & _HI_OPEN and not above._open & _LO_OPEN
        return gap < reach or (gap == reach and touching)

    def __add__(self, other: "Amount") -> "Amount":
        if not isinstance(other, Amount):
            return NotImplemented
        return _new(self.fen + other.fen, self.width + other.width, self._open | other._open)

    def __sub__(self, other: "Amount") -> "Amount":
        if not isinstance(other, Amount):
            return NotImplemented
        return _new(self.fen - other.fen, self.width + other.width, self._open | _NEGATED[other._open])

    def __neg__(self) -> "Amount":
        return _new(-self.fen, self.width, _NEGATED[self._open])


def _new(fen: int, width: int, open_ends: int) -> Amount:
    amount = _blank(Amount)
    _set(amount, "fen", fen)
    _set(amount, "width", width)
    _set(amount, "_open", open_ends)
    return amount

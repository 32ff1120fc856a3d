"""Growth (增长), share (占比) and completion (完成率), and whether a printed percentage fits its amounts."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from yiheng.money.amount import Amount
from yiheng.money.errors import MoneyError, ZeroBase
from yiheng.money.interval import Interval
from yiheng.money.printed import Printed
from yiheng.money.rounding import Rounding, exact, round_to

Quantity = int | Amount | Interval | Printed
"""An input of a rate: exact (int), or known within an interval whose middle is the nominal value."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A ratio (1 = 100 %): the value from the nominal amounts, and all values that the exact ones allow."""

    value: Fraction
    interval: Interval

    def percent(self, places: int = 2, mode: Rounding = Rounding.HALF_UP) -> Decimal:
        """The nominal rate in percent, rounded once."""
        return round_to(self.value * 100, places, mode)


class PercentMatch(Enum):
    """How a printed percentage relates to the amounts that it was taken from."""

    EQUAL = "一致"
    """The printed amounts give exactly this percentage."""
    ATTAINABLE = "在尾差范围内"
    """Exact amounts that print like these give it; the printed amounts themselves give a neighbour."""
    TRUNCATED = "仅截断后一致"
    """Only cutting off further decimals gives it."""
    WRONG = "不一致"


def growth(now: Quantity, base: Quantity) -> Rate:
    """(now − base) / |base|. Raises `ZeroBase` when the base is or may be zero."""
    ratio = _ratio(now, base, "增长率")
    one = Interval.point(1)
    if _nominal(base) > 0:
        return Rate(ratio.value - 1, ratio.interval - one)
    return Rate(1 - ratio.value, one - ratio.interval)


def share(part: Quantity, whole: Quantity) -> Rate:
    """part / whole. Raises `ZeroBase` when the whole is or may be zero."""
    return _ratio(part, whole, "占比")


def completion(done: Quantity, budget: Quantity) -> Rate:
    """done / budget (执行率、完成预算的百分比). Raises `ZeroBase` when the budget is or may be zero."""
    return _ratio(done, budget, "完成率")


def match_percent(printed: Printed, rate: Rate, mode: Rounding = Rounding.HALF_UP) -> PercentMatch:
    """Judge a printed percentage at its own number of decimals. Raises `MoneyError` if it is none."""
    attainable = printed.ratio_interval(mode).meets(rate.interval)
    if printed.value == rate.percent(printed.places, mode):
        return PercentMatch.EQUAL
    if attainable:
        return PercentMatch.ATTAINABLE
    if printed.value == rate.percent(printed.places, Rounding.DOWN):
        return PercentMatch.TRUNCATED
    return PercentMatch.WRONG


def rate_agrees(printed_percent: Printed, rate: Rate, mode: Rounding = Rounding.HALF_UP) -> bool:
    """Whether the printed percentage follows from the amounts by the interval rule; truncation does not."""
    return match_percent(printed_percent, rate, mode) in (PercentMatch.EQUAL, PercentMatch.ATTAINABLE)


def _ratio(part: Quantity, base: Quantity, what: str) -> Rate:
    part_interval, base_interval = _interval(part), _interval(base)
    if base_interval.lo <= 0 <= base_interval.hi:
        raise ZeroBase(f"{what}的基数为 0（或在其精度内可能为 0），不能计算{what}。")
    return Rate(_nominal(part) / _nominal(base), part_interval / base_interval)


def _interval(quantity: Quantity) -> Interval:
    match quantity:
        case Interval():
            return quantity
        case Amount():
            return quantity.interval
        case Printed():
            return quantity.interval()
        case _:
            return Interval.point(quantity)


def _nominal(quantity: Quantity) -> Fraction:
    match quantity:
        case Interval():
            return quantity.middle
        case Amount():
            return Fraction(quantity.fen)
        case Printed():
            if quantity.fen is None:
                raise MoneyError(f"{quantity.text!r} 是{quantity.kind.value}，没有数值。")
            return Fraction(quantity.fen)
        case _:
            return exact(quantity, "金额")

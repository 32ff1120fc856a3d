"""How amounts, intervals, dates and states are worded (措辞), the same in every output."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

from yiheng.facts import YUAN_UOM, Fact, Status
from yiheng.money import Amount, Interval, MoneyUnit, Rate, format_amount, format_percent

FEN_PLACES: Final = 2
FEN_PER_YUAN: Final = MoneyUnit.YUAN.fen
RATE_PLACES: Final = 6
"""Enough to tell any two rates of printed amounts apart."""

STATUS_NOTES: Final[Mapping[Status, str]] = {
    Status.VALUE: "由下列来源计算得出。",
    Status.NOTHING: "本年度没有发生，按零处理；不是漏填，也不是未录入。",
    Status.UNAVAILABLE: "计算本格所需的原始数尚未录入，不能当作零。",
    Status.NOT_ATTESTED: "来源文件没有列出本栏，无从得知其数值。",
    Status.WITHHELD: "依照有关规定不予公开，不表示没有发生。",
}
GIVEN_NOTE: Final = "本身就是原始数，直接采用。"
STATUS_MARKS: Final[Mapping[Status, str]] = {
    Status.UNAVAILABLE: "未录入",
    Status.NOT_ATTESTED: "未列明",
    Status.WITHHELD: "不公开",
}
"""Short marks for cells that are empty for a reason."""


def status_text(status: Status, given: bool) -> str:
    """The state with what it means."""
    return f"{status.value}：{GIVEN_NOTE if given else STATUS_NOTES[status]}"


def yuan(fen: int) -> str:
    """Whole fen as yuan with two decimals: 11,939,400.00."""
    whole, rest = divmod(abs(fen), FEN_PER_YUAN)
    return f"{'-' if fen < 0 else ''}{whole:,}.{rest:02d}"


def exact_text(amount: Amount, uom: str) -> str:
    """The computed amount in full: yuan to the fen, or a count with its counting word."""
    return f"{yuan(amount.fen)} 元" if uom == YUAN_UOM else f"{amount.fen:,} {uom}".rstrip()


def bound_text(value: Fraction, uom: str) -> str:
    """An end of an interval, exact (it may fall on half a fen)."""
    if uom != YUAN_UOM:
        return f"{exact_decimal(value):,f} {uom}".rstrip()
    if value.denominator == 1:
        return f"{yuan(value.numerator)} 元"
    return f"{exact_decimal(value / FEN_PER_YUAN):,f} 元"


def exact_decimal(value: Fraction) -> Decimal:
    """A fraction whose denominator has no factors but 2 and 5, as the decimal that it is."""
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    return Decimal(f"{(value * 10**places).numerator}E-{places}")


def amounts_between(interval: Interval, uom: str) -> str:
    """The amounts of an interval in words, with what belongs to it at its ends."""
    return _between(interval, lambda value: bound_text(value, uom))


def rate_text(rate: Rate) -> str:
    """A rate in percent, with more places than any document prints."""
    return format_percent(rate.value, RATE_PLACES, strip=True)


def rates_between(interval: Interval) -> str:
    """The rates of an interval in words."""
    return _between(interval, lambda value: format_percent(value, RATE_PLACES, strip=True))


def _between(interval: Interval, show: Callable[[Fraction], str]) -> str:
    low = f"{show(interval.lo)}（{'含' if interval.lo_closed else '不含'}）"
    high = f"{show(interval.hi)}（{'含' if interval.hi_closed else '不含'}）"
    return f"{low}至 {high}"


def precision_text(fact: Fact) -> str:
    """How exactly a leaf is known; empty for an exact one."""
    if not fact.quantum:
        return ""
    if fact.uom != YUAN_UOM:
        return f"印至 {fact.quantum} {fact.uom}"
    unit = MoneyUnit.WAN if fact.quantum >= FEN_PER_YUAN else MoneyUnit.YUAN
    places = 6 if unit is MoneyUnit.WAN else FEN_PLACES
    return f"按印刷数录入，印至 {format_amount(fact.quantum, unit, places, strip=True)} {unit.label}"


def date_text(day: dt.date | None, precision: str) -> str:
    """A date no finer than it is known."""
    if day is None:
        return ""
    match precision:
        case "year":
            return f"{day.year} 年"
        case "quarter":
            return f"{day.year} 年第 {(day.month + 2) // 3} 季度"
        case "month":
            return f"{day.year} 年 {day.month} 月"
        case _:
            return day.isoformat()

"""Money (金额): whole fen, units, rounding intervals, printed figures, rates and splits. Pure."""

from yiheng.money.amount import Amount
from yiheng.money.errors import MoneyError, ZeroBase
from yiheng.money.format import format_amount, format_percent
from yiheng.money.interval import Interval, agrees, sum_intervals
from yiheng.money.numerals import half_width, is_number
from yiheng.money.printed import Printed, PrintedKind, parse_printed
from yiheng.money.rates import (
    PercentMatch,
    Quantity,
    Rate,
    completion,
    growth,
    match_percent,
    rate_agrees,
    share,
)
from yiheng.money.rounding import Rounding, round_to
from yiheng.money.splits import split
from yiheng.money.units import MoneyUnit, to_fen

__all__ = [
    "Amount",
    "Interval",
    "MoneyError",
    "MoneyUnit",
    "PercentMatch",
    "Printed",
    "PrintedKind",
    "Quantity",
    "Rate",
    "Rounding",
    "ZeroBase",
    "agrees",
    "completion",
    "format_amount",
    "format_percent",
    "growth",
    "half_width",
    "is_number",
    "match_percent",
    "parse_printed",
    "rate_agrees",
    "round_to",
    "share",
    "split",
    "sum_intervals",
    "to_fen",
]

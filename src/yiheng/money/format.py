"""Amounts and percentages as text, rounded once, the way the documents print them."""

from decimal import Decimal
from fractions import Fraction

from yiheng.money.rounding import Exact, Rounding, exact, round_ratio, round_to
from yiheng.money.units import MoneyUnit


def format_amount(
    fen: int,
    unit: MoneyUnit = MoneyUnit.WAN,
    places: int = 2,
    mode: Rounding = Rounding.HALF_UP,
    strip: bool = False,
    grouping: bool = True,
) -> str:
    """`fen` in `unit` without the unit's name: `5,712.00`; with `strip` `5,712`, `19.2`."""
    if fen.__class__ is int and places >= 0:
        # Papers print amounts by the thousand; whole numbers need no fractions on the way.
        return _digits(round_ratio(fen * 10**places, unit.fen, mode), places, strip, grouping)
    return _text(round_to(exact(fen, "金额（分）") / unit.fen, places, mode), strip, grouping)


def format_percent(
    ratio: Exact, places: int = 2, mode: Rounding = Rounding.HALF_UP, strip: bool = False
) -> str:
    """A ratio (1 = 100 %) as `98.89%`; with `strip` `87%` for 87.00."""
    return _text(round_to(exact(ratio, "比率") * Fraction(100), places, mode), strip, grouping=True) + "%"


def _digits(units: int, places: int, strip: bool, grouping: bool) -> str:
    """`units` of the last of `places` decimals."""
    whole, rest = divmod(abs(units), 10**places)
    text = f"{whole:,}" if grouping else f"{whole}"
    if rest or (places and not strip):
        decimals = f"{rest:0{places}d}"
        text += "." + (decimals.rstrip("0") if strip else decimals)
    return f"-{text}" if units < 0 else text


def _text(value: Decimal, strip: bool, grouping: bool) -> str:
    text = f"{value:,f}" if grouping else f"{value:f}"
    return text.rstrip("0").rstrip(".") if strip and "." in text else text

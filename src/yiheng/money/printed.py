"""A figure as a document prints it: its text, unit and precision, before anybody interprets it."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import lru_cache

from yiheng.money.errors import MoneyError, refuse_float
from yiheng.money.interval import Interval
from yiheng.money.numerals import MAX_LENGTH, UNSIGNED, half_width
from yiheng.money.rounding import Rounding
from yiheng.money.units import MoneyUnit

# A minus touches its digits: "— 0.00" and "- 35" in extracted text are a dash cell beside a figure.
_FIGURE = re.compile(
    rf"(?:(?P<sign>[+-]?)(?P<plain>{UNSIGNED})|\(\s*(?P<bracketed>{UNSIGNED})\s*\))"
    r"\s*(?P<mark>元|万元|亿元|万|亿|%)?"
)
_DASH = re.compile(r"[-–—―─]{1,2}")


class PrintedKind(Enum):
    """What a cell or a figure in a sentence shows."""

    NUMBER = "数字"
    BLANK = "空白"
    DASH = "短横"
    PERCENT = "百分比"
    TEXT = "文字"


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed figure. A blank or dash is not zero: it has no value, and each check says what it means."""

    text: str
    """Exactly as found."""
    kind: PrintedKind
    value: Decimal | None = None
    """The number before its unit or percent sign; only for NUMBER and PERCENT."""
    places: int = 0
    """Decimals printed."""
    unit: MoneyUnit | None = None

    @property
    def fen(self) -> int | None:
        """The amount in fen; None for a blank or a dash.

        Raises `MoneyError` for a percentage or text, when no unit is known, and for a part of a fen.
        """
        if self.kind in (PrintedKind.BLANK, PrintedKind.DASH):
            return None
        amount = self._nominal()
        if amount.denominator != 1:
            raise MoneyError(f"{self.text!r} 含有不足一分的零头，不能作为金额。")
        return amount.numerator

    @property
    def quantum(self) -> int | Fraction:
        """The worth in fen of one unit of the last printed place (万元, two decimals: 10,000 fen)."""
        return _whole(Fraction(self._money_unit().fen, 10**self.places))

    def interval(self, mode: Rounding = Rounding.HALF_UP) -> Interval:
        """The exact amounts in fen that this figure stands for, a printed 0 with its true width.

        A figure printed to the fen is exact, since money has no finer part. Raises `MoneyError` where
        there is no number: what a blank means as a total, the check must say.
        """
        return Interval.of_rounded(self._nominal(), self._rounded_by(), mode)

    def part_interval(self, mode: Rounding = Rounding.HALF_UP) -> Interval:
        """What this figure adds to a sum: a printed 0, a dash and a blank add exactly 0."""
        if self.kind in (PrintedKind.BLANK, PrintedKind.DASH):
            return Interval.point(0)
        return Interval.as_part(self._nominal(), self._rounded_by(), mode)

    @property
    def ratio(self) -> Fraction:
        """A printed percentage as a ratio (87 % is 87/100). Raises `MoneyError` for anything else."""
        if self.kind is not PrintedKind.PERCENT or self.value is None:
            raise MoneyError(f"{self.text!r} 不是百分比。")
        return Fraction(self.value) / 100

    def ratio_interval(self, mode: Rounding = Rounding.HALF_UP) -> Interval:
        """The exact ratios that a printed percentage stands for."""
        return Interval.of_rounded(self.ratio, Fraction(1, 100 * 10**self.places), mode)

    def _nominal(self) -> Fraction:
        unit = self._money_unit()
        return Fraction(self.value or 0) * unit.fen

    def _rounded_by(self) -> int | Fraction:
        return self.quantum if self.quantum > 1 else 0

    def _money_unit(self) -> MoneyUnit:
        if self.kind is not PrintedKind.NUMBER:
            raise MoneyError(f"{self.text!r} 是{self.kind.value}，不是金额。")
        if self.unit is None:
            raise MoneyError(f"{self.text!r} 没有写明金额单位（元、万元、亿元），无法换算。")
        return self.unit


def parse_printed(text: str | None, unit: MoneyUnit | None = None) -> Printed:
    """Read one printed figure; `unit` is the unit of its column, a unit in the text wins over it.

    What is not certainly one figure becomes TEXT, never a guess: malformed thousands groups (`1,23`), codes
    with leading zeros, `— 0.00` (two cells run together), a bare whole number in brackets (`（3）` numbers a
    list as often as it means −3), and 万 or 亿 without 元 where no column unit says that it is money.
    """
    if text is not None and not isinstance(text, str):
        raise refuse_float(text, "印刷数字")
    found = text or ""
    # What a cell holds stands in many cells: 0.00, a dash, a blank.
    return _short(found, unit) if len(found) <= MAX_LENGTH else _parsed(found, unit)


@lru_cache(maxsize=8192)
def _short(found: str, unit: MoneyUnit | None) -> Printed:
    return _parsed(found, unit)


def _parsed(found: str, unit: MoneyUnit | None) -> Printed:
    bare = half_width(found)
    if not bare:
        return Printed(found, PrintedKind.BLANK)
    if _DASH.fullmatch(bare):
        return Printed(found, PrintedKind.DASH)
    figure = _FIGURE.fullmatch(bare) if len(bare) <= MAX_LENGTH else None
    if figure is None or _is_ambiguous(figure, unit):
        return Printed(found, PrintedKind.TEXT)
    value, places = _number(figure)
    if figure["mark"] == "%":
        return Printed(found, PrintedKind.PERCENT, value, places)
    printed_unit = MoneyUnit.of(figure["mark"]) if figure["mark"] else unit
    return Printed(found, PrintedKind.NUMBER, value, places, printed_unit)


def _is_ambiguous(figure: re.Match[str], unit: MoneyUnit | None) -> bool:
    bracketed = figure["bracketed"]
    list_number = bracketed is not None and not re.search("[,.]", bracketed)
    count = figure["mark"] in ("万", "亿") and unit is None
    return list_number or count


def _number(figure: re.Match[str]) -> tuple[Decimal, int]:
    digits = (figure["plain"] or figure["bracketed"]).replace(",", "")
    negative = figure["sign"] == "-" or figure["bracketed"] is not None
    value = Decimal(digits)
    places = len(digits.partition(".")[2])
    return (value.copy_negate() if negative and value else value), places


def _whole(value: Fraction) -> int | Fraction:
    return value.numerator if value.denominator == 1 else value

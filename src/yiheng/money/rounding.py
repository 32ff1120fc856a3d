"""Named rounding (修约方式). Integers do the work, so no decimal context can change a result."""

from decimal import Decimal
from enum import Enum
from fractions import Fraction

from yiheng.money.errors import MoneyError, refuse_float
from yiheng.money.numerals import MAX_LENGTH

Exact = int | Decimal | Fraction


class Rounding(Enum):
    """How an exact value becomes a multiple of the last printed place."""

    HALF_UP = "四舍五入"
    """To the nearest; a half goes away from zero. The default of every published figure."""
    HALF_EVEN = "四舍六入五成双"
    """To the nearest; a half goes to the even neighbour."""
    DOWN = "截断"
    """Towards zero: the places beyond are cut off."""
    UP = "进位"
    """Away from zero: any rest counts as a whole place."""

    @property
    def label(self) -> str:
        return self.value


def exact(value: Exact, what: str = "数值") -> Fraction:
    """`value` as a fraction, nothing lost. Raises `MoneyError` for floats, bools, NaN, infinity, 1E+99999."""
    if value.__class__ is Fraction:
        return value
    if isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction):
        raise refuse_float(value, what)
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise MoneyError(f"{what}不是有限的数（收到 {value}）。")
        # 1E+999999999 is a short text and a number that no memory holds.
        if value and abs(value.adjusted()) > MAX_LENGTH:
            raise MoneyError(f"{what}的位数超过 {MAX_LENGTH} 位（收到 {value}），请核对。")
    return Fraction(value)


def round_ratio(numerator: int, denominator: int, mode: Rounding = Rounding.HALF_UP) -> int:
    """The whole number that `numerator` / `denominator` rounds to; `denominator` > 0."""
    whole, rest = divmod(abs(numerator), denominator)
    match mode:
        case Rounding.HALF_UP:
            grows = 2 * rest >= denominator
        case Rounding.HALF_EVEN:
            grows = 2 * rest > denominator or (2 * rest == denominator and whole % 2 == 1)
        case Rounding.DOWN:
            grows = False
        case Rounding.UP:
            grows = rest > 0
    size = whole + grows
    return -size if numerator < 0 else size


def round_to(value: Exact, places: int, mode: Rounding = Rounding.HALF_UP) -> Decimal:
    """`value` rounded once to `places` decimals; negative `places` round to tens, hundreds…

    The result shows exactly `places` decimals (`Decimal("5712.00")`) and is never a negative zero.
    """
    ratio = exact(value)
    if places >= 0:
        units = round_ratio(ratio.numerator * 10**places, ratio.denominator, mode)
        return Decimal(f"{units}E-{places}")
    tens: int = 10**-places
    return Decimal(round_ratio(ratio.numerator, ratio.denominator * tens, mode) * tens)

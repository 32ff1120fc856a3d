"""Named rounding: worked by hand, and against Decimal's own quantize as a second opinion."""

import decimal
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiheng.money import MoneyError, Rounding, round_to

DECIMAL_MODES = {
    Rounding.HALF_UP: decimal.ROUND_HALF_UP,
    Rounding.HALF_EVEN: decimal.ROUND_HALF_EVEN,
    Rounding.DOWN: decimal.ROUND_DOWN,
    Rounding.UP: decimal.ROUND_UP,
}


@pytest.mark.parametrize(
    ("value", "half_up", "half_even", "down", "up"),
    [
        ("0.005", "0.01", "0.00", "0.00", "0.01"),
        ("0.015", "0.02", "0.02", "0.01", "0.02"),
        ("-0.005", "-0.01", "0.00", "0.00", "-0.01"),
        ("-1.234", "-1.23", "-1.23", "-1.23", "-1.24"),
        ("1.2351", "1.24", "1.24", "1.23", "1.24"),
        ("7", "7.00", "7.00", "7.00", "7.00"),
    ],
)
def test_each_mode_as_worked_by_hand(value: str, half_up: str, half_even: str, down: str, up: str) -> None:
    rounded = [str(round_to(Decimal(value), 2, mode)) for mode in Rounding]
    assert rounded == [half_up, half_even, down, up]


@given(
    st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12),
    st.integers(0, 6),
    st.sampled_from(Rounding),
)
def test_agrees_with_decimal_quantize(value: Decimal, places: int, mode: Rounding) -> None:
    with decimal.localcontext() as context:
        context.prec = 60
        expected = value.quantize(Decimal(1).scaleb(-places), DECIMAL_MODES[mode])
    assert round_to(value, places, mode) == expected


def test_a_narrow_decimal_context_changes_nothing() -> None:
    with decimal.localcontext() as context:
        context.prec = 3
        assert str(round_to(Decimal("201109.345"), 2)) == "201109.35"


def test_rounds_once_where_two_steps_would_differ() -> None:
    assert str(round_to(Fraction(449, 1000), 0)) == "0"  # by way of 0.45 and 0.5 it would become 1


def test_a_small_negative_is_not_shown_as_minus_zero() -> None:
    assert str(round_to(Fraction(-1, 1000), 2)) == "0.00"


def test_negative_places_round_to_hundreds() -> None:
    assert str(round_to(12_350, -2)) == "12400"
    assert str(round_to(-12_350, -2, Rounding.DOWN)) == "-12300"


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("-Infinity"), Decimal("1E+999999999")])
def test_no_number_and_a_monstrous_number_are_refused(value: Decimal) -> None:
    with pytest.raises(MoneyError):
        round_to(value, 2)


def test_modes_carry_the_official_chinese_names() -> None:
    assert [mode.label for mode in Rounding] == ["四舍五入", "四舍六入五成双", "截断", "进位"]

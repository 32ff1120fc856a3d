"""Text as the documents print it."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiheng.money import MoneyUnit, Rounding, format_amount, format_percent, round_to


@pytest.mark.parametrize(
    ("fen", "options", "text"),
    [
        (5_712_000_000, {}, "5,712.00"),  # 2020 final accounts, table 05
        (5_712_000_000, {"strip": True}, "5,712"),  # the same in its narrative
        (19_200_000, {"strip": True}, "19.2"),
        (262_506_000_000, {"places": 0}, "262,506"),
        (120_000_000, {"places": 0, "strip": True}, "120"),
        (186_852_000_000, {"unit": MoneyUnit.YUAN, "grouping": False}, "1868520000.00"),
        (25_636_100_000_000, {"unit": MoneyUnit.YI}, "2,563.61"),
        (-1_234_560_000, {}, "-1,234.56"),
        (4_999, {}, "0.00"),
        (-4_999, {}, "0.00"),
        (5_000, {}, "0.01"),
        (9_999, {"mode": Rounding.DOWN}, "0.00"),
        (0, {"strip": True}, "0"),
    ],
)
def test_amounts(fen: int, options: dict[str, object], text: str) -> None:
    assert format_amount(fen, **options) == text  # type: ignore[arg-type]


@given(
    fen=st.integers(-(10**15), 10**15),
    unit=st.sampled_from(MoneyUnit),
    places=st.integers(0, 8),
    mode=st.sampled_from(Rounding),
    strip=st.booleans(),
    grouping=st.booleans(),
)
def test_amounts_are_the_rounded_decimals(
    fen: int, unit: MoneyUnit, places: int, mode: Rounding, strip: bool, grouping: bool
) -> None:
    """By another way: round the exact ratio and let Decimal print itself."""
    shown = f"{round_to(Fraction(fen, unit.fen), places, mode):{',' if grouping else ''}f}"
    if strip and "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    assert format_amount(fen, unit, places, mode, strip, grouping) == shown


def test_percentages() -> None:
    assert format_percent(Fraction(190, 408), 1) == "46.6%"
    assert format_percent(Fraction(190, 408), 1, Rounding.DOWN) == "46.5%"
    assert format_percent(Fraction(104_153, 10_000)) == "1,041.53%"
    assert format_percent(Fraction(87, 100)) == "87.00%"
    assert format_percent(Fraction(87, 100), strip=True) == "87%"
    assert format_percent(Fraction(1), 0, strip=True) == "100%"

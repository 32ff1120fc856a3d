"""Shares that add up to what is shared, fen for fen."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from yiheng.money import MoneyError, split

weights_strategy = st.lists(
    st.one_of(
        st.integers(0, 10**6),
        st.decimals(0, 1000, places=3),
        st.fractions(0, 1000, max_denominator=97),
    ),
    min_size=1,
    max_size=20,
)


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),  # ties go to the earlier
        (-100, [1, 1, 1], [-34, -33, -33]),
        (10, [1, 2, 4], [1, 3, 6]),  # quotas 1.43, 2.86, 5.71: both missing fen to the larger remainders
        (1, [1, 0, 2], [0, 0, 1]),
        (0, [3, 4], [0, 0]),
        (7, [Decimal("0.5"), Fraction(1, 2)], [4, 3]),
        (2, [0, 1, 1, 1], [0, 1, 1, 0]),
    ],
)
def test_as_worked_by_hand(total: int, weights: list[int | Decimal | Fraction], parts: list[int]) -> None:
    assert split(total, weights) == parts


@given(st.integers(-(10**15), 10**15), weights_strategy)
def test_parts_add_up_and_stay_within_one_fen_of_their_quota(
    total: int, weights: list[int | Decimal | Fraction]
) -> None:
    exact = [Fraction(weight) for weight in weights]
    assume(any(exact))
    parts = split(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, exact, strict=True):
        assert abs(part - total * weight / sum(exact)) < 1


@pytest.mark.parametrize(
    ("weights", "reason"), [([], "为空"), ([0, 0], "全为 0"), ([3, -1, -2], r"第 2 个（-1）、第 3 个（-2）")]
)
def test_weights_that_share_nothing_out_are_refused(weights: list[int], reason: str) -> None:
    with pytest.raises(MoneyError, match=reason):
        split(100, weights)

"""Scores as JSON numbers: they print as the decimal that they are."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from yiheng.scoring.plain import json_number

SCORES = st.decimals(0, 10**9, allow_nan=False, allow_infinity=False, places=6)


@given(SCORES)
def test_a_score_prints_as_its_decimal(score: Decimal) -> None:
    text = json.dumps(json_number(score))
    assert Decimal(text) == score
    assert len(text.partition(".")[2].rstrip("0")) <= 6 and "e" not in text.replace("e-", "")


@given(st.lists(st.decimals(0, 100, allow_nan=False, allow_infinity=False, places=2), max_size=60))
def test_a_total_of_decimals_does_not_drift(points: list[Decimal]) -> None:
    assert Decimal(json.dumps(json_number(sum(points, Decimal(0))))) == sum(points)


@given(st.integers(0, 10**9), st.integers(0, 6))
def test_a_weight_prints_as_its_decimal(number: int, places: int) -> None:
    assert Fraction(json.dumps(json_number(Fraction(number, 10**places)))) == Fraction(number, 10**places)


def test_nothing_is_nothing() -> None:
    assert json_number(None) is None
    assert json.dumps(json_number(Decimal("97.92"))) == "97.92"

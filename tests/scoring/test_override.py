"""Overriding a computed actual: reason, difference, units."""

from fractions import Fraction

import pytest

from yiheng.scoring.errors import ScoringError
from yiheng.scoring.lexicon import Lexicon
from yiheng.scoring.override import ActualSource, override


@pytest.mark.parametrize(
    ("original", "entered", "difference"),
    [
        ("89.51%", "90%", Fraction(49, 10000)),
        ("305.63万人", "3056301人", Fraction(1)),
        ("1次/月", "1次/季度", Fraction(-8)),
        ("89.51%", "基本完成", None),
        ("12次", "1次/月", None),
    ],
)
def test_difference(lexicon: Lexicon, original: str, entered: str, difference: Fraction | None) -> None:
    found = override(original, entered, ActualSource.COMPUTED, "台账漏记", lexicon, 2020)
    assert found is not None and found.difference == difference
    assert "由台账计算为" in found.text() and "台账漏记" in found.text()


def test_nothing_overridden(lexicon: Lexicon) -> None:
    assert override("89.51%", " 89.51 %", ActualSource.COMPUTED, "", lexicon, 2020) is None
    assert override("1人", "2人", ActualSource.ENTERED, "", lexicon, 2020) is None


def test_reason_and_units(lexicon: Lexicon) -> None:
    with pytest.raises(ScoringError, match="没有写理由"):
        override("1人", "2人", ActualSource.MEASURED, " ", lexicon, 2020)
    with pytest.raises(ScoringError, match="单位口径不同"):
        override("1人", "2人次", ActualSource.MEASURED, "口径", lexicon, 2020)
    with pytest.raises(ScoringError, match="单位不可比"):
        override("1人", "2宗", ActualSource.MEASURED, "口径", lexicon, 2020)

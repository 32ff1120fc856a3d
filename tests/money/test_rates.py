"""Growth, share and completion: published percentages and what they were taken from."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from yiheng.money import (
    Amount,
    Interval,
    MoneyError,
    MoneyUnit,
    PercentMatch,
    Printed,
    Rate,
    Rounding,
    ZeroBase,
    completion,
    format_percent,
    growth,
    match_percent,
    parse_printed,
    rate_agrees,
    share,
)


def wan(text: str) -> Printed:
    return parse_printed(text, MoneyUnit.WAN)


def percent(text: str) -> Printed:
    return parse_printed(text)


@pytest.mark.parametrize(
    ("rate", "printed", "match"),
    [
        # 2020 final accounts, narrative （一）: income and expenditure against 2019
        (growth(wan("201,787.94"), wan("17,677.03")), "1,041.53 %", PercentMatch.EQUAL),
        (growth(wan("201,787.57"), wan("17,677.03")), "1,041.52 %", PercentMatch.EQUAL),
        # （三）: basic expenditure in total expenditure
        (share(wan("5,712"), wan("201,787.57")), "2.83%", PercentMatch.EQUAL),
        # （五）: completion of the adjusted budget by class
        (completion(wan("13.86"), wan("19.2")), "72.18 %", PercentMatch.ATTAINABLE),
        (completion(wan("608.18"), wan("609")), "99.87 %", PercentMatch.EQUAL),
        (completion(wan("199,996.88"), wan("202,176.83")), "98.92 %", PercentMatch.EQUAL),
        (completion(wan("490.41"), wan("491.02")), "99.87 %", PercentMatch.ATTAINABLE),
        # （十一）: operating cost against 2019; procurement progress of annex 1
        (growth(wan("337.09"), wan("149.77")), "125.08%", PercentMatch.ATTAINABLE),
        (completion(wan("842.29"), wan("1080.86")), "77.93%", PercentMatch.EQUAL),
        # annex 1: 190 of 408 steps saved; counts are exact, so only cutting off gives 46.5
        (share(190, 408), "46.5%", PercentMatch.TRUNCATED),
        # 2021 budget: growth by 50,004 to 262,506
        (growth(wan("262,506"), wan("212,502")), "24%", PercentMatch.EQUAL),
        # 2023 budget: 45 on the rounded base 8 was printed as 563 %; on the printed base 7.68 it is 586 %
        (share(wan("45"), wan("8")), "563 %", PercentMatch.EQUAL),
        (growth(wan("52.68"), wan("7.68")), "563 %", PercentMatch.WRONG),
    ],
)
def test_published_percentages(rate: Rate, printed: str, match: PercentMatch) -> None:
    assert match_percent(percent(printed), rate) is match
    agrees = match in (PercentMatch.EQUAL, PercentMatch.ATTAINABLE)
    assert rate_agrees(percent(printed), rate) is agrees


def test_the_neighbours_of_an_attainable_percentage_are_judged_too() -> None:
    rate = growth(wan("337.09"), wan("149.77"))  # nominally 125.0718 %, at most 125.0793 %
    found = {
        text: match_percent(percent(text), rate) for text in ("125.06%", "125.07%", "125.08%", "125.09%")
    }
    assert found == {
        "125.06%": PercentMatch.ATTAINABLE,
        "125.07%": PercentMatch.EQUAL,
        "125.08%": PercentMatch.ATTAINABLE,
        "125.09%": PercentMatch.WRONG,
    }


def test_a_document_that_cuts_off_is_judged_by_cutting_off() -> None:
    assert match_percent(percent("46.5%"), share(190, 408), Rounding.DOWN) is PercentMatch.EQUAL
    assert match_percent(percent("46.6%"), share(190, 408), Rounding.DOWN) is PercentMatch.WRONG


def test_growth_over_a_deficit_keeps_its_sign() -> None:
    assert growth(-50, -100).value == Fraction(1, 2)
    assert growth(-150, -100).value == Fraction(-1, 2)
    assert growth(100, -100).value == 2
    assert growth(3, 1).value == 2


def test_an_interval_counts_with_its_middle() -> None:
    assert share(Interval.of_rounded(50, 10), Interval.of_rounded(200, 10)).value == Fraction(1, 4)


@pytest.mark.parametrize("value", [share(1, 2), Interval.point(1), wan("1")])
def test_what_is_known_cannot_be_changed(value: object) -> None:
    for name in ("value", "lo", "new"):
        with pytest.raises((AttributeError, TypeError)):
            setattr(value, name, 0)


def test_rate_is_rounded_once_and_in_the_named_mode() -> None:
    rate = completion(wan("490.41"), wan("491.02"))  # 99.87577…
    assert rate.percent(2) == Decimal("99.88")
    assert rate.percent(2, Rounding.DOWN) == Decimal("99.87")
    assert str(rate.percent(0)) == "100"
    assert rate.percent() == Decimal("99.88")


@pytest.mark.parametrize("base", [0, Amount(0), Amount(0, 10_000), wan("0.00"), Interval.point(0)])
@pytest.mark.parametrize("rate", [growth, share, completion])
def test_a_zero_base_is_refused(rate, base) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ZeroBase, match="基数为 0"):
        rate(100, base)


def test_a_base_that_may_be_zero_within_its_precision_is_refused() -> None:
    base = Amount(10_000, 10_000) + Amount(10_000, 10_000) - Amount(10_000, 10_000)
    with pytest.raises(ZeroBase):
        share(100, base)


def test_a_blank_is_no_input_of_a_rate() -> None:
    with pytest.raises(MoneyError):
        share(wan(""), wan("100"))


def test_only_a_percentage_is_judged_as_one() -> None:
    with pytest.raises(MoneyError, match="不是百分比"):
        match_percent(wan("87"), share(87, 100))


whole_fen = st.integers(-(10**9), 10**9)


def as_printed(fen: int, quantum: int) -> Interval:
    """The interval of what a document would print for `fen`."""
    steps = (2 * abs(fen) + quantum) // (2 * quantum)
    return Interval.of_rounded(steps * quantum * (1 if fen >= 0 else -1), quantum)


@given(whole_fen, whole_fen, st.sampled_from([100, 10_000]), st.integers(0, 3))
def test_a_percentage_taken_from_the_exact_amounts_is_never_wrong(
    now: int, base: int, quantum: int, places: int
) -> None:
    now_printed, base_printed = as_printed(now, quantum), as_printed(base, quantum)
    assume(base != 0 and not base_printed.contains(0))
    for rate in (growth, share):
        exact = rate(now, base)
        seen = rate(now_printed, base_printed)
        assert seen.interval.contains(exact.value)
        assert rate_agrees(percent(format_percent(exact.value, places)), seen)


@given(whole_fen, whole_fen)
def test_exact_amounts_give_an_exact_rate(now: int, base: int) -> None:
    assume(base != 0)
    assert growth(now, base).interval == Interval.point(Fraction(now - base, abs(base)))
    assert growth(Amount(now), Amount(base)) == growth(now, base)


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(0, 2), st.integers(1, 50))
def test_a_percentage_off_by_more_than_the_rounding_is_wrong(
    part: int, whole: int, places: int, steps: int
) -> None:
    rate = share(part, whole)
    wrong = format_percent(rate.value + Fraction(steps + 1, 100 * 10**places), places)
    assert match_percent(percent(wrong), rate) is PercentMatch.WRONG

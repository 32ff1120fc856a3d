"""What a rounded figure stands for, and arithmetic on it."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from yiheng.money import Interval, MoneyError, Rounding, agrees, round_to, sum_intervals

HAIR = Fraction(1, 10**6)
quanta = st.sampled_from([1, 3, 10, 100, 10_000, 1_000_000])
exact_values = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=1000)


def rounded(value: Fraction | int, quantum: int, mode: Rounding = Rounding.HALF_UP) -> int:
    """`value` as a multiple of `quantum`, by a way that does not use intervals."""
    return int(round_to(Fraction(value) / quantum, 0, mode)) * quantum


@pytest.mark.parametrize(
    ("at", "mode", "expected"),
    [
        (10, Rounding.HALF_UP, Interval(Fraction(5), Fraction(15), True, False)),
        (-10, Rounding.HALF_UP, Interval(Fraction(-15), Fraction(-5), False, True)),
        (0, Rounding.HALF_UP, Interval(Fraction(-5), Fraction(5), False, False)),
        (10, Rounding.HALF_EVEN, Interval(Fraction(5), Fraction(15), False, False)),
        (-20, Rounding.HALF_EVEN, Interval(Fraction(-25), Fraction(-15), True, True)),
        (0, Rounding.HALF_EVEN, Interval(Fraction(-5), Fraction(5), True, True)),
        (10, Rounding.DOWN, Interval(Fraction(10), Fraction(20), True, False)),
        (-10, Rounding.DOWN, Interval(Fraction(-20), Fraction(-10), False, True)),
        (0, Rounding.DOWN, Interval(Fraction(-10), Fraction(10), False, False)),
        (10, Rounding.UP, Interval(Fraction(0), Fraction(10), False, True)),
        (0, Rounding.UP, Interval.point(0)),
    ],
)
def test_rounded_to_tens_as_worked_by_hand(at: int, mode: Rounding, expected: Interval) -> None:
    assert Interval.of_rounded(at, 10, mode) == expected


@given(exact_values, quanta, st.sampled_from(Rounding))
def test_every_value_lies_in_the_interval_of_what_it_rounds_to(
    value: Fraction, quantum: int, mode: Rounding
) -> None:
    at = rounded(value, quantum, mode)
    assert Interval.of_rounded(at, quantum, mode).contains(value)
    for neighbour in (at - quantum, at + quantum):
        assert not Interval.of_rounded(neighbour, quantum, mode).contains(value)


@given(st.integers(-1000, 1000), quanta, st.sampled_from(Rounding))
def test_the_ends_are_exact(steps: int, quantum: int, mode: Rounding) -> None:
    at = steps * quantum
    interval = Interval.of_rounded(at, quantum, mode)
    for value in (interval.lo, interval.hi, interval.lo - HAIR, interval.hi + HAIR, interval.middle):
        assert interval.contains(value) == (rounded(value, quantum, mode) == at)


def test_no_precision_means_an_exact_value() -> None:
    assert Interval.of_rounded(7, 0) == Interval.point(7)


def test_the_middle_of_what_is_rounded_to_the_nearest_is_the_printed_figure() -> None:
    assert Interval.of_rounded(-30, 10).middle == -30
    assert Interval.of_rounded(30, 10, Rounding.DOWN).middle == 35


def test_a_figure_that_its_precision_cannot_print_is_refused() -> None:
    with pytest.raises(MoneyError, match="整数倍"):
        Interval.of_rounded(15, 10)
    with pytest.raises(MoneyError, match="不能为负"):
        Interval.of_rounded(10, -10)


def test_a_printed_zero_has_width_as_a_total_and_none_as_a_part() -> None:
    assert Interval.of_rounded(0, 10).width == 10
    assert Interval.as_part(0, 10) == Interval.point(0)
    assert Interval.as_part(10, 10) == Interval.of_rounded(10, 10)


@pytest.mark.parametrize(("lo", "hi", "closed"), [(2, 1, True), (1, 1, False)])
def test_an_empty_interval_cannot_be_made(lo: int, hi: int, closed: bool) -> None:
    with pytest.raises(MoneyError, match="区间为空"):
        Interval(Fraction(lo), Fraction(hi), closed, True)


def test_two_that_only_touch_meet_when_both_ends_are_closed() -> None:
    left, right = Interval.of_rounded(10, 10), Interval.of_rounded(20, 10)  # [5, 15) and [15, 25)
    assert not left.meets(right)
    assert not right.meets(left)
    assert Interval.point(15).meets(right)
    assert not Interval.point(15).meets(left)


intervals = st.builds(
    lambda lo, width, lo_closed, hi_closed: (
        Interval(lo, lo + width, lo_closed, hi_closed) if width else Interval.point(lo)
    ),
    st.fractions(-20, 20, max_denominator=4),
    st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(3), Fraction(10)]),
    st.booleans(),
    st.booleans(),
)


@st.composite
def members(draw: st.DrawFn, interval: Interval) -> Fraction:
    """A value in `interval`, its ends included where they belong."""
    ends = [end for end in (interval.lo, interval.hi) if interval.contains(end)]
    inside = interval.lo + interval.width * draw(st.fractions(Fraction(1, 100), Fraction(99, 100)))
    return draw(st.sampled_from([*ends, inside]))


@given(st.data(), intervals, intervals)
def test_arithmetic_keeps_every_value(data: st.DataObject, a: Interval, b: Interval) -> None:
    x, y = data.draw(members(a)), data.draw(members(b))
    assert (a + b).contains(x + y)
    assert (a - b).contains(x - y)
    assert (-a).contains(-x)
    assert (a * b).contains(x * y)
    assert a.scaled(-3).contains(-3 * x)
    assert a.scaled(0) == Interval.point(0)
    if not b.lo <= 0 <= b.hi:
        assert (a / b).contains(x / y)


@given(intervals, intervals)
def test_arithmetic_claims_no_end_that_is_not_reached(a: Interval, b: Interval) -> None:
    """An end is closed exactly when ends that belong to the factors, or a factor of exactly 0, reach it."""
    x_ends = [(x, a.contains(x)) for x in (a.lo, a.hi)]
    y_ends = [(y, b.contains(y)) for y in (b.lo, b.hi)]
    product = a * b
    for end in (product.lo, product.hi):
        reached = any(x * y == end and in_x and in_y for x, in_x in x_ends for y, in_y in y_ends)
        by_zero = end == 0 and (a.contains(0) or b.contains(0))
        assert product.contains(end) == (reached or by_zero)
    total = a + b
    assert total.contains(total.lo) == (a.contains(a.lo) and b.contains(b.lo))
    assert total.contains(total.hi) == (a.contains(a.hi) and b.contains(b.hi))


@pytest.mark.parametrize("lo", [-1, 0])
def test_division_by_what_reaches_zero_is_refused(lo: int) -> None:
    with pytest.raises(MoneyError, match="触及 0"):
        Interval.point(1) / Interval(Fraction(lo), Fraction(1), lo_closed=False)


def test_monthly_price_times_people_has_the_width_of_the_count() -> None:
    # 2021 budget, form 15: 349 元/月; 约 900 人 taken as rounded to hundreds gives 850 to 950 people.
    cost = Interval.point(34_900) * Interval.of_rounded(900, 100)
    assert (cost.lo, cost.hi, cost.lo_closed, cost.hi_closed) == (34_900 * 850, 34_900 * 950, True, False)


@given(st.lists(exact_values, min_size=1, max_size=12), quanta)
def test_rounded_parts_always_agree_with_the_rounded_total(parts: list[Fraction], quantum: int) -> None:
    printed = [rounded(part, quantum) for part in parts]
    total = Interval.of_rounded(rounded(sum(parts), quantum), quantum)
    assert agrees(total, [Interval.of_rounded(part, quantum) for part in printed])
    if 0 not in printed:
        assert agrees(total, [Interval.as_part(part, quantum) for part in printed])


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=12), st.integers(-20, 20), quanta)
def test_a_total_agrees_exactly_within_half_a_unit_for_each_figure(
    steps: list[int], drift: int, quantum: int
) -> None:
    """n positive parts and a total, each up to half a unit off: they meet while 2 × drift < n + 1."""
    total = sum(steps) + drift
    assume(total > 0)
    parts = [Interval.as_part(step * quantum, quantum) for step in steps]
    agreed = agrees(Interval.of_rounded(total * quantum, quantum), parts)
    assert agreed == (2 * abs(drift) < len(steps) + 1)


def test_printed_zeros_do_not_excuse_a_missing_unit() -> None:
    # 2021 budget, table 6: the total 本年收入合计 is printed 0 over 262,506.
    zeros = [Interval.as_part(0, 1_000_000) for _ in range(10)]
    one = Interval.of_rounded(1_000_000, 1_000_000)
    assert not agrees(Interval.of_rounded(3_000_000, 1_000_000), [one, *zeros])
    assert agrees(one, [one, *zeros])


def test_a_sum_of_nothing_is_exactly_zero() -> None:
    assert sum_intervals([]) == Interval.point(0)

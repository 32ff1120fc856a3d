"""Amounts that remember how exactly they are known: the same answers as intervals, in whole numbers."""

import pickle
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiheng.money import Amount, Interval, MoneyError, agrees, sum_intervals

WAN_CENT = 10_000  # 0.01 万元 in fen


def leaf(steps: int, quantum: int) -> Amount:
    return Amount(steps * max(quantum, 1), quantum)


leaves = st.builds(leaf, st.integers(-(10**7), 10**7), st.sampled_from([0, 1, 2, 3, 100, WAN_CENT, 10**6]))


def part_of(amount: Amount) -> Interval:
    """A leaf's interval by the other way: its width is its quantum."""
    return Interval.as_part(amount.fen, amount.width)


@given(st.integers(-100, 100), st.integers(2, 50))
def test_a_leaf_is_the_interval_of_its_printed_figure(steps: int, quantum: int) -> None:
    amount = Amount(steps * quantum, quantum)
    assert amount.interval == Interval.as_part(steps * quantum, quantum)
    assert amount.is_exact == (steps == 0)


@given(st.lists(leaves, max_size=30))
def test_a_sum_is_the_sum_of_the_intervals(parts: list[Amount]) -> None:
    total = Amount.sum(parts)
    assert total.fen == sum(part.fen for part in parts)
    assert total.interval == sum_intervals(part_of(part) for part in parts)


@given(leaves, leaves, leaves)
def test_plus_minus_and_negation_do_as_intervals_do(a: Amount, b: Amount, c: Amount) -> None:
    assert (a + b - c).interval == a.interval + b.interval - c.interval
    assert (-(a - b)).interval == -(a.interval - b.interval)
    assert (a + b - c).fen == a.fen + b.fen - c.fen
    assert Amount.sum([a, b, c]) == a + b + c
    assert a - b == a + -b


@given(st.lists(leaves, max_size=4), st.lists(leaves, max_size=4))
def test_two_meet_when_their_intervals_do(left: list[Amount], right: list[Amount]) -> None:
    a, b = Amount.sum(left), Amount.sum(right)
    assert a.meets(b) == a.interval.meets(b.interval)
    # The far ends are where the two can just touch.
    for end in (2 * a.fen - a.width, 2 * a.fen + a.width):
        shifted = b + Amount((end - b.width) // 2 - b.fen)
        assert a.meets(shifted) == shifted.meets(a) == a.interval.meets(shifted.interval)
        shifted = b + Amount((end + b.width) // 2 - b.fen)
        assert a.meets(shifted) == shifted.meets(a) == a.interval.meets(shifted.interval)


def test_an_amount_printed_to_the_fen_is_exact() -> None:
    assert Amount(186_852_000_000, 1) == Amount(186_852_000_000)


def test_a_printed_zero_adds_no_width() -> None:
    assert Amount(0, WAN_CENT) == Amount(0)


def test_the_ends_of_a_negative_amount_are_mirrored() -> None:
    assert Amount(-WAN_CENT, WAN_CENT).interval == Interval(
        Fraction(-15_000), Fraction(-5_000), lo_closed=False, hi_closed=True
    )


def test_expenditure_of_2020_by_class_adds_up_to_its_total() -> None:
    # 2020 final accounts, table 03 and narrative （五）, 万元: classes 205, 208, 210, 221.
    classes = ["13.86", "608.18", "199996.88", "490.41"]
    parts = [Amount(int(text.replace(".", "")) * WAN_CENT, WAN_CENT) for text in classes]
    total = Amount.sum(parts)
    assert total.fen == 20_110_933 * WAN_CENT  # 0.01 below the printed 201,109.34: a rounding tail
    assert agrees(Interval.of_rounded(20_110_934 * WAN_CENT, WAN_CENT), [total.interval])
    assert not agrees(Interval.of_rounded(20_110_936 * WAN_CENT, WAN_CENT), [total.interval])


def test_an_amount_that_its_precision_cannot_print_is_refused() -> None:
    with pytest.raises(MoneyError, match="整数倍"):
        Amount(15, 10)
    with pytest.raises(MoneyError, match="不能为负"):
        Amount(10, -10)


def test_a_sum_of_nothing_is_exactly_zero() -> None:
    assert Amount.sum([]) == Amount(0)


def test_an_amount_cannot_be_changed_and_survives_pickling() -> None:
    amount = Amount(WAN_CENT, WAN_CENT)
    with pytest.raises(AttributeError):
        amount.fen = 1  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(amount)) == amount


def test_an_amount_and_a_plain_number_are_never_added() -> None:
    with pytest.raises(TypeError):
        Amount(1) + 1  # type: ignore[operator]
    with pytest.raises(TypeError):
        Amount(1) - 1  # type: ignore[operator]

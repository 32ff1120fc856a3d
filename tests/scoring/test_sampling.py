"""Sampling: the draw by a seed, worked out beside it with `sha256sum`, and sample sizes worked by hand."""

import random
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiheng.scoring.errors import ScoringError
from yiheng.scoring.sampling import answers_needed, draw, frame_digest, to_send
from yiheng.scoring.survey import interval

Z = Fraction("1.9599639845400545")
KEYS = [f"A{number:03}" for number in range(1, 7)]


def test_the_draw_is_that_of_sha256sum() -> None:
    # printf '2024-cbr\n%s' A001 | sha256sum, and so on; ordered by the digest.
    assert draw(KEYS, "2024-cbr", 6) == ("A001", "A006", "A005", "A002", "A004", "A003")
    assert (
        frame_digest(["A003", "A001", "A002"])
        == "cee2b1809617e1258a273193867edefd2b81a3f21b7168ec876c2720e9a89e37"
    )


@given(
    st.sets(st.text("ABCDEF0123456789-", min_size=1, max_size=8), min_size=1, max_size=40),
    st.text(min_size=1),
)
def test_the_order_of_the_list_does_not_matter_and_more_hold_fewer(keys: set[str], seed: str) -> None:
    listed = sorted(keys)
    whole = draw(listed, seed, len(listed))
    assert sorted(whole) == listed
    random.Random(1).shuffle(listed)
    for size in range(1, len(listed) + 1):
        assert draw(listed, seed, size) == whole[:size]


def test_every_key_is_drawn_about_as_often_as_any_other() -> None:
    drawn = [key for number in range(3000) for key in draw(KEYS, f"seed {number}", 2)]
    # 1000 expected of each; six standard deviations are 155.
    assert all(abs(drawn.count(key) - 1000) < 155 for key in KEYS)


@pytest.mark.parametrize(
    ("keys", "seed", "size", "words"),
    [
        (KEYS, "", 2, "没有抽样种子"),
        (["A", "A"], "s", 1, "重复"),
        (KEYS, "s", 7, "总数 6"),
        (KEYS, "s", 0, "样本量 0"),
    ],
)
def test_what_cannot_be_drawn(keys: list[str], seed: str, size: int, words: str) -> None:
    with pytest.raises(ScoringError, match=words):
        draw(keys, seed, size)


@pytest.mark.parametrize(
    ("margin", "frame", "needed"),
    [
        ("5/100", None, 385),  # 1.96² × 0.25 ÷ 0.0025 = 384.15
        ("3/100", None, 1068),  # 1067.07
        ("5/100", 2000, 323),  # 384.15 × 2000 ÷ 2383.15 = 322.39
        ("5/100", 12000, 373),  # 372.26
        ("5/100", 1, 1),
        ("5/100", 10, 10),
        ("99/100", None, 1),
    ],
)
def test_sample_sizes_of_the_textbook(margin: str, frame: int | None, needed: int) -> None:
    assert answers_needed(Fraction(margin), Z, frame) == needed


@given(st.integers(1, 30), st.one_of(st.none(), st.integers(1, 10**6)), st.data())
def test_so_many_answers_keep_the_interval_within_the_margin(
    percent: int, frame: int | None, data: st.DataObject
) -> None:
    margin = Fraction(percent, 100)
    size = answers_needed(margin, Z, frame)
    assert frame is None or size <= frame
    rate = Fraction(data.draw(st.integers(0, size)), size)
    low, high = interval(rate, size, Decimal("1.9599639845400545"), frame)
    assert high - low <= 2 * percent * Decimal("0.01") + Decimal("1E-11")


def test_a_margin_is_a_share() -> None:
    for margin in ("0", "1", "-1/2"):
        with pytest.raises(ScoringError, match="允许误差"):
            answers_needed(Fraction(margin), Z)


def test_more_are_sent_than_come_back() -> None:
    assert to_send(373, Fraction(97, 100)) == 385  # 384.54
    assert to_send(373, Fraction(1, 2), 700) == 700
    assert to_send(373, None) == 373

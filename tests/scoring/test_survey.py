"""Composites from counts (表2至表4, 2020): 97.786, 99.180, 99.296; intervals worked out independently."""

import datetime as dt
from decimal import Decimal, getcontext
from fractions import Fraction
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.scoring.examples import PACKAGE, rows

from yiheng.money import round_to
from yiheng.policy import Policy
from yiheng.scoring.errors import ScoringError
from yiheng.scoring.reproduction import Verdict
from yiheng.scoring.survey import (
    Question,
    Scale,
    Survey,
    compare_composite,
    counts_from_percents,
    interval,
    measure,
    uncertain,
)

Z = Decimal("1.9599639845400545")


@pytest.fixture(scope="module")
def scale(policy: Policy) -> Scale:
    return Scale.of(policy, "440300", dt.date(2020, 12, 31))


def surveys() -> dict[str, tuple[Survey, str, list[dict[str, str]]]]:
    answers = rows(PACKAGE, "survey_answers")
    found = {}
    for head in rows(PACKAGE, "surveys"):
        listed = [row for row in answers if row["survey"] == head["key"]]
        questions = tuple(
            Question(text, {row["option"]: int(row["count"]) for row in options})
            for text, options in groupby(listed, key=lambda row: row["question"])
        )
        survey = Survey(head["key"], head["group"], questions, answers=int(head["returned"]))
        found[head["key"].rpartition("-")[2]] = (survey, head["printed_result"], listed)
    return found


@pytest.mark.parametrize(
    ("key", "questions", "composite", "verdict"),
    [
        ("staff", 16, "97.786", Verdict.TRUNCATED),
        ("insured", 6, "99.180", Verdict.EQUAL),
        ("providers", 2, "99.296", Verdict.EQUAL),
    ],
)
def test_composites_of_2020(scale: Scale, key: str, questions: int, composite: str, verdict: Verdict) -> None:
    survey, printed, _ = surveys()[key]
    result = measure(survey, scale)
    assert len(result.rates) == questions
    assert str(round_to(result.composite * 100, 3)) == composite
    assert compare_composite(printed, result.composite) is verdict


def test_single_question_rate_and_printed_option_rates(scale: Scale) -> None:
    survey, _, lines = surveys()["staff"]
    assert measure(survey, scale).rates[-1] == Fraction(92, 96)
    for key in surveys():
        survey, _, lines = surveys()[key]
        for row in lines:
            rate = Fraction(int(row["count"]) * 100, survey.answers or 0)
            assert Decimal(row["printed_share"].removesuffix("%")) == round_to(rate, 2), row


def test_counts_are_the_only_ones_that_print_so() -> None:
    for survey, _, lines in surveys().values():
        for question in survey.questions:
            percents = [
                (row["option"], row["printed_share"]) for row in lines if row["question"] == question.text
            ]
            assert counts_from_percents(percents, survey.answers or 0) == question.counts
    with pytest.raises(ScoringError, match="对应 0 个人数"):
        counts_from_percents([("满意", "50.3%")], 10)
    with pytest.raises(ScoringError, match="合计 5"):
        counts_from_percents([("满意", "50%")], 10)


def test_the_interval_is_wilsons() -> None:
    # 90 of 100 at 95 %: (0.8256, 0.9448), Wilson 1927 as tabulated in textbooks.
    low, high = interval(Fraction(9, 10), 100, Z)
    assert (round_to(low, 4), round_to(high, 4)) == (Decimal("0.8256"), Decimal("0.9448"))


def test_everybody_answered_nothing_is_uncertain() -> None:
    assert interval(Fraction(1, 3), 30, Z, 30) == (round_to(Fraction(1, 3), 12),) * 2
    wide, narrow = interval(Fraction(9, 10), 100, Z), interval(Fraction(9, 10), 100, Z, 150)
    assert wide[0] < narrow[0] < narrow[1] < wide[1]


@given(st.integers(1, 10**6), st.data())
def test_interval_holds_the_rate_and_ignores_the_context(size: int, data: st.DataObject) -> None:
    rate = Fraction(data.draw(st.integers(0, size)), size)
    low, high = interval(rate, size, Z)
    # Both ends are rounded to 12 places, and the rate is not.
    slack = Fraction(1, 10**12)
    assert low >= 0 and high <= 1 and Fraction(low) - slack <= rate <= Fraction(high) + slack
    before = getcontext().prec
    try:
        getcontext().prec = 3
        assert interval(rate, size, Z) == (low, high)
    finally:
        getcontext().prec = before


def test_warning_where_the_target_lies_inside(scale: Scale) -> None:
    survey = Survey("s", "参保人", (Question("服务", {"满意": 92, "不满意": 8}),), answers=100)
    result = measure(survey, scale)
    assert "落在95%置信区间" in uncertain(result, Fraction(9, 10))
    assert uncertain(result, Fraction(1, 2)) == "" and uncertain(result, Fraction(99, 100)) == ""


def test_response_rate_and_level(policy: Policy) -> None:
    survey = Survey("s", "参保人", (Question("服务", {"满意": 5, "比较满意": 5}),), issued=40, answers=10)
    result = measure(survey, Scale.of(policy, "440300", dt.date(2024, 1, 1), "99%"))
    assert (result.response_rate, result.composite, result.confidence) == (
        Fraction(1, 4),
        Fraction(1, 2),
        "99%",
    )
    with pytest.raises(ScoringError, match="可选：90%"):
        Scale.of(policy, "440300", dt.date(2024, 1, 1), "97%")


def test_every_bad_survey_is_named_at_once(scale: Scale) -> None:
    questions = (
        Question("甲", {"还行": 3}),
        Question("乙", {"满意": 0}),
        Question("丙", {"满意": 12}),
        Question("丁", {"满意": -1, "不满意": 2}),
    )
    with pytest.raises(ScoringError) as caught:
        measure(Survey("s", "员工", questions, issued=8, answers=10, frame=9), scale)
    for part in ("还行", "没有有效回答", "回答 12 人", "负数", "多于发放的 8 份", "抽样框 9 人"):
        assert part in str(caught.value)
    with pytest.raises(ScoringError, match="没有题目"):
        measure(Survey("s", "员工", ()), scale)

"""What-if and allocation on the real sheets of 2020, scored by the national rule where grades matter."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from tests.scoring.examples import sheets_2020

from yiheng.policy import Policy
from yiheng.scoring.allocation import propose
from yiheng.scoring.errors import ScoringError
from yiheng.scoring.evaluate import SheetScore, evaluate
from yiheng.scoring.lexicon import Lexicon
from yiheng.scoring.profiles import AllocationProfile
from yiheng.scoring.rules import ScoreRule, load_rule
from yiheng.scoring.whatif import Change, Decides, deciding, distance, suppose

DAY = dt.date(2020, 12, 31)


@pytest.fixture(scope="module")
def national(policy: Policy) -> ScoreRule:
    return load_rule(policy, "440300", DAY)


@pytest.fixture(scope="module")
def score(policy: Policy, lexicon: Lexicon) -> SheetScore:
    rule = load_rule(policy, "440300", DAY, "score.rule.shenzhen-2020")
    return evaluate(sheets_2020()[2], rule, lexicon)


def test_another_actual(score: SheetScore, lexicon: Lexicon) -> None:
    outlook = suppose(score, [Change("szybzx-2020-f2-3-04", actual="60000单")], lexicon)
    assert outlook.difference == Decimal("3.91")
    ((old, new),) = outlook.changed
    assert (str(old.points), str(new.points)) == ("1.09", "5.00")
    assert score.sheet.rows[3].actual == "13091 单"


def test_another_execution_and_weight(score: SheetScore, lexicon: Lexicon) -> None:
    full = score.sheet.funds.budget
    assert suppose(score, [Change("execution", executed=full)], lexicon).difference == Decimal("4.30")
    heavier = suppose(score, [Change("szybzx-2020-f2-3-04", weight=Decimal(10))], lexicon).after
    assert heavier.weights == 105


def test_another_rule(score: SheetScore, lexicon: Lexicon, national: ScoreRule) -> None:
    outlook = suppose(score, [], lexicon, national)
    # Repeated targets and calendar days wait for a person under the national rule.
    assert outlook.difference is None
    assert [row.row.key[-2:] for row in outlook.after.open_rows] == ["05", "08", "10"]


def test_grades_near_and_far(score: SheetScore, national: ScoreRule) -> None:
    found = distance(score, national.grades)
    assert found is not None
    assert (found.grade, found.up, found.next_grade, found.margin) == ("优", None, "", Decimal("0.67"))
    assert distance(score) is None
    held = [row.key for row in deciding(score, national.grades) if row.how is Decides.HOLDS]
    assert (len(held), held[0]) == (16, "execution")


def test_what_would_lift_the_grade(score: SheetScore, lexicon: Lexicon, national: ScoreRule) -> None:
    worse = suppose(score, [Change("szybzx-2020-f2-3-02", actual="3000笔")], lexicon).after
    assert str(worse.total) == "88.17"
    found = distance(worse, national.grades)
    assert found is not None and (found.grade, found.up, found.next_grade) == ("良", Decimal("1.83"), "优")
    lifts = [row.key[-2:] for row in deciding(worse, national.grades) if row.how is Decides.LIFTS]
    assert lifts == ["on", "02", "04"]  # execution lacks 4.30 of 10


def test_unknown_and_double_changes_are_refused(score: SheetScore, lexicon: Lexicon) -> None:
    changes = [Change("nope"), Change("execution"), Change("execution")]
    with pytest.raises(ScoringError, match=r"没有指标 nope；指标 execution 改了两次"):
        suppose(score, changes, lexicon)


@pytest.mark.parametrize(
    ("total", "rate", "share"),
    [
        ("95", "0.95", "1"),
        ("95", "0.5743", "1/2"),
        ("89.99", "1", "19/20"),
        ("59", "1", "0"),
        ("90", "0.9", "1"),
    ],
)
def test_allocation(policy: Policy, total: str, rate: str, share: str) -> None:
    profile = AllocationProfile.of(policy, "440300", DAY)
    found = propose(1_000_001, Decimal(total), Fraction(rate), profile)
    assert found.share == Fraction(share)
    assert found.amount == {"1": 1000001, "1/2": 500001, "19/20": 950001, "0": 0}[share]
    assert "较低的比例" in found.steps[2]
    with pytest.raises(ScoringError, match="负数"):
        propose(-1, Decimal(1), Fraction(1), profile)

"""What would raise a score: worked by hand on 附件2-3 and 附件2-5 of 2020."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from tests.scoring.examples import sheets_2020

from yiheng.policy import Policy
from yiheng.scoring.evaluate import SheetScore, evaluate
from yiheng.scoring.improve import improvements, spread
from yiheng.scoring.lexicon import Lexicon
from yiheng.scoring.rules import ScoreRule, load_rule
from yiheng.scoring.whatif import Change, suppose

DAY = dt.date(2020, 12, 31)


@pytest.fixture(scope="module")
def national(policy: Policy) -> ScoreRule:
    return load_rule(policy, "440300", DAY)


@pytest.fixture(scope="module")
def scores(policy: Policy, lexicon: Lexicon) -> list[SheetScore]:
    rule = load_rule(policy, "440300", DAY, "score.rule.shenzhen-2020")
    return [evaluate(sheet, rule, lexicon) for sheet in sheets_2020()]


def test_the_cheapest_comes_first_and_the_totals_add_up(
    scores: list[SheetScore], national: ScoreRule
) -> None:
    found = improvements(scores[4], national.grades)
    # 1131 of 1200 persons; 513.36 万 over the limit of 432 万; 3882 of 4000: gap ÷ gain .08, .16, .16.
    assert [(f.key[-2:], str(f.gain), f.needed, str(f.total)) for f in found] == [
        ("02", "0.72", "达到 1200人", "98.64"),
        ("06", "1.18", "降到 432万", "99.82"),
        ("01", "0.18", "达到 4000人", "100.00"),
    ]
    assert found[0].gap == Fraction(69, 1200)


def test_execution_counts_and_what_a_person_gives_comes_last(
    scores: list[SheetScore], national: ScoreRule
) -> None:
    found = improvements(scores[2], national.grades)
    assert [f.key[-2:] for f in found] == ["on", "04", "07", "09"]
    assert (found[0].needed, str(found[0].gain)) == ("全年执行数达到 23,023,000.00 元", "4.30")
    assert (found[-1].gap, found[-1].needed) == (None, "由人评到 5 分")
    assert found[-1].total == Decimal(100)


def test_the_next_grade_is_marked(scores: list[SheetScore], national: ScoreRule, lexicon: Lexicon) -> None:
    worse = suppose(scores[2], [Change("szybzx-2020-f2-3-02", actual="3000笔")], lexicon).after
    found = improvements(worse, national.grades)
    assert str(worse.total) == "88.17"
    assert [f.grade for f in found][:1] == ["优"]
    lowest = replace(worse, total=Decimal("50.00"))
    assert [f.grade for f in improvements(lowest, national.grades)][:2] == ["差", "差"]


def test_an_open_sheet_has_a_spread_and_no_table(
    scores: list[SheetScore], national: ScoreRule, lexicon: Lexicon
) -> None:
    waiting = suppose(scores[0], [], lexicon, national).after
    found = spread(waiting)
    # The cost row of 10 points repeats its target: 84.15 without it, 94.15 with all of it.
    assert found is not None
    assert (str(found.low), found.low_grade, str(found.high), found.high_grade) == (
        "84.15",
        "良",
        "94.15",
        "优",
    )
    assert improvements(waiting) == ()
    assert spread(scores[0]) is None


def test_without_execution_the_spread_reaches_over_it(scores: list[SheetScore], lexicon: Lexicon) -> None:
    sheet = replace(scores[4].sheet, funds=replace(scores[4].sheet.funds, executed=None))
    found = spread(evaluate(sheet, scores[4].rule, lexicon))
    assert found is not None and (str(found.low), str(found.high)) == ("87.92", "97.92")

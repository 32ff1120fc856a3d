"""The national rule (财预〔2020〕10号): weights, points, grades, and what it does not let pass. Worked by hand."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from yiheng.policy import Policy, PolicyNotInForce
from yiheng.scoring.errors import ScoringError
from yiheng.scoring.evaluate import SheetScore, evaluate
from yiheng.scoring.lexicon import Lexicon
from yiheng.scoring.rowscore import Method, show
from yiheng.scoring.rules import ScoreRule, load_rule
from yiheng.scoring.sheet import Funds, Judgement, Row, Sheet


@pytest.fixture(scope="module")
def rule(policy: Policy) -> ScoreRule:
    return load_rule(policy, "440300", dt.date(2024, 12, 31))


def row(target: str, actual: str, weight: str = "90", **more: object) -> Row:
    level2 = "成本指标" if more.pop("cost", False) else "数量指标"
    number = more.pop("key", "r1")
    return Row(str(number), "产出指标", level2, "指标", target, actual, Decimal(weight), **more)  # type: ignore[arg-type]


def sheet(*rows: Row, budget: int | None = 10000, executed: int | None = 10000) -> Sheet:
    return Sheet("s", "p", "项目", "u", 2024, Funds(None, budget, executed), rows, Decimal(10))


def judge(rule: ScoreRule, lexicon: Lexicon, *rows: Row, **more: int | None) -> SheetScore:
    return evaluate(sheet(*rows, **more), rule, lexicon)


def test_national_weights_and_grades(rule: ScoreRule) -> None:
    assert rule.execution_weight == 10
    assert dict(rule.level_weights) == {"产出指标": 50, "效益指标": 30, "满意度指标": 10}
    grades = [rule.grade(Decimal(text)) for text in ("100", "90", "89.99", "80", "79.99", "60", "59.99", "0")]
    assert grades == ["优", "优", "良", "良", "中", "中", "差", "差"]
    assert "财预〔2020〕10号" in rule.cite


def test_national_rule_has_a_first_day(policy: Policy) -> None:
    with pytest.raises(PolicyNotInForce, match="2020-02-25"):
        load_rule(policy, "440300", dt.date(2020, 2, 24))


@pytest.mark.parametrize(
    ("target", "actual", "points"),
    [
        ("≥100次", "100次", "90.00"),
        ("≥100次", "250次", "90.00"),
        ("≥100次", "99次", "89.10"),
        ("≥3次", "1次", "30.00"),
        ("≥3次", "0次", "0.00"),
        ("90%≤率≤100%", "45%", "45.00"),
        ("532人（±3%）", "600人", "81.45"),
    ],
)
def test_quantities(rule: ScoreRule, lexicon: Lexicon, target: str, actual: str, points: str) -> None:
    scored = judge(rule, lexicon, row(target, actual))
    assert str(scored.rows[0].points) == points
    assert scored.total == Decimal(points) + 10


@pytest.mark.parametrize(
    ("actual", "points"), [("12万元", "90.00"), ("12.6万元", "85.50"), ("24万元", "0.00"), ("30万元", "0.00")]
)
def test_costs(rule: ScoreRule, lexicon: Lexicon, actual: str, points: str) -> None:
    assert str(judge(rule, lexicon, row("12万元", actual, cost=True)).rows[0].points) == points


@pytest.mark.parametrize(
    ("executed", "points", "part"),
    [
        (10000, "10.00", ""),
        (8674, "8.67", "86.74%"),
        (8675, "8.68", "86.75%"),
        (12000, "10.00", "不加分"),
        (0, "0.00", ""),
    ],
)
def test_execution(rule: ScoreRule, lexicon: Lexicon, executed: int, points: str, part: str) -> None:
    scored = judge(rule, lexicon, row("≥1次", "1次"), executed=executed)
    assert str(scored.execution.points) == points
    assert part in "".join(scored.execution.steps)


@pytest.mark.parametrize(("budget", "executed"), [(0, 0), (None, 5), (5, None)])
def test_no_budget_no_total(
    rule: ScoreRule, lexicon: Lexicon, budget: int | None, executed: int | None
) -> None:
    scored = judge(rule, lexicon, row("≥1次", "1次"), budget=budget, executed=executed)
    assert scored.execution.points is None and scored.total is None and scored.grade == ""
    assert "无法计算" in scored.execution.steps[0]


def test_what_does_not_apply_is_shared_out(rule: ScoreRule, lexicon: Lexicon) -> None:
    rows = (
        row("≥2次", "1次", "30"),
        row("≥1次", "1次", "30", key="r2"),
        row("不适用", "不适用", "30", key="r3"),
    )
    scored = judge(rule, lexicon, *rows)
    assert [item.weight for item in scored.rows] == [45, 45, 0]
    assert [str(item.points) for item in scored.rows] == ["22.50", "45.00", "None"]
    assert (str(scored.total), scored.rows[2].method) == ("77.50", Method.EXCLUDED)


def test_nothing_applies_nothing_is_scored(rule: ScoreRule, lexicon: Lexicon) -> None:
    assert judge(rule, lexicon, row("不适用", "不适用")).total is None


def test_words_need_a_person(rule: ScoreRule, lexicon: Lexicon) -> None:
    open_row = row("规范", "基本规范")
    scored = judge(rule, lexicon, open_row)
    assert (scored.rows[0].method, scored.total) == (Method.OPEN, None)
    assert "72—90 分" in scored.rows[0].steps[-1]
    judged = replace(open_row, judgement=Judgement(Decimal(70), "张三", "抽查发现两笔不规范", "抽查记录"))
    assert judge(rule, lexicon, judged).total == 80


@pytest.mark.parametrize(("target", "actual"), [("≥80个", "≥80个"), ("≤5个工作日", "3天"), ("≥5宗", "5人")])
def test_no_points_without_a_real_actual(rule: ScoreRule, lexicon: Lexicon, target: str, actual: str) -> None:
    assert judge(rule, lexicon, row(target, actual)).rows[0].method is Method.OPEN


def test_zero_targets_do_not_divide(rule: ScoreRule, lexicon: Lexicon) -> None:
    scored = judge(rule, lexicon, row("差错率为0", "1%"))
    assert scored.rows[0].points is None and "上限为零" in "".join(scored.rows[0].steps)
    assert judge(rule, lexicon, row("≥0次", "0次")).total == 100


@pytest.mark.parametrize(
    ("target", "actual", "said"),
    [("≥-3%", "-5%", "目标为负数"), ("≤-5%", "-4%", "上限为负数")],
)
def test_a_missed_target_below_zero_is_scored_by_a_person(
    rule: ScoreRule, lexicon: Lexicon, target: str, actual: str, said: str
) -> None:
    scored = judge(rule, lexicon, row(target, actual))
    assert scored.rows[0].points is None and said in "".join(scored.rows[0].steps)


def test_a_fall_where_a_rise_was_wanted_gives_nothing_and_is_never_negative(
    rule: ScoreRule, lexicon: Lexicon
) -> None:
    scored = judge(rule, lexicon, row("≥5%", "负 5%"))
    assert scored.rows[0].points == 0 and scored.rows[0].method is Method.PROPORTION
    assert judge(rule, lexicon, row("≥-3%", "－2.5%")).total == 100


@pytest.mark.parametrize(("target", "actual"), [(">3次", "3次"), ("<3次", "3次")])
def test_a_limit_that_does_not_count_is_missed_and_not_full(
    rule: ScoreRule, lexicon: Lexicon, target: str, actual: str
) -> None:
    scored = judge(rule, lexicon, row(target, actual))
    assert (scored.rows[0].method, scored.total) == (Method.OPEN, None)
    assert "不含本数" in "".join(scored.rows[0].steps)
    assert judge(rule, lexicon, row(">3次", "2次")).rows[0].points == 60
    assert judge(rule, lexicon, row("<4次", "5次")).rows[0].points == Decimal("67.50")


def test_a_row_without_target_is_refused(rule: ScoreRule, lexicon: Lexicon) -> None:
    with pytest.raises(ScoringError, match="指标值是空的"):
        judge(rule, lexicon, row(" ", "1次"))


def test_exact_values_are_shown_in_full_or_marked() -> None:
    assert [show(Fraction(1, 3)), show(Fraction(1, 8)), show(Fraction(5))] == ["0.3333…", "0.125", "5"]

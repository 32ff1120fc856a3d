"""The six self-evaluation sheets of 2020, row by row (深圳市医疗保险基金管理中心2020年度部门决算，附件2-1至2-6)."""

import datetime as dt
import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from tests.scoring.examples import sheets_2020

from yiheng.policy import Policy, PolicyNotInForce
from yiheng.scoring.evaluate import SheetScore, evaluate
from yiheng.scoring.lexicon import Lexicon
from yiheng.scoring.reproduction import Verdict, reproduce
from yiheng.scoring.rowscore import Method
from yiheng.scoring.rules import load_rule

DAY = dt.date(2020, 12, 31)
RULE_ID = "score.rule.shenzhen-2020"


@pytest.fixture(scope="module")
def scores(policy: Policy, lexicon: Lexicon) -> list[SheetScore]:
    rule = load_rule(policy, "440300", DAY, RULE_ID)
    return [evaluate(sheet, rule, lexicon) for sheet in sheets_2020()]


def test_computed_totals(scores: list[SheetScore]) -> None:
    assert [str(score.total) for score in scores] == ["94.15", "98.70", "90.67", "93.48", "97.92", "99.90"]


def test_execution_points_are_all_as_printed(scores: list[SheetScore]) -> None:
    assert [score.execution.points for score in scores] == [
        Decimal(text) for text in ("10.00", "8.70", "5.70", "9.00", "10.00", "9.90")
    ]
    assert all(reproduce(score).execution.verdict is Verdict.EQUAL for score in scores)


def test_every_printed_score_has_a_verdict(scores: list[SheetScore]) -> None:
    lines = [line for score in scores for line in reproduce(score).all]
    assert len(lines) == 54 + 6 + 6
    odd = {
        (line.key.removeprefix("szybzx-2020-"), line.printed, str(line.computed), line.verdict)
        for line in lines
        if line.verdict is not Verdict.EQUAL
    }
    assert odd == {
        ("f2-1-02", "4.66", "4.67", Verdict.TRUNCATED),
        ("f2-1:total", "94.14", "94.15", Verdict.TRUNCATED),
        ("f2-4:total", "98.48", "93.48", Verdict.WRONG),
        ("f2-5-02", "12.03", "11.78", Verdict.WRONG),
        ("f2-5:total", "98.17", "97.92", Verdict.WRONG),
    }
    assert [line.key for line in lines if line.given] == ["szybzx-2020-f2-3-09"]


def test_why_totals_differ(scores: list[SheetScore]) -> None:
    notes = [reproduce(score).total.note for score in scores]
    assert "截断" in notes[0] and "4.66" in notes[0]
    assert notes[3] == "各行印出得分之和为 93.48，与印出的总分相差 5.00"
    assert "印 12.03，算 11.78" in notes[4]


def test_one_sheet_has_weights_of_only_95(scores: list[SheetScore]) -> None:
    assert [score.weights for score in scores] == [100, 100, 100, 95, 100, 100]


@pytest.mark.parametrize(
    ("key", "method", "exact", "step"),
    [
        ("f2-1-01", Method.PROPORTION, Fraction(305630, 32250), "3056300 ÷ 3225000 = 94.7689…%"),
        ("f2-3-07", Method.PROPORTION, Fraction(39, 8), "97.5% ÷ 100% = 97.5%"),
        ("f2-4-09", Method.RANGE, Fraction("4.4755"), "89.51% ÷ 100% = 89.51%"),
        ("f2-5-06", Method.OVERRUN, Fraction(25, 4) * (1 - Fraction(814, 4320)), "超出上限 18.8425…%"),
        ("f2-3-09", Method.JUDGED, Fraction(4), "暂未"),
        ("f2-6-01", Method.WAIVED, Fraction(25, 2), "满分"),
        ("f2-3-08", Method.FULL, Fraction(5), "口径不同"),
    ],
)
def test_every_point_is_explained(
    scores: list[SheetScore], key: str, method: Method, exact: Fraction, step: str
) -> None:
    row = next(row for score in scores for row in score.rows if row.row.key == f"szybzx-2020-{key}")
    assert (row.method, row.exact) == (method, exact)
    assert any(step in line for line in row.steps), row.steps


def test_rows_are_the_transcribed_ones(shared: Path) -> None:
    gold = json.loads((shared / "gold" / "accounts-2020-szybzx.json").read_text(encoding="utf-8"))["annex2"]
    for sheet, annex in zip(sheets_2020(), gold, strict=True):
        assert sheet.printed_total == annex["总分"]["得分"]
        assert [
            (r.level1, r.level2, r.name, r.target, r.actual, str(r.weight), r.printed_points)
            for r in sheet.rows
        ] == [
            tuple(
                i[k] for k in ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分")
            )
            for i in annex["indicators"]
        ]
        fund = annex["funds"][0]
        amounts = (sheet.funds.initial, sheet.funds.budget, sheet.funds.executed)
        assert amounts == tuple(
            round(Decimal(fund[k]) * 100) for k in ("年初预算数", "全年预算数", "全年执行数")
        )


def test_the_recovered_rule_ends_with_its_year(policy: Policy) -> None:
    with pytest.raises(PolicyNotInForce, match="已经失效"):
        load_rule(policy, "440300", dt.date(2021, 1, 1), RULE_ID)
    assert load_rule(policy, "440300", DAY, RULE_ID).basis == "recovered"

"""Actuals against targets: each kind of target met, missed and nearly, and every reason for not judging."""

import datetime as dt
from fractions import Fraction

import pytest

from yiheng.policy import Policy
from yiheng.scoring.actual import ActualKind, parse_actual
from yiheng.scoring.attainment import Attainment, Status, attain
from yiheng.scoring.grammar import parse
from yiheng.scoring.lexicon import Lexicon, Relation

LEXICON = Lexicon.of(Policy.load(), "440300", dt.date(2020, 12, 31))
MET, MISSED, UNKNOWN = Status.MET, Status.NOT_MET, Status.UNKNOWN


def judge(target: str, actual: str, *, cost: bool = False, near: bool = False) -> Attainment:
    wanted = parse(target, LEXICON, 2020)
    found = parse_actual(actual, LEXICON, 2020, wanted)
    return attain(wanted, found, LEXICON, lower_is_better=cost, near_as_printed=near)


@pytest.mark.parametrize(
    ("target", "actual", "status"),
    [
        ("≥14 万宗", "150110 宗", MET),
        ("≥14 万宗", "139999 宗", MISSED),
        ("≥14 万宗", "14 万宗", MET),
        (">3次", "3次", MISSED),
        (">3次", "4次", MET),
        ("≤51 名", "51 人", MET),
        ("≤51 名", "52 人", MISSED),
        ("<5次", "5次", MISSED),
        ("=9家", "9家", MET),
        ("=9家", "10家", MISSED),
        ("9家", "10家", MET),
        ("约 60000 单", "13091 单", MISSED),
        ("≥-3%", "-5%", MISSED),
        ("≥-3%", "－2.9%", MET),
        ("≥5%", "负5%", MISSED),
        ("≤-5%", "-4%", MISSED),
        ("≤-5%", "-5.1%", MET),
        ("-5%~-3%", "-4%", MET),
        ("-5%~-3%", "-5.01%", MISSED),
        ("提高", "由-3%提升至1%", MET),
        ("≥-3", "-3.2", MISSED),
        ("90%≤预算执行率≤100%", "89.51%", MISSED),
        ("90%≤预算执行率≤100%", "90%", MET),
        ("90%≤预算执行率≤100%", "100.01%", MISSED),
        ("532 人（±3%）", "517人", MET),
        ("532 人（±3%）", "516人", MISSED),
        ("532 人（±3%）", "548人", MISSED),
        ("由5%提升至70%", "71%", MET),
        ("由5%提升至70%", "69.9%", MISSED),
        ("由30%降低至10%", "10%", MET),
        ("由30%降低至10%", "11%", MISSED),
        ("1 次/月", "1 月/次", MET),
        ("1 次/月", "11 次/年", MISSED),
        ("4 次/月", "1次/季度", MISSED),
        ("各1次", "1次", MET),
        ("无资质人员为0", "0人", MET),
        ("无资质人员为0", "1人", MISSED),
        ("2020 年 12 月", "2020 年 12 月", MET),
        ("2020年11月30日前", "2020年12月1日", MISSED),
        ("2020年11月30日前", "2020年11月", MET),
        ("2020年11月15日前", "2020年11月", UNKNOWN),
        ("年底前", "年底前", MET),
        ("及时（2020年12月31日前投入使用）", "及时", MET),
        ("是", "是", MET),
        ("是", "否", MISSED),
        ("提高", "有所提高", MET),
        ("提高", "降低", MISSED),
        ("提高", "由5%提升至7%", MET),
        ("降低", "由5%提升至7%", MISSED),
        ("提高", "合格", UNKNOWN),
        ("及时", "及时", MET),
        ("规范", "不规范", MISSED),
        ("在合同规定期限内完成", "暂未在合同规定期限内完成", MISSED),
        ("法律服务人员均持有法律职业资格证书", "大部分持证", UNKNOWN),
        ("≥80 个", "≥80 个", MET),
        ("≥80 个", "≥79 个", UNKNOWN),
        ("≥80 个", "完成", UNKNOWN),
        ("≥80 个", "不适用", UNKNOWN),
        ("≥80 个", " ", UNKNOWN),
        ("≥80 个", "4次/月", UNKNOWN),
        ("4次/月", "48次", UNKNOWN),
        ("≥80 宗", "80人", UNKNOWN),
        ("≥80%", "80", UNKNOWN),
        ("≥80担", "80担", MET),
        ("≥80担", "80箩", UNKNOWN),
        ("不适用", "不适用", Status.NOT_APPLICABLE),
    ],
)
def test_status(target: str, actual: str, status: Status) -> None:
    assert judge(target, actual).status is status


def test_money_without_its_unit_is_read_as_yuan_and_said() -> None:
    found = judge("12 万", "116460 元", cost=True)
    assert (found.status, found.relation) == (MET, Relation.BARE)
    assert found.actual == 116460 and found.bounds.high == 120000


def test_a_plain_cost_is_an_upper_limit() -> None:
    found = judge("432 万", "513.4 万", cost=True)
    assert found.overrun == Fraction(5134000 - 4320000, 4320000)
    assert found.ratio == 1 - found.overrun
    assert judge("432 万", "513.4 万").status is MET


def test_calendar_days_are_not_working_days_unless_a_rule_says_so() -> None:
    strict = judge("≤5 个工作日", "2.21 天")
    assert (strict.status, strict.relation) == (UNKNOWN, Relation.NEAR)
    assert "口径不同" in strict.reason and "个工作日" in strict.reason
    assert judge("≤5 个工作日", "2.21 天", near=True).status is MET


def test_exact_ratios() -> None:
    assert judge("≥322.5 万人", "305.63 万人").ratio == Fraction(30563, 32250)
    assert judge("≥0次", "0次").ratio is None
    assert judge("无资质人员为0", "1人").overrun is None
    assert judge("及时", "及时").ratio is None


@pytest.mark.parametrize(
    ("text", "target", "kind"),
    [
        ("≥7600 人次", "≥7600 人次", ActualKind.REPEATS),
        ("≥7,600人次", "≥7600 人次", ActualKind.REPEATS),
        ("≥7601人次", "≥7600人次", ActualKind.BOUND),
        ("100%", "100%", ActualKind.QUANTITY),
        ("约500人", "≥500人", ActualKind.QUANTITY),
        ("2020年12月", "2020年12月", ActualKind.DATE),
        ("暂未在合同规定期限内完成", "在合同规定期限内完成", ActualKind.NEGATED),
        ("按要求全部落实", "完成", ActualKind.TEXT),
    ],
)
def test_kinds_of_actuals(text: str, target: str, kind: ActualKind) -> None:
    assert parse_actual(text, LEXICON, 2020, parse(target, LEXICON, 2020)).kind is kind


@pytest.mark.parametrize(
    ("target", "actual", "ratio", "overrun"),
    [
        ("≥5%", "-5%", Fraction(0), None),  # nothing is reached: the rate of completion begins at 0
        ("≥-3%", "-6%", None, None),  # twice as bad is not 200 %
        ("≥-3%", "-1%", None, None),
        ("≤-5%", "-4%", None, None),
        ("≤5%", "-4%", Fraction(1), None),
        ("≤5%", "6%", Fraction(4, 5), Fraction(1, 5)),
    ],
)
def test_nothing_is_a_share_of_a_limit_below_zero(
    target: str, actual: str, ratio: Fraction | None, overrun: Fraction | None
) -> None:
    found = judge(target, actual)
    assert (found.ratio, found.overrun) == (ratio, overrun)

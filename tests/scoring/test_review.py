"""Findings of sheets: what blocks an entry, and what looks too good. Each with a case that passes and a near miss."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from tests.scoring.examples import sheets_2020

from yiheng.facts import Finding, Severity
from yiheng.policy import Policy
from yiheng.scoring.evaluate import SheetScore, evaluate
from yiheng.scoring.honesty import review, two_values
from yiheng.scoring.lexicon import Lexicon
from yiheng.scoring.profiles import HonestyProfile
from yiheng.scoring.rules import ScoreRule, load_rule
from yiheng.scoring.sheet import Funds, Judgement, Row, Sheet

DAY = dt.date(2024, 12, 31)


@pytest.fixture(scope="module")
def rule(policy: Policy) -> ScoreRule:
    return load_rule(policy, "440300", DAY)


@pytest.fixture(scope="module")
def profile(policy: Policy) -> HonestyProfile:
    return HonestyProfile.of(policy, "440300", DAY)


def row(**more: object) -> Row:
    base = Row(
        "r1",
        "产出指标",
        "数量指标",
        "培训人次",
        "≥100人次",
        "99人次",
        Decimal(50),
        reason="少一场",
        evidence="签到表",
    )
    return replace(base, **more)  # type: ignore[arg-type]


OTHER = row(key="r2", name="培训场次", target="≥10次", actual="10次", weight=Decimal(40))


class Review:
    """Scores and reviews sheets of the given rows by the national rule."""

    def __init__(self, rule: ScoreRule, lexicon: Lexicon, profile: HonestyProfile) -> None:
        self.rule, self.lexicon, self.profile = rule, lexicon, profile

    def score(self, *rows: Row, weight: str = "10", name: str = "项目") -> SheetScore:
        sheet = Sheet(name, "p", name, "u", 2024, Funds(None, 100, 100), rows, Decimal(weight))
        return evaluate(sheet, self.rule, self.lexicon)

    def __call__(self, *rows: Row, weight: str = "10") -> dict[str, Finding]:
        found = review(self.score(*rows, weight=weight), self.lexicon, self.profile)
        return {item.rule.removeprefix("score."): item for item in found}


@pytest.fixture
def check(rule: ScoreRule, lexicon: Lexicon, profile: HonestyProfile) -> Review:
    return Review(rule, lexicon, profile)


def test_a_good_sheet_has_no_findings(check: Review) -> None:
    assert check(row(), OTHER) == {}


def test_weights_name_the_levels(check: Review) -> None:
    found = check(row(), OTHER, weight="9.5")["weights"]
    assert found.severity is Severity.ERROR
    assert "99.5" in found.message and "产出指标 90（规则为 50）" in found.message


@pytest.mark.parametrize(
    ("change", "name", "severity"),
    [
        ({"target": "≥100担", "actual": "99担"}, "unit-unknown", Severity.ERROR),
        ({"actual": "99宗"}, "unit", Severity.ERROR),
        ({"actual": "99人"}, "unit", Severity.WARNING),
        ({"actual": "99"}, "unit", Severity.HINT),
        ({"target": "≥1万人次", "actual": "9999人次"}, "unit", Severity.HINT),
        ({"dated": dt.date(2025, 1, 1)}, "late", Severity.ERROR),
        ({"target": "年底前", "actual": "2025年1月"}, "late", Severity.ERROR),
        ({"evidence": ""}, "evidence", Severity.ERROR),
        ({"reason": ""}, "reason", Severity.ERROR),
        ({"target": "规范", "actual": "基本规范"}, "open", Severity.ERROR),
        ({"judgement": Judgement(Decimal(50), "甲", "不错", "文件")}, "override", Severity.ERROR),
        ({"actual": "130人次"}, "far-above", Severity.ERROR),
        ({"actual": "130人次", "explanation": "增加了线上场次"}, "far-above", Severity.HINT),
        ({"previous": "100人次"}, "same-as-last-year", Severity.WARNING),
        ({"actual": "≥100人次"}, "repeats", Severity.WARNING),
        ({"actual": "100人次"}, "all-full", Severity.WARNING),
        ({"level1": "满意度指标", "target": "≥90%", "actual": "89%"}, "sample", Severity.WARNING),
        (
            {"level1": "满意度指标", "target": "≥90%", "actual": "89%", "sample": 29},
            "sample",
            Severity.WARNING,
        ),
        ({"target": "规范", "actual": "规范", "reason": ""}, "qualitative-share", Severity.WARNING),
    ],
)
def test_each_finding(check: Review, change: dict[str, object], name: str, severity: Severity) -> None:
    found = check(row(**change), OTHER)
    assert found[name].severity is severity
    assert found[name].message and found[name].next_step and found[name].title
    assert "项目" in found[name].place


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"actual": "129人次"}, "far-above"),
        ({"previous": "99人次"}, "same-as-last-year"),
        ({"previous": "100次"}, "same-as-last-year"),
        ({"dated": dt.date(2024, 12, 31)}, "late"),
        ({"target": "年底前", "actual": "2024年12月"}, "late"),
        ({"level1": "满意度指标", "target": "≥90%", "actual": "89%", "sample": 30}, "sample"),
        ({"judgement": Judgement(Decimal("49.50"), "甲", "相同", "文件")}, "override"),
        ({"target": "规范", "actual": "规范", "weight": Decimal(40)}, "qualitative-share"),
    ],
)
def test_near_misses(check: Review, change: dict[str, object], name: str) -> None:
    assert name not in check(row(**change), OTHER)


def test_far_under_a_limit_is_far_too(check: Review) -> None:
    assert "far-above" in check(row(target="≤13天", actual="10天"), OTHER)
    assert "far-above" not in check(row(target="≤13天", actual="10.1天"), OTHER)


def test_points_above_the_weight(check: Review) -> None:
    judged = Judgement(Decimal(51), "甲", "很好", "文件")
    assert (
        "超过分值" in check(row(target="规范", actual="很规范", judgement=judged), OTHER)["override"].message
    )


def test_duplicates_and_two_values(check: Review, profile: HonestyProfile) -> None:
    assert check(row(), replace(OTHER, name="培训 人次", target="≥100人次", actual="99人次"))["duplicate"]
    assert (
        "99人次"
        in check(row(), replace(OTHER, name="培训人次", target="≥9人次", actual="10人次"))[
            "two-values"
        ].message
    )
    one = check.score(row(), OTHER, name="甲项目")
    two = check.score(row(actual="98人次"), OTHER, name="乙项目")
    (found,) = two_values([one, two], profile)
    assert "甲项目" in found.message and found.rule == "score.two-values"
    assert two_values([one, check.score(row(), name="丙项目")], profile) == ()


def test_no_budget(rule: ScoreRule, lexicon: Lexicon, profile: HonestyProfile) -> None:
    sheet = Sheet("s", "p", "项目", "u", 2024, Funds(None, 0, 0), (row(), OTHER), Decimal(10))
    found = review(evaluate(sheet, rule, lexicon), lexicon, profile)
    assert [item.rule for item in found] == ["score.execution"]


def test_findings_of_2020(policy: Policy, lexicon: Lexicon, profile: HonestyProfile) -> None:
    historic = load_rule(policy, "440300", dt.date(2020, 12, 31), "score.rule.shenzhen-2020")
    scores = [evaluate(sheet, historic, lexicon) for sheet in sheets_2020()]
    counted: dict[str, int] = {}
    for score in scores:
        for item in review(score, lexicon, profile):
            counted[item.rule.removeprefix("score.")] = counted.get(item.rule.removeprefix("score."), 0) + 1
    assert counted == {
        "weights": 1,
        "unit": 4,
        "repeats": 7,
        "far-above": 2,
        "sample": 5,
        "duplicate": 1,
        "all-full": 2,
        "reason-contradicts": 1,
        "waived": 4,
    }
    (weights,) = [item for item in review(scores[3], lexicon, profile) if item.rule == "score.weights"]
    assert weights.message == "分值合计 95，应为 100：预算执行率 10、产出指标 45（规则为 50）、效益指标 40"

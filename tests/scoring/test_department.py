"""Whole-department evaluation: 90.49 of 2020 criterion by criterion, 48.93 of 50 of Guangzhou 2023, every part's rule.

Sources: 深圳市医疗保险基金管理中心2020年度部门决算，附件1; 2023年度广州市医疗保障局部门整体支出绩效自评报告，表2.
"""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from tests.scoring.examples import (
    GUANGZHOU,
    PACKAGE,
    criterion_inputs,
    inputs_2020,
    printed_scores,
    rows,
)

from yiheng.money import round_to
from yiheng.policy import Policy, PolicyNotInForce, PolicyUnknown
from yiheng.scoring.department import Basis, DepartmentScore, Input, evaluate_department, score_criterion
from yiheng.scoring.errors import ScoringError
from yiheng.scoring.framework import Framework, frameworks_in_force, load_framework
from yiheng.scoring.inputs import input_names, read_inputs
from yiheng.scoring.reproduction import Verdict, compare

SHENZHEN = "framework.department.shenzhen-2020"


@pytest.fixture(scope="module")
def shenzhen(policy: Policy) -> Framework:
    return load_framework(policy, SHENZHEN, "440300", dt.date(2020, 12, 31))


@pytest.fixture(scope="module")
def score(shenzhen: Framework) -> DepartmentScore:
    return evaluate_department(shenzhen, read_inputs(inputs_2020(), shenzhen))


def test_weights_add_up(shenzhen: Framework) -> None:
    assert shenzhen.weight == 100
    for name, weight in shenzhen.groups.items():
        assert sum(c.weight or 0 for c in shenzhen.criteria if c.level1 == name) == weight
    for criterion in shenzhen.criteria:
        assert sum(part.points for part in criterion.parts) == criterion.weight


def test_every_criterion_of_2020_as_printed(score: DepartmentScore) -> None:
    printed = printed_scores(PACKAGE)
    assert len(printed) == 21 and list(printed) == [row.criterion.id for row in score.criteria]
    for row in score.criteria:
        assert compare(printed[row.criterion.id], row.exact, row.points) is Verdict.EQUAL, row.steps


def test_totals_of_2020(score: DepartmentScore) -> None:
    assert [str(score.group(name)) for name in score.framework.groups] == ["18.50", "18.16", "53.83"]
    assert str(score.total) == "90.49"


def test_what_is_only_implied_says_so(score: DepartmentScore) -> None:
    assert {row.criterion.id for row in score.criteria if row.assumed} == {
        "decision.norms",
        "management.procurement",
        "management.compliance",
        "management.disclosure",
        "management.staff",
        "management.outside-staff",
        "performance.running-cost",
        "performance.execution",
        "performance.key-work",
        "performance.punctuality",
        "performance.petitions",
    }
    computed = {row.criterion.id for row in score.criteria if not row.assumed and not row.given}
    assert computed == {"decision.goals", "management.asset-use", "performance.satisfaction"}


def test_exact_points_behind_the_printed_ones(score: DepartmentScore) -> None:
    exact = {row.criterion.id: row.exact for row in score.criteria}
    assert exact["management.procurement"] == Fraction(84229, 108086) + Fraction("0.88")
    assert exact["performance.execution"] == Fraction("5.98395")
    assert exact["performance.punctuality"] == Fraction("5.85")


def given(value: str | bool, basis: Basis = Basis.ENTERED) -> Input:
    return Input(basis, value if isinstance(value, bool) or not value[0].isdigit() else Fraction(value))


@pytest.mark.parametrize(
    ("criterion", "part", "values", "points"),
    [
        ("decision.norms", "violations", {"budget.violations": "2"}, "3"),
        ("decision.norms", "violations", {"budget.violations": "6"}, "0"),
        ("management.procurement", "rate", {"procurement.spent": "50", "procurement.plan": "100"}, "1/2"),
        ("management.compliance", "adjustment", {"budget.adjustment": "100", "budget.total": "1000"}, "1"),
        ("management.compliance", "adjustment", {"budget.adjustment": "115", "budget.total": "1000"}, "0.85"),
        ("management.compliance", "adjustment", {"budget.adjustment": "300", "budget.total": "1000"}, "0"),
        ("management.disclosure", "budget", {"disclosure.budget": "公开有缺陷"}, "1"),
        ("management.disclosure", "accounts", {"disclosure.accounts": "未公开"}, "0"),
        ("management.asset-use", "rate", {"assets.in_use": "90", "assets.total": "100"}, "1"),
        ("management.asset-use", "rate", {"assets.in_use": "8999", "assets.total": "10000"}, "0.7"),
        ("management.asset-use", "rate", {"assets.in_use": "75", "assets.total": "100"}, "0.7"),
        ("management.asset-use", "rate", {"assets.in_use": "60", "assets.total": "100"}, "0.4"),
        ("management.asset-use", "rate", {"assets.in_use": "59", "assets.total": "100"}, "0"),
        ("management.staff", "rate", {"staff.established": "100", "staff.quota": "100"}, "1"),
        ("management.staff", "rate", {"staff.established": "101", "staff.quota": "100"}, "0"),
        ("management.outside-staff", "rate", {"staff.outside": "4", "staff.all": "100"}, "1"),
        ("management.outside-staff", "rate", {"staff.outside": "5", "staff.all": "100"}, "0.5"),
        ("management.outside-staff", "rate", {"staff.outside": "10", "staff.all": "100"}, "0.5"),
        ("management.outside-staff", "rate", {"staff.outside": "11", "staff.all": "100"}, "0"),
        (
            "performance.running-cost",
            "three-public",
            {"three_public.spent": "89", "three_public.budget": "100"},
            "3",
        ),
        (
            "performance.running-cost",
            "three-public",
            {"three_public.spent": "90", "three_public.budget": "100"},
            "2",
        ),
        ("performance.running-cost", "daily", {"daily_cost.spent": "101", "daily_cost.budget": "100"}, "0"),
        ("performance.key-work", "unfinished", {"key_work.unfinished": "1"}, "4"),
        ("performance.key-work", "unfinished", {"key_work.unfinished": "3"}, "0"),
        ("performance.punctuality", "rate", {"projects.done": "38", "projects.planned": "39"}, "76/13"),
        ("performance.satisfaction", "rate", {"satisfaction.rate": "0.95"}, "6"),
        ("performance.satisfaction", "rate", {"satisfaction.rate": "0.9499"}, "4"),
        ("performance.satisfaction", "rate", {"satisfaction.rate": "0.8"}, "2"),
        ("performance.satisfaction", "rate", {"satisfaction.rate": "0.7"}, "1"),
    ],
)
def test_each_rule(
    shenzhen: Framework, criterion: str, part: str, values: dict[str, str], points: str
) -> None:
    inputs = {name: given(value) for name, value in values.items()}
    scored = score_criterion(shenzhen.criterion(criterion), shenzhen, inputs)
    assert next(item.points for item in scored.parts if item.part.id == part) == Fraction(points)


def test_quarters_are_capped_and_averaged(shenzhen: Framework) -> None:
    values = ("0.2", "0.6", "0.75", "0.9")
    inputs = {f"execution.q{n}": given(value) for n, value in enumerate(values, 1)}
    scored = score_criterion(shenzhen.criterion("performance.execution"), shenzhen, inputs)
    # 0.8 + 1 + 1 + 0.9 = 3.7, and 3.7 / 4 × 2 = 1.85
    assert str(scored.points) == "5.55"


def test_more_bought_than_planned_scores_nothing(shenzhen: Framework) -> None:
    inputs = {
        "procurement.spent": given("101"),
        "procurement.plan": given("100"),
        "management.procurement/policy": Input(Basis.ENTERED, points=Fraction(1)),
    }
    scored = score_criterion(shenzhen.criterion("management.procurement"), shenzhen, inputs)
    assert scored.points == 0 and "本项不得分" in "".join(scored.steps)


def test_misuse_takes_everything(shenzhen: Framework) -> None:
    scored = score_criterion(
        shenzhen.criterion("management.compliance"), shenzhen, {"finance.misuse": given(True)}
    )
    assert scored.points == 0 and "挪用" in scored.steps[0]


def test_what_is_missing_is_named_and_nothing_assumed(shenzhen: Framework) -> None:
    scored = evaluate_department(shenzhen, {})
    assert scored.total is None and scored.group("部门决策") is None
    needs = {name for row in scored.criteria for name in row.needs}
    assert {"procurement.spent", "procurement.plan", "performance.effects/effects"} <= needs
    for need in needs:
        called = scored.framework.called(need)
        assert called.endswith(f"（{need}）") and not called.removesuffix(f"（{need}）").isascii()
    assert not any(row.points is not None for row in scored.criteria)


def test_points_never_pass_the_weight(shenzhen: Framework) -> None:
    inputs = {"performance.effects": Input(Basis.ENTERED, points=Fraction(99))}
    assert score_criterion(shenzhen.criterion("performance.effects"), shenzhen, inputs).points == 25


@pytest.mark.parametrize(
    ("criterion", "values", "message"),
    [
        ("management.asset-use", {"assets.in_use": "1", "assets.total": "0"}, "分母 assets.total 为零"),
        ("management.disclosure", {"disclosure.budget": "大概公开"}, "可选：合规公开"),
        ("performance.satisfaction", {"satisfaction.rate": "很高"}, "应是数"),
    ],
)
def test_bad_inputs_are_refused(
    shenzhen: Framework, criterion: str, values: dict[str, str], message: str
) -> None:
    inputs = {name: given(value) for name, value in values.items()}
    with pytest.raises(ScoringError, match=message):
        score_criterion(shenzhen.criterion(criterion), shenzhen, inputs)


def test_every_bad_input_row_is_named_at_once(shenzhen: Framework) -> None:
    bad = [
        {"name": "no.such", "basis": "printed", "value": "1"},
        {"name": "assets.total", "basis": "guessed", "value": "1"},
        {"name": "assets.in_use", "basis": "printed", "value": "1", "points": "1"},
        {"name": "performance.effects", "basis": "entered", "points": "20"},
        {"name": "assets.total", "basis": "printed", "value": "1"},
        {"name": "decision.reasonable", "basis": "printed", "points": "五分"},
    ]
    with pytest.raises(ScoringError) as caught:
        read_inputs(bad, shenzhen)
    text = str(caught.value)
    for part in ("no.such", "guessed", "应填且只填一项", "缺少评分人、理由、佐证", "填了两次", "五分"):
        assert part in text
    assert "performance.execution" not in input_names(shenzhen)


def test_guangzhou_2023_efficiency(policy: Policy) -> None:
    framework = load_framework(policy, "framework.department.guangzhou-2023", "440100", dt.date(2023, 12, 31))
    scored = evaluate_department(framework, read_inputs(criterion_inputs(GUANGZHOU), framework))
    assert (framework.weight, str(scored.group("管理效率")), scored.total) == (100, "48.93", None)
    # 得分率 as 表2 prints it.
    printed = dict.fromkeys(printed_scores(GUANGZHOU), "100.00") | {"efficiency.procurement": "89.30"}
    assert {key: str(round_to(rate * 100, 2)) for key, rate in scored.rates().items()} == printed
    # The rest of the printed total is implied and not reproduced.
    (total,) = rows(GUANGZHOU, "evaluations")
    assert Decimal(total["printed_total"]) - Decimal("48.93") == Decimal("49.99")


def test_frameworks_hold_for_their_years(policy: Policy) -> None:
    with pytest.raises(PolicyNotInForce, match="已经失效"):
        load_framework(policy, SHENZHEN, "440300", dt.date(2021, 1, 1))
    with pytest.raises(PolicyUnknown, match="不适用于"):
        load_framework(policy, SHENZHEN, "440100", dt.date(2020, 12, 31))
    assert [f.id for f in frameworks_in_force(policy, "440300", dt.date(2020, 6, 1))] == [
        SHENZHEN,
        "framework.department.national",
    ]


def test_the_national_framework_needs_weights(policy: Policy) -> None:
    national = load_framework(policy, "framework.department.national", "440300", dt.date(2024, 1, 1))
    assert len(national.criteria) == 28 and national.weight is None
    with pytest.raises(ScoringError, match="分值合计 3，应为 100"):
        national.weighted({criterion.id: Fraction(3, 28) for criterion in national.criteria})
    weighted = national.weighted({criterion.id: Fraction(100, 28) for criterion in national.criteria})
    full = {c.id: Input(Basis.ENTERED, points=c.weight) for c in weighted.criteria}
    assert weighted.weight == 100
    assert evaluate_department(weighted, full).total == Decimal("3.57") * 28
    with pytest.raises(ScoringError, match=r"input\.goals"):
        national.weighted({"no.such": Fraction(100)})

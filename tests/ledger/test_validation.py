"""Judging a content before it is written: each rule with a pass, a failure and a near miss (装载前校验)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.ledger.builders import WAN, Content, base, content, row

from yiheng.facts.sheets import SheetRow
from yiheng.ledger.reads.units import UnitTree
from yiheng.ledger.validation import notices, structural_problems, validate
from yiheng.ledger.validation.notices import weekdays_between
from yiheng.ledger.validation.structure import LONGEST_UNIT_KEY
from yiheng.policy import Policy
from yiheng.reading.problems import Problem

NO_UNITS = UnitTree((), {})


def judged(*rows: SheetRow, kinds: tuple[str, ...] = ("accounts",)) -> list[Problem]:
    return validate(content(*rows, kinds=kinds), Policy.load(), NO_UNITS)


def kinds(problems: list[Problem]) -> list[str]:
    return [problem.kind for problem in problems]


def test_sound_rows_have_no_problems() -> None:
    rows = (
        row("budget_lines", "b1", category="basic", function="2101501", economic="30101", fund="general",
            source="appropriation", program="basic", amount=1),
        row("payments", "z1", category="project", function="2101505", economic="30227", amount=-5,
            date=dt.date(2024, 12, 31)),
        row("contracts", "h1", amount=1, awarded_on=dt.date(2024, 3, 1), signed_on=dt.date(2024, 3, 15)),
    )  # fmt: skip
    assert judged(*rows) == []
    assert notices(content(*rows), Policy.load(), NO_UNITS) == []


def test_a_problem_says_where_what_why_and_what_to_do() -> None:
    (problem,) = judged(row("budget_lines", "b1", amount=-150))
    assert (problem.sheet, problem.row, problem.column, problem.value) == ("支出预算", 2, "金额", "-1.50 元")
    assert "不得为负" in problem.reason and "预算调整" in problem.remedy


def test_a_card_is_judged_by_the_paper_not_by_its_day_of_acquisition() -> None:
    old = {"acquired_on": dt.date(2009, 5, 1), "original_value": 1, "name": "服务器"}
    assert judged(row("assets", "a1", kind="fixed", **old)) == []
    assert kinds(judged(row("assets", "a1", kind="castle", **old))) == ["编码不可用"]


def test_all_problems_come_at_once() -> None:
    problems = judged(
        row("budget_lines", "b1", amount=-1, function="9999999", fund="gold"),
        row("budget_lines", "b1", amount=1),
        row("payments", "z1", amount=None),
    )
    assert sorted(kinds(problems)) == sorted(["金额为负", "键重复", "编码不可用", "编码不可用", "必填栏为空"])


EARLIER, LATER = dt.date(2024, 3, 1), dt.date(2024, 3, 2)
BAD: list[tuple[str, dict[str, Any], str, str]] = [
    ("payments", {"amount": None}, "必填栏为空", "金额"),
    ("payments", {"amount": 2**63}, "金额过大", "金额"),
    ("payments", {"amount": 1, "view": None}, "必填栏为空", "口径"),
    ("payments", {"amount": 1, "date": dt.date(2023, 12, 31)}, "日期不在年度内", "日期"),
    ("payments", {"amount": 1, "date_precision": "day"}, "日期缺失", "日期"),
    ("payments", {"amount": 1, "date": dt.date(2024, 3, 1), "date_precision": "week"}, "取值不在范围内", "日期精度"),
    ("revenues", {"amount": -1, "stage": "budget"}, "金额为负", "金额"),
    ("revenues", {"amount": 1, "stage": "approved"}, "取值不在范围内", "阶段"),
    ("balances", {"amount": 1, "kind": "rest"}, "取值不在范围内", "类别"),
    ("procurements", {"amount": 5, "sme_amount": 6}, "部分大于总数", "面向中小企业金额"),
    ("procurements", {"amount": 5, "micro_amount": 6}, "部分大于总数", "面向小微企业金额"),
    ("contracts", {"amount": 1, "awarded_on": LATER, "signed_on": EARLIER}, "日期先后颠倒", "签订日期"),
    ("vehicles", {"kind": "其他用车", "acquired_on": LATER, "disposed_on": EARLIER}, "日期先后颠倒", "处置日期"),
    ("eliminations", {"amount": 1, "from_unit": "main", "to_unit": "main"}, "抵销单位有误", "收到单位"),
    ("headcounts", {"kind": "事业"}, "必填栏为空", "实有人数"),
    ("assets", {"kind": "fixed", "name": "桌", "original_value": -1}, "金额为负", "原值"),
    ("units", {"name": "圈", "kind": "unit", "parent": "x", "jurisdiction": "440300"}, "上级单位有误", "上级单位"),
    ("units", {"name": "无", "kind": "unit"}, "地区未填", "地区"),
    ("units", {"name": "外", "kind": "unit", "jurisdiction": "999999"}, "地区无法识别", "地区"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("sheet", "values", "kind", "column"), BAD, ids=lambda value: value if isinstance(value, str) else ""
)
def test_what_no_row_may_be(sheet: str, values: dict[str, Any], kind: str, column: str) -> None:
    problems = judged(row(sheet, "x", **values))
    assert [(problem.kind, problem.column) for problem in problems] == [(kind, column)]
    assert problems[0].reason and problems[0].remedy


def test_near_misses_of_the_same_rules() -> None:
    assert judged(
        row("payments", "z1", amount=0, date=dt.date(2024, 1, 1)),
        row("payments", "z2", amount=1, date_precision="year"),
        row("revenues", "r1", amount=-1),
        row("procurements", "c1", amount=5, sme_amount=5, micro_amount=0),
        row("contracts", "h1", amount=0, awarded_on=dt.date(2024, 3, 1), signed_on=dt.date(2024, 3, 1)),
        row("vehicles", "v1", kind="其他用车", acquired_on=dt.date(2024, 3, 1), disposed_on=dt.date(2024, 3, 1)),
        row("headcounts", "p1", kind="事业", establishment=0),
        row("units", "x", name="下级", kind="unit", parent="centre"),
    ) == []  # fmt: skip


@pytest.mark.parametrize(
    ("fen", "quantum", "good"),
    [(2 * WAN, WAN, True), (2 * WAN + 1, WAN, False), (7, 0, True), (0, WAN, True)],
)
def test_an_amount_is_a_multiple_of_the_step_to_which_it_is_known(fen: int, quantum: int, good: bool) -> None:
    problems = judged(row("payments", "z1", amount=fen, quantum=quantum))
    assert kinds(problems) == ([] if good else ["金额与小数位不符"])


@pytest.mark.parametrize(
    ("quantity", "price", "periods", "amount", "quantum", "good"),
    [
        (Decimal("2"), 34_900, Decimal("12"), 837_600, 0, True),  # 349 元/月 × 2 人 × 12 月 = 8,376 元
        (Decimal("2"), 34_900, Decimal("12"), 837_601, 0, False),
        (Decimal("2"), 34_900, Decimal("12"), WAN, WAN, True),  # 0.8376 万元 is printed as 1 万元
        (Decimal("2"), 34_900, Decimal("12"), 2 * WAN, WAN, False),
        (Decimal("0.3333"), 100, Decimal("1"), 33, 0, True),  # 33.33 fen
        (Decimal("0.3333"), 100, Decimal("1"), 34, 0, False),
        (None, 100, Decimal("1"), 34, 0, True),  # not all three given
    ],
)
def test_costing_closes(
    quantity: Decimal | None, price: int, periods: Decimal, amount: int, quantum: int, good: bool
) -> None:
    problems = judged(
        row("costing", "m1", project="p1", item="项", quantity=quantity, price=price, periods=periods, amount=amount,
            quantum=quantum)
    )  # fmt: skip
    assert kinds(problems) == ([] if good else ["测算不闭合"])


def test_an_unknown_code_names_what_is_known() -> None:
    (problem,) = judged(row("payments", "z1", amount=1, function="2101577"))
    assert (problem.kind, problem.column, problem.value) == ("编码不可用", "功能分类科目", "2101577")
    assert "21015" in problem.reason


def test_a_code_of_another_year_says_when_it_holds() -> None:
    """The centre's pensions stood under 2080502 in its budget of 2021 and under 2080501 in that of 2023."""
    rows = base("budget")
    rows["units"][2] = row("units", "centre", name="深圳市医疗保险基金管理中心", parent="bureau", kind="unit")

    def at(year: int, code: str) -> list[Problem]:
        line = row("budget_lines", "b1", year=year, function=code, amount=1)
        return validate({**rows, "budget_lines": [line]}, Policy.load(), NO_UNITS)

    assert at(2021, "2080502") == []
    (problem,) = at(2023, "2080502")
    assert "2080501" in problem.reason


def test_a_comparative_is_judged_by_the_year_of_the_paper_that_prints_it() -> None:
    rows = content(
        row("statistics", "t1", year=2019, measure="spending", category="basic", value=1, document="paper")
    )
    policy = Policy.load()
    assert kinds(validate(rows, policy, NO_UNITS)) == ["编码不可用"]
    rows["department_years"] = [
        row("department_years", "", unit="bureau", year=2020, kind="accounts", document="paper")
    ]
    assert validate(rows, policy, NO_UNITS) == []


def lines(*rows: tuple[str, int], view: str = "function", **values: Any) -> list[SheetRow]:
    return [
        row("budget_lines", f"b{i}", view=view, function=code, amount=fen, **values)
        for i, (code, fen) in enumerate(rows)
    ]


def test_a_coarse_leaf_is_accepted_where_nothing_finer_lies_below() -> None:
    """As 21011 in the 2020 accounts of 深圳市医疗保险基金管理中心, whose 项 are withheld."""
    assert judged(*lines(("21011", 10), ("2101501", 20), ("208", 30))) == []


@pytest.mark.parametrize("coarse", ["210", "21015"])
def test_a_total_above_its_own_leaves_is_no_leaf(coarse: str) -> None:
    (problem,) = judged(*lines((coarse, 999), ("2101501", 20), ("2101505", 30)))
    assert (problem.kind, problem.row, problem.value) == ("合计混入明细", 2, coarse)


def test_a_coarse_code_beside_finer_ones_of_another_kind_is_a_leaf() -> None:
    basic, project = (
        lines(("210", 10), category="basic"),
        lines(("2101505", 30), ("2101501", 7), category="project"),
    )
    assert (
        judged(basic[0], *(SheetRow(p.sheet, 9, {**p.values, "key": f"p{i}"}) for i, p in enumerate(project)))
        == []
    )


def test_views_are_margins_and_not_totals_of_each_other() -> None:
    rows = [*lines(("210", 50), view="class"), *lines(("2101501", 20), ("2101505", 30))]
    assert judged(*(SheetRow(r.sheet, 2, {**r.values, "key": f"k{i}"}) for i, r in enumerate(rows))) == []


def test_a_row_that_says_less_and_equals_the_sum_of_others_is_a_total() -> None:
    rows = [
        row("payments", "z1", function="2101501", category="basic", amount=20),
        row("payments", "z2", function="2101501", category="project", amount=30),
        row("payments", "sum", function="2101501", amount=50),
        row("payments", "rest", function="2101505", amount=50),
    ]
    (problem,) = judged(*rows)
    assert (problem.kind, problem.row, problem.column) == ("合计混入明细", 4, "金额")


def test_a_row_without_any_code_that_equals_all_others_is_a_total() -> None:
    rows = [
        row("payments", "z1", function="2101501", amount=20),
        row("payments", "z2", function="2101505", amount=30),
    ]
    total = row("payments", "sum", amount=50)
    assert kinds(judged(*rows, total)) == ["合计混入明细"]
    assert judged(*rows, SheetRow("payments", 9, {**total.values, "amount": 51})) == []


def test_rounded_parts_make_a_rounded_total() -> None:
    """1.4 + 1.4 prints as 1 + 1, and their total of 2.8 as 3."""
    rows = [
        row("payments", f"z{i}", function="2101501", category=c, amount=WAN, quantum=WAN)
        for i, c in enumerate(("basic", "project"))
    ]
    assert kinds(judged(*rows, row("payments", "sum", function="2101501", amount=3 * WAN, quantum=WAN))) == [
        "合计混入明细"
    ]
    assert judged(*rows, row("payments", "sum", function="2101501", amount=4 * WAN, quantum=WAN)) == []


def test_a_department_row_that_adds_up_its_units_is_a_total() -> None:
    rows = [
        row("budget_lines", unit, unit=unit, function="2101501", amount=fen)
        for unit, fen in (("main", 20), ("centre", 30))
    ]
    total = row("budget_lines", "sum", unit="bureau", function="2101501", amount=50)
    assert kinds(judged(*rows, total, kinds=("budget",))) == ["合计混入明细"]
    own = row("budget_lines", "own", unit="bureau", function="2101501", amount=49)
    assert judged(*rows, own, kinds=("budget",)) == []


def test_equal_payments_are_not_totals_of_each_other() -> None:
    rows = [
        row("payments", f"z{i}", function="2101501", amount=fen, payee=f"公司{i}")
        for i, fen in enumerate((10, 20, 30))
    ]
    assert judged(*rows) == []


def test_joint_and_single_views_are_not_mixed() -> None:
    joint = row("payments", "z1", function="2101501", amount=1)
    single = row("payments", "z2", view="function", function="2101501", amount=1)
    (problem,) = judged(joint, single)
    assert (problem.kind, problem.row, problem.column) == ("口径混用", 3, "口径")
    other_unit = SheetRow("payments", 3, {**single.values, "unit": "main"})
    assert judged(joint, other_unit) == []


def test_three_public_is_refused_where_it_follows_from_joint_rows() -> None:
    printed = row("three_public", "s1", stage="accounts", amount=1)
    assert kinds(judged(row("payments", "z1", amount=1), printed)) == ["三公经费重复"]
    assert judged(row("payments", "z1", view="economic", economic="30217", amount=1), printed) == []
    assert judged(row("budget_lines", "b1", amount=1), printed) == []


def test_a_late_contract_is_a_notice_and_no_error() -> None:
    """Ten working days after Friday 2024-03-01 end on Friday 2024-03-15."""
    late = row("contracts", "h1", amount=1, awarded_on=dt.date(2024, 3, 1), signed_on=dt.date(2024, 3, 18))
    assert judged(late) == []
    (notice,) = notices(content(late), Policy.load(), NO_UNITS)
    assert "第 11 个工作日" in notice.reason and "未扣除法定节假日" in notice.reason


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2024-03-01", "2024-03-01", 0),
        ("2024-03-01", "2024-03-04", 1),
        ("2024-03-01", "2024-03-15", 10),
        ("2024-03-02", "2024-03-03", 0),
    ],
)
def test_weekdays(first: str, last: str, days: int) -> None:
    assert weekdays_between(dt.date.fromisoformat(first), dt.date.fromisoformat(last)) == days


def test_ten_thousand_problems_are_all_reported() -> None:
    rows: Content = {"payments": [row("payments", f"z{i}", i, amount=None) for i in range(10_000)]}
    assert len(structural_problems(rows)) == 10_000


PLAIN = st.text(st.sampled_from("abcXYZ0189_-市县乡镇医保局𠮷㐂"), min_size=1, max_size=LONGEST_UNIT_KEY)


def of_key(key: str) -> list[Problem]:
    return structural_problems({"units": [row("units", key, 7, name="市局", kind="department")]})


@given(PLAIN)
def test_a_plain_key_names_a_unit(key: str) -> None:
    assert bool(of_key(key)) == key.startswith("-")


@given(st.text(st.one_of(st.characters(), st.sampled_from("aZ09_-局𠮷./\\ ")), min_size=1, max_size=60))
@example("𠮷" * LONGEST_UNIT_KEY)
def test_a_key_that_is_taken_is_one_part_of_an_address_and_of_a_path(key: str) -> None:
    found = of_key(key)
    if found:
        (problem,) = found
        assert (problem.kind, problem.sheet, problem.row) == ("单位键不可用", "单位", 7)
        return
    assert quote(key, safe="") == quote(key), "no part of an address begins or ends in it"
    assert Path("/a", key).resolve().parent == Path("/a") and Path(key).name == key
    assert len(f".{key}-2024-performance-internal.draft-4194304".encode()) <= 255
    assert key.isprintable() and not key.startswith("-")


@pytest.mark.parametrize(
    "key",
    [
        "..",
        ".",
        "a/b",
        "a\\b",
        "a b",
        "a.b",
        "-rf",
        "局\u200b",
        "Ａ局",
        "局\n",
        "a?b",
        "a#b",
        "a%2Fb",
        "<b>",
        "局" * 51,
        "=1+1",
    ],
)
def test_a_key_that_would_act_on_a_path_or_an_address_is_refused_with_its_row(key: str) -> None:
    (problem,) = of_key(key)
    assert problem.row == 7 and "汉字、英文字母、数字" in problem.reason and "szyb-main" in problem.remedy


def test_the_keys_that_are_in_use_are_plain(repository: Path) -> None:
    keys = [
        line.partition(",")[0]
        for path in (repository / "examples").glob("*/units.csv")
        for line in path.read_text(encoding="utf-8").splitlines()[1:]
    ]
    assert len(keys) > 8 and [key for key in keys if of_key(key)] == []

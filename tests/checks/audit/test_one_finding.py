"""One wrong figure is one finding, which names it alone where what the document prints tells it from the others."""

from __future__ import annotations

import pytest
from tests.checks.audit.papers import block, document, failed, table
from tests.checks.audit.sentences import findings

UNITS = [  # by hand: 2,500 + 635,000 + 30,500 = 668,000; shares 0.37 %, 95.06 %, 4.57 %
    ("", "合计", ["668,000.00", "100%"]),
    ("", "局机关（本级）", ["2,500.00", "0.37%"]),
    ("", "医疗保险中心", ["635,000.00", "95.06%"]),
    ("", "医疗救助中心", ["30,500.00", "4.57%"]),
]


def by_units(row: int, column: int, text: str) -> list[tuple[str, str, str]]:
    rows = [(code, label, list(cells)) for code, label, cells in UNITS]
    rows[row][2][column] = text
    return failed(document(table("收支分布情况表", block(["决算收支数", "占比"], rows))), "self_evaluation")


def test_shares_that_agree_are_silent() -> None:
    assert by_units(0, 1, "100%") == []


@pytest.mark.parametrize(
    ("row", "wrong", "right"),
    [
        (0, "688,000.00", "668,000.00"),
        (1, "3,500.00", "2,500.00"),
        (2, "655,000.00", "635,000.00"),
        (3, "35,500.00", "30,500.00"),
        (2, "653,000.00", "635,000.00"),  # two digits exchanged
    ],
)
def test_shares_tell_which_figure_of_a_sum_is_wrong(row: int, wrong: str, right: str) -> None:
    assert [found[1:] for found in by_units(row, 0, wrong)] == [(wrong, right)]


def test_a_wrong_share_is_told_by_itself() -> None:
    assert by_units(2, 1, "95.60%") == [("audit.table.share", "95.60%", "95.06%")]


def test_alternatives_of_a_rule_make_one_finding_of_one_figure() -> None:
    """一般公共预算 alone or with 政府性基金 is the 财政拨款: a wrong figure breaks both wordings, and its own sum."""
    income = [
        ("", "一、一般公共预算财政拨款收入", ["8,500.00"]),
        ("", "二、政府性基金预算财政拨款收入", ["650.00"]),
        ("", "八、其他收入", ["10.00"]),
        ("", "本年收入合计", ["5,160.00"]),
    ]
    fiscal = [
        ("", "一、一般公共预算财政拨款", ["4,500.00", "4,500.00", ""]),
        ("", "二、政府性基金预算财政拨款", ["650.00", "", "650.00"]),
        ("", "本年收入合计", ["5,150.00", "4,500.00", "650.00"]),
    ]
    columns = ["合计", "一般公共预算财政拨款", "政府性基金预算财政拨款"]
    found = failed(
        document(
            table("收入支出决算总表", block(["金额"], income, "收入"), label="公开01表"),
            table("财政拨款收入支出决算总表", block(columns, fiscal, "收入"), label="公开04表"),
        )
    )
    assert [figures for _, *figures in found] == [["8,500.00", "4,500.00"]]


@pytest.mark.parametrize("wrong", ["7,843.10", "7,384.10"])
def test_exchanged_digits_are_named_and_no_neighbour(wrong: str) -> None:
    """By hand: 7,834.10 = 5,712.00 + 2,122.10."""
    sentence = "2023年支出合计{}万元，其中：基本支出5,712.00万元，占72.91%；项目支出2,122.10万元，占27.09%。"
    assert findings(sentence.format("7,834.10")) == []
    assert [found.printed for found in findings(sentence.format(wrong))] == [f"{wrong}万元"]


def test_the_part_whose_right_figure_is_printed_elsewhere_is_named() -> None:
    """By hand: 13,948 + 1,889 + 409 + 246,260 = 262,506."""
    said = (
        "2021年部门预算支出262,506万元，包括人员支出13,948万元、公用支出{}万元、"
        "对个人和家庭的补助支出409万元、项目支出246,260万元。"
    )
    again = "机关运行经费财政拨款预算1,889万元。"
    assert findings(said.format("1,889"), again, year=2021) == []
    assert [f.printed for f in findings(said.format("1,389"), again, year=2021)] == ["1,389万元"]


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        (("262,506", "261,813", "693", "262,506", "262,506"), []),
        # The total prints 0 over a figure of six digits: it is the wrong one, whatever else is wrong beside it.
        (("262,506", "261,813", "693", "0", "262,506"), [("0", "262,506")]),
        (
            ("282,506", "261,813", "693", "0", "262,506"),
            [("0", "282,506"), ("282,506；261,813、693", "262,506")],
        ),
        # All else says 0: then the long figure is the wrong one.
        (("282,506", "0", "0", "0", "0"), [("282,506", "0")]),
    ],
)
def test_a_total_of_nothing_is_wrong_and_not_the_long_figure_below_it(
    figures: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    allotted, general, fund, total, whole = figures
    income = [
        ("", "政府预算拨款", [allotted]),
        ("", "一般公共预算拨款", [general]),
        ("", "政府性基金预算拨款", [fund]),
        ("", "国有资本经营预算拨款", ["0"]),
        ("", "本年收入合计", [total]),
        ("", "上年结余、结转", ["0"]),
        ("", "收入总计", [whole]),
    ]
    sides = (
        block(["2020年预算数"], income, "收入"),
        block(["2020年预算数"], [("", "支出总计", [whole])], "支出"),
    )
    found = failed(document(table("政府预算拨款收支总表", *sides, label="表6")), "budget")
    assert sorted(made[1:] for made in found) == expected

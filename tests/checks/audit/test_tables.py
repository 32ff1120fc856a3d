"""Sums inside tables and identities between them: what holds is silent, one wrong figure is one finding."""

from __future__ import annotations

import pytest
from tests.checks.audit.papers import TAILS, block, document, failed, findings, table

from yiheng.facts import Outcome, Severity
from yiheng.facts.document import ReadTable

SPENDING = ["本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"]
# Figures of 公开03表 of 2020 (深圳市医疗保险基金管理中心), as published.
ROWS = [
    ("", "合计", ["201,787.57", "5,712.00", "196,075.56", "", "", ""]),
    ("205", "教育支出", ["13.86", "", "13.86", "", "", ""]),
    ("20508", "进修及培训", ["13.86", "", "13.86", "", "", ""]),
    ("2050803", "培训支出", ["13.86", "", "13.86", "", "", ""]),
    ("208", "社会保障和就业支出", ["608.18", "608.18", "", "", "", ""]),
    ("20805", "行政事业单位离退休", ["608.18", "608.18", "", "", "", ""]),
    ("2080505", "机关事业单位基本养老保险缴费支出", ["413.04", "413.04", "", "", "", ""]),
    ("2080506", "机关事业单位职业年金缴费支出", ["195.15", "195.15", "", "", "", ""]),
    ("210", "医疗卫生与计划生育支出", ["199,996.88", "4,613.41", "195,383.48", "", "", ""]),
    ("21011", "行政事业单位医疗", ["9,932.00", "", "9,932.00", "", "", ""]),
    ("21012", "财政对基本医疗保险基金的补助", ["180,646.00", "", "180,646.00", "", "", ""]),
    ("2101202", "财政对城乡居民基本医疗保险基金的补助", ["180,646.00", "", "180,646.00", "", "", ""]),
    ("21013", "医疗救助", ["472.00", "", "472.00", "", "", ""]),
    ("2101301", "城乡医疗救助", ["472.00", "", "472.00", "", "", ""]),
    ("21015", "医疗保障管理事务", ["8,946.88", "4,613.41", "4,333.48", "", "", ""]),
    ("2101504", "信息化建设", ["485.90", "", "485.90", "", "", ""]),
    ("2101506", "医疗保障经办事务", ["2,381.33", "", "2,381.33", "", "", ""]),
    ("2101550", "事业运行", ["6,079.66", "4,613.41", "1,466.25", "", "", ""]),
    ("221", "住房保障支出", ["490.41", "490.41", "", "", "", ""]),
    ("22102", "住房改革支出", ["490.41", "490.41", "", "", "", ""]),
    ("2210201", "住房公积金", ["490.41", "490.41", "", "", "", ""]),
    ("229", "其他支出", ["678.23", "", "678.23", "", "", ""]),
    ("22960", "彩票公益金安排的支出", ["678.23", "", "678.23", "", "", ""]),
    ("2296013", "用于城乡医疗救助的彩票公益金支出", ["678.23", "", "678.23", "", "", ""]),
]


def spending(changes: dict[tuple[int, int], str] | None = None) -> ReadTable:
    rows = [(code, label, list(cells)) for code, label, cells in ROWS]
    for (r, c), text in (changes or {}).items():
        rows[r][2][c] = text
    return table("支出决算表", block(SPENDING, rows), label="公开03表")


def test_a_published_table_with_rounding_tails_passes() -> None:
    made = findings(document(spending()))
    assert not failed(document(spending()))
    passed = [f for f in made if f.outcome is Outcome.PASS and f.rule.startswith("audit.table")]
    assert len(passed) > 60


@pytest.mark.parametrize(
    ("row", "column", "wrong", "right"),
    [
        (17, 2, "1,456.25", "1,466.25"),  # a leaf: its row and its column break, one finding
        (17, 0, "6,179.66", "6,079.66"),
        (0, 0, "201,737.57", "201,787.57"),  # a total
        (14, 1, "4,613.91", "4,613.41"),  # between leaf and total
        (8, 2, "195,883.48", "195,383.48"),
        (6, 1, "473.04", "413.04"),
    ],
)
def test_one_wrong_figure_is_one_finding_that_names_it(row: int, column: int, wrong: str, right: str) -> None:
    found = failed(document(spending({(row, column): wrong})))
    assert len(found) == 1
    rule, printed, computed = found[0]
    assert rule in ("audit.table.column-sum", "audit.table.row-sum")
    assert printed == wrong
    assert abs(float(computed.replace(",", "")) - float(right.replace(",", ""))) < 0.015


def test_two_wrong_figures_are_two_findings() -> None:
    found = failed(document(spending({(17, 2): "1,456.25", (6, 1): "473.04"})))
    assert sorted(printed for _, printed, _ in found) == ["1,456.25", "473.04"]


def test_a_tail_within_the_intervals_is_no_finding() -> None:
    assert not failed(document(spending({(0, 2): "196,075.58"})))


def test_rounding_tails_are_one_hint_a_table() -> None:
    """audit.table.rounding-tail: 5,712.00 + 196,075.56 make 201,787.56 in the total of 公开03表, and others alike."""
    (note,) = [f for f in findings(document(spending())) if f.rule == TAILS and f.shown]
    assert note.severity is Severity.HINT
    assert note.quote == "公开03表 支出决算表"
    listed = [ground.text for ground in note.sources]
    assert any(
        "201,787.57 = [合计, 基本支出] 5,712.00 + [合计, 项目支出] 196,075.56" in text for text in listed
    )
    assert note.message.startswith(f"{len(listed)} 处")


def test_sums_to_the_digit_leave_no_note() -> None:
    rows = [("", "合计", ["3.00", "1.00", "2.00"]), ("205", "教育支出", ["3.00", "1.00", "2.00"])]
    made = findings(document(table("支出决算表", block(SPENDING[:3], rows), label="公开03表")))
    assert [f.outcome for f in made if f.rule == TAILS] == [Outcome.PASS]


def test_a_table_that_was_misread_is_not_judged() -> None:
    shifted = {(r, 1): ROWS[r][2][2] for r in range(24)} | {(r, 2): ROWS[r][2][1] for r in range(24)}
    swapped = {(r, 0): f"{r}7.31" for r in range(24)}
    made = findings(document(spending(shifted | swapped)))
    assert len([f for f in made if f.outcome is Outcome.FAIL]) < 3
    assert [f for f in made if f.outcome is Outcome.COULD_NOT_RUN]


def test_identities_between_tables() -> None:
    income = block(
        ["决算数"],
        [
            ("", "一、一般公共预算财政拨款收入", ["80.00"]),
            ("", "八、其他收入", ["20.00"]),
            ("", "本年收入合计", ["100.00"]),
            ("", "年初结转和结余", ["5.00"]),
            ("", "总计", ["105.00"]),
        ],
        "收入",
    )

    def outgo(social: str, total: str) -> object:
        return block(
            ["决算数"],
            [
                ("", "八、社会保障和就业支出", [social]),
                ("", "九、卫生健康支出", ["60.00"]),
                ("", "本年支出合计", ["100.00"]),
                ("", "年末结转和结余", ["5.00"]),
                ("", "总计", [total]),
            ],
            "支出",
        )

    def detail(social: str) -> ReadTable:
        return table(
            "支出决算表",
            block(
                SPENDING[:3],
                [
                    ("", "合计", ["100.00", "30.00", "70.00"]),
                    ("208", "社会保障和就业支出", [social, "10.00", "30.00"]),
                    ("210", "卫生健康支出", ["60.00", "20.00", "40.00"]),
                ],
            ),
        )

    def whole(social: str, total: str = "105.00") -> ReadTable:
        return table("收入支出决算总表", income, outgo(social, total))  # type: ignore[arg-type]

    assert not failed(document(whole("40.00"), detail("40.00")))
    wrong = failed(document(whole("45.00"), detail("40.00")))
    assert [(printed, computed) for _, printed, computed in wrong] == [("45.00", "40.00")]
    wrong = failed(document(whole("40.00", "150.00"), detail("40.00")))
    assert [(printed, computed) for _, printed, computed in wrong] == [("150.00", "105.00")]
    missing = findings(document(whole("40.00")))
    assert any(f.outcome is Outcome.COULD_NOT_RUN and "没有找到 支出决算表" in f.message for f in missing)


def test_totals_of_rounded_parts_one_place_apart_are_a_hint() -> None:
    """Whole 万元: 表7 and 表8 of a budget add up their own rounded parts."""

    def made(last: str) -> list[tuple[str, str]]:
        columns = ["合计", "基本支出", "项目支出"]
        function = [
            ("", "合计", ["100", "40", "60"]),
            ("208", "社会保障和就业支出", ["33", "13", "20"]),
            ("210", "卫生健康支出", ["67", "27", "40"]),
        ]
        economic = [
            ("", "合计", [last, "40", "61"]),
            ("301", "工资福利支出", ["34", "14", "20"]),
            ("302", "商品和服务支出", ["67", "26", "41"]),
        ]
        tables = (
            table("一般公共预算支出表", block(columns, function)),
            table("一般公共预算支出表（按经济分类）", block(columns, economic)),
        )
        found = findings(document(*tables), "budget")
        return [(f.severity.value, f.printed) for f in found if f.outcome is Outcome.FAIL]

    assert {severity for severity, _ in made("101")} == {"hint"}
    assert ("error", "110") in made("110")


def test_a_table_of_units_without_a_total_adds_up_its_units() -> None:
    def made(second: str) -> list[str]:
        rows = [
            ("", "甲单位", ["60.00", "20.00", "40.00"]),
            ("208", "社会保障和就业支出", ["60.00", "20.00", "40.00"]),
        ]
        rows += [
            ("", "乙单位", [second, "10.00", "30.00"]),
            ("210", "卫生健康支出", [second, "10.00", "30.00"]),
        ]
        spending = table("支出总表", block(["合计", "基本支出", "项目支出"], rows))
        projects = table(
            "项目支出总表",
            block(["合计"], [("", "合计", ["70.00"]), ("", "甲", ["40.00"]), ("", "乙", ["30.00"])]),
        )
        found = findings(document(spending, projects), "budget")
        assert "audit.budget.parts" in {f.rule for f in found if f.outcome is Outcome.PASS}
        return [f.printed for f in found if f.outcome is Outcome.FAIL]

    assert made("40.00") == []
    assert len(made("45.00")) == 2

"""Rules on performance forms, shares and surveys; figures of the accounts of 2020 (附件2) unless said otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from tests.checks.audit.papers import block, document, failed, findings, table

from yiheng.facts import Outcome
from yiheng.facts.document import Box, Place, ReadTable

FUNDS = [
    ("", "年度资金总额", ["5420000.00", "6782300.00", "6782300.00", "10", "100%", "10"]),
    ("", "其中：当年财政拨款", ["5420000.00", "6782300.00", "6782300.00", "—", "100%", "—"]),
    ("", "上年结转资金", ["0.00", "0.00", "0.00", "—", "", "—"]),
    ("", "其他资金", ["0.00", "0.00", "0.00", "—", "", "—"]),
]
ROWS = [
    ("参保深圳重疾险人数", "4000 人", "3882 人", "6.25", "6.07", "实际参保人数有偏差"),
    ("参保 18 周岁以上低保人数", "1200 人", "1131 人", "12.5", "11.78", "实际参保人数有偏差"),
    ("医疗保险资助率", "≥80%", "100%", "31.25", "31.25", ""),
    ("公众满意度", "90%", "100%", "40", "40", ""),
]


def sheet(
    rows: Sequence[tuple[str, ...]] = ROWS,
    total: tuple[str, str] = ("100", "99.10"),
    funds: Sequence[object] = FUNDS,
    unit: str = "某中心",
) -> ReadTable:
    head = block(["内容"], [("", "项目名称", ["低收入家庭购买医疗保险"]), ("", "实施单位", [unit])], unit="")
    money = block(["年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"], funds, unit="元")  # type: ignore[arg-type]
    body = [("", name, list(cells)) for name, *cells in rows] + [("", "总分", ["", "", *total, ""])]
    columns = ["年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"]
    return table("项目支出绩效自评表", head, money, block(columns, body, unit=""), unit="")


def changed(row: int, column: int, text: str) -> list[tuple[str, ...]]:
    rows = [list(r) for r in ROWS]
    rows[row][column] = text
    return [tuple(r) for r in rows]


def wrong(made: ReadTable, rule: str) -> list[tuple[str, str]]:
    return [(p, c) for r, p, c in failed(document(made), "self_evaluation") if r == f"audit.{rule}"]


def test_a_sheet_that_holds_is_silent() -> None:
    assert not failed(document(sheet()), "self_evaluation")
    passed = {f.rule for f in findings(document(sheet()), "self_evaluation") if f.outcome is Outcome.PASS}
    assert {f"audit.sheet.{name}" for name in ("sum", "limit", "reason", "funds", "recomputed")} <= passed


def test_weights_and_scores_add_up() -> None:
    assert wrong(sheet(total=("105", "99.10")), "sheet.sum") == [("105", "100.00")]
    assert wrong(sheet(total=("100", "98.10")), "sheet.sum") == [("98.10", "99.10")]
    assert not wrong(sheet(rows=changed(0, 3, "")), "sheet.sum")


def test_one_wrong_cell_of_a_sheet_is_one_finding() -> None:
    def made(row: int, column: int, text: str) -> list[tuple[str, str, str]]:
        return failed(document(sheet(rows=changed(row, column, text))), "self_evaluation")

    assert made(2, 3, "21.25") == [("audit.sheet.sum", "21.25", "31.25")]
    assert made(2, 4, "41.25") == [("audit.sheet.limit", "41.25", "≤31.25")]
    assert made(2, 3, "30.25") == [("audit.sheet.sum", "30.25", "31.25")]


def test_weights_come_to_a_hundred() -> None:
    rows = changed(0, 3, "1.25")
    assert wrong(sheet(rows=rows, total=("95", "99.10")), "sheet.hundred") == [("95", "100")]
    assert not wrong(sheet(), "sheet.hundred")
    assert not wrong(sheet(total=("90", "89.10")), "sheet.hundred")
    without = [("", name, [*cells[:3], "", *cells[4:]]) for _, name, cells in FUNDS]
    assert not wrong(sheet(total=("80", "79.10"), funds=without), "sheet.hundred")


def test_no_score_above_its_weight() -> None:
    assert wrong(sheet(rows=changed(2, 4, "32.25")), "sheet.limit") == [("32.25", "≤31.25")]
    assert not wrong(sheet(rows=changed(2, 4, "31.250")), "sheet.limit")


def test_a_lost_point_has_a_reason() -> None:
    assert wrong(sheet(rows=changed(0, 5, "")), "sheet.reason") == [("6.07", "")]
    assert not wrong(sheet(rows=changed(2, 5, "")), "sheet.reason")


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        (4, "90%", ("90%", "100.00%")),
        (0, "5520000.00", ("5520000.00", "5420000.00")),
        (5, "9", ("9", "10.00")),
    ],
)
def test_funds_rate_and_score(column: int, text: str, expected: tuple[str, str]) -> None:
    first = list(FUNDS[0][2])
    first[column] = text
    assert expected in wrong(sheet(funds=[("", "年度资金总额", first), *FUNDS[1:]]), "sheet.funds")


def test_a_rate_cut_off_is_a_hint_and_a_rounded_one_passes() -> None:
    def rate(text: str, score: str) -> ReadTable:
        return sheet(funds=[("", "年度资金总额", ["0.00", "72155545.80", "62635694.80", "10", text, score])])

    assert not wrong(rate("87%", "8.7"), "sheet.funds")
    assert not wrong(rate("86.8%", "8.68"), "sheet.funds")
    found = [
        f
        for f in findings(document(rate("86%", "8.6")), "self_evaluation")
        if f.outcome is Outcome.FAIL and f.rule == "audit.sheet.funds"
    ]
    assert [f.severity.value for f in found] == ["hint"]


def test_no_rate_over_a_budget_of_zero() -> None:
    zero = ("", "上年结转资金", ["0.00", "0.00", "0.00", "—", "0.00", "—"])
    assert wrong(sheet(funds=[*FUNDS[:2], zero, FUNDS[3]]), "sheet.zero-base") == [("0.00", "—")]
    assert not wrong(sheet(), "sheet.zero-base")


def test_the_score_by_the_rule() -> None:
    rows = changed(1, 4, "12.03")  # as printed in 附件2-5
    assert wrong(sheet(rows=rows), "sheet.recomputed") == [("12.03", "11.78")]
    full = changed(1, 4, "12.5")
    assert wrong(sheet(rows=full), "sheet.recomputed") == [("12.5", "11.78")]
    judged = [*ROWS[:3], ("资金支付及时性", "及时", "基本及时", "40", "38", "另有说明")]
    assert not wrong(sheet(rows=judged), "sheet.recomputed")


@pytest.mark.parametrize(
    ("target", "actual", "bad"),
    [
        ("≤5 个工作日", "2.21 天", True),
        ("12 万", "116460 元", True),
        ("1 次/月", "1 月/次", True),
        ("≥6504 人", "3035 人", False),
        ("≥80%", "89.36%", False),
        ("及时", "及时", False),
    ],
)
def test_units_of_target_and_actual(target: str, actual: str, bad: bool) -> None:
    rows = [("指标", target, actual, "6.25", "6.07", "有偏差"), *ROWS[1:]]
    assert bool(wrong(sheet(rows=rows), "target.units")) is bad


def test_an_actual_that_repeats_the_target() -> None:
    rows = [("服务网点总数", "≥80 个", "≥80 个", "6.25", "6.25", ""), *ROWS[1:]]
    assert wrong(sheet(rows=rows), "target.repeats") == [("≥80 个", "")]
    assert not wrong(
        sheet(rows=[("服务网点总数", "≥80 个", "80 个", "6.25", "6.25", ""), *ROWS[1:]]), "target.repeats"
    )


def test_an_indicator_twice_in_one_form() -> None:
    twice = [
        ("服务网点总数", "≥80 个", "80 个", "3", "3", ""),
        ("服务网点总数", "≥80 个", "80 个", "3.25", "3.25", ""),
        *ROWS[1:],
    ]
    assert wrong(sheet(rows=twice), "target.duplicate") == [("服务网点总数", "")]
    other = [
        ("服务网点总数", "≥80 个", "80 个", "3", "3", ""),
        ("服务网点新增数", "≥80 个", "80 个", "3.25", "3.25", ""),
        *ROWS[1:],
    ]
    assert not wrong(sheet(rows=other), "target.duplicate")


def test_fields_of_the_head_are_filled_in() -> None:
    assert wrong(sheet(unit=""), "target.blank-field") == [("（空白）", "")]
    assert not wrong(sheet(unit="某中心"), "target.blank-field")


# -- targets of a budget ---------------------------------------------------------------------------------------------


def goals(title: str, fields: list[tuple[str, str]], rows: list[tuple[str, str]]) -> ReadTable:
    head = block(["内容"], [("", label, [text]) for label, text in fields], unit="")
    return table(
        title, head, block(["指标值"], [("", name, [value]) for name, value in rows], unit=""), unit=""
    )


def test_one_indicator_in_two_tables() -> None:
    def made(value: str) -> list[tuple[str, str]]:
        whole = goals(
            "部门整体支出绩效目标表",
            [("部门名称", "某局")],
            [("宣传册印刷数量", value), ("成本控制率", "≤100%")],
        )
        one = goals(
            "项目支出绩效目标表",
            [("项目名称", "甲")],
            [("宣传册印刷数量", "≥20万份"), ("成本控制率", "≤95%")],
        )
        two = goals("项目支出绩效目标表", [("项目名称", "乙")], [("成本控制率", "≤100%")])
        found = failed(document(whole, one, two), "budget")
        return [(p, c) for r, p, c in found if r == "audit.target.twice"]

    assert made("≥20万册") == [("≥20万册", "≥20万份")]
    assert made("≥20 万份") == []


def test_a_projects_code_begins_with_its_department() -> None:
    def made(code: str) -> list[str]:
        form = goals(
            "项目支出绩效目标表",
            [("项目名称", "甲"), ("项目编码", code), ("一级预算单位", "0102025某局")],
            [("次数", "≥1次"), ("人数", "≥2人")],
        )
        return [p for r, p, _ in failed(document(form), "budget") if r == "audit.target.project-code"]

    assert made("0102007-2019-QTXM-1210-01") == ["0102007"]
    assert made("0102025-2019-YBXM-1528-01") == []
    assert made("YBXM-1528-01") == []


def test_amounts_of_tasks_and_forms() -> None:
    def made(task: str, form: str) -> list[tuple[str, str]]:
        projects = table(
            "项目支出总表",
            block(["合计"], [("", "合计", ["821"]), ("", "甲项目", ["741"]), ("", "乙项目", ["80"])]),
        )
        tasks = block(["总额", "财政拨款"], [("", "甲项目", [task, task]), ("", "乙项目", ["80", "80"])])
        whole = table("部门整体支出绩效目标表", block(["内容"], [("", "部门名称", ["某局"])]), tasks)
        one = goals(
            "项目支出绩效目标表",
            [("项目名称", "甲项目"), ("本年度项目金额（元）", form)],
            [("次数", "≥1次"), ("人数", "≥2人")],
        )
        found = failed(document(projects, whole, one), "budget")
        return [(p, c) for r, p, c in found if r == "audit.target.amounts"]

    assert made("741", "7,408,800.00") == []
    assert made("714", "7,408,800.00") == [("714", "741")]
    assert made("741", "7,804,800.00") == [("7,804,800.00", "741")]


# -- percentages -----------------------------------------------------------------------------------------------------


def test_shares_of_a_total() -> None:
    """广州市医疗保障局 2023, 表1."""

    def made(share: str) -> list[tuple[str, str]]:
        rows = [
            ("", "局本级", ["2,631.08", "0.39%"]),
            ("", "服务中心", ["635,798.01", share]),
            ("", "救助中心", ["30,339.00", "4.54%"]),
            ("", "合计", ["668,768.09", "100.00%"]),
        ]
        found = failed(
            document(table("收支分布情况表", block(["决算收支数", "占比"], rows))), "self_evaluation"
        )
        return [(p, c) for r, p, c in found if r == "audit.table.share"]

    assert made("95.07%") == []
    assert made("95.70%") == [("95.70%", "95.07%")]


def test_score_rates() -> None:
    """广州市医疗保障局 2023, 表2: 8.93 of 10."""

    def made(rate: str) -> list[tuple[str, str]]:
        rows = [("", "采购管理", ["10.00", "8.93", rate]), ("", "资产管理", ["10.00", "10.00", "100.00%"])]
        found = failed(
            document(table("管理效率评价情况表", block(["分值", "评价得分", "得分率"], rows, unit=""))),
            "self_evaluation",
        )
        return [(p, c) for r, p, c in found if r == "audit.table.share"]

    assert made("89.30%") == []
    assert made("83.90%") == [("83.90%", "89.30%")]


def test_a_percent_sign_left_out() -> None:
    def made(*cells: str) -> list[str]:
        rows = [("", f"单位{i}", [cell]) for i, cell in enumerate(cells)]
        found = failed(document(table("执行情况表", block(["进度"], rows, unit=""))), "self_evaluation")
        return [p for r, p, _ in found if r == "audit.table.percent-sign"]

    assert made("95.2%", "88.1%", "90.0%", "87.5") == ["87.5"]
    assert made("95.2%", "88.1%", "90.0%", "0") == []
    assert made("95.2%", "88.1%", "90.0%", "20个") == []


def test_a_percent_sign_left_out_in_one_of_several_forms() -> None:
    def made(rate: str) -> list[str]:
        forms = [
            sheet(funds=[("", "年度资金总额", [*FUNDS[0][2][:4], r, "10"])]) for r in ("100%",) * 3 + (rate,)
        ]
        found = failed(document(*forms), "self_evaluation")
        return [p for r, p, _ in found if r == "audit.table.percent-sign"]

    assert made("100") == ["100"]
    assert made("100%") == []
    assert made("—") == []


SURVEY = [
    ("", "政策法规宣传", ["82.79%", "16.39%", "0.82%", "0.00%"]),
    ("", "自助终端机使用", ["84.43%", "12.3%", "3.28%", "0.00%"]),
]


def survey(rows: Sequence[object]) -> ReadTable:
    return table("参保人满意度调查表", block(["非常满意", "满意", "比较满意", "不满意"], rows, unit=""))  # type: ignore[arg-type]


def test_options_of_a_survey() -> None:
    def made(rows: Sequence[object]) -> list[str]:
        return [
            p for r, p, _ in failed(document(survey(rows)), "self_evaluation") if r == "audit.survey.options"
        ]

    assert made(SURVEY) == []  # 84.43 + 12.3 + 3.28 = 100.01, within rounding
    assert made([SURVEY[0], ("", "自助终端机使用", ["84.43%", "13.3%", "3.28%", "0.00%"])]) == ["101.01%"]


def test_the_composite_of_a_survey() -> None:
    def made(said: str) -> list[tuple[str, str]]:
        found = failed(document(f"参保人综合满意度为{said}，如下表所示：", survey(SURVEY)), "self_evaluation")
        return [(p, c) for r, p, c in found if r == "audit.survey.composite"]

    assert made("97.96%") == []  # (99.18 + 96.73) / 2 = 97.955
    assert made("99.70%") == [("99.70%", "97.96%")]
    assert not [
        r for r, _, _ in failed(document(survey(SURVEY)), "self_evaluation") if r == "audit.survey.composite"
    ]


def test_a_composite_cut_off_is_a_hint_where_the_answers_are_known() -> None:
    """121 and 118 of 122 answers: 97.9508 %; one answer less in the second question: 97.5410 %."""

    def made(said: str, second: str, answers: str = "有效问卷 122 份，") -> list[tuple[str, str, str]]:
        rows = [SURVEY[0], ("", "自助终端机使用", [second, "12.3%", "4.10%", "0.00%"])]
        rows = [SURVEY[0], SURVEY[1]] if second == "84.43%" else rows
        text = f"共收回{answers}综合满意度{said}，如下表所示："
        return [
            (f.printed, f.computed, f.severity.value)
            for f in findings(document(text, survey(rows)), "self_evaluation")
            if f.rule == "audit.survey.composite" and f.outcome is Outcome.FAIL
        ]

    assert made("97.95%", "84.43%") == []
    assert made("97.96%", "84.43%") == [("97.96%", "97.95%", "warning")]
    assert made("97.96%", "84.43%", "") == []  # (99.18 + 96.73) / 2 = 97.955: the shares alone leave it open
    assert made("97.5%", "83.61%") == []
    assert made("97%", "83.61%") == [("97%", "98%", "hint")]


def test_composites_listed_before_their_surveys() -> None:
    second = [
        ("", "培训服务", ["71.83%", "28.17%", "0.00%", "0.00%"]),
        ("", "现场抽查", ["79.58%", "19.01%", "1.41%", "0.00%"]),
    ]

    def made(text: str) -> list[tuple[str, str]]:
        found = failed(
            document(text, survey(SURVEY), "另一项：", replace(survey(second), title="机构调查表")),
            "self_evaluation",
        )
        return [(p, c) for r, p, c in found if r == "audit.survey.composite"]

    assert made("参保人综合满意度 97.96%；医疗机构综合满意度 99.30%。") == []
    assert made("参保人综合满意度 97.96%；医疗机构综合满意度 99.80%。") == [("99.80%", "99.30%")]
    assert made("医疗机构综合满意度 99.30%；参保人综合满意度 97.96%。") == []  # another order: silent
    assert made("参保人综合满意度 91.96%；医疗机构综合满意度 99.30%；其他综合满意度 90%。") == []


def test_a_composite_names_its_table() -> None:
    second = [("", "培训服务", ["71.83%", "28.17%", "0.00%", "0.00%"])]

    def made(text: str) -> list[tuple[str, str]]:
        one, two = (replace(survey(rows), label=label) for rows, label in ((SURVEY, "表2"), (second, "表3")))
        found = failed(document(text, one, two), "self_evaluation")
        return [(p, c) for r, p, c in found if r == "audit.survey.composite"]

    assert made("综合满意度为 100%，详见表 3：") == []
    assert made("综合满意度为 97%，详见表 3：") == [("97%", "100%")]
    assert made("综合满意度为 97%，详见表 7：") == []


def test_a_table_of_scores_adds_up() -> None:
    """The factors of 广州市医疗保障局 2023, 表2, with a total added: 50.00 and 48.93."""

    def made(total: tuple[str, str]) -> list[tuple[str, str]]:
        rows = [
            ("", "预算编制", ["3.00", "3.00"]),
            ("", "预算执行", ["4.00", "4.00"]),
            ("", "信息公开", ["4.00", "4.00"]),
        ]
        rows += [
            ("", "绩效管理", ["15.00", "15.00"]),
            ("", "采购管理", ["10.00", "8.93"]),
            ("", "资产管理", ["10.00", "10.00"]),
        ]
        rows += [("", "运行成本", ["4.00", "4.00"]), ("", "总分", list(total))]
        found = failed(
            document(table("管理效率评价情况表", block(["分值", "评价得分"], rows, unit=""), unit="")),
            "self_evaluation",
        )
        return [(p, c) for r, p, c in found if r == "audit.sheet.total"]

    assert made(("50.00", "48.93")) == []
    assert made(("50.00", "49.83")) == [("49.83", "48.93")]
    assert made(("", "")) == []


def test_a_list_of_projects_with_their_execution_is_no_form() -> None:
    rows = [
        ("", "医保政策宣传", ["100.00", "93.67", "93.67%", "100", "99.37"]),
        ("", "基金监督", ["50.00", "50.00", "100%", "100", "98.00"]),
    ]
    columns = ["全年预算数", "全年执行数", "执行率", "分值", "得分"]
    listed = table("自评结果汇总表", block(columns, rows), unit="元")
    assert not [r for r, _, _ in failed(document(sheet(), listed), "self_evaluation")]


def test_a_row_of_a_survey_that_is_no_question() -> None:
    """One merged cell over all options, as a PDF gives it."""
    made = survey([SURVEY[0], ("", "回收率", ["94.29%"] * 4)])
    merged = replace(
        made.blocks[0],
        cells=(
            made.blocks[0].cells[0],
            tuple(c._replace(place=Place(page=7, box=Box(1, 2, 3, 4))) for c in made.blocks[0].cells[1]),
        ),
    )
    assert not failed(document(replace(made, blocks=(merged,))), "self_evaluation")

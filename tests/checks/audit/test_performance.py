"""Rules on performance forms; figures of the accounts of 2020 (附件2) unless said otherwise."""

from __future__ import annotations

import pytest
from tests.checks.audit.papers import block, document, failed, findings, table
from tests.checks.audit.selfevaluations import FUNDS, ROWS, changed, sheet, wrong

from yiheng.facts import Outcome
from yiheng.facts.document import ReadTable


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

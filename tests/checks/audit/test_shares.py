"""Rules on percentages, surveys and tables of scores; figures of the accounts of 2020 (附件2) unless said otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tests.checks.audit.papers import block, document, failed, findings, table
from tests.checks.audit.selfevaluations import FUNDS, sheet

from yiheng.facts import Outcome
from yiheng.facts.document import Box, Place, ReadTable


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

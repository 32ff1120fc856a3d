"""Tables: header, sides, codes, levels, groups, captions and notes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reading.pages import document, grid, line, shown, whole

from yiheng.facts.document import Place, ReadTable
from yiheng.money import MoneyUnit, PrintedKind
from yiheng.reading.raw import RawCell, RawGrid
from yiheng.reading.structure import structure


def table(made: RawGrid, *above: str) -> ReadTable:
    return structure(document([*whole(*above), made])).tables[0]


class TestCaption:
    def test_title_number_unit_and_owner(self) -> None:
        found = table(
            grid(["项目", "决算数"], ["合计", "1.00"]),
            "收入支出决算总表",
            "公开01表",
            "部门：某市医疗保障局    金额单位：万元",
        )
        assert (found.title, found.label, found.unit, found.owner) == (
            "收入支出决算总表",
            "公开01表",
            "万元",
            "某市医疗保障局",
        )

    @pytest.mark.parametrize(
        ("lines", "label", "title"),
        [
            (["表 2：管理效率评价情况表"], "表2", "管理效率评价情况表"),
            (["附件 2-1", "项目支出绩效自评表"], "附件2-1", "项目支出绩效自评表"),
            (["表 1", "收支总表", "部门名称： 某中心  单位：万元"], "表1", "收支总表"),
        ],
    )
    def test_other_numbers(self, lines: list[str], label: str, title: str) -> None:
        found = table(grid(["项目", "决算数"], ["合计", "1.00"]), *lines)
        assert (found.label, found.title) == (label, title)

    def test_a_sentence_above_is_no_caption(self) -> None:
        found = structure(document([*whole("具体见下表。"), grid(["项目", "决算数"], ["合计", "1"])]))
        assert found.tables[0].caption == ()
        assert found.paragraphs[0].text == "具体见下表。"

    def test_rows_of_caption_inside_a_worksheet(self) -> None:
        made = grid(
            [("一般公共预算支出表", 1, 3)],
            ["部门：某局", "", "单位：元"],
            ["科目编码", "科目名称", "决算数"],
            ["205", "教育支出", "3.00"],
        )
        found = table(made)
        assert (found.title, found.unit, found.owner) == ("一般公共预算支出表", "元", "某局")
        assert shown(found.blocks[0]) == [("教育支出", "3.00")]

    def test_notes_below(self) -> None:
        found = structure(
            document(
                [
                    grid(["项目", "决算数"], ["合计", "1.00"]),
                    *whole("注：1.本表反映收支。", "2.可能存在尾差。", "二、说明", "2.别的"),
                ]
            )
        )
        assert found.tables[0].notes == ("注：1.本表反映收支。", "2.可能存在尾差。")
        assert [p.text for p in found.paragraphs] == ["二、说明", "2.别的"]

    def test_numbered_text_after_an_unnumbered_note_is_text(self) -> None:
        found = structure(
            document([grid(["项目", "决算数"], ["合计", "1.00"]), *whole("注：本表反映收支。", "2.别的")])
        )
        assert found.tables[0].notes == ("注：本表反映收支。",)


class TestHeader:
    def test_paths_from_merged_cells_and_the_numbering_row_dropped(self) -> None:
        found = table(
            grid(
                [("项目", 1, 2), ("本年支出", 1, 3)],
                ["科目编码", "科目名称", "小计", "基本支出", "项目支出"],
                [("栏次", 1, 2), "1", "2", "3"],
                [("合计", 1, 2), "3.00", "1.00", "2.00"],
                ["205", "教育支出", "3.00", "1.00", "2.00"],
            ),
            "单位：万元",
        )
        block = found.blocks[0]
        assert [c.path for c in block.columns] == [
            ("本年支出", "小计"),
            ("本年支出", "基本支出"),
            ("本年支出", "项目支出"),
        ]
        assert shown(block) == [("合计", "3.00", "1.00", "2.00"), ("教育支出", "3.00", "1.00", "2.00")]
        assert [row.code for row in block.rows] == ["", "205"]
        assert block.cells[0][0].printed.unit is MoneyUnit.of("万元")

    def test_groups_shown_by_blanks_only(self) -> None:
        found = table(
            grid(
                ["预算单位", "支出总额", "2021年政府采购项目", ""],
                ["", "", "小计", "其中：面向中小企业"],
                ["某局", "9", "3", "2"],
            )
        )
        assert [c.path for c in found.blocks[0].columns] == [
            ("支出总额",),
            ("2021年政府采购项目", "小计"),
            ("2021年政府采购项目", "其中：面向中小企业"),
        ]

    def test_years_may_name_columns_and_are_no_body(self) -> None:
        found = table(grid(["项目", "2022", "2023"], ["合计", "5", "6"]))
        assert shown(found.blocks[0]) == [("合计", "5", "6")]

    def test_a_first_row_of_words_is_body_under_a_narrow_header(self) -> None:
        found = table(grid(["三级指标", "指标值"], ["甲", "及时"], ["乙", "合格"]))
        assert shown(found.blocks[0]) == [("甲", "及时"), ("乙", "合格")]

    def test_units_in_heads_win_and_counts_are_no_money(self) -> None:
        found = table(
            grid(["所属单位", "决算数（元）", "占比", "人数（人）"], ["甲", "3", "5%", "7"]), "单位：万元"
        )
        block = found.blocks[0]
        assert [c.unit for c in block.columns] == ["元", "", "人"]
        assert [cell.printed.unit for cell in block.cells[0]] == [MoneyUnit.of("元"), None, None]


class TestSides:
    def test_income_and_expenditure(self) -> None:
        found = table(
            grid(
                [("收入", 1, 3), ("支出", 1, 3)],
                ["项目", "行次", "决算数", "项目（按功能分类）", "行次", "决算数"],
                ["栏次", "", "1", "栏次", "", "2"],
                ["一、财政拨款收入", "1", "9.00", "一、教育支出", "3", ""],
                ["", "2", "", "二、其他支出", "4", "9.00"],
                ["本年收入合计", "5", "9.00", "本年支出合计", "6", "9.00"],
            )
        )
        income, expenditure = found.blocks
        assert (income.name, expenditure.name) == ("收入", "支出")
        assert shown(income) == [("一、财政拨款收入", "9.00"), ("本年收入合计", "9.00")]
        assert shown(expenditure) == [
            ("一、教育支出", ""),
            ("二、其他支出", "9.00"),
            ("本年支出合计", "9.00"),
        ]
        assert expenditure.columns[0].path == ("决算数",)

    def test_sides_that_head_their_labels(self) -> None:
        found = table(
            grid(
                ["收    入", "预算数", "支    出", "预算数"],
                ["一、财政拨款", "9.00", "一、教育支出", ""],
                ["", "", "二、其他支出", "9.00"],
            )
        )
        assert [block.name for block in found.blocks] == ["收入", "支出"]
        assert shown(found.blocks[1]) == [("一、教育支出", ""), ("二、其他支出", "9.00")]

    def test_columns_of_figures_under_income_and_spending_are_no_sides(self) -> None:
        found = table(grid(["单位", "收入", "支出"], ["某局", "9.00", "9.00"]))
        assert [c.path for c in found.blocks[0].columns] == [("收入",), ("支出",)]

    def test_three_sides_with_the_last_total_reaching_over(self) -> None:
        found = table(
            grid(
                ["经济分类科目编码", "科目名称", "决算数"] * 3,
                ["301", "工资福利支出", "8.00", "302", "商品和服务支出", "2.00", "307", "债务利息", ""],
                ["30101", "基本工资", "8.00", "30201", "办公费", "2.00", "310", "资本性支出", "1.00"],
                [("人员经费合计", 1, 2), "8.00", ("公用经费合计", 1, 5), "3.00"],
            )
        )
        assert [shown(block)[-1] for block in found.blocks] == [
            ("人员经费合计", "8.00"),
            ("办公费", "2.00"),
            ("公用经费合计", "3.00"),
        ]
        assert [row.code for row in found.blocks[1].rows] == ["302", "30201"]

    def test_a_column_of_words_at_the_end_is_no_side(self) -> None:
        found = table(grid(["项目名称", "预算数（万元）", "绩效目标"], ["甲", "3", "完成"]))
        assert len(found.blocks) == 1
        assert shown(found.blocks[0]) == [("甲", "3", "完成")]


def test_a_cell_over_several_columns_is_printed_once() -> None:
    made = grid(["项目", "甲", "乙"], ["一", "1", "2"], ["二", ("3", 1, 2)], [("合计", 1, 2), "5"])
    assert shown(table(made).blocks[0]) == [("一", "1", "2"), ("二", "3", ""), ("合计", "", "5")]


class TestTablesInOneGrid:
    def test_a_name_over_the_whole_width_begins_another_table(self) -> None:
        made = grid(
            [("问题", 1, 2), "满意", "不满意"],
            [("甲", 1, 2), "90", "10"],
            [("调查结果", 1, 4)],
            ["项目", ("份数", 1, 3)],
            ["有效问卷", ("96", 1, 3)],
        )
        first, second = table(made).blocks
        assert shown(first) == [("甲", "90", "10")]
        assert (second.name, shown(second)) == ("调查结果", [("有效问卷", "96")])

    def test_a_name_above_rows_of_the_same_table_is_none(self) -> None:
        made = grid(["项目", "预算数"], ["甲", "1"], [("一、基本支出", 1, 2)], ["乙", "2"], ["丙", "3"])
        assert len(table(made).blocks) == 1


class TestRows:
    def test_code_from_its_three_cells(self) -> None:
        found = table(
            grid(
                [("科目编码", 1, 3), ("科目名称", 2, 1), ("合计", 2, 1)],
                ["类", "款", "项"],
                ["205", "", "", "教育支出", "4.00"],
                ["205", "08", "", "进修及培训", "4.00"],
                ["205", "08", "03", "培训支出", "4.00"],
            )
        )
        assert [(row.code, row.level) for row in found.blocks[0].rows] == [
            ("205", 0),
            ("20508", 1),
            ("2050803", 2),
        ]

    def test_code_from_the_label(self) -> None:
        found = table(grid(["项目", "数"], ["2080505 机关养老保险缴费", "1"], ["2023年新增项目", "2"]))
        assert [(row.code, row.label) for row in found.blocks[0].rows] == [
            ("2080505", "机关养老保险缴费"),
            ("", "2023年新增项目"),
        ]

    def test_levels_from_indents_and_totals_outermost(self) -> None:
        made = grid(
            ["项目", "数"],
            ["卫生健康支出", "3"],
            ["行政运行", "3"],
            ["本年支出合计", "3"],
            indents={"行政运行": 20.0, "本年支出合计": 55.0},
        )
        assert [row.level for row in table(made).blocks[0].rows] == [0, 1, 0]

    def test_levels_from_numbers_and_their_parts(self) -> None:
        made = grid(
            ["项目", "数"], ["一、拨款", "3"], ["1.一般公共预算", "2"], ["其中：本级", "1"], ["二、其他", "3"]
        )
        assert [row.level for row in table(made).blocks[0].rows] == [0, 1, 2, 0]

    def test_merged_and_unit_groups(self) -> None:
        made = grid(
            ["一级指标", "二级指标", "三级指标", "目标值"],
            [("产出指标", 2, 1), "数量指标", "甲", "≥1次"],
            ["质量指标", "乙", "100%"],
        )
        assert [row.groups for row in table(made).blocks[0].rows] == [
            ("产出指标", "数量指标"),
            ("产出指标", "质量指标"),
        ]
        units = grid(
            ["预算单位", "科目编码", "科目名称", "支出总计"],
            ["某局", "", "", "9"],
            ["", "2101501", "行政运行", "9"],
        )
        rows = table(units).blocks[0].rows
        assert [(row.label, row.groups) for row in rows] == [("某局", ()), ("行政运行", ("某局",))]

    def test_cells_are_typed(self) -> None:
        block = table(grid(["项目", "甲", "乙", "丙", "丁"], ["一", "1,234.50", "", "—", "5%"])).blocks[0]
        assert [cell.printed.kind for cell in block.cells[0]] == [
            PrintedKind.NUMBER,
            PrintedKind.BLANK,
            PrintedKind.DASH,
            PrintedKind.PERCENT,
        ]

    def test_a_figure_broken_by_a_narrow_cell(self) -> None:
        block = table(grid(["项目", "甲", "乙"], ["一", "13223551.7\n1", "123\n456"])).blocks[0]
        assert block.cells[0][0].printed.value == Decimal("13223551.71")
        assert block.cells[0][1].printed.kind is PrintedKind.TEXT


def test_a_self_evaluation_form_is_kept_as_pairs_and_sub_tables() -> None:
    made = grid(
        ["项目名称", ("甲", 1, 3), "项目金额", ("100.00", 1, 3)],
        ["主管部门", ("某局", 1, 3), "实施单位", ("", 1, 3)],
        [("项目资金\n（元）", 2, 1), ("", 1, 3), "全年预算数", "全年执行数", "分值", "得分"],
        [("年度资金总额", 1, 3), "100.00", "50.00", "10", "5"],
        [
            ("年度绩效指标", 3, 1),
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "实际完成值",
            "分值",
            "得分",
        ],
        [("产出指标", 2, 1), "数量指标", "乙", "≥1", "2", "50", "50"],
        ["质量指标", "丙", "100%", "100%", "40", "40"],
        [("总分", 1, 4), "", "", "100", "95"],
    )
    facts, funds, indicators = table(made, "项目支出绩效自评表").blocks
    assert shown(facts) == [
        ("项目名称", "甲"),
        ("项目金额", "100.00"),
        ("主管部门", "某局"),
        ("实施单位", ""),
    ]
    assert funds.name == "项目资金（元）"
    assert shown(funds) == [("年度资金总额", "100.00", "50.00", "10", "5")]
    assert [cell.printed.unit for cell in funds.cells[0]] == [MoneyUnit.of("元")] * 2 + [None] * 2
    assert indicators.name == "年度绩效指标"
    assert [(row.groups, row.label) for row in indicators.rows] == [
        (("产出指标", "数量指标"), "乙"),
        (("产出指标", "质量指标"), "丙"),
        ((), "总分"),
    ]
    assert [c.text for c in indicators.cells[2]] == ["", "", "100", "95"]


_WORDS = ["", "合计", "项目", "205", "1,234.50", "—", "科目编码", "收入", "一级指标", "栏次", "1", "项目名称"]
_TEXT = st.one_of(st.sampled_from(_WORDS), st.text(max_size=6))
_CELL = st.builds(RawCell, _TEXT, st.just(Place(1)), st.integers(1, 3), st.integers(1, 3))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.lists(st.none() | _CELL, max_size=5).map(tuple), max_size=7),
    st.lists(st.text(max_size=12)),
)
def test_random_grids_never_crash(rows: list[tuple[RawCell | None, ...]], lines: list[str]) -> None:
    raw = [line(text) for text in lines]
    made = RawGrid(tuple(rows), Place(1))
    found = structure(document([*raw, made], [made, *raw]))
    for one in found.tables:
        for block in one.blocks:
            assert len(block.rows) == len(block.cells)
            assert all(len(row) == len(block.columns) for row in block.cells)

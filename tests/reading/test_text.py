"""Text exports: encodings, wraps, separators, headers by words, columns by sums, forms, the five documents."""

from __future__ import annotations

from pathlib import Path
from time import process_time
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reading import gold
from tests.reading.pages import shown, texts

from yiheng.facts.document import ReadDocument
from yiheng.reading.problems import Unreadable
from yiheng.reading.structure import structure
from yiheng.reading.text import raw_text, read_text
from yiheng.reading.text.arbiter import Figures, lay_out, sums_of
from yiheng.reading.text.heading import side_columns


def read(text: str) -> ReadDocument:
    return structure(raw_text("x.txt", text))


class TestFile:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    def test_encodings(self, tmp_path: Path, encoding: str) -> None:
        path = tmp_path / "预算.txt"
        path.write_bytes("一、部门职责\n负责医疗保障。\n".encode(encoding))
        assert texts(structure(read_text(path))) == ["一、部门职责", "负责医疗保障。"]

    @pytest.mark.parametrize("content", [b"", b"  \n", b"\x00\x01\x02", b"\xff\xfe\x41\x00"])
    def test_what_is_no_text_is_refused(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "x.txt"
        path.write_bytes(content)
        with pytest.raises(Unreadable):
            read_text(path)

    def test_line_numbers(self) -> None:
        assert [p.place.line for p in read("甲。\n\n乙。\n").paragraphs] == [1, 3]


class TestWraps:
    LINES = "参与拟订医疗保障工作规划和年度计划，研究提出完善医疗保障政\n"

    def test_by_width(self) -> None:
        text = self.LINES * 6 + "策。\n二是完善制度。\n"
        assert texts(read(text)) == [self.LINES.strip() * 6 + "策。", "二是完善制度。"]

    def test_by_the_blank_that_ends_a_paragraph(self) -> None:
        short = "预算 344,720 万元，包括人员\n支出 6,208 万元。 \n"
        text = (self.LINES * 3 + "策。 \n") * 4 + short * 3
        assert texts(read(text))[-1] == "预算 344,720 万元，包括人员支出 6,208 万元。"

    def test_a_page_number_does_not_cut_a_paragraph(self) -> None:
        text = self.LINES * 4 + "\n- 35 -\n\n策措施。\n"
        assert texts(read(text)) == [self.LINES.strip() * 4 + "策措施。"]

    def test_markdown(self) -> None:
        found = read("# 部门预算\n\n## 第一部分 概况\n\n### 一、职能\n\n- 条目\n")
        assert [(p.text, p.level) for p in found.paragraphs] == [
            ("部门预算", -1),
            ("第一部分 概况", -1),
            ("一、职能", 1),
            ("条目", 0),
        ]


class TestSeparators:
    @pytest.mark.parametrize(
        "text",
        [
            "支出总表\n单位：万元\n项目\t支出总计\t基本支出\n教育支出\t3\t1\n",
            "支出总表\n单位：万元\n| 项目 | 支出总计 | 基本支出 |\n|---|---:|---:|\n| 教育支出 | 3 | 1 |\n",
        ],
    )
    def test_tabs_and_pipes(self, text: str) -> None:
        table = read(text).tables[0]
        assert (table.title, table.unit) == ("支出总表", "万元")
        assert shown(table.blocks[0]) == [("教育支出", "3", "1")]

    def test_indicator_rows_that_were_shifted(self) -> None:
        rows = [
            ["一级指标", "二级指标", "三级指标", "指标值", "指标解释"],
            ["产出指标", "数量指标", "甲", "≥1次", "说明甲"],
            ["", "乙", "1年", "说明乙", ""],
            ["成本指标", "丙", "≤100%", "说明丙", ""],
            ["", "效益指标", "社会效益指标", "丁", "有效提升"],
        ]
        block = read("项目支出绩效目标表\n" + "\n".join("\t".join(row) for row in rows)).tables[0].blocks[0]
        assert [
            (row.groups, row.label, cells[0].text) for row, cells in zip(block.rows, block.cells, strict=True)
        ] == [
            (("产出指标", "数量指标"), "甲", "≥1次"),
            (("产出指标", "数量指标"), "乙", "1年"),
            (("产出指标", "成本指标"), "丙", "≤100%"),
            (("效益指标", "社会效益指标"), "丁", "有效提升"),
        ]


class TestHeader:
    def test_groups_level_by_level_with_wraps(self) -> None:
        found = side_columns(
            "预算单位 收入总计\n本年收入\n上年结\n余、结\n转\n政府预算拨款\n单位资金\n一般公共\n"
            "预算拨款\n政府性基金预算拨款\n"
            "事业收\n入\n其他收入 小计\n基本支出拨款 财政专项资金拨款"
        )
        assert found is not None
        assert [column.path for column in found[0]] == [
            ("预算单位",),
            ("收入总计",),
            ("本年收入", "政府预算拨款", "一般公共预算拨款", "小计"),
            ("本年收入", "政府预算拨款", "一般公共预算拨款", "基本支出拨款"),
            ("本年收入", "政府预算拨款", "一般公共预算拨款", "财政专项资金拨款"),
            ("本年收入", "政府预算拨款", "政府性基金预算拨款"),
            ("本年收入", "单位资金", "事业收入"),
            ("本年收入", "单位资金", "其他收入"),
            ("上年结余、结转",),
        ]

    def test_words_that_run_together(self) -> None:
        found = side_columns(
            "项 目\n本年支出合计 基本支出 项目支出 上缴上级支出经营支出对附属单位补助支出功能分类\n"
            "科目编码\n科目名称"
        )
        assert found is not None
        assert [c.path[0] for c in found[0] if c.kind == "value"] == [
            "本年支出合计",
            "基本支出",
            "项目支出",
            "上缴上级支出",
            "经营支出",
            "对附属单位补助支出",
        ]

    def test_last_year_beside_this_year(self) -> None:
        found = side_columns(
            "科目编码 科目名称 2023年执行数 2024年预算数 2024年预算数比2023年执行数\n"
            "小计 基本支出 项目支出 增减额 增减%"
        )
        assert found is not None
        assert [c.path for c in found[0] if c.kind == "value"] == [
            ("2023年执行数",),
            ("2024年预算数", "小计"),
            ("2024年预算数", "基本支出"),
            ("2024年预算数", "项目支出"),
            ("2024年预算数比2023年执行数", "增减额"),
            ("2024年预算数比2023年执行数", "增减%"),
        ]

    def test_sides_that_head_their_labels(self) -> None:
        found = side_columns("收 入 预算数 支 出 预算数")
        assert found is not None
        assert [[c.path for c in side] for side in found] == [
            [("收入", "项目"), ("收入", "预算数")],
            [("支出", "项目"), ("支出", "预算数")],
        ]

    def test_unknown_words_are_no_header(self) -> None:
        assert side_columns("项目 本年支出合计 神秘栏目") is None


class TestTables:
    def test_figures_glued_to_labels_and_codes(self) -> None:
        text = (
            "一般公共预算财政拨款基本支出决算表\n公开06表\n单位：万元\n"
            + "经济分类\n科目编码\n科目名称 决算数\n" * 2
            + "301 工资福利支出 5,269.54302 商品和服务支出 337.09\n"
            + "30101 基本工资 5,269.5430201 办公费\n"
            + "30102 津贴补贴 30202 印刷费 337.09\n"
            + "人员经费合计 5,269.54 公用经费合计 337.09\n"
        )
        left, right = read(text).tables[0].blocks
        assert shown(left)[:3] == [("工资福利支出", "5,269.54"), ("基本工资", "5,269.54"), ("津贴补贴", "")]
        assert [(row.code, cells[0].text) for row, cells in zip(right.rows, right.cells, strict=True)] == [
            ("302", "337.09"),
            ("30201", ""),
            ("30202", "337.09"),
            ("", "337.09"),
        ]

    def test_line_numbers_tell_the_sides_apart(self) -> None:
        text = (
            "收入支出决算总表\n公开01表\n单位：万元\n收入 支出\n项 目 行次 决算数 项 目 行次 决算数\n"
            "栏 次 1 栏 次 2\n"
            "一、财政拨款收入 1 100.00一、教育支出 4 40.00\n2 二、其他支出 5 60.00\n"
            "本年收入合计 3 100.00 本年支出合计 6 100.00\n"
        )
        income, expenditure = read(text).tables[0].blocks
        assert shown(income) == [("一、财政拨款收入", "100.00"), ("本年收入合计", "100.00")]
        assert shown(expenditure) == [
            ("一、教育支出", "40.00"),
            ("二、其他支出", "60.00"),
            ("本年支出合计", "100.00"),
        ]

    def test_wrapped_labels_and_repeated_page_headers(self) -> None:
        head = "表 3\n支出总表\n部门名称：某局  单位：万元\n预算单位 科目编码 科目名称 支出总计 基本支出 项目支出\n"
        text = (
            head
            + "某局 30 10 20\n 208 社会保障和就业支出 10 10 0\n- 1 -\n"
            + head
            + " 2101202 财政对城乡居民\n保险基金的补助\n20 0 20\n"
        )
        found = read(text).tables
        assert len(found) == 1
        assert shown(found[0].blocks[0]) == [
            ("某局", "30", "10", "20"),
            ("社会保障和就业支出", "10", "10", "0"),
            ("财政对城乡居民保险基金的补助", "20", "0", "20"),
        ]

    CENTRED = (
        "支出决算表\n公开03表\n单位：万元\n项 目 上缴上级 对附属单位\n"
        "功能分类 本年支出 基本 项目 经营\n科目名称 支出 补助支出\n"
        "科目编码 合计 支出 支出 支出\n栏次 1 2 3 4 5 6\n205 教育支出 60.00 20.00 10.00 10.00 10.00 10.00\n"
        "机关事业单位基本养老\n2050505 30.00 10.00 5.00 5.00 5.00 5.00\n保险缴费支出\n"
        "机关事业单位职业年金\n2050506 30.00 10.00 5.00 5.00 5.00 5.00\n缴费支出\n注：无。\n"
    )

    def test_headers_and_labels_printed_line_by_line_across_the_columns(self) -> None:
        block = read(self.CENTRED).tables[0].blocks[0]
        assert [c.path[0] for c in block.columns] == [
            "本年支出合计",
            "基本支出",
            "项目支出",
            "上缴上级支出",
            "经营支出",
            "对附属单位补助支出",
        ]
        assert [(row.code, row.label) for row in block.rows] == [
            ("205", "教育支出"),
            ("2050505", "机关事业单位基本养老保险缴费支出"),
            ("2050506", "机关事业单位职业年金缴费支出"),
        ]

    def test_one_character_more_is_no_known_header(self) -> None:
        assert read(self.CENTRED.replace("项 目 上缴", "项 目 数 上缴")).tables == ()

    def test_labels_without_figures_on_both_sides(self) -> None:
        text = (
            "部门收支总表\n公开01表\n单位：万元\n收 入 支 出\n项 目 预算数 项 目 预算数\n"
            "一、一般公共预算拨款收入 9.00 一、一般公共服务支出\n二、政府性基金预算拨款收入 二、卫生健康支出 9.00\n"
            "本年收入合计 9.00 本年支出合计 9.00\n上年结转结余 年终结转结余\n"
            "收入总计 9.00 支出总计 9.00\n"
        )
        income, expenditure = read(text).tables[0].blocks
        assert shown(income)[1] == ("二、政府性基金预算拨款收入", "")
        assert shown(expenditure) == [
            ("一、一般公共服务支出", ""),
            ("二、卫生健康支出", "9.00"),
            ("本年支出合计", "9.00"),
            ("年终结转结余", ""),
            ("支出总计", "9.00"),
        ]

    def test_every_cell_on_a_line_of_its_own(self) -> None:
        head = "支出决算表\n公开03表\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n"
        cells = "合计|14.00|4.00|10.00|205|教育支出|10.00|10.00|208|社会保障和就业支出|4.00|4.00"
        assert shown(read(head + cells.replace("|", "\n") + "\n注：无。\n").tables[0].blocks[0]) == [
            ("合计", "14.00", "4.00", "10.00"),
            ("教育支出", "10.00", "", "10.00"),
            ("社会保障和就业支出", "4.00", "4.00", ""),
        ]

    def test_two_sides_with_every_cell_on_a_line_of_its_own(self) -> None:
        head = "收入支出决算总表\n公开01表\n单位：万元\n收入 支出\n"
        head += "项目 行次 决算数 项目 行次 决算数\n栏次\n1\n栏次\n2\n"
        cells = "一、拨款|1|9.00|一、教育支出|4|2|二、卫生健康支出|5|9.00|总计|3|9.00|总计|6|9.00"
        income, expenditure = read(head + cells.replace("|", "\n") + "\n注：无。\n").tables[0].blocks
        assert shown(income) == [("一、拨款", "9.00"), ("总计", "9.00")]
        assert shown(expenditure) == [("一、教育支出", ""), ("二、卫生健康支出", "9.00"), ("总计", "9.00")]

    def test_a_total_shows_no_column_that_no_row_shows(self) -> None:
        text = (
            "财政拨款收入支出决算总表\n公开04表\n单位：万元\n收入 支出\n项目 行次 金额 项目 行次 合计\n"
            "一般公共预算财政拨款\n政府性基金预算财政拨款\n国有资本经营预算财政拨款\n栏次 1 栏次 2 3 4 5\n"
            "一、一般公共预算财政拨款 1 60.00 一、教育支出 5 60.00 60.00\n"
            "二、政府性基金预算财政拨款 2 40.00 二、其他支出 6 40.00 40.00\n"
            "本年收入合计 3 100.00 本年支出合计 7 100.00 60.00 40.00\n"
            "总计 4 100.00 总计 8 100.00 60.00 47.00\n"
        )
        expenditure = read(text).tables[0].blocks[1]
        assert shown(expenditure)[-1] == ("总计", "100.00", "60.00", "47.00", "")

    def test_an_empty_table_is_one(self) -> None:
        caption = "政府性基金预算支出表\n公开08表\n单位：万元\n"
        table = read(
            caption + "科目编码 科目名称 合计 基本支出 项目支出\n注：本部门没有，故本表为空。\n"
        ).tables[0]
        assert (len(table.blocks[0].columns), table.blocks[0].rows) == (3, ())
        assert table.notes == ("注：本部门没有，故本表为空。",)

    def test_a_later_table_helps_an_earlier_one(self) -> None:
        head = "单位：万元\n科目编码 科目名称 合计 基本支出 项目支出"
        text = (
            f"支出总表\n公开03表\n{head} 上缴上级支出 经营支出 对附属单位补助支出\n205 教育支出 9.00 9.00\n"
            f"一般公共预算支出表\n公开05表\n{head}\n205 教育支出 9.00 9.00 0.00\n"
        )
        assert shown(read(text).tables[0].blocks[0]) == [("教育支出", "9.00", "9.00", "", "", "", "")]

    def test_lines_that_make_no_table_stay_text(self) -> None:
        found = read("表 3\n支出总表\n单位：万元\n这里没有表格，只有一句话。\n")
        assert found.tables == ()
        assert "这里没有表格，只有一句话。" in texts(found)[-1]


PATHS = [("本年支出合计",), ("基本支出",), ("项目支出",), ("经营支出",)]


def layouts(*rows: Figures, said: dict[tuple[str, int], int] | None = None) -> list[set[tuple[int, ...]]]:
    return lay_out(PATHS, rows, lambda row, value, column: (said or {}).get((row.key, column), 0))


class TestArbiter:
    TOTAL = Figures("合计", -1, ("100.00", "60.00", "40.00"))
    SAID: ClassVar = {("合计", 1): 1, ("合计", 2): 1}

    def test_sums_that_heads_promise(self) -> None:
        assert [(s.left, s.right) for s in sums_of(PATHS)] == [((0,), (1, 2, 3))]
        grouped = [
            ("年初结转和结余",),
            ("本年收入",),
            ("本年支出", "小计"),
            ("本年支出", "基本支出"),
            ("本年支出", "项目支出"),
            ("年末结转和结余",),
        ]
        assert [(s.left, s.right) for s in sums_of(grouped)] == [((2,), (3, 4)), ((0, 1), (2, 5))]

    def test_the_total_decides_about_its_parts(self) -> None:
        found = layouts(
            self.TOTAL,
            Figures("205", 0, ("60.00", "60.00")),
            Figures("208", 0, ("40.00", "40.00")),
            said=self.SAID,
        )
        assert found == [{(0, 1, 2)}, {(0, 1)}, {(0, 2)}]

    def test_one_wrong_figure_moves_no_column_and_is_not_repaired(self) -> None:
        found = layouts(
            self.TOTAL,
            Figures("205", 0, ("60.00", "66.00")),
            Figures("208", 0, ("40.00", "40.00")),
            said=self.SAID,
        )
        assert found == [{(0, 1, 2)}, {(0, 1)}, {(0, 2)}]

    def test_two_layouts_that_close_leave_the_row_open(self) -> None:
        total = Figures("合计", -1, ("100.00", "50.00", "50.00"))
        found = layouts(
            total,
            Figures("205", 0, ("50.00", "50.00")),
            Figures("208", 0, ("50.00", "50.00")),
            said=self.SAID,
        )
        assert found[1] == {(0, 1), (0, 2)}

    def test_nothing_known_nothing_guessed(self) -> None:
        assert layouts(Figures("205", -1, ("50.00", "50.00")))[0] == {(0, 1), (0, 2), (0, 3)}

    def test_a_full_row_needs_no_choice(self) -> None:
        assert layouts(Figures("205", -1, ("9", "9", "9", "9"))) == [{(0, 1, 2, 3)}]

    def test_too_many_figures_fit_nowhere(self) -> None:
        assert layouts(Figures("205", -1, ("9",) * 5)) == [set()]

    def test_an_open_cell_is_no_number_and_is_reported(self) -> None:
        found = read(
            "支出决算表\n公开03表\n单位：万元\n项 目\n本年支出合计 基本支出 项目支出\n功能分类\n"
            "科目编码\n科目名称\n栏次 1 2 3\n"
            "205 教育支出 13.86 13.86\n"
        )
        cells = [cell.text for _, _, _, cell in found.tables[0].cells()]
        assert cells == ["13.86", "？13.86", "？13.86"]
        assert "不能确定属于哪一栏" in found.problems[0].message


class TestForms:
    FORM = (
        "附件 2-1\n项目支出绩效自评表\n项目名称 甲项目 项目金额 100.00\n主管部门 某局 实施单位\n"
        "项目资金（元）\n"
        "年初预算数 全年预算数 全年执行数 分值 执行率 得分\n年度资金总额 100.00 100.00 50.0\n0\n10 50% 5\n"
        "其中：当年财政拨款 100.00 100.00 50.00 — 50% —\n年度总体目标\n预期目标 实际完成情况\n"
        "完成任务。 已完成任务。\n年度绩效指标\n"
        "一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改\n进措施\n"
        "产出指标\n数量指标\n"
        "全市现金报销审核\n\n单量\n≥14 万宗 150110 宗 45 45\n"
        "质量指标 规范性 90%≤规范率≤100% 89.51% 45 40 受疫情影\n\n响未开展。\n"
        "总分 100 90 —\n"
    )

    def test_self_evaluation(self) -> None:
        facts, funds, goals, indicators = read(self.FORM).tables[0].blocks
        assert shown(facts) == [
            ("项目名称", "甲项目"),
            ("项目金额", "100.00"),
            ("主管部门", "某局"),
            ("实施单位", ""),
        ]
        assert shown(funds)[0] == ("年度资金总额", "100.00", "100.00", "50.00", "10", "50%", "5")
        assert goals.rows[0].label == "年度总体目标"
        assert shown(indicators) == [
            ("全市现金报销审核单量", "≥14 万宗", "150110 宗", "45", "45", ""),
            ("规范性", "90%≤规范率≤100%", "89.51%", "45", "40", "受疫情影响未开展。"),
            ("总分", "", "", "100", "90", "—"),
        ]
        assert [row.groups for row in indicators.rows] == [
            ("产出指标", "数量指标"),
            ("产出指标", "质量指标"),
            (),
        ]

    NATIONAL = (
        "项目支出绩效自评表\n（2023年度）\n项目名称 甲项目\n主管部门 某局 实施单位 某中心\n"
        "项目资金（万元） 年初预算数 全年预算数 全年执行数 分值 执行率 得分\n"
        "年度资金总额 100.00 100.00 90.00 10 90% 9\n"
        "其中：当年财政拨款 100.00 100.00 90.00 — 90% —\n年度总体目标 预期目标 实际完成情况\n完成任务 已完成\n"
        "绩效指标 一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施\n"
        "产出指标 数量指标 检查家数 ≥20家 25家 50 50\n"
        "满意度指标 服务对象满意度指标 满意度 ≥90% 95% 40 40\n总分 100 99\n"
    )

    def test_national_form_with_the_names_of_parts_beside_their_heads(self) -> None:
        first, second = read(self.NATIONAL + self.NATIONAL.replace("甲项目", "乙项目")).tables
        assert (first.title, shown(second.blocks[0])[0]) == ("项目支出绩效自评表", ("项目名称", "乙项目"))
        funds = first.blocks[1]
        assert (funds.name, shown(funds)[0]) == (
            "项目资金（万元）",
            ("年度资金总额", "100.00", "100.00", "90.00", "10", "90%", "9"),
        )
        assert shown(first.blocks[-1]) == [
            ("检查家数", "≥20家", "25家", "50", "50", ""),
            ("满意度", "≥90%", "95%", "40", "40", ""),
            ("总分", "", "", "100", "99", ""),
        ]

    def test_targets_of_a_department(self) -> None:
        text = (
            "表 12\n部门整体支出绩效目标表\n2023 年度 单位：万元\n部门名称 某局 主管部门 某局\n"
            "年度主要任务\n任务名称 主要内容\n"
            "预算金额（万元）\n总额 其中：财政拨款 其中：其他资金\n基本支出 用于人员支出 60 60\n"
            "甲项目 用于甲 40 - 40\n金额合计 100 60 40\n"
            "年度绩效指标\n一级指标 二级指标 三级指标 目标值\n产出指标 数量指标\n"
            "发送信息数量 ≥1500 万条\n时效指标 完成时间 2023 年 12 月 31 日前\n"
        )
        _, tasks, indicators = read(text).tables[0].blocks
        assert shown(tasks) == [
            ("基本支出", "用于人员支出", "60", "60", ""),
            ("甲项目", "用于甲", "40", "-", "40"),
            ("金额合计", "", "100", "60", "40"),
        ]
        assert shown(indicators) == [("发送信息数量", "≥1500 万条"), ("完成时间", "2023 年 12 月 31 日前")]


_HOSTILE = [
    "." * 50_000 + "x",
    "甲" + " " * 50_000 + "乙",
    "1.00" * 20_000,
    "1%" * 20_000,
    "表" * 50_000,
    "一、" * 20_000,
    "甲 1 " * 10_000,
]


@pytest.mark.parametrize("line", _HOSTILE)
def test_hostile_lines_take_no_time(line: str) -> None:
    begin = process_time()
    table = f"表 1\n收支总表\n单位：万元\n项目 预算数\n甲 1.00\n{line}\n乙 2.00\n"
    read(f"{table}目录\n{line}\n项目名称 预算数（万元） 绩效目标\n{line}\n")
    assert process_time() - begin < 5


_PIECES = st.sampled_from(
    [
        "表 1", "收支总表", "单位：万元", "项目 预算数", "收入 支出", "栏次 1 2", "205 教育支出 13.86", "合计",
        "1,2345", "0.0031012", "一级指标 二级指标 三级指标 目标值", "产出指标", "项目名称 甲", "附件 2-1",
        "年初预算数 全年预算数 全年执行数", "甲\t乙\t", "|a|b|", "目 录", "一、职责", "—", "100% 5 5", "\f",
        "科目编码 科目名称 决算数", "总分 100 90", "注：无。",
    ]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(_PIECES | st.text(max_size=20), max_size=25))
def test_random_lines_never_crash(lines: list[str]) -> None:
    found = read("\n".join(lines))
    for table in found.tables:
        for block in table.blocks:
            assert all(len(row) == len(block.columns) for row in block.cells)


@pytest.mark.skipif(not (gold.SHARED / "gold").is_dir(), reason="the transcribed documents are not here")
@pytest.mark.parametrize(
    ("name", "cells", "unknown"),
    [
        ("accounts-2020-szybzx", 1094, 4),
        ("budget-2021-szyb", 549, 0),
        ("budget-2023-szybzx", 1069, 0),
        ("eval-2023-gzyb", 29, 0),
        ("eval-2023-szyb", 0, 0),
    ],
)
def test_cells_of_the_published_documents(name: str, cells: int, unknown: int) -> None:
    count = gold.compare(name)
    assert (count.all, count.wrong) == (cells, [])
    assert len(count.unknown) <= unknown

"""Tables of text exports: rows, sides, wrapped labels, glued figures."""

from __future__ import annotations

from tests.reading.pages import exported, shown, texts


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
        left, right = exported(text).tables[0].blocks
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
        income, expenditure = exported(text).tables[0].blocks
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
        found = exported(text).tables
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
        block = exported(self.CENTRED).tables[0].blocks[0]
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
        assert exported(self.CENTRED.replace("项 目 上缴", "项 目 数 上缴")).tables == ()

    def test_labels_without_figures_on_both_sides(self) -> None:
        text = (
            "部门收支总表\n公开01表\n单位：万元\n收 入 支 出\n项 目 预算数 项 目 预算数\n"
            "一、一般公共预算拨款收入 9.00 一、一般公共服务支出\n二、政府性基金预算拨款收入 二、卫生健康支出 9.00\n"
            "本年收入合计 9.00 本年支出合计 9.00\n上年结转结余 年终结转结余\n"
            "收入总计 9.00 支出总计 9.00\n"
        )
        income, expenditure = exported(text).tables[0].blocks
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
        assert shown(exported(head + cells.replace("|", "\n") + "\n注：无。\n").tables[0].blocks[0]) == [
            ("合计", "14.00", "4.00", "10.00"),
            ("教育支出", "10.00", "", "10.00"),
            ("社会保障和就业支出", "4.00", "4.00", ""),
        ]

    def test_two_sides_with_every_cell_on_a_line_of_its_own(self) -> None:
        head = "收入支出决算总表\n公开01表\n单位：万元\n收入 支出\n"
        head += "项目 行次 决算数 项目 行次 决算数\n栏次\n1\n栏次\n2\n"
        cells = "一、拨款|1|9.00|一、教育支出|4|2|二、卫生健康支出|5|9.00|总计|3|9.00|总计|6|9.00"
        income, expenditure = exported(head + cells.replace("|", "\n") + "\n注：无。\n").tables[0].blocks
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
        expenditure = exported(text).tables[0].blocks[1]
        assert shown(expenditure)[-1] == ("总计", "100.00", "60.00", "47.00", "")

    def test_an_empty_table_is_one(self) -> None:
        caption = "政府性基金预算支出表\n公开08表\n单位：万元\n"
        table = exported(
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
        assert shown(exported(text).tables[0].blocks[0]) == [("教育支出", "9.00", "9.00", "", "", "", "")]

    def test_lines_that_make_no_table_stay_text(self) -> None:
        found = exported("表 3\n支出总表\n单位：万元\n这里没有表格，只有一句话。\n")
        assert found.tables == ()
        assert "这里没有表格，只有一句话。" in texts(found)[-1]

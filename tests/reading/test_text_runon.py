"""Tables run into one line, and tables of which no row is left. Made-up figures (虚构)."""

from __future__ import annotations

import pytest

from yiheng.facts.document import ReadDocument
from yiheng.reading.structure import structure
from yiheng.reading.text.reader import raw_text

TABLE = (
    "科目编码 科目名称 合计 基本支出 项目支出 合计 880.30 300.10 580.20 208 社会保障和就业支出 60.10 60.10 "
    "20805 行政事业单位养老支出 60.10 60.10 210 卫生健康支出 820.20 240.00 580.20 "
    "21015 医疗保障管理事务 820.20 240.00 580.20"
)
CAPTION = "公开03表 支出决算表 部门：云溪县医疗保障局 金额单位：万元"
ROWS = {
    "合计": ["880.30", "300.10", "580.20"],
    "社会保障和就业支出": ["60.10", "60.10", ""],
    "行政事业单位养老支出": ["60.10", "60.10", ""],
    "卫生健康支出": ["820.20", "240.00", "580.20"],
    "医疗保障管理事务": ["820.20", "240.00", "580.20"],
}


def read(text: str) -> ReadDocument:
    return structure(raw_text("a.txt", text + "\n"))


def rows(document: ReadDocument) -> dict[str, list[str]]:
    return {
        row.label: [cell.text for cell in cells]
        for table in document.tables
        for block in table.blocks
        for row, cells in zip(block.rows, block.cells, strict=True)
    }


@pytest.mark.parametrize(
    "text",
    [
        f"{CAPTION} {TABLE}",
        CAPTION.replace(" ", "\n") + "\n" + TABLE,
        CAPTION.replace("单位：", "单位： ") + " " + TABLE,
        f"本部门情况如下。 第二部分 决算表 {CAPTION} {TABLE} 第三部分 说明 2023年支出880.30万元，全部用于医疗保障。",
        (CAPTION + " " + TABLE).replace(" ", "\n\n"),
    ],
)
def test_a_table_in_one_line_is_read(text: str) -> None:
    document = read(text)
    assert rows(document) == ROWS
    assert [(t.title, t.unit) for t in document.tables] == [("支出决算表", "万元")]
    assert not document.problems


def test_two_tables_in_one_line_are_two() -> None:
    three = "表 4 “三公”经费支出表 单位：万元 合计 因公出国（境）费 公务用车购置及运行费 公务接待费 8.00 1.00 5.00 2.00"
    found = read(f"{CAPTION} {TABLE} {three}")
    assert [table.title for table in found.tables] == ["支出决算表", "“三公”经费支出表"]
    assert "表" not in rows(found)


def test_a_sentence_with_blanks_around_its_figures_is_none() -> None:
    text = (
        "单位：万元 2023 年支出合计 880.30 万元， 其中： 社会保障 60.10 万元， 卫生健康 820.20 万元， "
        "基本支出 300.10 万元， 项目支出 580.20 万元， 比上年增加 10.00 万元， 增长 1.15 %。"
    )
    document = read(text)
    assert not document.tables and not document.problems
    assert [p.text for p in document.paragraphs] == [text]


def test_codes_in_columns_of_their_own_stand_a_cell_a_line() -> None:
    split = (
        TABLE.replace("项目支出 合计", "项目支出 类 款 项 合计", 1)
        .replace("20805", "208 05")
        .replace("21015", "210 15")
    )
    document = read(f"{CAPTION} {split}".replace(" ", "\n"))
    assert rows(document) == ROWS
    codes = [row.code for table in document.tables for block in table.blocks for row in block.rows]
    assert codes == ["", "208", "20805", "210", "21015"]


def test_a_whole_number_before_a_label_is_no_code() -> None:
    cells = (
        "表8 政府性基金预算支出表 单位：万元 预算单位 科目编码 科目名称 支出总计 基本支出 项目支出 "
        "云溪县医疗保障局 693 0 693 云溪县医疗保障服务中心 693 0 693 2296013 用于城乡医疗救助的彩票公益金支出 693 0 693"
    )
    document = read(cells.replace(" ", "\n"))
    assert [row.code for table in document.tables for block in table.blocks for row in block.rows] == [
        "", "", "2296013",
    ]  # fmt: skip


def test_the_first_label_of_two_sides_is_no_column() -> None:
    cells = (
        "表6 拨款收支总表 单位：万元 收入 支出 项目 预算数 项目 预算数 政府预算拨款 900.00 一、教育支出 100.00 "
        "一般公共预算拨款 800.00 二、卫生健康支出 800.00 政府性基金预算拨款 100.00 收入总计 900.00 支出总计 900.00"
    )
    found = rows(read(cells.replace(" ", "\n")))
    assert found["政府预算拨款"] == ["900.00"] and found["一、教育支出"] == ["100.00"]


def test_what_made_no_table_is_told() -> None:
    down = "支出决算表 单位：万元 甲 乙 丙 1.00 2.00 3.00 4.00 5.00 6.00 7.00 8.00 9.00".replace(" ", "\n")
    document = read(down)
    assert not document.tables
    (problem,) = document.problems
    assert problem.message.startswith("“支出决算表”没有读成表格，其中 9 个数字没有核对")
    assert problem.place.line == 6


def test_lines_that_nothing_wraps_are_paragraphs() -> None:
    said = [
        f"（{n}）{'依照有关规定，' * length}办理本县医疗保障的各项事务。"
        for n, length in zip("一二三四五六七", range(1, 8), strict=True)
    ]
    lines = [*said, "图示", "图1　收入构成（单位：万元）", *said]
    assert [p.text for p in read("\n".join(lines)).paragraphs] == lines


def test_a_caption_below_a_long_line_is_not_its_rest() -> None:
    long = "开展宣传活动场次" * 20
    texts = [p.text for p in read(f"{long}\n表15 一级项目支出绩效目标表\n正文如下").paragraphs]
    assert texts[:2] == [long, "表15 一级项目支出绩效目标表"]


def test_heads_of_any_words_stand_over_rows_that_fill_them() -> None:
    cells = (
        "表1：2023年收支按单位分布情况表 所属单位 收支数（万元） 占比 云溪县医疗保障局（本级） 20.00 20.00% "
        "云溪县医疗保障服务中心 70.00 70.00% 云溪县医疗救助中心 10.00 10.00% 合计 100.00 100.00%"
    )
    document = read(cells.replace(" ", "\n"))
    assert rows(document)["云溪县医疗救助中心"] == ["10.00", "10.00%"]
    assert not read(cells.replace(" 70.00 70.00%", " 70.00").replace(" ", "\n")).tables


def test_rows_as_wide_as_their_table_do_not_say_where_the_text_wraps() -> None:
    said = ["全县" * 18 + "安排{n}00.00", "万元用于医疗救助。"]
    text = [line for n in range(1, 7) for line in (said[0].replace("{n}", str(n)), said[1])]
    aligned = [f"其他医疗保障管理事务支出{' ' * 30}{n}00.00{' ' * 30}{n}00.00" for n in range(10, 40)]
    paragraphs = [p.text for p in read("\n".join([*text, *aligned])).paragraphs]
    assert paragraphs[0].endswith("万元用于医疗救助。")

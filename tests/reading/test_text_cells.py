"""Tables whose rows a web page lost: each cell on a line of its own, ended by a pipe. Made-up figures (虚构)."""

from __future__ import annotations

import pytest

from yiheng.facts.document import ReadDocument
from yiheng.reading.structure import structure
from yiheng.reading.text.reader import raw_text

SPENDING = [
    "2023年部门支出总表", "单位：万元", "科目编码 |", "科目名称 |", "合计 |", "基本支出 |", "项目支出 |",
    "合计 |", "|", "320.40 |", "200.10 |", "120.30 |",
    "210 |", "卫生健康支出 |", "300.40 |", "180.10 |", "120.30 |",
    "21015 |", "医疗保障管理事务 |", "300.40 |", "180.10 |", "120.30 |",
    "221 |", "住房保障支出 |", "20.00 |", "20.00 |", "|",
]  # fmt: skip
SPENDING[7:9] = ["|", "合计 |"]
HOSPITALITY = [
    "单位：万元", "项 目", "|", "预 算 数", "|", "合 计", "|", "8.60", "|", "因公出国（境）费", "|", "|",
    "公务接待费", "|", "3.10", "|", "公务用车购置", "及运行费", "|", "5.50", "|",
]  # fmt: skip
SHEET = [
    "项目支出绩效自评表 |", "（2022年度） |", "项目名称 |", "窗口设备更新 |", "主管部门 |", "云溪县医疗保障局 |",
    "项目资金（万元） |", "|", "年初预算数 |", "全年预算数 |", "全年执行数 |", "分值 |", "执行率 |", "得分 |",
    "年度资金总额： |", "50.00 |", "48.00 |", "36.00 |", "10 |", "75.00% |", "7.50 |",
    "其中：财政拨款 |", "50.00 |", "48.00 |", "36.00 |", "— |", "75.00% |", "— |",
    "其他资金 |", "|", "|", "|", "— |", "|", "— |",
    "绩效指标(90分) |", "一级指标 |", "二级指标 |", "三级指标 |", "年度指标值 |", "实际完成值 |", "分值 |", "得分 |",
    "偏差原因 |",
    "产出指标 |", "数量指标 |", "更新设备数量 |", "≥20台 |", "20台 |", "50 |", "50 |", "|",
    "质量指标 |", "验收合格率 |", "100% |", "100% |", "20 |", "20 |", "|",
    "满意度指标 |", "服务对象满意度指标 |", "群众满意度 |", "≥95% |", "90% |", "20 |", "18 |", "等候时间偏长。 |",
    "总分 |", "100 |", "95.50 |", "|",
]  # fmt: skip


def read(lines: list[str]) -> ReadDocument:
    return structure(raw_text("a.txt", "\n".join(lines) + "\n"))


def shown(document: ReadDocument) -> list[list[str]]:
    (table,) = document.tables
    (block,) = table.blocks
    return [
        [row.code, row.label, *(cell.text for cell in cells)]
        for row, cells in zip(block.rows, block.cells, strict=True)
    ]


def test_the_header_says_how_many_cells_make_a_row() -> None:
    document = read(SPENDING)
    assert shown(document) == [
        ["", "合计", "320.40", "200.10", "120.30"],
        ["210", "卫生健康支出", "300.40", "180.10", "120.30"],
        ["21015", "医疗保障管理事务", "300.40", "180.10", "120.30"],
        ["221", "住房保障支出", "20.00", "20.00", ""],
    ]
    assert document.tables[0].title == "2023年部门支出总表"


def test_a_wrong_digit_changes_no_other_cell() -> None:
    wrong = ["180.70 |" if line == "180.10 |" else line for line in SPENDING]
    assert [row[3] for row in shown(read(wrong))] == ["200.10", "180.70", "180.70", "20.00"]


def test_a_pipe_on_a_line_of_its_own_ends_a_cell_too() -> None:
    assert shown(read(HOSPITALITY)) == [
        ["", "合计", "8.60"],
        ["", "因公出国（境）费", ""],
        ["", "公务接待费", "3.10"],
        ["", "公务用车购置及运行费", "5.50"],
    ]


def test_rows_may_begin_with_a_cell_too_many() -> None:
    """Each row began with a pipe of its own."""
    lines = [
        "|", "单位：万元", "|", "|", "项 目", "|", "合计", "|", "一般公共", "预算", "|", "政府性基金预算", "|",
        "|", "行政经费", "|", "9.50", "|", "9.00", "|", "0.50", "|",
        "|", "“三公”经费", "|", "2.50", "|", "2.50", "|", "0.00", "|",
        "|", "（一）公务接待费", "|", "1.00", "|", "1", "|", "0.00", "|",
    ]  # fmt: skip
    assert [row[1:] for row in shown(read(lines))] == [
        ["行政经费", "9.50", "9.00", "0.50"],
        ["“三公”经费", "2.50", "2.50", "0.00"],
        ["（一）公务接待费", "1.00", "1", "0.00"],
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["姓名 |", "职务 |", "李某 |", "局长 |", "王某 |", "科长 |", "共 2 人 |"],
        ["表态 |", "拥护 |", "支持 |", "12 |", "发言 |", "3 |", "附和 |"],
    ],
)
def test_cells_that_fit_no_header_make_no_table(lines: list[str]) -> None:
    assert not read(lines).tables


def test_a_form_is_put_together_by_its_heads() -> None:
    tables = read(SHEET).tables
    rows = {
        row.label: [cell.text for cell in cells]
        for table in tables
        for block in table.blocks
        for row, cells in zip(block.rows, block.cells, strict=True)
    }
    assert rows["年度资金总额："] == ["50.00", "48.00", "36.00", "10", "75.00%", "7.50"]
    assert rows["其他资金"] == ["", "", "", "—", "", "—"]
    assert rows["验收合格率"] == ["100%", "100%", "20", "20", ""]
    assert rows["群众满意度"] == ["≥95%", "90%", "20", "18", "等候时间偏长。"]
    assert rows["总分"][2:4] == ["100", "95.50"]


@pytest.mark.parametrize("lost", ["48.00 |", "≥20台 |", "18 |"])
def test_a_form_that_lacks_a_cell_is_no_form(lost: str) -> None:
    at = SHEET.index(lost)
    assert not read(SHEET[:at] + SHEET[at + 1 :]).tables


def test_a_pipe_at_the_front_ends_an_empty_cell_where_pipes_only_follow_cells() -> None:
    lines = [
        "科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |",
        "| 合计 | 320.40 | 200.10 | 120.30 |",
        "210 | 卫生健康支出 | 300.40 | 180.10 | 120.30 |",
        "221 | 住房保障支出 | 20.00 | 20.00 | |",
    ]
    assert shown(read(lines))[0][:3] == ["", "合计", "320.40"]


def test_a_header_without_its_merged_cells_is_laid_out_by_its_words() -> None:
    lines = [
        "科目编码 | 科目名称 | 年初结转和结余 | 本年收入 | 本年支出 | 年末结转和结余 |",
        "小计 | 基本支出 | 项目支出 |",
        "| 合计 | | 36.00 | 36.00 | | 36.00 | |",
        "229 | 其他支出 | | 36.00 | 36.00 | | 36.00 | |",
        "22960 | 彩票公益金安排的支出 | | 36.00 | 36.00 | | 36.00 | |",
    ]
    (table,) = read(lines).tables
    paths = ["/".join(column.path) for column in table.blocks[0].columns]
    assert paths[-5:] == [
        "本年收入",
        "本年支出/小计",
        "本年支出/基本支出",
        "本年支出/项目支出",
        "年末结转和结余",
    ]
    assert shown(read(lines))[1][-5:] == ["36.00", "36.00", "", "36.00", ""]


def test_rows_under_a_short_header_of_unknown_words_are_no_table() -> None:
    lines = [
        "甲类 | 乙类 | 丙类 |",
        "一次 | 二次 |",
        "东区 | 1.20 | 2.30 | 3.40 |",
        "西区 | 1.20 | 2.30 | 3.40 |",
    ]
    assert not read(lines).tables

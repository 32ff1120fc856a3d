"""The workbook, read back by another library: numbers as numbers, formats as printed, links and print set-up."""

import dataclasses
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from tests.reporting import sample2

from yiheng.facts import Block, Cell, CellKind, Column, Row, Table
from yiheng.reporting import xlsx
from yiheng.reporting.xlsx.cells import printed_number


def read(path: Path, audience: str = "public", synthetic: bool = True) -> openpyxl.Workbook:
    return openpyxl.load_workbook(
        xlsx.write(sample2.paper(audience, synthetic), path / "paper.xlsx", sample2.LABELS)
    )


def column(sheet: Worksheet, number: int) -> list[object]:
    return [row[number].value for row in sheet.iter_rows() if row[number].value is not None]


def test_there_is_a_sheet_for_each_table_and_list(tmp_path: Path) -> None:
    assert read(tmp_path).sheetnames == [
        "目录",
        "公开01表 收入支出决算总表",
        "公开03表 支出决算表",
        "公开09表 国有资本经营预算支出表",
        "附件2 项目支出绩效自评表",
        "图示",
        "图表数据",
        "审核结果",
        "来源",
        "原始数",
    ]


def test_amounts_are_numbers_in_the_unit_as_printed(tmp_path: Path) -> None:
    sheet = read(tmp_path)["公开03表 支出决算表"]
    assert sheet["C6"].value == 7870.35
    assert sheet["C6"].number_format == "#,##0.00"
    assert sheet["A7"].value == "2050803"
    assert sheet["D7"].value is None
    assert sheet["C6"].font.bold and not sheet["C7"].font.bold


def test_exact_yuan_and_counts_keep_their_places(tmp_path: Path) -> None:
    sheet = read(tmp_path)["附件2 项目支出绩效自评表"]
    assert (sheet["B6"].value, sheet["B6"].number_format) == (1200000.5, "#,##0.00")
    assert (sheet["C6"].value, sheet["C6"].number_format) == (3, "#,##0")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1,193.94", ("1193.94", "#,##0.00")),
        ("262506", ("262506", "0")),
        ("0", ("0", "#,##0")),
        ("-35.5", ("-35.5", "#,##0.0")),
        ("(1,000.5)", ("-1000.5", "#,##0.0;(#,##0.0)")),
        ("-", None),
        ("", None),
        ("12人", None),
        ("87%", None),
    ],
)
def test_number_formats_follow_the_print(text: str, shown: tuple[str, str] | None) -> None:
    found = printed_number(text)
    assert (None if found is None else (str(found[0]), found[1])) == shown


def test_headers_are_merged_and_repeat_on_every_page(tmp_path: Path) -> None:
    sheet = read(tmp_path)["公开03表 支出决算表"]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"D4:E4", "A4:A5", "B4:B5", "C4:C5"} <= merged
    assert sheet.print_title_rows == "$4:$5"
    assert sheet.freeze_panes == "A6"
    assert sheet.print_area.endswith("$A$1:$E$13")
    assert (sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (0, True)


def test_a_wide_table_is_printed_across(tmp_path: Path) -> None:
    columns = (
        Column(("项目",), CellKind.TEXT),
        *(Column((f"第{n}栏",), CellKind.MONEY, "万元") for n in range(8)),
    )
    cells = (sample2.words("合计"), *(Cell(CellKind.MONEY, "1.00") for _ in range(8)))
    table = Table("宽表", "宽表", "万元", (Block("", columns, (Row((("合计",),), "合计"),), (cells,)),))
    paper = dataclasses.replace(sample2.paper(), tables=(table,), sections=())
    sheet = openpyxl.load_workbook(xlsx.write(paper, tmp_path / "a.xlsx"))["宽表"]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.freeze_panes == "B5"


def test_states_that_are_not_zero_differ(tmp_path: Path) -> None:
    sheet = read(tmp_path)["公开01表 收入支出决算总表"]
    assert sheet["B6"].value == "未录入"
    assert [sheet[f"D{row}"].value for row in (6, 7, 8)] == [13.86, "不公开", "未列明"]


def test_the_contents_link_to_every_sheet_and_back(tmp_path: Path) -> None:
    book = read(tmp_path)
    links = {cell.hyperlink.location for row in book["目录"].iter_rows() for cell in row if cell.hyperlink}
    assert {f"'{name}'!A1" for name in book.sheetnames[1:]} == links
    assert book["公开03表 支出决算表"]["G1"].hyperlink.location == "'目录'!A1"


def test_sources_lead_to_the_cell_and_name_rule_and_documents(tmp_path: Path) -> None:
    sheet = read(tmp_path)["来源"]
    row = next(r for r in sheet.iter_rows() if r[2].value == "公开03表[合计, 其中/基本支出]")
    assert row[2].hyperlink.location == "'公开03表 支出决算表'!D6"
    assert row[5].value == "57,120,100.00 元"
    assert row[9].value == "按功能分类"
    assert row[10].value == "深圳市医疗保险基金管理中心2020年度部门决算"
    assert row[12].value == "2–4、6"


def test_only_internal_papers_name_ledger_rows(tmp_path: Path) -> None:
    public, internal = read(tmp_path)["原始数"], read(tmp_path, "internal")["原始数"]
    assert "台账表" not in [cell.value for cell in public[1]]
    head = [cell.value for cell in internal[1]]
    assert [row[head.index("行")].value for row in internal.iter_rows(min_row=2)][:2] == ["s1", "s2"]
    assert column(public, 6)[1:] == [
        138600,
        4130400,
        1951500,
        46134100,
        14662500,
        4904100,
        6782300,
        3,
        1200000.5,
    ]


def test_findings_begin_with_what_failed(tmp_path: Path) -> None:
    sheet = read(tmp_path)["审核结果"]
    assert sheet["A1"].value == "审核结果：通过 2 项　不通过 2 项　不适用 1 项　无法执行 1 项"
    assert column(sheet, 0)[2:] == ["不通过", "不通过", "无法执行", "不适用", "通过（尾差）", "通过"]
    assert sheet["J4"].value == "原件如此，已核实。"


def test_synthetic_data_say_so_on_every_table(tmp_path: Path) -> None:
    book = read(tmp_path)
    assert all(book[name]["A2"].value == "演示数据（虚构）" for name in book.sheetnames[1:5])
    assert "演示数据（虚构）" in book["公开03表 支出决算表"].oddHeader.right.text
    plain = read(tmp_path, synthetic=False)
    assert "演示数据（虚构）" not in [
        cell.value for sheet in plain for row in sheet.iter_rows() for cell in row
    ]


def test_the_same_paper_gives_the_same_bytes(tmp_path: Path) -> None:
    first = xlsx.write(sample2.paper(), tmp_path / "a.xlsx", sample2.LABELS).read_bytes()
    assert xlsx.write(sample2.paper(), tmp_path / "b.xlsx", sample2.LABELS).read_bytes() == first


def test_text_is_never_taken_for_a_formula_and_never_lost(tmp_path: Path) -> None:
    evil, long = '=HYPERLINK("http://x")', "长" * 40_000
    columns = (Column(("名称",), CellKind.TEXT), Column(("金额",), CellKind.MONEY, "万元"))
    rows = tuple(Row(((name,),), name) for name in (evil, "长文", "大数"))
    cells = (
        (sample2.words(evil), Cell(CellKind.MONEY, "-")),
        (sample2.words(long), Cell(CellKind.MONEY, "")),
        (sample2.words("大数"), Cell(CellKind.MONEY, "12,345,678,901,234.56")),
    )
    tables = (Table("表[1]*:?/\\" + "名" * 40, "题", "万元", (Block("", columns, rows, cells),)),) * 2
    paper = dataclasses.replace(sample2.paper(synthetic=False), tables=tables, sections=())
    book = openpyxl.load_workbook(xlsx.write(paper, tmp_path / "a.xlsx"))
    first, second = book.sheetnames[1:3]
    assert first == ("表1" + "名" * 40)[:31] and second == first[:29] + "_2"
    sheet = book[first]
    assert (sheet["A4"].value, sheet["A4"].data_type) == (evil, "s")
    assert len(sheet["A5"].value) == 32_767 and sheet["A5"].value.endswith("全文见网页）")
    # Sixteen digits would come back changed from a binary fraction.
    assert sheet["B6"].value == "12,345,678,901,234.56"
    assert sheet["B4"].value == "-"

"""XLSX workbooks of published tables as raw grids."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from tests.reading.published import grids, lines, texts

from yiheng.reading.problems import Unreadable
from yiheng.reading.spreadsheet import read_spreadsheet, shown


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (1234.5, "#,##0.00", "1,234.50"),
        (1234.5678, "#,##0.00", "1,234.57"),
        (0.8529, "0.00%", "85.29%"),
        (0.885, "0%", "89%"),
        (7, "General", "7"),
        (7.68, "General", "7.68"),
        (-3.5, "0.0_ ;[Red]-0.0", "-3.5"),
        (10000000, "General", "10000000"),
        ("—", "0.00", "—"),
        (None, "0.00", ""),
    ],
)
def test_a_figure_is_read_as_its_format_prints_it(value: object, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


def test_caption_and_table_come_apart(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "公开03表"
    sheet.append(["支出决算表"])
    sheet.merge_cells("A1:C1")
    sheet.append(["部门：某市医疗保障局（虚构）", None, "单位：万元"])
    sheet.append(["科目编码", "科目名称", "合计"])
    sheet.append(["205", "教育支出", 13.86])
    sheet["C4"].number_format = "#,##0.00"
    book.create_sheet("隐藏").sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    found = read_spreadsheet(tmp_path / "a.xlsx")
    assert lines(found) == ["支出决算表", "部门：某市医疗保障局（虚构）", "单位：万元"]
    (grid,) = grids(found)
    assert texts(grid) == [["科目编码", "科目名称", "合计"], ["205", "教育支出", "13.86"]]
    assert grid.cells[1][2] is not None and grid.cells[1][2].place.where == "公开03表!C4"


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/sharedStrings.xml", "w") as part:
            for _ in range(257):
                part.write(b"\0" * 2**20)
    with pytest.raises(Unreadable, match="超过可读的大小"):
        read_spreadsheet(path)


def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook><sheets>")
        archive.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(Unreadable, match="结构有误"):
        read_spreadsheet(path)


def test_a_workbook_under_another_extension_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["科目", "金额"])
    book.active.append(["合计", 5])
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "a.xlsx").rename(tmp_path / "a.pdf")
    (grid,) = grids(read_spreadsheet(tmp_path / "a.pdf"))
    assert texts(grid) == [["科目", "金额"], ["合计", "5"]]

"""Exports of other systems through a saved column mapping, and everything that can be wrong in one."""

from pathlib import Path

import pytest
from tests.reading.books import HEAD, SHEETS, UNIT_ROWS, book, only, read, table

from yiheng.reading.mapping import ColumnMapping, read_mapping
from yiheng.reading.problems import Problem, Unreadable
from yiheng.reading.tables import Reading

MAPPING = """
sheets:
  支出预算:
    from: 预算明细
    skip_rows: 2
    unit: 万元
    columns: {预算单位: unit, 科目: function, "批复数(万元)": amount}
    values: {unit: {"001": jia, 甲中心: jia}}
    constants: {year: 2024, 阶段: 批复}
    key_from: [unit, function]
    ignore: [序号]
    skip_where: {预算单位: [合计, 小计]}
"""
ROWS = (
    ("年度：2024",),
    ("行号", "单位", "金额"),
    ("序号", "预算单位", "科目", "批复数（万元）"),
    (1, "001", 2101501, 12.5),
    (2, "甲中心", "培训支出 2050803", 0.5),
    (None, "合 计", None, 13),
)


def mapping(tmp_path: Path, text: str, name: str = "别家.yaml") -> tuple[ColumnMapping, list[Problem]]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_mapping(path, SHEETS)


def load(tmp_path: Path, text: str, *rows: tuple[object, ...]) -> Reading:
    found, problems = mapping(tmp_path, text)
    assert problems == []
    return read(book(tmp_path / "导出.xlsx", {"预算明细": rows, "别的": UNIT_ROWS}), mapping=found)


def test_an_export_becomes_our_rows(tmp_path: Path) -> None:
    reading = load(tmp_path, MAPPING, *ROWS[:4], ROWS[5])
    assert reading.problems == []
    row = only_row(reading)
    assert row == {
        "key": "jia-2101501",
        "unit": "jia",
        "year": 2024,
        "stage": "approved",
        "amount": 12_500_000,
    }
    assert reading.notes == ["导出.xlsx：工作表“别的”不在列对应里，未读取"]


def only_row(reading: Reading) -> dict[str, object]:
    (row,) = reading.rows["lines"]
    return {name: row.values[name] for name in ("key", "unit", "year", "stage", "amount")}


def test_a_wrong_cell_is_reported_where_it_stands_in_their_file(tmp_path: Path) -> None:
    rows = (*ROWS[:3], (1, "001", 2101501, "五万"))
    problem = only(load(tmp_path, MAPPING, *rows).problems)
    assert (problem.sheet, problem.cell, problem.kind) == ("预算明细", "D4", "金额不是数字")


def test_their_unit_against_their_header(tmp_path: Path) -> None:
    found, _ = mapping(tmp_path, MAPPING.replace("unit: 万元", "unit: 元"))
    problem = only(read(book(tmp_path / "a.xlsx", {"预算明细": ROWS[:4]}), mapping=found).problems)
    assert problem.reason == "表头写万元，而声明的金额单位是元"


def test_their_sheet_or_column_is_missing(tmp_path: Path) -> None:
    found, _ = mapping(tmp_path, MAPPING)
    kinds = [p.kind for p in read(book(tmp_path / "a.xlsx", {"别的": UNIT_ROWS}), mapping=found).problems]
    assert kinds == ["缺少工作表"]
    rows = (*ROWS[:2], ("预算单位", "批复数（万元）"), ("001", 5))
    problems = read(book(tmp_path / "b.xlsx", {"预算明细": rows}), mapping=found).problems
    assert [(p.kind, p.column) for p in problems] == [("缺少列对应所指的列", "科目")]


def test_one_sheet_of_ours_from_two_of_theirs_and_a_csv(tmp_path: Path) -> None:
    text = "sheets: {lines: [{from: 一}, {from: 二, constants: {unit: jia}, ignore: '*'}]}"
    found, problems = mapping(tmp_path, text)
    assert problems == []
    first = book(tmp_path / "a.xlsx", {"一": (HEAD, ("y1", "jia", 2024, 1))})
    second = tmp_path / "二.csv"
    second.write_bytes(table(("行号", "年度", "金额", "说明文字"), ("y2", "2024", "2", "甲"), encoding="gbk"))
    reading = read(first, second, mapping=found)
    assert reading.problems == []
    assert [row.values["key"] for row in reading.rows["lines"]] == ["y1", "y2"]


def test_json_does_the_same(tmp_path: Path) -> None:
    found, problems = mapping(
        tmp_path, '{"sheets": {"lines": {"skip_rows": 2, "constants": {"year": 2024}}}}', "a.json"
    )
    assert problems == []
    assert (found.name, found.sheets[0].skip_rows, found.sheets[0].constants) == ("a", 2, {"year": "2024"})


def test_everything_wrong_in_a_mapping_at_once(tmp_path: Path) -> None:
    text = """
sheets:
  支出预祘: {}
  lines:
    skip_row: 1
    skip_rows: 二
    unit: 美元
    columns: {甲: 金额, 乙: amount, 丙: 数额}
    values: {unit: jia}
    constants: {amount: 1, 颜色: 红}
    key_from: 5
    ignore: {}
"""
    _, problems = mapping(tmp_path, text)
    assert {(p.kind, p.file) for p in problems} == {("列对应有误", "别家.yaml")}
    assert {p.cell for p in problems} == {
        "sheets.支出预祘",
        "sheets.lines.skip_row",
        "sheets.lines.skip_rows",
        "sheets.lines.unit",
        "sheets.lines.columns.乙",
        "sheets.lines.columns.丙",
        "sheets.lines.values.unit",
        "sheets.lines.constants.amount",
        "sheets.lines.constants.颜色",
        "sheets.lines.key_from",
        "sheets.lines.ignore",
    }
    assert next(p.remedy for p in problems if p.cell == "sheets.支出预祘") == "是否应为“支出预算”？"


@pytest.mark.parametrize("text", ["", "甲", "sheets: []", "{}"])
def test_a_mapping_without_sheets(tmp_path: Path, text: str) -> None:
    _, problems = mapping(tmp_path, text)
    assert only(problems).cell == "sheets"


@pytest.mark.parametrize("text", ["sheets: {a: [}", "sheets:\n  a: {b: 1, b: 2}"])
def test_a_mapping_that_is_no_yaml(tmp_path: Path, text: str) -> None:
    with pytest.raises(Unreadable) as caught:
        mapping(tmp_path, text)
    assert caught.value.problem.kind == "列对应有误"


def test_a_mapping_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        read_mapping(tmp_path / "无.yaml", SHEETS)

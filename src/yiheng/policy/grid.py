"""Any XLSX or CSV file → rows of text cells. What a code table says is read in `codetable`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True, slots=True)
class TableProblem:
    """One defect of a user's file: where (sheet, 1-based row, column), the value, why and what to do."""

    file: str
    sheet: str
    row: int | None
    column: str
    value: str
    reason: str
    remedy: str

    def __str__(self) -> str:
        where = [f"文件 {self.file}"]
        if self.sheet:
            where.append(f"工作表“{self.sheet}”")
        if self.row is not None:
            where.append(f"第 {self.row} 行")
        if self.column:
            where.append(f"“{self.column}”列")
        value = f"（值“{self.value}”）" if self.value else ""
        return f"{'，'.join(where)}{value}：{self.reason}。处理：{self.remedy}。"


class CodeTableError(Exception):
    """A code table that cannot be taken; carries every problem at once."""

    def __init__(self, problems: Iterable[TableProblem]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(f"  {number}. {problem}" for number, problem in enumerate(self.problems, 1))
        super().__init__(f"科目表有 {len(self.problems)} 处问题，没有导入任何内容：\n{lines}")


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: `rows[0]` is the first row of the file. `sheet` is "" for CSV."""

    sheet: str
    rows: tuple[tuple[str, ...], ...]


def read_grids(path: Path) -> tuple[Grid, ...]:
    """Every sheet of an XLSX, or the one of a CSV in UTF-8 (BOM or not) or GBK. Raises `CodeTableError`."""
    if not path.is_file():
        raise _unreadable(path, "文件不存在", "请检查路径")
    if path.suffix.lower() in (".csv", ".txt"):
        return (_csv(path),)
    if path.suffix.lower() in (".xlsx", ".xlsm", ".xls", ".ods"):
        return _workbook(path)
    raise _unreadable(path, f"不认识的文件类型“{path.suffix}”", "请用 XLSX 或 CSV")


def _csv(path: Path) -> Grid:
    content = path.read_bytes()
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return Grid("", _csv_rows(path, text))
    raise _unreadable(path, "文字编码认不出来", "请另存为 UTF-8 或 GBK 的 CSV")


def _csv_rows(path: Path, text: str) -> tuple[tuple[str, ...], ...]:
    if "\x00" in text:
        raise _unreadable(path, "文件含有空字节，不是文本", "请另存为 UTF-8 或 GBK 的 CSV")
    delimiter = "\t" if text.count("\t") > text.count(",") else ","
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        return tuple(tuple(cell.strip() for cell in row) for row in rows)
    except csv.Error as error:
        raise _unreadable(path, f"CSV 写法有误：{error}", "请检查引号是否成对") from error


def _workbook(path: Path) -> tuple[Grid, ...]:
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            return tuple(
                Grid(
                    name,
                    tuple(
                        tuple(_text(cell) for cell in row)
                        for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                    ),
                )
                for name in book.sheet_names
            )
    except CalamineError as error:
        raise _unreadable(
            path, f"工作簿打不开：{error}", "请确认文件完整、没有加密，再另存为 XLSX"
        ) from error


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell).strip()


def _unreadable(path: Path, reason: str, remedy: str) -> CodeTableError:
    return CodeTableError([TableProblem(path.name, "", None, "", "", reason, remedy)])

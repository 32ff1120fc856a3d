"""The workbook (工作簿) that users fill in: an empty template, or an export of the ledger in the same form."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from yiheng.facts.sheets import KEY, Catalogs, Column, Kind, Sheet, SheetRow, SheetSet
from yiheng.facts.workbook import CONTROL_TOTALS, GUIDE_SHEET, GUIDE_TITLE, GUIDE_UNIT, SAMPLE_SHEET
from yiheng.money import MoneyUnit
from yiheng.reporting.leafcells import written
from yiheng.reporting.saving import Workbook
from yiheng.reporting.workbook_cells import CellWriter
from yiheng.reporting.workbook_choices import ChoiceLists

_CREATED: Final = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - one fixed moment, so that equal content gives equal bytes
_LAST_ROW: Final = 1_048_575
_WIDTHS: Final = {Kind.DATE: 12, Kind.AMOUNT: 16, Kind.INT: 9, Kind.DECIMAL: 11, Kind.BOOL: 7, Kind.CODE: 16}
_KINDS: Final = {
    Kind.TEXT: "文字",
    Kind.CODE: "编码或名称",
    Kind.DATE: "日期，如 2021-01-31",
    Kind.AMOUNT: "金额，只填数字",
    Kind.INT: "整数",
    Kind.DECIMAL: "数字",
    Kind.BOOL: "是 或 否",
    Kind.ENUM: "从下拉列表中选择",
}
GUIDE: Final = (
    "每张工作表的第一行是表头，列的顺序可以改，列名（中文或英文）不能改；带 * 的列必填。",
    "把鼠标停在表头上可以看到填写说明和示例；能选的列有下拉列表。",
    "金额只填数字。全簿的金额单位在上面声明一次；个别行不同的，填该行的“金额单位”。",
    "空白不等于零：没有的数请空着，为零的数请填 0。合计、小计一律不填，由系统计算。",
    "“行号”由填报人自定，在同一张表里不重复；改数时保留原来的键，系统据此找到要更正的行。",
    "只需要填用得到的工作表；没有数据行的工作表视为没有提供。要声明某表确实没有数据，请在“控制数”写该表行数为 0。",
    f"“{SAMPLE_SHEET}”只供参考，永远不会被读取；自己加的工作表请在名称前加“_”。",
)


def write_workbook(
    path: Path,
    sheets: SheetSet,
    catalogs: Catalogs,
    title: str = "",
    rows: Mapping[str, Sequence[SheetRow]] | None = None,
) -> None:
    """Write the template, or with `rows` an export of the ledger; an existing file is replaced only by a whole one.

    Raises `OSError`, and `ValueError` for a text or an amount that a workbook cannot hold.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        _Book(draft, catalogs).write(sheets, title, rows)
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


class _Book:
    """One workbook while it is written."""

    def __init__(self, path: Path, catalogs: Catalogs) -> None:
        self._book: Any = Workbook(
            str(path), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        self._book.set_properties({"created": _CREATED})
        self._lists = ChoiceLists(catalogs)
        self._cells = CellWriter(self._book, self._lists)

    def write(self, sheets: SheetSet, title: str, rows: Mapping[str, Sequence[SheetRow]] | None) -> None:
        """All worksheets, the guide first and the lists last."""
        try:
            self._guide(title)
            if rows is None:
                self._samples((CONTROL_TOTALS, *sheets))
            titles = {sheet.name: sheet.title for sheet in sheets if sheet.identity == (KEY,)}
            self._lists.refer_to(titles)
            for sheet in (*sheets, CONTROL_TOTALS):
                self._sheet(sheet, (rows or {}).get(sheet.name, ()))
            self._lists.write(self._book)
        finally:
            self._book.close()

    def _guide(self, title: str) -> None:
        page = self._book.add_worksheet(GUIDE_SHEET)
        page.set_column(0, 0, 14)
        page.set_column(1, 1, 90)
        head, text = self._cells.formats["required"], self._cells.formats["wrapped"]
        page.write_string(0, 0, GUIDE_TITLE, head)
        page.write_string(0, 1, title, text)
        page.write_string(1, 0, GUIDE_UNIT, head)
        page.write_string(1, 1, MoneyUnit.YUAN.label, text)
        page.data_validation(1, 1, 1, 1, {"validate": "list", "source": [unit.label for unit in MoneyUnit]})
        for number, line in enumerate(GUIDE, 3):
            page.write_string(number, 0, "填写说明" if number == 3 else "", self._cells.formats["wrapped"])
            page.write_string(number, 1, line, text)

    def _samples(self, sheets: Iterable[Sheet]) -> None:
        page = self._book.add_worksheet(SAMPLE_SHEET)
        page.set_column(0, 30, 16)
        page.write_string(0, 0, "示例：只供参考，不会被读取", self._cells.formats["required"])
        number = 2
        for sheet in sheets:
            if not sheet.samples:
                continue
            page.write_string(number, 0, f"【{sheet.title}】{sheet.note}", self._cells.formats["wrapped"])
            self._header(page, sheet, number + 1, comments=False)
            for line, sample in enumerate(sheet.samples, number + 2):
                for index, column in enumerate(sheet.columns):
                    page.write_string(line, index, sample.get(column.name, ""), self._cells.formats["text"])
            number += 3 + len(sheet.samples)

    def _sheet(self, sheet: Sheet, rows: Iterable[SheetRow]) -> None:
        page = self._book.add_worksheet(sheet.title)
        for index, column in enumerate(sheet.columns):
            style = self._cells.column_format(column)
            page.set_column(index, index, _WIDTHS.get(column.kind, 18), style)
            self._validate(page, index, column)
        self._header(page, sheet, 0, comments=True)
        page.freeze_panes(1, 1)
        for number, row in enumerate(rows, 1):
            values = written(sheet, row)
            for index, column in enumerate(sheet.columns):
                self._cells.write(page, number, index, column, values[column.name], values)

    def _header(self, page: Any, sheet: Sheet, number: int, comments: bool) -> None:
        for index, column in enumerate(sheet.columns):
            mark = "*" if column.required else ""
            page.write_string(
                number, index, column.title + mark, self._cells.formats["required" if mark else "head"]
            )
            if comments:
                lines = [f"{column.title}（{column.name}）", f"{_kind(column)}，{'必填' if mark else '选填'}"]
                lines += [column.note] if column.note else []
                lines += [f"示例：{column.example}"] if column.example else []
                page.write_comment(number, index, "\n".join(lines), {"x_scale": 2, "y_scale": 1.5})

    def _validate(self, page: Any, index: int, column: Column) -> None:
        rule = self._lists.rule(column)
        if column.kind is Kind.AMOUNT:
            limit = 10**13
            rule = {
                "validate": "decimal",
                "criteria": "between",
                "minimum": -limit,
                "maximum": limit,
                "error_title": "金额",
                "error_message": "只能填数字，不带单位和文字。",
            }
        elif column.kind is Kind.INT:
            rule = {
                "validate": "integer",
                "criteria": "between",
                "minimum": -(10**9) if column.minimum is None else column.minimum,
                "maximum": 10**9 if column.maximum is None else column.maximum,
                "error_title": column.title,
                "error_message": "只能填整数。",
            }
        if rule:
            page.data_validation(1, index, _LAST_ROW, index, rule)


def _kind(column: Column) -> str:
    return "另一张表的键" if column.kind is Kind.REFERENCE else _KINDS[column.kind]

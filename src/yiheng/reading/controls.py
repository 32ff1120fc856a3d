"""Control totals (控制数): what the person who filled in the sheets says they add up to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yiheng.facts.sheets import Catalogs, Column, Kind, Sheet, SheetRow, SheetSet, Value, plain_label
from yiheng.facts.workbook import CONTROL_TOTALS
from yiheng.money import Amount, Interval, MoneyUnit, format_amount
from yiheng.reading.cells import CellError, converter, nearest
from yiheng.reading.problems import Problem, of_row
from yiheng.reading.tables import Reading

_SEPARATOR = re.compile(r"[;；\n]")
_EQUALS = re.compile(r"[=＝]")


def control_problems(reading: Reading, sheets: SheetSet, catalogs: Catalogs) -> Iterator[Problem]:
    """A problem for each control total that does not close or cannot be understood.

    `catalogs` give the codes by their Chinese names, as people write them in a filter. A total over a sheet that has
    rows with problems is not judged: it could not close.
    """
    for control in reading.controls:
        try:
            _check(control, reading, sheets, catalogs)
        except _Refusal as refusal:
            yield of_row(
                control, CONTROL_TOTALS.column(refusal.column), refusal.kind, refusal.reason, refusal.remedy
            )


class _Refusal(Exception):
    def __init__(self, column: str, kind: str, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.column, self.kind, self.reason, self.remedy = column, kind, reason, remedy


def _check(control: SheetRow, reading: Reading, sheets: SheetSet, catalogs: Catalogs) -> None:
    sheet = sheets.find(control.text("sheet"))
    if sheet is None:
        titles = [s.title for s in sheets]
        remedy = nearest(control.text("sheet"), titles) or "请填工作表的中文名"
        raise _Refusal("sheet", "控制数有误", "没有这个工作表", remedy)
    measure = _measure(control, sheet)
    conditions = _conditions(control, sheet, catalogs)
    if control.values["total"] is None and control.values["rows"] is None:
        raise _Refusal("total", "控制数有误", "控制数和行数都空着", "请至少填一项，或删去该行")
    if reading.refused.get(sheet.name):
        return
    if sheet.name not in reading.rows:
        raise _Refusal(
            "sheet", "缺少工作表", f"文件里没有“{sheet.title}”工作表", "请补上该工作表，或删去该控制数"
        )
    chosen = [
        row
        for row in reading.rows[sheet.name]
        if all(row.values.get(name) == value for name, value in conditions)
    ]
    _compare_count(control, chosen)
    if measure is not None:
        _compare_total(control, measure, chosen)


def _measure(control: SheetRow, sheet: Sheet) -> Column | None:
    amounts = sheet.of_kind(Kind.AMOUNT)
    if control.values["total"] is None:
        return None
    label = control.text("measure")
    if not label and amounts:
        return amounts[0]
    found = next((c for c in amounts if plain_label(label) in (c.name, plain_label(c.title))), None)
    if found is None:
        titles = "、".join(column.title for column in amounts) or "（没有金额列，只能核对行数）"
        raise _Refusal("measure", "控制数有误", f"“{sheet.title}”没有这个金额列", f"可用的金额列：{titles}")
    return found


def _conditions(control: SheetRow, sheet: Sheet, catalogs: Catalogs) -> list[tuple[str, Value]]:
    found: list[tuple[str, Value]] = []
    for part in filter(None, map(str.strip, _SEPARATOR.split(control.text("filter")))):
        label, *rest = _EQUALS.split(part, maxsplit=1)
        wanted = plain_label(label)
        column = next((c for c in sheet.columns if wanted in (c.name, plain_label(c.title))), None)
        if not rest or column is None or column.kind is Kind.AMOUNT:
            remedy = f"请写成“列=值”，列名用“{sheet.title}”里的，多个条件用分号隔开"
            raise _Refusal("filter", "控制数有误", f"条件“{part}”看不懂", remedy)
        try:
            found.append((column.name, converter(column, catalogs)(rest[0].strip())))
        except CellError as error:
            raise _Refusal(
                "filter", "控制数有误", f"条件“{part}”的值不对：{error.reason}", error.remedy
            ) from error
    return found


def _compare_count(control: SheetRow, chosen: list[SheetRow]) -> None:
    rows = control.values["rows"]
    if rows is not None and rows != len(chosen):
        raise _Refusal(
            "rows",
            "控制数对不上",
            f"应有 {rows} 行，读到 {len(chosen)} 行",
            "请核对是否漏填、重填或筛选条件写错",
        )


def _compare_total(control: SheetRow, measure: Column, chosen: list[SheetRow]) -> None:
    total = control.values["total"]
    assert isinstance(total, int)
    parts = [
        Amount(value, row.quantum) for row in chosen if isinstance(value := row.values[measure.name], int)
    ]
    added = Amount.sum(parts)
    if not Interval.of_rounded(total, control.quantum).meets(added.interval):
        figures = f"应为 {_yuan(total)} 元，读到 {_yuan(added.fen)} 元，相差 {_yuan(added.fen - total)} 元"
        raise _Refusal(
            "total",
            "控制数对不上",
            f"{figures}（{len(chosen)} 行）",
            "请核对有无漏填、重填或填错，金额单位是否一致",
        )


def _yuan(fen: int) -> str:
    return format_amount(fen, MoneyUnit.YUAN)

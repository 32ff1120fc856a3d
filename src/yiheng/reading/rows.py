"""A grid → typed rows of one sheet, with everything that is wrong in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Final

from yiheng.facts.sheets import (
    AMOUNT_UNIT,
    KEY,
    PLACES,
    Catalogs,
    Column,
    Kind,
    Origin,
    Sheet,
    SheetRow,
    Value,
)
from yiheng.money import MoneyUnit
from yiheng.reading.cells import CellError, Converter, converter, dated, is_blank, remembered
from yiheng.reading.grid import Complaints, Grid
from yiheng.reading.header import SEARCHED_ROWS, Header, find_header
from yiheng.reading.mapping import SheetMapping
from yiheng.reading.rowmapping import RowMapping
from yiheng.reading.rowmoney import RowMoney

TOTALS: Final = frozenset(
    (
        "共计",
        "累计",
        "本页合计",
        "本年合计",
        *(f"{a}{gap}计" for a in "合小总" for gap in ("", " ", "  ", "　")),
    )
)
PERIODS: Final = ("day", "month", "quarter", "year")
"""Precisions from fine to coarse."""


class RowReader:
    """Reads the rows of one grid; rows with a problem are left out, their problems are in `complaints`."""

    def __init__(
        self,
        grid: Grid,
        sheet: Sheet,
        catalogs: Catalogs,
        declared: MoneyUnit | None = None,
        mapping: SheetMapping | None = None,
    ) -> None:
        self.grid, self.sheet = grid, sheet
        self.complaints = Complaints(grid)
        self.refused: set[str] = set()
        """Keys of rows that are left out, so that rows that refer to them are not blamed as well."""
        self._later = iter(grid.rows)
        self._first = list(islice(self._later, SEARCHED_ROWS + (mapping.skip_rows if mapping else 0)))
        self.header = find_header(self._first, sheet, mapping, self.complaints)
        if self.header is not None:
            self._mapping = RowMapping(sheet, mapping, self.header, catalogs, self.complaints)
            self._money = RowMoney(sheet, self.header, declared, mapping, self.complaints)
            self._plan(grid, self.header, catalogs)

    def _plan(self, grid: Grid, header: Header, catalogs: Catalogs) -> None:
        self._indexes = header.indexes
        columns = {name: grid.first_column + index for name, index in header.indexes.items()}
        self._origin = Origin(grid.file, grid.name, columns)
        self._titles = {index: self.sheet.column(name).title for name, index in header.indexes.items()}
        here = [column for column in self.sheet.columns if column.name in header.indexes]
        self._plain: list[tuple[Column, int, Converter]] = [
            (
                column,
                header.indexes[column.name],
                self._mapping.translated(column, converter(column, catalogs)),
            )
            for column in here
            if column.kind is not Kind.AMOUNT and not column.precision
        ]
        self._dates = [
            (column, header.indexes[column.name], remembered(_partial))
            for column in here
            if column.kind is Kind.DATE and column.precision
        ]
        self._naming = [
            header.indexes[column.name]
            for column in here
            if column.names_row or column.name == KEY or column.kind in (Kind.CODE, Kind.ENUM, Kind.REFERENCE)
        ]
        self._required = [column for column in self.sheet.columns if column.required]
        self._blank: dict[str, Value] = {
            column.name: None for column in self.sheet.columns if column.name not in (AMOUNT_UNIT, PLACES)
        }
        self._blank.update(self._mapping.constants)
        self._width = len(self._first[header.row - 1])
        self._headless = set(range(self._width)) - set(header.positions.values())

    def rows(self) -> Iterator[SheetRow]:
        """The typed rows, in file order; a generator, so that a file streams through."""
        if self.header is None:
            return
        cells: Sequence[object]
        for number, cells in enumerate(
            chain(self._first[self.header.row :], self._later), self.header.row + 1
        ):
            if all(map(is_blank, cells)):
                continue
            if len(cells) != self._width:
                cells = self._fitted(number, cells)
            if self._mapping.skips(cells):
                continue
            row = self._row(number, cells)
            if row is not None:
                yield row

    def _row(self, number: int, cells: Sequence[object]) -> SheetRow | None:
        before = len(self.complaints.found)
        values = self._blank.copy()
        self._take_plain(number, cells, values)
        self._take_dates(number, cells, values)
        quantum = self._money.take(number, cells, values)
        self._mapping.make_key(values)
        if self._headless:
            self._complain_of_headless(number, cells)
        if self.grid.broken:
            self._complain_of_broken(number)
        if not TOTALS.isdisjoint([cells[index] for index in self._naming]):
            del self.complaints.found[before:]
            self._complain_of_total(number, cells)
            return None
        for column in self._required:
            if values[column.name] is None:
                self._complain_of_blank(number, column, before)
        if len(self.complaints.found) > before:
            self.refused.add(self.sheet.identify(values))
            return None
        return SheetRow(self.sheet.name, number, values, quantum, self._origin)

    def _take_plain(self, number: int, cells: Sequence[object], values: dict[str, Value]) -> None:
        for column, index, convert in self._plain:
            raw = cells[index]
            if raw == "":
                continue
            try:
                value = convert(raw)
            except CellError as error:
                self.complaints.at(number, index, column.title, raw, error)
            else:
                if value is not None:
                    values[column.name] = value

    def _take_dates(self, number: int, cells: Sequence[object], values: dict[str, Value]) -> None:
        for column, index, convert in self._dates:
            raw = cells[index]
            try:
                day, precision = convert(raw)
                values[column.name] = day
                if day is not None:
                    values[column.precision] = _agreed(values[column.precision], precision)
            except CellError as error:
                self.complaints.at(number, index, column.title, raw, error)

    def _fitted(self, number: int, cells: Sequence[object]) -> Sequence[object]:
        if any(not is_blank(cell) for cell in cells[self._width :]):
            self.complaints.row(
                number,
                "单元格多于表头",
                "这一行的单元格比表头多",
                "请检查文字里的逗号是否加了引号，或补上表头",
            )
        return [*cells[: self._width], *[""] * (self._width - len(cells))]

    def _complain_of_headless(self, number: int, cells: Sequence[object]) -> None:
        for index in [index for index in self._headless if not is_blank(cells[index])]:
            self._headless.discard(index)
            self.complaints.at(
                number,
                index,
                "",
                cells[index],
                CellError("没有表头的列", "这一列有内容，但没有表头", "请补上表头，或清除该列内容"),
            )

    def _complain_of_broken(self, number: int) -> None:
        for index, text in self.grid.broken.get(number, {}).items():
            self.complaints.at(
                number,
                index,
                self._titles.get(index, ""),
                text,
                CellError(
                    "公式没有结果", "公式出错或没有计算结果", "请在电子表格里重新计算并改正公式，或改为填数"
                ),
            )

    def _complain_of_total(self, number: int, cells: Sequence[object]) -> None:
        index = next(index for index in self._naming if cells[index] in TOTALS)
        self.complaints.at(
            number,
            index,
            self._titles[index],
            cells[index],
            CellError(
                "合计行不能作为明细",
                "这一行是合计；合计一律由明细计算，不录入",
                "请删去该行；需要核对时写入“控制数”工作表",
            ),
        )

    def _complain_of_blank(self, number: int, column: Column, before: int) -> None:
        if any(problem.column == column.title for problem in self.complaints.found[before:]):
            return
        index = self._indexes.get(column.name)
        if index is not None:
            self.complaints.at(
                number,
                index,
                column.title,
                "",
                CellError(
                    "缺少必填值",
                    f"“{column.title}”必填，不能空着（空白不等于零）",
                    column.note or "请补填",
                ),
            )


def _partial(raw: object) -> tuple[dt.date | None, str]:
    return dated(raw, partial=True)


def _agreed(given: Value, read: str) -> str:
    """The precision of a date: as given, unless the date itself is coarser than that."""
    if given is None:
        return read
    if PERIODS.index(str(given)) < PERIODS.index(read):
        raise CellError("日期与精度不符", "日期写得比“日期精度”粗", "请补全日期，或把日期精度改粗")
    return str(given)

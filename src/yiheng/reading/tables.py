"""All tables of all sources → the typed rows of all sheets, and every problem."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from yiheng.facts.sheets import Catalogs, Sheet, SheetRow, SheetSet, plain_label
from yiheng.facts.workbook import CONTROL_TOTALS
from yiheng.reading.cells import nearest
from yiheng.reading.grid import Grid
from yiheng.reading.mapping import ColumnMapping, SheetMapping
from yiheng.reading.problems import Problem, Unreadable, of_row
from yiheng.reading.rows import RowReader
from yiheng.reading.source import SourceFile

Ticker = Callable[[int], None]
"""Told now and then how many rows have been read; may raise to stop."""
_TICK = 2000


@dataclass(slots=True)
class Reading:
    """What was read (读入结果). With a problem in it, nothing of it may be used."""

    rows: dict[str, list[SheetRow]] = field(default_factory=dict)
    """By English sheet name; a sheet that no source has is absent."""
    controls: list[SheetRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refused: dict[str, set[str]] = field(default_factory=dict)
    """By sheet: keys of rows that were left out because of a problem."""

    @property
    def count(self) -> int:
        """How many rows were read."""
        return sum(map(len, self.rows.values()))


class TableReader:
    """Reads sources one after the other into one `Reading`; rows of one key must be equal in all of them."""

    def __init__(
        self, sheets: SheetSet, catalogs: Catalogs, mapping: ColumnMapping | None, tick: Ticker
    ) -> None:
        self.reading = Reading()
        self._sheets, self._catalogs, self._mapping, self._tick = sheets, catalogs, mapping, tick
        self._seen: dict[str, dict[str, SheetRow]] = {}

    def read(self, source: SourceFile) -> None:
        """Read every table of a source."""
        self.reading.problems += source.problems
        self.reading.notes += source.notes
        for grid in source.grids:
            try:
                self._read_grid(grid, source)
            except Unreadable as error:
                self.reading.problems.append(error.problem)

    def finish(self, sources: Sequence[SourceFile]) -> Reading:
        """Complain of what is missing altogether, and hand over what was read."""
        names = {plain_label(grid.name) for source in sources for grid in source.grids}
        for mapping in self._mapping.sheets if self._mapping else ():
            if plain_label(mapping.source) not in names:
                reason = f"列对应写了工作表“{mapping.source}”，文件里没有"
                remedy = "请核对列对应和导出文件"
                self.reading.problems.append(Problem("缺少工作表", "", reason, remedy, mapping.source))
        self._drop_unfilled()
        if sources and not self.reading.problems and not self.reading.count:
            titles = "、".join(sheet.title for sheet in self._sheets)
            files = "、".join(source.file for source in sources)
            self.reading.problems.append(
                Problem(
                    "没有内容", files, "没有读到任何数据行", f"请在工作表中填写数据；可用的工作表：{titles}"
                )
            )
        return self.reading

    def _drop_unfilled(self) -> None:
        """A sheet without rows says nothing, unless a control total states that it has none."""
        stated = {
            sheet.name
            for control in self.reading.controls
            if control.values["rows"] == 0 and not control.text("filter")
            if (sheet := self._sheets.find(control.text("sheet"))) is not None
        }
        self.reading.rows = {name: rows for name, rows in self.reading.rows.items() if rows or name in stated}

    def _read_grid(self, grid: Grid, source: SourceFile) -> None:
        sheet, mapping = self._target(grid)
        if sheet is None:
            return
        reader = RowReader(grid, sheet, self._catalogs, source.unit, mapping)
        try:
            if sheet is CONTROL_TOTALS:
                self.reading.controls += reader.rows()
            else:
                self._collect(sheet, reader)
        finally:
            self.reading.problems += reader.complaints.found
            self.reading.refused.setdefault(sheet.name, set()).update(reader.refused)

    def _target(self, grid: Grid) -> tuple[Sheet | None, SheetMapping | None]:
        if plain_label(grid.name) in (CONTROL_TOTALS.name, CONTROL_TOTALS.title):
            return CONTROL_TOTALS, None
        if self._mapping is not None:
            mapping = self._mapping.of(grid.name)
            if mapping is None:
                self.reading.notes.append(f"{grid.file}：工作表“{grid.name}”不在列对应里，未读取")
                return None, None
            return self._sheets[mapping.target], mapping
        sheet = self._sheets.find(grid.name)
        if sheet is None:
            titles = [sheet.title for sheet in self._sheets] + [sheet.name for sheet in self._sheets]
            remedy = nearest(grid.name, titles) or "不需要读取的工作表，请在名称前加“_”；数据包里请删去该文件"
            self.reading.problems.append(
                Problem("不认识的工作表", grid.file, f"没有名为“{grid.name}”的工作表", remedy, grid.name)
            )
        return sheet, None

    def _collect(self, sheet: Sheet, reader: RowReader) -> None:
        rows = self.reading.rows.setdefault(sheet.name, [])
        seen = self._seen.setdefault(sheet.name, {})
        for row in reader.rows():
            identity = sheet.identify(row.values)
            first = seen.setdefault(identity, row)
            if first is not row:
                if _is_repeated(row, first):
                    continue
                reader.refused.add(identity)
                self.reading.problems.append(_duplicate(sheet, row, first))
                continue
            rows.append(row)
            if not len(rows) % _TICK:
                self._tick(self.reading.count)


def _is_repeated(row: SheetRow, first: SheetRow) -> bool:
    """Packages that are loaded together each bring the units and documents that they name; equal rows are one row."""
    return row.file != first.file and row.values == first.values and row.quantum == first.quantum


def _duplicate(sheet: Sheet, row: SheetRow, first: SheetRow) -> Problem:
    names = [sheet.column(name) for name in sheet.identity]
    titles = "＋".join(column.title for column in names)
    place = f"第 {first.number} 行"
    if first.origin is not row.origin:
        place = f"{first.origin.file}“{first.origin.sheet}”{place}"
    remedy = "每行的键只能出现一次，请改正其中一行或删去重复行"
    return of_row(row, names[0], "键重复", f"“{titles}”与{place}重复", remedy)


def read_sources(
    sources: list[SourceFile],
    sheets: SheetSet,
    catalogs: Catalogs | None = None,
    mapping: ColumnMapping | None = None,
    tick: Ticker = lambda count: None,
) -> Reading:
    """All rows of the sources, typed, and every problem inside the tables themselves."""
    reader = TableReader(sheets, catalogs or {}, mapping, tick)
    for source in sources:
        reader.read(source)
    return reader.finish(sources)

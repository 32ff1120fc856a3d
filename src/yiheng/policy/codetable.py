"""The full official code table (科目表) from XLSX or CSV → an overlay file of policy entries.

1. find the sheet and the header row (科目编码 and 科目名称, or 类 / 款 / 项 columns instead of one code column);
2. read each row into code, name and first day, collecting every problem;
3. check lengths, duplicates, blank names and missing parents;
4. `write_overlay` puts one complete classification for each first day into the user's overlay folder.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .entry import NATION, Source
from .errors import PolicyUnknown
from .grid import CodeTableError, Grid, TableProblem, read_grids
from .overlay import CodeRow, CodeTable
from .store import Policy

HEADER_ROWS = 20
SPLIT = ("类", "款", "项")
CODE, NAME, YEAR, START = "科目编码", "科目名称", "年度", "生效日期"
HEADINGS: Mapping[str, tuple[str, ...]] = {
    CODE: ("科目编码", "科目代码", "编码", "代码"),
    NAME: ("科目名称", "名称"),
    YEAR: ("年度", "年份"),
    START: ("生效日期", "启用日期"),
    "类": ("类", "类级"),
    "款": ("款", "款级"),
    "项": ("项", "项级"),
}


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Where things stand in a sheet: column number of each heading, number of the first data row."""

    file: str
    grid: Grid
    columns: Mapping[str, int]
    first: int

    def cell(self, row: int, heading: str) -> str:
        cells = self.grid.rows[row]
        number = self.columns.get(heading, len(cells))
        text = cells[number].strip() if number < len(cells) else ""
        return text if heading == NAME else unicodedata.normalize("NFKC", text).lstrip("'")

    def problem(self, row: int, heading: str, value: str, reason: str, remedy: str) -> TableProblem:
        return TableProblem(self.file, self.grid.sheet, row + 1, heading, value, reason, remedy)


def read_code_table(
    path: Path,
    policy: Policy,
    classification: str,
    source: Source,
    *,
    year: int | None = None,
    sheet: str = "",
    jurisdiction: str = NATION,
) -> CodeTable:
    """Read and check a full table of a classification that `policy` knows (its code lengths are taken from there).

    `year` is the year of rows without a 年度 or 生效日期 of their own. Raises `CodeTableError` with every problem.
    """
    label, levels = _shape(policy, classification)
    located = _locate(path, sheet)
    problems: list[TableProblem] = []
    rows: list[CodeRow] = []
    for item in _rows(located, levels, year):
        if isinstance(item, TableProblem):
            problems.append(item)
        else:
            rows.append(item)
    if not rows and not problems:
        problems.append(
            located.problem(located.first - 1, CODE, "", "表头下面没有科目", "请检查是否选对了工作表")
        )
    periods = _periods(rows, cumulative=START in located.columns)
    problems += _row_problems(located, rows, periods, levels)
    if problems:
        raise CodeTableError(sorted(problems, key=lambda problem: problem.row or 0))
    return CodeTable(classification, label, levels, jurisdiction, source, periods)


def _shape(policy: Policy, classification: str) -> tuple[str, tuple[int, ...]]:
    for entry in reversed(policy.entries):
        if entry.type == "classification" and entry.value["name"] == classification:
            return entry.value["label"], tuple(entry.value.get("levels", ()))
    raise PolicyUnknown(f"没有分类 {classification}；已有：{'、'.join(policy.classification_names())}")


def _locate(path: Path, sheet: str) -> _Sheet:
    grids = read_grids(path)
    if sheet:
        grids = tuple(grid for grid in grids if grid.sheet == sheet)
        if not grids:
            raise _refuse(path, sheet, "没有这张工作表", "请核对工作表名称")
    found = [located for grid in grids if (located := _header(path.name, grid)) is not None]
    if not found:
        raise _refuse(
            path,
            sheet,
            f"前 {HEADER_ROWS} 行里找不到表头",
            "表头要有“科目名称”，以及“科目编码”一列或“类”“款”“项”各列",
        )
    if len(found) > 1:
        names = "、".join(located.grid.sheet for located in found)
        raise _refuse(path, "", f"有多张工作表带科目表头：{names}", "请指明要导入哪一张")
    return found[0]


def _refuse(path: Path, sheet: str, reason: str, remedy: str) -> CodeTableError:
    return CodeTableError([TableProblem(path.name, sheet, None, "", "", reason, remedy)])


def _header(file: str, grid: Grid) -> _Sheet | None:
    """The header may take two rows: 科目编码 above 类 / 款 / 项."""
    columns: dict[str, int] = {}
    for number, row in enumerate(grid.rows[:HEADER_ROWS]):
        here = dict(_headings(row))
        if not here:
            if _complete(columns):
                return _Sheet(file, grid, _resolved(columns), number)
            columns = {}
            continue
        columns = {**here, **columns}
    return _Sheet(file, grid, _resolved(columns), len(grid.rows)) if _complete(columns) else None


def _headings(row: Sequence[str]) -> Iterator[tuple[str, int]]:
    for number, cell in enumerate(row):
        text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", cell))
        for heading, spellings in HEADINGS.items():
            if text in spellings:
                yield heading, number


def _complete(columns: Mapping[str, int]) -> bool:
    return NAME in columns and (CODE in columns or "类" in columns)


def _resolved(columns: Mapping[str, int]) -> dict[str, int]:
    """With 类 / 款 / 项 columns the merged 科目编码 above them is no column of its own."""
    return {heading: number for heading, number in columns.items() if heading != CODE or "类" not in columns}


def _rows(sheet: _Sheet, levels: tuple[int, ...], year: int | None) -> Iterator[CodeRow | TableProblem]:
    split = [heading for heading in SPLIT[: len(levels)] if heading in sheet.columns]
    above = [""] * len(split)
    for row in range(sheet.first, len(sheet.grid.rows)):
        if not any(sheet.grid.rows[row]):
            continue
        code = _split_code(sheet, row, levels, split, above) if split else sheet.cell(row, CODE)
        if isinstance(code, TableProblem):
            yield code
            continue
        start = _start(sheet, row, year)
        if isinstance(start, TableProblem):
            yield start
        else:
            yield CodeRow(code, sheet.cell(row, NAME), start, row)


def _split_code(
    sheet: _Sheet, row: int, levels: Sequence[int], split: Sequence[str], above: list[str]
) -> str | TableProblem:
    """One code from 类 / 款 / 项 cells; blanks on the left mean the code above, which `above` carries along."""
    cells = [sheet.cell(row, heading) for heading in split]
    deepest = max((level for level, cell in enumerate(cells) if cell), default=-1)
    code = ""
    same = True
    for level in range(deepest + 1):
        cell = cells[level] or (above[level] if same else "")
        width = levels[level] - len(code)
        if not cell:
            return sheet.problem(row, split[level], "", f"没有“{split[level]}”级编码", "请补上级编码")
        if level and len(cell) == levels[level]:
            if not cell.startswith(code):
                return sheet.problem(
                    row, split[level], cell, f"编码与上级“{code}”不符", "请核对类、款、项各列"
                )
            cell = cell[-width:]
        cells[level] = cell.zfill(width) if level else cell
        same = same and cells[level] == above[level]
        code += cells[level]
    above[:] = [*cells[: deepest + 1], *[""] * (len(split) - deepest - 1)]
    return code


def _start(sheet: _Sheet, row: int, year: int | None) -> date | TableProblem:
    text = sheet.cell(row, START)
    if text:
        match = re.fullmatch(r"(\d{4})[-/年.](\d{1,2})[-/月.](\d{1,2})日?", text)
        try:
            return (
                date(*(int(part) for part in match.groups()))
                if match
                else _bad_start(sheet, row, START, text)
            )
        except ValueError:
            return _bad_start(sheet, row, START, text)
    text = sheet.cell(row, YEAR)
    if text:
        match = re.fullmatch(r"(\d{4})年?", text)
        return date(int(match[1]), 1, 1) if match else _bad_start(sheet, row, YEAR, text)
    if year is None:
        return sheet.problem(row, YEAR, "", "没有年度", "请在表里写年度或生效日期，或在导入时指明年度")
    return date(year, 1, 1)


def _bad_start(sheet: _Sheet, row: int, heading: str, text: str) -> TableProblem:
    return sheet.problem(row, heading, text, "不是日期或年度", "请写成 2024 或 2024-01-01")


def _periods(rows: Sequence[CodeRow], cumulative: bool) -> tuple[tuple[date, tuple[CodeRow, ...]], ...]:
    """By 年度 each year has a table of its own; by 生效日期 a code holds from its first day on."""
    starts = sorted({row.start for row in rows})
    return tuple(
        (start, tuple(row for row in rows if row.start == start or (cumulative and row.start < start)))
        for start in starts
    )


def _row_problems(
    sheet: _Sheet,
    rows: Sequence[CodeRow],
    periods: Sequence[tuple[date, Sequence[CodeRow]]],
    levels: tuple[int, ...],
) -> Iterator[TableProblem]:
    heading = CODE if CODE in sheet.columns else "类"
    for row in rows:
        if not row.name:
            yield sheet.problem(row.row, NAME, "", f"科目 {row.code} 没有名称", "请补科目名称")
        if not row.code:
            yield sheet.problem(row.row, heading, "", f"“{row.name}”没有科目编码", "请补编码，或删去这一行")
        elif levels and not re.fullmatch(r"\d+", row.code):
            yield sheet.problem(row.row, heading, row.code, "编码应全是数字", "请改正编码")
        elif levels and len(row.code) not in levels:
            yield sheet.problem(
                row.row,
                heading,
                row.code,
                f"编码长 {len(row.code)} 位",
                f"应为 {'、'.join(map(str, levels))} 位；以零开头的请存成文本",
            )
    seen: set[tuple[int, str]] = set()
    for _, current in periods:
        for problem in _set_problems(sheet, heading, current, levels):
            key = (problem.row or 0, problem.reason)
            if key not in seen:
                seen.add(key)
                yield problem


def _set_problems(
    sheet: _Sheet, heading: str, rows: Sequence[CodeRow], levels: tuple[int, ...]
) -> Iterator[TableProblem]:
    first: dict[str, CodeRow] = {}
    for row in rows:
        if row.code and row.code in first:
            yield sheet.problem(
                row.row, heading, row.code, f"编码与第 {first[row.code].row + 1} 行重复", "每个编码只留一行"
            )
        first.setdefault(row.code, row)
    for row in rows:
        above = [length for length in levels if length < len(row.code)]
        if len(row.code) in levels and above and row.code[: above[-1]] not in first:
            yield sheet.problem(
                row.row,
                heading,
                row.code,
                f"缺少上级科目 {row.code[: above[-1]]}",
                "请补上级科目，或核对编码",
            )

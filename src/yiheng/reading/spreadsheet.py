"""XLSX workbooks of published tables → raw grids, with figures as their number format prints them (电子表格)."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import zipfile
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any, Final

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from yiheng.facts.document import Place
from yiheng.reading.grids import WIDEST, Placed, dense
from yiheng.reading.office import open_package
from yiheng.reading.problems import unreadable
from yiheng.reading.raw import RawCell, RawDocument, RawGrid, RawLine, RawPage
from yiheng.reading.structure.captions import is_title

_TALLEST: Final = 100_000
_CAPTION: Final = re.compile(
    r"^(?:金额)?单位(?:名称)?[：:]|^(?:编制)?(?:部门|单位)(?:名称)?[：:]|^(?:公开|预算|决算)?\s*\d+\s*表$|^附?表"
)
"""Words that stand beside each other above a table and are no header of a column."""
_FORMAT: Final = re.compile(r"[#0,]*0(?:\.(?P<places>0+))?")


def read_spreadsheet(path: Path) -> RawDocument:
    """Every visible worksheet: captions as lines, cells as grids, named like the sheet where no title is above.

    Raises `Unreadable`.
    """
    open_package(path, "xl/workbook.xml", "XLSX").close()
    try:
        # The library judges a path by its extension; what the file holds was told already.
        with path.open("rb") as file:
            workbook = openpyxl.load_workbook(file, data_only=True)
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        OSError,
        SyntaxError,
    ) as error:
        raise unreadable(
            path.name, "工作簿已损坏", f"内部结构有误（{error}）", "请打开后另存为 XLSX"
        ) from error
    blocks: list[RawLine | RawGrid] = []
    for sheet in workbook.worksheets:
        if sheet.sheet_state == "visible" and sheet.max_row <= _TALLEST:
            blocks += _sheet(sheet)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return RawDocument(path.name, "xlsx", (RawPage(0, None, tuple(blocks)),), sha256=sha256)


def _sheet(sheet: Any) -> Iterator[RawLine | RawGrid]:
    place = Place(where=sheet.title)
    cells = list(_cells(sheet))
    rows = max((placed.row + placed.cell.rows for placed in cells), default=0)
    grid = dense(cells, rows)
    for part in _stacked(grid):
        top = _captions(part)
        for row in part[:top]:
            yield from (
                RawLine(cell.text, cell.place, whole=True) for cell in row if cell is not None and cell.text
            )
        if part[top:]:
            titled = any(is_title(text) for row in part[:top] for text in _filled(row))
            yield RawGrid(_cut(part[top:]), place, name="" if titled else sheet.title)


_Rows = tuple[tuple[RawCell | None, ...], ...]


def _captions(rows: _Rows) -> int:
    """The first row that is no caption."""
    return next((r for r, row in enumerate(rows) if not _is_caption(row)), len(rows))


def _stacked(grid: _Rows) -> Iterator[_Rows]:
    """Tables one below the other on a sheet: cut at blank rows after which a caption says that a table begins."""
    start = 0
    for r in range(1, len(grid)):
        if not _filled(grid[r - 1]) and _filled(grid[r]) and _captions(grid[start:r]) < r - start:
            said = grid[r : r + _captions(grid[r:])]
            if any(_CAPTION.search(text) for row in said for text in _filled(row)):
                yield grid[start:r]
                start = r
    if grid[start:]:
        yield grid[start:]


def _filled(row: Sequence[RawCell | None]) -> list[str]:
    return [cell.text for cell in row if cell is not None and cell.text]


def _is_caption(row: Sequence[RawCell | None]) -> bool:
    """Whether a row above the table is its title, number, owner or money unit: one cell, or words of that sort."""
    filled = _filled(row)
    return len(filled) <= 1 or all(_CAPTION.search(text) for text in filled)


def _cut(grid: tuple[tuple[RawCell | None, ...], ...]) -> tuple[tuple[RawCell | None, ...], ...]:
    """Without the columns and the last rows in which nothing stands."""
    used = max(
        (c + cell.columns for row in grid for c, cell in enumerate(row) if cell is not None), default=0
    )
    return tuple(row[:used] for row in grid)


def _cells(sheet: Any) -> Iterator[Placed]:
    spans = {
        (m.min_row, m.min_col): (m.max_row - m.min_row + 1, m.max_col - m.min_col + 1) for m in _merged(sheet)
    }
    for row in sheet.iter_rows(max_col=min(sheet.max_column or 1, WIDEST)):
        for cell in row:
            # A link to another sheet leads around in the workbook and is no content.
            linked = cell.hyperlink is not None and cell.hyperlink.location
            text = "" if linked else shown(cell.value, cell.number_format)
            down, across = spans.get((cell.row, cell.column), (1, 1))
            if text or (down, across) != (1, 1):
                where = f"{sheet.title}!{get_column_letter(cell.column)}{cell.row}"
                indent = float(cell.alignment.indent or 0) if cell.has_style else 0.0
                place = Place(where=where)
                yield Placed(cell.row - 1, cell.column - 1, RawCell(text, place, down, across, indent))


def _merged(sheet: Any) -> list[Any]:
    return list(sheet.merged_cells.ranges)


def shown(value: object, number_format: str) -> str:
    """A cell's value as its number format prints it; as it is where the format is of another sort."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    if not isinstance(value, (int, float)):
        return str(value).strip()
    number = Decimal(str(value))
    pattern = _FORMAT.search(number_format.split(";")[0])
    if pattern is None or not number.is_finite():
        return _plain(number)
    places = len(pattern["places"] or "")
    percent = "%" in number_format
    printed = (number * 100 if percent else number).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{printed:{',' if ',' in pattern[0] else ''}f}" + ("%" if percent else "")


def _plain(number: Decimal) -> str:
    whole = number.to_integral_value()
    return f"{whole:f}" if number == whole else f"{number.normalize():f}"

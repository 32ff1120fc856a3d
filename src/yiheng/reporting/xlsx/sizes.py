"""Column widths and row heights of table sheets (行高列宽), so that every viewer shows all words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from yiheng.reporting.grid import Face, Grid, GridCell
from yiheng.reporting.text import ems

_LEAST_WIDTH: Final = 8.0
_MOST_WIDTH: Final = 36.0
_PAD: Final = 2.5
_HEADER_EMS: Final = 6
_NARROW_HEADER_EMS: Final = 4
_MANY_COLUMNS: Final = 10
_LINE: Final = 14
_AIR: Final = 6


def widths(drawn: Sequence[Grid], columns: int) -> list[float]:
    """Widths in characters: as wide as the figures need; a header stands on several lines, long words wrap."""
    if columns == 1:
        return [_MOST_WIDTH]
    header = _NARROW_HEADER_EMS if columns > _MANY_COLUMNS else _HEADER_EMS
    found = [_LEAST_WIDTH] * columns
    for grid in drawn:
        for r, row in enumerate(grid.rows):
            for cell in row:
                if cell.colspan == 1 and cell.face is not Face.REASON:
                    need = (
                        min(ems(cell.text), header) if r < grid.header_rows else ems(cell.text) + cell.indent
                    )
                    # A Chinese character takes the room of two digits.
                    found[cell.column] = max(found[cell.column], 2 * need + _PAD)
    return [min(width, _MOST_WIDTH) for width in found]


def heights(grid: Grid, room: Sequence[float]) -> list[int]:
    """Heights in points: each row holds its highest cell, spanning header cells their rows together."""
    found = [
        max((_need(grid, cell, room) for cell in row if cell.rowspan == 1), default=_LINE + _AIR)
        for row in grid.rows
    ]
    for r, row in enumerate(grid.rows[: grid.header_rows]):
        for cell in row:
            last = r + cell.rowspan - 1
            found[last] += max(_need(grid, cell, room) - sum(found[r : last + 1]), 0)
    return found


def note_height(note: str, room: Sequence[float]) -> int:
    """Height of a note that stands across all columns."""
    return _lines(note, sum(room)) * _LINE


def _need(grid: Grid, cell: GridCell, room: Sequence[float]) -> int:
    after = cell.column + cell.colspan
    # The last cell of a narrower part reaches to the right edge of the sheet.
    wide = sum(room[cell.column : after if after < grid.columns else len(room)]) - 2 * cell.indent
    return _lines(cell.text, wide) * _LINE + _AIR


def _lines(words: str, wide: float) -> int:
    return sum(max(1, math.ceil(2 * ems(line) / max(wide - 1, 2))) for line in words.split("\n"))

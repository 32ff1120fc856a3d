"""Cells with spans → rows of one length (`RawGrid.cells`), the same way for every format."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from yiheng.reading.raw import RawCell

WIDEST: Final = 512
"""Columns. No printed table has more; a span that says so is damaged or hostile."""


class Placed(NamedTuple):
    """A cell at its row and column."""

    row: int
    column: int
    cell: RawCell


def dense(cells: Iterable[Placed], rows: int) -> tuple[tuple[RawCell | None, ...], ...]:
    """All rows as long as the widest; None where a span covers a place or nothing stands there."""
    found = [placed for placed in cells if placed.column < WIDEST]
    width = max((min(p.column + p.cell.columns, WIDEST) for p in found), default=0)
    grid: list[list[RawCell | None]] = [[None] * width for _ in range(rows)]
    for placed in found:
        span = placed.cell._replace(
            rows=min(placed.cell.rows, rows - placed.row),
            columns=min(placed.cell.columns, width - placed.column),
        )
        grid[placed.row][placed.column] = span
    return tuple(map(tuple, grid))

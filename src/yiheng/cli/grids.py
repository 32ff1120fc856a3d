"""Statutory tables on the terminal: figures stay whole, words fold (终端上的报表)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len, chop_cells
from rich.console import Console
from rich.table import Table as Grid

from yiheng.cli import support
from yiheng.facts import CellKind

if TYPE_CHECKING:
    from yiheng.facts import Table
    from yiheng.facts.table import Block

_HEAD: Final = 6
"""Columns of a header that stands over narrower figures; a longer one goes on in the next line."""
_WORDS: Final = 12
"""Columns that a column of words keeps at least."""
_BORDER: Final = 3
"""Columns that the line and the blanks beside each column take."""


def print_table(table: Table) -> None:
    """Print the table with its title, notes and, where it has no figures, the reason."""
    support.say(f"\n{table.code} {table.title}    单位：{table.unit}", "bold")
    if table.reason:
        support.say(f"（{table.status.value}）{table.reason}")
        if not table.blocks:
            return
    for block in table.blocks:
        _print_block(block)
    for note in table.notes:
        support.say(note)


def _print_block(block: Block) -> None:
    rows = [
        (row.role == "total", ["　" * row.level + cells[0].text if not row.code else cells[0].text, *texts])
        for row, cells in zip(block.rows, block.cells, strict=True)
        for texts in [[cell.text for cell in cells[1:]]]
        if any(cell.text for cell in cells)
    ]
    grid, width = _grid(block, [texts for _, texts in rows])
    for is_total, texts in rows:
        grid.add_row(*texts, style="bold" if is_total else None)
    terminal = support.console.width
    if width <= terminal:
        support.console.print(grid)
        return
    Console(file=support.console.file, width=width).print(grid)
    support.say(
        f"（窗口宽 {terminal} 列，放不下这张表；请放宽到 {width} 列，或用 --out 写成工作簿。）", "yellow"
    )


def _grid(block: Block, rows: Sequence[Sequence[str]]) -> tuple[Grid, int]:
    """The grid without its rows, and how wide it must be to show every figure whole."""
    grid = Grid(title=block.name or None, title_justify="left")
    needed = 1
    for index, column in enumerate(block.columns):
        longest = max((cell_len(texts[index]) for texts in rows), default=0)
        if column.kind is CellKind.MONEY:
            width = max(longest, min(cell_len(column.label), _HEAD))
            head = "\n".join(chop_cells(column.label, width))
            grid.add_column(head, justify="right", no_wrap=True, min_width=width)
        else:
            width = min(max(longest, cell_len(column.label)), _WORDS)
            grid.add_column(column.label, overflow="fold", min_width=width)
        needed += width + _BORDER
    return grid, needed

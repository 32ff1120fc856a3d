"""Three layouts of our own papers (版式): the standard's page; turned, in 元 where that is exact; a large page.

The product knows one page, that of GB/T 9704. Here its numbers are set otherwise while a file is written, so that the
same figures stand on other pages, in other typefaces, units, column widths and rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from yiheng.facts import Paper, Table
from yiheng.facts.table import Block, Cell, CellKind, Column
from yiheng.money import MoneyUnit
from yiheng.reporting import docx, docx_parts, gbt9704, layout, pdf

WRITERS: dict[str, Callable[[Paper, Path], None]] = {"pdf": pdf.write, "docx": docx.write}
_TEMPLATE = pdf._template


@dataclass(frozen=True)
class Layout:
    """How a paper is laid out."""

    name: str
    arrange: Callable[[Paper], Paper] = lambda paper: paper
    settings: tuple[tuple[Any, dict[str, Any]], ...] = ()
    """Numbers of the page, by the module that draws with them."""
    template: dict[str, str] = field(default_factory=dict)
    """What the Typst template says instead."""

    def write(self, paper: Paper, path: Path) -> None:
        """Write an arranged paper in the format of the path's suffix."""
        with self._set():
            WRITERS[path.suffix[1:]](paper, path)

    @contextmanager
    def _set(self) -> Iterator[None]:
        with ExitStack() as stack:
            for module, values in self.settings:
                stack.enter_context(patch.multiple(module, **values))
            if self.template:
                stack.enter_context(patch.object(pdf, "_template", self._changed_template))
            yield

    def _changed_template(self) -> bytes:
        text = _TEMPLATE().decode()
        for before, after in self.template.items():
            if before not in text:
                raise ValueError(f"the template no longer says {before!r}")
            text = text.replace(before, after)
        return text.encode()


def in_yuan(paper: Paper) -> Paper:
    """The paper with its tables in 元 where every amount of a table is known to the fen; its sentences stay in 万元."""
    return replace(paper, tables=tuple(_table_in_yuan(table) for table in paper.tables))


def _table_in_yuan(table: Table) -> Table:
    wan, yuan = MoneyUnit.WAN.label, MoneyUnit.YUAN.label
    units = {ref.column.unit or table.unit for ref in table.money_cells()}
    exact = all(
        (ref.cell.amount is not None and not ref.cell.amount.width) or not ref.cell.text
        for ref in table.money_cells()
    )
    if table.unit != wan or units != {wan} or not exact:
        return table
    blocks = tuple(_block_in_yuan(block, yuan) for block in table.blocks)
    return replace(table, unit=yuan, blocks=blocks)


def _block_in_yuan(block: Block, yuan: str) -> Block:
    columns = tuple(_column_in_yuan(column, yuan) for column in block.columns)
    return replace(
        block, columns=columns, cells=tuple(tuple(_cell_in_yuan(cell) for cell in row) for row in block.cells)
    )


def _column_in_yuan(column: Column, yuan: str) -> Column:
    return column._replace(unit=yuan) if column.unit else column


def _cell_in_yuan(cell: Cell) -> Cell:
    if cell.kind is not CellKind.MONEY or not cell.text or cell.amount is None:
        return cell
    return cell._replace(text=f"{cell.amount.fen / 100:,.2f}")


_MM = gbt9704.MM
_LARGE = (240.0, 340.0)
"""Type area of the large page in millimetres."""
_LARGE_SIDES = {
    "PAGE_WIDTH_MM": 297, "PAGE_HEIGHT_MM": 420, "TYPE_WIDTH_MM": _LARGE[0], "TYPE_HEIGHT_MM": _LARGE[1],
    "INSIDE_MM": 32, "OUTSIDE_MM": 25, "TOP_MM": 40, "BOTTOM_MM": 40,
}  # fmt: skip

LAYOUTS = (
    Layout("standard"),
    Layout(
        "turned",
        in_yuan,
        (
            (layout, {"PORTRAIT_COLUMNS": 0}),
            (gbt9704, {"BODY_FACE": gbt9704.SONG_FACE, "BODY_SIZE": 14.0, "LINE_PITCH": 22.0}),
        ),
        {"stroke: 0.5pt": "stroke: 0.9pt + luma(60%)"},
    ),
    Layout(
        "large",
        settings=(
            (
                layout,
                {
                    "PORTRAIT_WIDTH": _LARGE[0] * _MM,
                    "PORTRAIT_HEIGHT": _LARGE[1] * _MM,
                    "PORTRAIT_STEPS": ((8.0, 1.6),),
                    "PORTRAIT_COLUMNS": 30,
                },
            ),
            (gbt9704, {**_LARGE_SIDES, "BODY_FACE": gbt9704.KAI_FACE, "BODY_SIZE": 10.5, "LINE_PITCH": 18.0}),
            (docx_parts, {name: _LARGE_SIDES[name] for name in ("PAGE_WIDTH_MM", "PAGE_HEIGHT_MM")}),
        ),
        template={'paper: "a4"': 'paper: "a3"'},
    ),
)

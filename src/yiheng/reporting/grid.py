"""Tables laid out for printing (版面): header cells with their spans, blocks beside or below each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from yiheng.facts import Block, CellKind, CellRef, Column, Table

Item = CellRef | str | None
"""A place in a printed row: a cell, a row label that no column holds, or nothing (a shorter block beside)."""


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """One header cell with its place and span; rows and columns count from 0."""

    text: str
    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Panel:
    """A rectangle with one header: a whole table, or one block of a stacked table."""

    title: str
    """The block's own title; empty where the table's title says it all."""
    columns: tuple[Column, ...]
    header: tuple[HeaderCell, ...]
    depth: int
    """Header rows."""
    rows: tuple[tuple[Item, ...], ...]
    labels: frozenset[int]
    """The columns that name the rows (行标题)."""


def panels(table: Table) -> tuple[Panel, ...]:
    """The rectangles of a table in printing order. A table without blocks has none."""
    blocks = [block for block in table.blocks if block.columns]
    if table.layout == "beside" and len(blocks) > 1:
        return (_beside(table, blocks),)
    return tuple(_panel(block.title, [_side(table, block)]) for block in blocks)


def header_cells(paths: Sequence[tuple[str, ...]]) -> tuple[HeaderCell, ...]:
    """The header of columns with these paths: shared groups are merged, short paths reach down."""
    depth = max((len(path) for path in paths), default=0)
    cells = []
    for row in range(depth):
        column = 0
        while column < len(paths):
            path = paths[column]
            width = _group_width(paths, column, row)
            if row < len(path):
                rows = depth - row if row == len(path) - 1 else 1
                cells.append(HeaderCell(path[row], row, column, rows, width))
            column += width
    return tuple(cells)


def _group_width(paths: Sequence[tuple[str, ...]], start: int, row: int) -> int:
    group = paths[start][: row + 1]
    if len(paths[start]) <= row + 1:
        return 1
    end = start + 1
    while end < len(paths) and len(paths[end]) > row + 1 and paths[end][: row + 1] == group:
        end += 1
    return end - start


@dataclass(frozen=True, slots=True)
class _Side:
    """One block made ready to stand beside others."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Item, ...], ...]
    label: int


def _side(table: Table, block: Block) -> _Side:
    places = range(len(block.columns))
    rows = tuple(tuple(CellRef(table, block, r, c) for c in places) for r in range(len(block.rows)))
    texts = [c for c in places if block.columns[c].kind is CellKind.TEXT]
    if not texts:
        named = tuple((row.label, *cells) for row, cells in zip(block.rows, rows, strict=True))
        return _Side((Column((block.name,), CellKind.TEXT), *block.columns), named, 0)
    return _Side(block.columns, rows, _label_column(block, texts))


def _label_column(block: Block, texts: Sequence[int]) -> int:
    """The text column that holds the row labels; the first one where none is recognised."""
    for column in texts:
        if any(row.label and cells[column].text.strip() == row.label.strip()
               for row, cells in zip(block.rows, block.cells, strict=True)):
            return column
    return texts[0]


def _beside(table: Table, blocks: Sequence[Block]) -> Panel:
    sides = []
    for block in blocks:
        side = _side(table, block)
        if block.title:
            columns = tuple(Column((block.title, *c.path), c.kind, c.unit) for c in side.columns)
            side = _Side(columns, side.rows, side.label)
        sides.append(side)
    return _panel("", sides)


def _panel(title: str, sides: Sequence[_Side]) -> Panel:
    columns = tuple(column for side in sides for column in side.columns)
    height = max((len(side.rows) for side in sides), default=0)
    rows = []
    for r in range(height):
        row: list[Item] = []
        for side in sides:
            row.extend(side.rows[r] if r < len(side.rows) else [None] * len(side.columns))
        rows.append(tuple(row))
    labels, offset = set(), 0
    for side in sides:
        labels.add(offset + side.label)
        offset += len(side.columns)
    header = header_cells([column.path for column in columns])
    depth = max((len(column.path) for column in columns), default=0)
    return Panel(title, columns, header, depth, tuple(rows), frozenset(labels))

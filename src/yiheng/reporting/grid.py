"""A table as a grid (表格网格): rows of cells with spans, the same for every file format.

Blocks that stand beside each other (收入 | 支出) become one grid; blocks that stand below each other become one grid
each, drawn without a gap. Header cells are merged from the columns' paths. Nothing is computed: a cell prints
the text that it was given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from yiheng.facts import Block, Cell, CellKind, Column, Row, Status, Table
from yiheng.reporting.text import clean
from yiheng.reporting.wording import STATUS_MARKS


class Face(Enum):
    """How the text of a cell is set."""

    HEAD = "head"
    TEXT = "text"
    CENTRE = "centre"
    FIGURE = "figure"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell of a grid, at its first row and column."""

    text: str
    face: Face
    column: int
    colspan: int = 1
    rowspan: int = 1
    indent: int = 0
    """Levels below the outermost row, each one character deep."""
    strong: bool = False
    at: tuple[Block, int, int] | None = field(default=None, compare=False, repr=False)
    """The block, row and column of the table cell that is printed here; None for headers and added row names."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells. Each row lists the cells that begin in it; the first `header_rows` repeat over pages."""

    columns: int
    header_rows: int
    rows: tuple[tuple[GridCell, ...], ...]
    apart: bool = False
    """Begins the next of several forms in one table, so a space goes before it."""


@dataclass(frozen=True, slots=True)
class _Strip:
    """One block as columns of equal kind: header paths, faces, and body rows."""

    paths: tuple[tuple[str, ...], ...]
    faces: tuple[Face, ...]
    body: tuple[tuple[GridCell, ...], ...]

    @property
    def depth(self) -> int:
        return max((len(path) for path in self.paths), default=0)


REASONS = {
    Status.NOTHING: "本表无发生额",
    Status.UNAVAILABLE: "数据未录入",
    Status.NOT_ATTESTED: "原件未列明",
    Status.WITHHELD: "不予公开",
}
"""What a table without figures says; the four are never printed for one another."""

LONGEST_SPAN = 12
"""Rows that one cell reaches over at most: it could otherwise cover a whole page and say nothing there."""
SHORT = 4
"""A column of words no longer than this is centred."""


def reason_line(table: Table) -> str:
    """Why the table shows no figures, as one line; empty where it shows them because it has them."""
    if table.status is Status.VALUE:
        return ""
    word, reason = REASONS[table.status], clean(table.reason)
    if not reason or word.removeprefix("本表") in reason:
        return reason or f"{word}。"
    return f"{word}：{reason}"


def shows_figures(table: Table) -> bool:
    """Whether the table prints its rows; one that is unavailable or not attested prints its reason instead."""
    return table.status in (Status.VALUE, Status.NOTHING) and any(block.rows for block in table.blocks)


def grids(table: Table) -> tuple[Grid, ...]:
    """The grids of a table, from the top down."""
    if not shows_figures(table):
        return (_reason_grid(table),)
    if table.layout == "stacked":
        return tuple(_forms([block for block in table.blocks if block.rows], table.unit))
    several = len(table.blocks) > 1
    return (
        _grid([_titled(_strip(block, table.unit, not several), block, several) for block in table.blocks]),
    )


def _forms(blocks: Sequence[Block], unit: str) -> Iterator[Grid]:
    """A grid for each part; where the first part's title comes again, the next form begins."""
    for n, block in enumerate(blocks):
        grid = _grid([_strip(block, unit, grouped=True)])
        yield replace(grid, apart=n > 0 and block.title != "" and block.title == blocks[0].title)


def _reason_grid(table: Table) -> Grid:
    """The header, where it is known, over one row that says why no figures follow."""
    strips = [
        _strip(replace(block, rows=(), cells=()), table.unit) for block in table.blocks if block.columns
    ]
    head = _grid(strips[:1] if table.layout == "stacked" else strips) if strips else Grid(1, 0, ())
    reason = GridCell(reason_line(table) or "本表无数据。", Face.REASON, 0, colspan=head.columns)
    return Grid(head.columns, head.header_rows, (*head.rows, (reason,)))


def _titled(strip: _Strip, block: Block, several: bool) -> _Strip:
    """A block beside others carries its title or name (收入, 支出) as the outermost header group."""
    title = clean(block.title or block.name)
    if not several or not title:
        return strip
    return replace(strip, paths=tuple(path if path[0] == title else (title, *path) for path in strip.paths))


def _strip(block: Block, unit: str, stub_code: bool = True, grouped: bool = False) -> _Strip:
    """The block with a column for its row names where none of its own columns prints them."""
    kinds = [column.kind for column in block.columns]
    body = [
        [
            replace(_body_cell(row, kind, _printed(cell)), at=(block, r, c))
            for c, (kind, cell) in enumerate(zip(kinds, cells, strict=True))
        ]
        for r, (row, cells) in enumerate(zip(block.rows, block.cells, strict=True))
    ]
    paths = [_path(column, unit) for column in block.columns]
    if any(row.label for row in block.rows) and not _names_its_rows(block):
        stub: list[tuple[str, list[str]]] = [("项目", [row.label for row in block.rows])]
        if stub_code and any(row.code for row in block.rows):
            stub.insert(0, ("科目编码", [row.code for row in block.rows]))
        paths = [(head,) for head, _ in stub] + paths
        kinds = [CellKind.TEXT] * len(stub) + kinds
        body = [
            [_body_cell(row, CellKind.TEXT, names[r]) for _, names in stub] + cells
            for r, (row, cells) in enumerate(zip(block.rows, body, strict=True))
        ]
    numbered = [[replace(cell, column=c) for c, cell in enumerate(cells)] for cells in body]
    faces = _faces(kinds, block.rows, numbered)
    faced = [[replace(cell, face=faces[cell.column]) for cell in cells] for cells in numbered]
    rows = _grouped(block.rows, faced) if grouped else tuple(tuple(cells) for cells in faced)
    if block.title and grouped:
        paths = [(clean(block.title), *path) if any(path) else (clean(block.title),) for path in paths]
    return _Strip(tuple(paths), faces, rows)


def _path(column: Column, unit: str) -> tuple[str, ...]:
    """The header of a column; a money unit other than the table's stands beside it."""
    path = tuple(clean(part) for part in column.path) or ("",)
    other = column.kind is CellKind.MONEY and column.unit not in ("", unit) and column.unit not in path[-1]
    return (*path[:-1], f"{path[-1]}（{column.unit}）") if other else path


def _printed(cell: Cell) -> str:
    """The cell's text; one that is empty for a reason says so, since blank would pass for nothing."""
    return cell.text or STATUS_MARKS.get(cell.status, "")


def _body_cell(row: Row, kind: CellKind, text: str) -> GridCell:
    words = clean(text)
    names_row = kind is CellKind.TEXT and words.strip() == clean(row.label).strip() != ""
    indent = row.level if names_row and row.role != "total" else 0
    return GridCell(words.strip() if names_row else words, Face.TEXT, 0, 1, 1, indent, row.role == "total")


def _names_its_rows(block: Block) -> bool:
    """Whether a column of words already prints the names of the rows, as lists and forms do."""
    words = [c for c, column in enumerate(block.columns) if column.kind is CellKind.TEXT]
    return any(
        clean(cells[c].text).strip() == clean(row.label).strip() != ""
        for row, cells in zip(block.rows, block.cells, strict=True)
        for c in words
    )


def _faces(
    kinds: Sequence[CellKind], rows: Sequence[Row], body: Sequence[Sequence[GridCell]]
) -> tuple[Face, ...]:
    """Figures to the right, short words in the middle, the rows' names and other words to the left."""
    names = {c for row, cells in zip(rows, body, strict=True) for c in _name_columns(row, cells)}
    faces = []
    for c, kind in enumerate(kinds):
        texts = [cells[c].text for cells in body]
        if kind is not CellKind.TEXT:
            faces.append(Face.FIGURE)
        elif c not in names and any(texts) and max(map(len, texts)) <= SHORT:
            faces.append(Face.CENTRE)
        else:
            faces.append(Face.TEXT)
    return tuple(faces)


def _grouped(rows: Sequence[Row], body: Sequence[Sequence[GridCell]]) -> tuple[tuple[GridCell, ...], ...]:
    """Join equal words of a form (一级指标, 二级指标), one below the other, in the columns left of the rows' names.

    Lists are never joined so: a department and its main unit share one name and are two rows.
    """
    out = [list(cells) for cells in body]
    names = min((c for r, row in enumerate(rows) for c in _name_columns(row, body[r])), default=0)
    for c in range(names):
        top = 0
        for r in range(1, len(rows) + 1):
            words = [cell.text for cell in body[top][: c + 1]]
            if r < len(rows) and words[c] and words == [cell.text for cell in body[r][: c + 1]]:
                continue
            for start, end in _spans(top, r):
                out[start][c] = replace(out[start][c], rowspan=end - start, face=Face.CENTRE)
                for below in range(start + 1, end):
                    out[below][c] = replace(out[below][c], rowspan=0)
            top = r
    return tuple(tuple(cell for cell in cells if cell.rowspan) for cells in out)


def _spans(top: int, end: int) -> Iterator[tuple[int, int]]:
    """A group's rows in like parts of at most LONGEST_SPAN, so that every page names the group; none for one row."""
    count = end - top
    parts = -(-count // LONGEST_SPAN) if count > 1 else 0
    for n in range(parts):
        yield top + count * n // parts, top + count * (n + 1) // parts


def _name_columns(row: Row, cells: Sequence[GridCell]) -> list[int]:
    label = clean(row.label).strip()
    return [cell.column for cell in cells if label and cell.text.strip() == label]


def _grid(strips: Sequence[_Strip]) -> Grid:
    """Strips side by side under one header; shorter strips are filled up with blank cells."""
    depth = max(strip.depth for strip in strips)
    if not any(part for strip in strips for path in strip.paths for part in path):
        depth = 0
    head: list[list[GridCell]] = [[] for _ in range(depth)]
    body: list[list[GridCell]] = [[] for _ in range(max(len(strip.body) for strip in strips))]
    left = 0
    for strip in strips:
        if depth:
            for r, cells in enumerate(_header(strip.paths, depth, left)):
                head[r].extend(cells)
        for r, row in enumerate(body):
            blank = [GridCell("", face, c) for c, face in enumerate(strip.faces)]
            cells_of_row = strip.body[r] if r < len(strip.body) else blank
            row.extend(replace(cell, column=cell.column + left) for cell in cells_of_row)
        left += len(strip.paths)
    return Grid(left, depth, tuple(tuple(row) for row in (*head, *body)))


def _header(paths: Sequence[tuple[str, ...]], depth: int, left: int) -> list[list[GridCell]]:
    """Header cells of one strip: groups span their columns, a leaf reaches down to the body."""
    rows: list[list[GridCell]] = [[] for _ in range(depth)]
    for level in range(depth):
        c = 0
        while c < len(paths):
            path = paths[c]
            span = 1
            if level < len(path) - 1 or (level == len(path) - 1 and _is_title(paths, level)):
                while c + span < len(paths) and paths[c + span][: level + 1] == path[: level + 1]:
                    span += 1
            if level < len(path):
                last = level == len(path) - 1
                rowspan = depth - level if last else 1
                rows[level].append(GridCell(path[level], Face.HEAD, left + c, span, rowspan))
            c += span
    return rows


def _is_title(paths: Sequence[tuple[str, ...]], level: int) -> bool:
    """Whether all columns have nothing but one common title (a form's part without column names)."""
    return len(set(paths)) == 1 and len(paths[0]) == level + 1

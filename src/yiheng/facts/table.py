"""Tables (表) as the rooms exchange them: computed by `statements` or read by `reading`, checked the same way.

A table is one or more blocks of rows and columns. Blocks stand beside each other (收入 | 支出) or below each
other (the parts of a performance target form). A cell knows its amount with interval, its printed text, and the
terms that it was computed from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from yiheng.facts.leaf import Fact, Source
from yiheng.facts.names import spell
from yiheng.money import Amount


class CellKind(Enum):
    """What a cell holds: an amount of money, a count, or words."""

    MONEY = "money"
    COUNT = "count"
    TEXT = "text"


class Status(Enum):
    """Why a cell shows what it shows. The last four are never confused with each other or with zero."""

    VALUE = "有数"
    NOTHING = "无发生额"
    UNAVAILABLE = "数据未录入"
    NOT_ATTESTED = "原件未列明"
    WITHHELD = "不予公开"

    @property
    def no_figure(self) -> bool:
        """Whether there is nothing that could be compared: not loaded, not attested or withheld."""
        return self in (Status.UNAVAILABLE, Status.NOT_ATTESTED, Status.WITHHELD)


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a cell: a fact taken with a sign."""

    sign: int
    fact: Fact


class Cell(NamedTuple):
    """One cell (单元格). `amount` is None for words and for anything but VALUE and NOTHING."""

    kind: CellKind
    text: str
    status: Status = Status.VALUE
    amount: Amount | None = None
    terms: Sequence[Term] = ()
    rule: str = ""
    """How it was selected, for the reader: measure, view and predicates."""
    source: Source | None = None
    """For a table that was read, or for words: document, page, cell or row."""

    @property
    def given(self) -> bool:
        """The cell is itself a leaf (原始数): one fact, taken as it is."""
        return len(self.terms) == 1 and self.terms[0].sign == 1


class Column(NamedTuple):
    """A column (栏). `path` is its header from the outer group inwards."""

    path: tuple[str, ...]
    kind: CellKind
    unit: str = ""
    """元 or 万元 for money columns."""

    @property
    def label(self) -> str:
        """The header joined by slashes."""
        return "/".join(self.path)

    @property
    def address(self) -> str:
        """The column part of a cell address."""
        return "/".join(spell(name) for name in self.path)


class Row(NamedTuple):
    """A row (行). `path` names it from the outermost group; each element lists the names that it answers to."""

    path: tuple[tuple[str, ...], ...]
    label: str
    code: str = ""
    level: int = 0
    parent: int = -1
    """Index of the row whose amounts this row is a part of, or -1."""
    role: str = ""
    """total 合计 rows, gap where finer rows are withheld; empty for ordinary rows."""
    kind: str = ""
    """What the row stands for where rows are listed: unit, function, economic, item, project, task."""

    @property
    def address(self) -> str:
        """The row part of a cell address: the first name of each path element."""
        return "/".join(spell(names[0]) for names in self.path)


@dataclass(frozen=True)
class Block:
    """A part of a table with its own columns and rows; `cells[row][column]`."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    cells: tuple[tuple[Cell, ...], ...]
    title: str = ""

    @cached_property
    def row_addresses(self) -> tuple[str, ...]:
        """The row part of each row's cell addresses."""
        return tuple(row.address for row in self.rows)

    @cached_property
    def column_addresses(self) -> tuple[str, ...]:
        """The column part of each column's cell addresses."""
        return tuple(column.address for column in self.columns)


class CellRef(NamedTuple):
    """A cell together with the place where it stands."""

    table: Table
    block: Block
    row_index: int
    column_index: int

    @property
    def cell(self) -> Cell:
        return self.block.cells[self.row_index][self.column_index]

    @property
    def row(self) -> Row:
        return self.block.rows[self.row_index]

    @property
    def column(self) -> Column:
        return self.block.columns[self.column_index]

    @property
    def address(self) -> str:
        """The canonical cell address, accepted back by `facts.address.resolve`."""
        row = self.block.row_addresses[self.row_index]
        return f"{self.table.code}[{row}, {self.block.column_addresses[self.column_index]}]"


@dataclass(frozen=True, slots=True)
class Table:
    """A statutory table (法定报表), computed or read."""

    code: str
    title: str
    unit: str
    """Unit of its money columns as printed in the caption (万元 or 元)."""
    blocks: tuple[Block, ...]
    layout: str = "beside"
    """beside: blocks stand next to each other; stacked: one below the other."""
    notes: tuple[str, ...] = ()
    status: Status = Status.VALUE
    reason: str = ""
    """Why the table as a whole is empty, unavailable or not attested."""
    owner: str = ""
    """Name printed in the caption (编制部门)."""
    year: int = 0

    def cells(self) -> Iterator[CellRef]:
        """Every cell with its place, block by block, row by row."""
        for block in self.blocks:
            for r in range(len(block.rows)):
                for c in range(len(block.columns)):
                    yield CellRef(self, block, r, c)

    def money_cells(self) -> Iterator[CellRef]:
        """The cells that hold money; in a form they may stand in a column of words."""
        return (ref for ref in self.cells() if ref.cell.kind is CellKind.MONEY)

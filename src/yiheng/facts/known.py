"""Tables of a read document under their official names (识别的表): canonical names over what was read.

`reading.recognition` makes them, `checks.audit` compares them. A name that is not sure is empty, and nothing that
needs it is judged. Every cell keeps the place where it is printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from yiheng.facts.document import Place, ReadCell, ReadTable
from yiheng.money import MoneyUnit, PrintedKind


class KnownColumn(NamedTuple):
    """A column: canonical name where it is known, and its header as printed."""

    name: str
    path: tuple[str, ...]
    unit: str = ""
    of_names: int = 0
    """Level of the indicators, from 1, whose weights stand in their names (决策（20分）); 0 for a printed column."""

    @property
    def label(self) -> str:
        return self.name or "/".join(self.path)


class KnownRow(NamedTuple):
    """A row: canonical name or code where known (合计, 本年收入合计, 2101501), and its label as printed."""

    name: str
    label: str
    code: str = ""
    level: int = 0
    head: int = -1
    """Index of the unit row (单位) or group row that it stands under; -1 where it stands under none."""
    place: Place = Place()
    groups: tuple[str, ...] = ()
    period: str = ""
    """The year that the row tells of (2020), 增减 or 增减率; empty where rows tell of one year only."""

    @property
    def shown(self) -> str:
        """How it is named to people."""
        named = self.label or self.name or "/".join(self.groups[-1:]) or "（无行名）"
        return f"{named} {self.period}" if self.period and self.period not in named else named


@dataclass(frozen=True)
class KnownBlock:
    """A side of a table; `cells[row][column]`. Sides that only continue each other (经济分类三栏并排) are one."""

    name: str
    """收入, 支出 or empty."""
    columns: tuple[KnownColumn, ...]
    rows: tuple[KnownRow, ...]
    cells: tuple[tuple[ReadCell, ...], ...]
    part: str = ""
    """Which part of a form it is (绩效自评指标, 资金执行), where its header shows that."""

    @cached_property
    def by_row(self) -> dict[str, list[int]]:
        """Rows by canonical name."""
        found: dict[str, list[int]] = {}
        for i, row in enumerate(self.rows):
            if row.name:
                found.setdefault(row.name, []).append(i)
        return found

    @cached_property
    def by_column(self) -> dict[str, list[int]]:
        """Columns by canonical name."""
        found: dict[str, list[int]] = {}
        for i, column in enumerate(self.columns):
            if column.name:
                found.setdefault(column.name, []).append(i)
        return found

    @cached_property
    def figures(self) -> tuple[int, ...]:
        """Columns of figures: at least half of what is printed in them reads as a number."""
        return tuple(
            c
            for c, column in enumerate(self.columns)
            if not column.of_names and _is_figures([row[c] for row in self.cells])
        )


def _is_figures(cells: list[ReadCell]) -> bool:
    kinds = [cell.printed.kind for cell in cells]
    numbers = sum(kind is PrintedKind.NUMBER for kind in kinds)
    words = sum(kind in (PrintedKind.TEXT, PrintedKind.PERCENT) for kind in kinds)
    return numbers > words


class CellKey(NamedTuple):
    """One cell of one table of one document: what a relation between figures binds."""

    table: int
    block: int
    row: int
    column: int
    document: int = 0
    """0 the document that is audited, from 1 the others that were given with it."""


@dataclass(frozen=True)
class KnownTable:
    """A table under its canonical name; `name` is empty where no template fits."""

    name: str
    read: ReadTable
    unit: MoneyUnit | None
    blocks: tuple[KnownBlock, ...]
    continued: bool = False
    """A table of the same title stands before it, which it may go on: what it adds up may begin there."""

    @property
    def shown(self) -> str:
        """How it is named to people: label and title as printed."""
        return (
            " ".join(part for part in (self.read.label, self.read.title) if part) or self.name or "无标题的表"
        )

    @property
    def index(self) -> int:
        return self.read.index

    def cell(self, key: CellKey) -> ReadCell:
        return self.blocks[key.block].cells[key.row][key.column]

    def unit_of(self, key: CellKey) -> MoneyUnit | None:
        """The money unit of a cell: its own, else its column's, else the table's; None for weights in names."""
        printed, column = self.cell(key).printed, self.blocks[key.block].columns[key.column]
        return printed.unit or (None if column.of_names else _unit(column.unit) or self.unit)

    def address(self, key: CellKey) -> str:
        """`支出决算表[合计, 项目支出]` for people."""
        block = self.blocks[key.block]
        row, column = block.rows[key.row].shown, block.columns[key.column].label
        code = block.rows[key.row].code
        side = f"{block.name}/" if block.name else ""
        named = f"{code} {row}" if code and code not in row else row
        return f"{self.shown}[{side}{named}, {column}]"

    def keys(self) -> Iterator[CellKey]:
        for b, block in enumerate(self.blocks):
            for r in range(len(block.rows)):
                for c in range(len(block.columns)):
                    yield self.key(b, r, c)

    def key(self, block: int, row: int, column: int) -> CellKey:
        """The key of a cell of the audited document, one and the same each time it is asked for."""
        known = self._keys[block][row]
        found = known[column]
        if found is None:
            found = known[column] = CellKey(self.index, block, row, column)
        return found

    @cached_property
    def _keys(self) -> list[list[list[CellKey | None]]]:
        return [[[None] * len(block.columns) for _ in block.rows] for block in self.blocks]

    def find(self, row: str, column: str, side: str = "") -> list[CellKey]:
        """The cells of that canonical row and column; several where the names are not unique."""
        return [
            self.key(b, r, c)
            for b, block in enumerate(self.blocks)
            if not side or block.name == side
            for r in block.by_row.get(row, ())
            for c in block.by_column.get(column, ())
        ]


def _unit(name: str) -> MoneyUnit | None:
    try:
        return MoneyUnit.of(name) if name else None
    except ValueError:
        return None


def money_unit(name: str) -> MoneyUnit | None:
    """元, 万元 or 亿元 as a unit; None for anything else."""
    return _unit(name)

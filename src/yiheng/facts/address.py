"""Cell addresses (单元格地址): how a person, a check and a link name a cell.

    address := table [ "[" row [ "," column ] "]" ]      支出决算表[合计, 基本支出]   表7[szybzx/2101550, 项目支出]
    row, column := name { "/" name }                      the last name is the row's own, those before stand around it

A table answers to its code (公开03表) and its title. A row answers to its code, its name and its label; rows of units
to key, code or name. Blanks and the width of punctuation make no difference; a comma, slash, bracket or star inside a
name is written `·`. The column may be left out where the row has one cell of money. In a row `*` stands for any row
(`*类`, `*款`, `*项`, `*单位`, `*项目`, `*任务` for any of that sort).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from yiheng.facts.names import compared, fold, signs, spell
from yiheng.facts.table import Block, CellKind, CellRef, Row, Table

__all__ = ["Address", "AddressError", "Directory", "fold", "parse"]

ANY = "*"
CODE_LENGTHS = {"类": 3, "款": 5, "项": 7}
"""`*类` stands for any row whose code has the length of a 类, and so on (政府收支分类科目 3, 5, 7 位)."""
ROW_KINDS = {"单位": "unit", "项目": "project", "任务": "task"}
"""`*单位` stands for any row of a unit, and so on."""
_LISTED = 40
"""Names that an error lists at most."""


class AddressError(ValueError):
    """An address that names nothing, or more than one cell. The message is Chinese and lists candidates."""


class Address(NamedTuple):
    """A parsed address. Empty `column` means "the only column of money"."""

    table: str
    row: tuple[str, ...] = ()
    column: tuple[str, ...] = ()

    def __str__(self) -> str:
        inside = "/".join(self.row) + (f", {'/'.join(self.column)}" if self.column else "")
        return f"{self.table}[{inside}]" if inside else self.table


def parse(text: str) -> Address:
    """Read an address. Raises `AddressError`."""
    table, bracket, inside = signs(text).partition("[")
    if not table or (bracket and not inside.endswith("]")):
        raise AddressError(f"看不懂单元格地址“{text}”：应写成 表名[行, 列]，例如 公开03表[合计, 基本支出]")
    if not bracket:
        return Address(table)
    row, comma, column = inside[:-1].rpartition(",")
    if not comma:
        row, column = column, ""
    if not row:
        raise AddressError(f"单元格地址“{text}”没有写行；应写成 表名[行, 列]")
    return Address(table, _names(row), _names(column) if column else ())


def _names(text: str) -> tuple[str, ...]:
    return tuple(ANY + spell(name[1:]) if name[:1] == ANY else spell(name) for name in text.split("/"))


class Directory:
    """The tables of a paper, ready to be asked for cells by address."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self.tables = tuple(tables)
        self._by_name = {name: t for t in reversed(self.tables) for name in (fold(t.code), fold(t.title))}
        self._rows: dict[str, _Rows] = {}
        self._columns: dict[tuple[int, tuple[str, ...]], list[int]] = {}

    def table(self, name: str) -> Table | None:
        """The table with that code or title."""
        return self._by_name.get(fold(name))

    def matching(self, address: Address) -> list[CellRef]:
        """The cells that the address may mean, in print order; none where the table is not there.

        A row or column that the address names in full comes before those that only end so.
        """
        table = self.table(address.table)
        if table is None:
            return []
        return [
            CellRef(table, place.block, place.index, i)
            for place in self._places(table, address.row)
            for i in self._across(place, address.column)
        ]

    def the_one(self, address: Address) -> CellRef | None:
        """The one cell that the address means; None where it means none or several."""
        table = self.table(address.table)
        if table is None:
            return None
        places = self._places(table, address.row)
        if len(places) != 1:
            found = self.matching(address)
            return found[0] if len(found) == 1 else None
        place, columns = places[0], self._across(places[0], address.column)
        return CellRef(table, place.block, place.index, columns[0]) if len(columns) == 1 else None

    def resolve(self, text: str | Address) -> CellRef:
        """The one cell that the address means. Raises `AddressError` naming what is missing or the candidates."""
        address = parse(text) if isinstance(text, str) else text
        if not address.row:
            raise AddressError(f"“{address}”只写了表名；要指到单元格，应写成 表名[行, 列]")
        found = self.the_one(address)
        if found is None:
            raise AddressError(self.why_not(address))
        return found

    def why_not(self, address: Address) -> str:
        """Why the address does not mean one cell, in Chinese, with what is there."""
        table = self.table(address.table)
        if table is None:
            listed = "、".join(f"{t.code} {t.title}" for t in self.tables)
            return f"没有表“{address.table}”；现有：{listed}"
        if not table.blocks:
            return f"{table.code} {table.title} {table.status.value}，没有可指的单元格：{table.reason}"
        found = self.matching(address)
        if found:
            return f"“{address}”对应多个单元格：{_listed([ref.address for ref in found], '；')}"
        if self.has_row(address):
            columns = _listed([c.label for b in table.blocks for c in b.columns])
            return f"{table.code} 没有列“{'/'.join(address.column)}”；现有：{columns}"
        rows = _listed([r.address for b in table.blocks for r in b.rows if r.label or r.code])
        why = f"（{table.status.value}：{table.reason}）" if table.reason else ""
        return f"{table.code} 没有行“{'/'.join(address.row)}”{why}；现有：{rows or '没有带名称的行'}"

    def has_row(self, address: Address) -> bool:
        """Whether the table has a row of that name."""
        table = self.table(address.table)
        return table is not None and bool(self._places(table, address.row))

    def bindings(self, address: Address) -> list[tuple[str, ...]]:
        """What the star of the address stands for in each row that has the cell, in print order.

        At the end of a row it stands for all names that are left (`szybzx/2101501`), elsewhere for one.
        """
        star = next(i for i, name in enumerate(address.row) if name[:1] == ANY)
        wanted = _wanted(address.row)
        found = (_bound(ref.row, wanted, star) for ref in self.matching(address))
        return list(dict.fromkeys(found))

    def _places(self, table: Table, names: tuple[str, ...]) -> list[_Place]:
        """The rows that the names may mean: those of which they are the very address, else those that they name in
        full, else those that end so."""
        if table.code not in self._rows:
            self._rows[table.code] = _Rows(table)
        rows = self._rows[table.code]
        exact = rows.by_address.get(names) or rows.by_address.get(wanted := _wanted(names))
        if exact is not None:
            return exact
        named = rows.all if wanted[-1] == ANY else rows.by_name.get(wanted[-1], ())
        found = [p for p in named if _of_sort(p.row, names[-1]) and _aligned(p.row.path, wanted) is not None]
        return [p for p in found if len(p.row.path) == len(names)] or found

    def _across(self, place: _Place, column: tuple[str, ...]) -> list[int]:
        """The columns in which the row has the cell."""
        if not column:
            cells = place.block.cells[place.index]
            return [i for i, cell in enumerate(cells) if cell.kind is CellKind.MONEY]
        key = id(place.block), column
        if key not in self._columns:
            self._columns[key] = _columns(place.block, column)
        return self._columns[key]


class _Place:
    """A row where it stands."""

    __slots__ = ("block", "index", "row")

    def __init__(self, block: Block, index: int) -> None:
        self.block, self.index, self.row = block, index, block.rows[index]


class _Rows:
    """The rows of a table but its blank lines: all of them, by their address, and by each name of their own."""

    def __init__(self, table: Table) -> None:
        places = (_Place(block, index) for block in table.blocks for index in range(len(block.rows)))
        self.all = [place for place in places if any(place.row.path[-1])]
        self.by_address: dict[tuple[str, ...], list[_Place]] = {}
        for place in self.all:
            spelled = tuple([spell(names[0]) for names in place.row.path])
            for address in {spelled, _wanted(spelled)}:
                self.by_address.setdefault(address, []).append(place)

    @cached_property
    def by_name(self) -> dict[str, list[_Place]]:
        found: dict[str, list[_Place]] = {}
        for place in self.all:
            for name in dict.fromkeys(map(compared, place.row.path[-1])):
                found.setdefault(name, []).append(place)
        return found


def _wanted(names: Sequence[str]) -> tuple[str, ...]:
    """The names as they are compared; any star as the plain one."""
    return tuple([compared(name) if name[:1] != ANY else ANY for name in names])


def _columns(block: Block, names: Sequence[str]) -> list[int]:
    """The columns that answer to the names; one that is named in full comes before those that only end so."""
    names = _wanted(names)
    paths = [[(name,) for name in column.path] for column in block.columns]
    found = [i for i, path in enumerate(paths) if _aligned(path, names) is not None]
    return [i for i in found if len(paths[i]) == len(names)] or found


def _aligned(path: Sequence[Sequence[str]], names: Sequence[str]) -> list[int] | None:
    """Where each name stands in the path: the last at its end, those before it in order; None where they do not."""
    end = len(path) - 1
    found: list[int] = []
    at = 0
    for name in names[:-1]:
        at = next((i for i in range(at, end) if _named(path[i], name)), -1) + 1
        if not at:
            return None
        found.append(at - 1)
    return [*found, end] if _named(path[end], names[-1]) else None


def _named(names: Sequence[str], wanted: str) -> bool:
    return wanted == ANY or any(compared(name) == wanted for name in names)


def _of_sort(row: Row, name: str) -> bool:
    """Whether the row is of the sort that `*类`, `*单位` … ask for."""
    sort = name[1:] if name[:1] == ANY else ""
    if not sort:
        return True
    if sort in CODE_LENGTHS:
        return len(row.code) == CODE_LENGTHS[sort]
    return row.kind == ROW_KINDS.get(sort, sort)


def _bound(row: Row, names: Sequence[str], star: int) -> tuple[str, ...]:
    places = _aligned(row.path, names)
    assert places is not None  # Only rows that match are asked.
    if star < len(names) - 1:
        return (spell(row.path[places[star]][0]),)
    first = places[star - 1] + 1 if star else 0
    return tuple(spell(names[0]) for names in row.path[first:])


def _listed(names: Sequence[str], separator: str = "、") -> str:
    """Each name once; where there are many, the first of them and how many there are."""
    once = list(dict.fromkeys(names))
    more = f"{separator}…（共 {len(once)} 个）" if len(once) > _LISTED else ""
    return separator.join(once[:_LISTED]) + more

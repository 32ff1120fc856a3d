"""Cell addresses (单元格地址): how a person, a check and a link name a cell.

    address := table [ "[" row [ "," column ] "]" ]      支出决算表[合计, 基本支出]   表7[szybzx/2101550, 项目支出]
    row, column := name { "/" name }                      the last name is the row's own, those before stand around it

A table answers to its code (公开03表) and its title. A row answers to its code, its name and its label; rows of units
to key, code or name; `*` stands for any row or column. Blanks and full-width brackets make no difference. The column
may be left out where a block has one column of money.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from yiheng.facts.table import Block, CellKind, CellRef, Column, Row, Table

ANY = "*"
CODE_LENGTHS = {"类": 3, "款": 5, "项": 7}
"""`*类` stands for any row whose code has the length of a 类, and so on (政府收支分类科目 3, 5, 7 位)."""
ROW_KINDS = {"单位": "unit", "项目": "project", "任务": "task"}
"""`*单位` stands for any row of a unit, and so on."""
_FOLD = str.maketrans({"（": "(", "）": ")", "，": ",", "［": "[", "］": "]", "／": "/", "：": ":"})


class AddressError(ValueError):
    """An address that names nothing, or more than one cell. The message is Chinese and lists candidates."""


@dataclass(frozen=True, slots=True)
class Address:
    """A parsed address. Empty `column` means "the only column of money"."""

    table: str
    row: tuple[str, ...] = ()
    column: tuple[str, ...] = ()

    def __str__(self) -> str:
        inside = "/".join(self.row) + (f", {'/'.join(self.column)}" if self.column else "")
        return f"{self.table}[{inside}]" if inside else self.table


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """A name as addresses compare it: no blanks, half-width brackets, commas and slashes."""
    return "".join(text.split()).translate(_FOLD)


def parse(text: str) -> Address:
    """Read an address. Raises `AddressError`."""
    folded = fold(text)
    table, bracket, inside = folded.partition("[")
    if not table or (bracket and not inside.endswith("]")):
        raise AddressError(f"看不懂单元格地址“{text}”：应写成 表名[行, 列]，例如 公开03表[合计, 基本支出]")
    if not bracket:
        return Address(table)
    row, comma, column = inside[:-1].rpartition(",")
    if not comma:
        row, column = column, ""
    if not row:
        raise AddressError(f"单元格地址“{text}”没有写行；应写成 表名[行, 列]")
    return Address(table, tuple(row.split("/")), tuple(column.split("/")) if column else ())


class Directory:
    """The tables of a paper, ready to be asked for cells by address."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self.tables = tuple(tables)
        self._by_name = {name: t for t in reversed(self.tables) for name in (fold(t.code), fold(t.title))}
        self._rows: dict[str, dict[str, list[tuple[Block, int]]]] = {}

    def table(self, name: str) -> Table | None:
        """The table with that code or title."""
        return self._by_name.get(fold(name))

    def matching(self, address: Address) -> list[CellRef]:
        """All cells that the address may mean, in print order; none where the table is not there."""
        table = self.table(address.table)
        if table is None:
            return []
        found: list[CellRef] = []
        for block, r in self._candidates(table, address.row[-1]):
            if not _row_fits(block.rows[r], address.row):
                continue
            refs = (
                CellRef(table, block, r, i)
                for i, c in enumerate(block.columns)
                if _column_fits(c, address.column)
            )
            found.extend(refs if address.column else (ref for ref in refs if ref.cell.kind is CellKind.MONEY))
        return found

    def resolve(self, text: str | Address) -> CellRef:
        """The one cell that the address means. Raises `AddressError` naming what is missing or the candidates."""
        address = parse(text) if isinstance(text, str) else text
        if not address.row:
            raise AddressError(f"“{address}”只写了表名；要指到单元格，应写成 表名[行, 列]")
        table = self.table(address.table)
        if table is None:
            listed = "、".join(f"{t.code} {t.title}" for t in self.tables)
            raise AddressError(f"没有表“{address.table}”；现有：{listed}")
        found = self.matching(address)
        exact = [ref for ref in found if len(ref.row.path) == len(address.row)] or found
        if len(exact) == 1:
            return exact[0]
        if exact:
            listed = "；".join(ref.address for ref in exact[:8])
            raise AddressError(f"“{address}”对应多个单元格：{listed}")
        raise AddressError(self._why_none(table, address))

    def bindings(self, address: Address) -> list[str]:
        """What `*` (or `*类`, `*款`, `*项`) stands for in each cell that the address matches, in print order."""
        position = next(i for i, name in enumerate(address.row) if name[:1] == ANY)
        names = (_bound(ref.row, address.row, position) for ref in self.matching(address))
        return list(dict.fromkeys(n for n in names if n))

    def _candidates(self, table: Table, name: str) -> Iterator[tuple[Block, int]]:
        rows = self._rows.get(table.code)
        if rows is None:
            rows = self._rows[table.code] = {}
            for block in table.blocks:
                for r, row in enumerate(block.rows):
                    for own in {fold(n) for n in row.path[-1]} | {ANY}:
                        rows.setdefault(own, []).append((block, r))
        return iter(rows.get(ANY if name[:1] == ANY else name, ()))

    def _why_none(self, table: Table, address: Address) -> str:
        rows = [row for b in table.blocks for row in b.rows if _row_fits(row, address.row)]
        if not rows:
            names = "、".join(
                dict.fromkeys(r.address for b in table.blocks for r in b.rows if r.label or r.code)
            )
            return f"{table.code} 没有行“{'/'.join(address.row)}”；现有：{names}"
        columns = dict.fromkeys(c.label for b in table.blocks for c in b.columns)
        return f"{table.code} 没有列“{'/'.join(address.column)}”；现有：{'、'.join(columns)}"


def _row_fits(row: Row, wanted: Sequence[str]) -> bool:
    if wanted[-1][:1] == ANY and not _of_level(row, wanted[-1]):
        return False
    return _fits(row.path, wanted)


def _column_fits(column: Column, wanted: Sequence[str]) -> bool:
    return not wanted or _fits([(n,) for n in column.path], wanted)


def _fits(path: Sequence[Sequence[str]], wanted: Sequence[str]) -> bool:
    """The last names agree, and the names before appear in order among those around."""
    if not path or not _named(path[-1], wanted[-1]):
        return False
    around = iter(path[:-1])
    return all(any(_named(names, name) for names in around) for name in wanted[:-1])


def _named(names: Sequence[str], wanted: str) -> bool:
    return wanted[:1] == ANY or any(fold(n) == wanted for n in names)


def _of_level(row: Row, wanted: str) -> bool:
    kind = wanted[1:]
    return (
        not kind
        or (row.kind and row.kind == ROW_KINDS.get(kind))
        or len(row.code) == CODE_LENGTHS.get(kind, -1)
    )


def _bound(row: Row, wanted: Sequence[str], position: int) -> str:
    """The first name of the path element that stands where `*` was written."""
    if position == len(wanted) - 1:
        return row.path[-1][0]
    around = list(row.path[:-1])
    for name in wanted[:position]:
        while around and not _named(around.pop(0), name):
            pass
    return around[0][0] if around else ""

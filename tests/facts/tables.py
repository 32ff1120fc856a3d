"""Small tables made by hand, for tests of addresses and algebra."""

from yiheng.facts import Block, Cell, CellKind, Column, Row, Source, Status, Table
from yiheng.money import Amount

WAN = 1_000_000
"""Fen in one 万元."""


def money(fen: int | None, quantum: int = 0, *, status: Status = Status.VALUE, read: bool = False) -> Cell:
    """A cell of money; `read` makes it a figure that stands in a document."""
    source = Source("原件", "第1行") if read else None
    amount = None if fen is None else Amount(fen, quantum)
    return Cell(CellKind.MONEY, "" if fen is None else str(fen), status, amount, source=source)


def words(text: str) -> Cell:
    return Cell(CellKind.TEXT, text)


def row(*path: str | tuple[str, ...], code: str = "", kind: str = "", parent: int = -1) -> Row:
    """A row by its path; an element with several names is a tuple."""
    names = tuple((element,) if isinstance(element, str) else element for element in path)
    return Row(names, names[-1][0], code, parent=parent, kind=kind)


def table(
    code: str, columns: list[str], *lines: tuple[Row, list[Cell]], title: str = "", name: str = ""
) -> Table:
    """One block; a column written `a/b` has a header of two levels."""
    heads = tuple(Column(tuple(c.split("/")), CellKind.MONEY, "万元") for c in columns)
    block = Block(name, heads, tuple(r for r, _ in lines), tuple(tuple(cells) for _, cells in lines))
    return Table(code, title or f"{code}标题", "万元", (block,))

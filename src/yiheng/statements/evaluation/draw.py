"""Drawing evaluation tables: lines of named cells under the columns of a form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Final

from yiheng.facts import Block, Cell, CellKind, Column, Row, Source
from yiheng.facts.select import Conditions
from yiheng.money import MoneyUnit, format_amount, format_percent
from yiheng.scoring.rowscore import show
from yiheng.statements.evaluation.form import BlockForm, ColumnForm, FormSpec
from yiheng.statements.selection import Selection, Terms
from yiheng.statements.sums import Ask, Sum, add_up, predicates

_BLANK: Final = Cell(CellKind.TEXT, "")
PENDING: Final = "待评"
LEAST_PLACES: Final = 2
"""Decimals that points are printed with at least, so that a column of them lines up."""
NUMBERS: Final = frozenset({"weight", "points", "rate", "lost", "printed", "number", "share", "options"})
"""Columns of figures that are no money."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its label, and its cells by the name that a column shows."""

    label: str
    cells: Mapping[str, Cell] = field(default_factory=dict)
    role: str = ""
    name: str = ""
    """What addresses call it where the label is none, or is that of many rows."""
    money: Conditions | None = None
    """The predicates of its money cells; None for a line without money."""

    def says(self, name: str) -> bool:
        """Whether the cell of that name has any words."""
        return bool(self.cells.get(name, _BLANK).text)


class Drawing:
    """Draws the blocks of one department-year's tables."""

    def __init__(self, form: FormSpec, selection: Selection) -> None:
        self.form = form
        self.selection = selection

    def block(self, spec: BlockForm, lines: Sequence[Line], unit: str = "") -> Block:
        """A block with these lines; each line has an address of its own."""
        names = apart([line.name or line.label for line in lines])
        rows = tuple(
            Row(
                (tuple(dict.fromkeys((name, line.label) if line.label else (name,))),),
                line.label,
                role=line.role,
            )
            for name, line in zip(names, lines, strict=True)
        )
        shown = [c for c in spec.columns if not c.optional or any(line.says(c.show) for line in lines)]
        columns = tuple(self._column(column, unit) for column in shown)
        cells = tuple(tuple(self._cell(column, line, unit) for column in shown) for line in lines)
        return Block("", columns, rows, cells, spec.title)

    def _column(self, column: ColumnForm, unit: str) -> Column:
        if column.terms:
            return Column(column.path, CellKind.MONEY, unit)
        return Column(column.path, CellKind.COUNT if column.show in NUMBERS else CellKind.TEXT)

    def _cell(self, column: ColumnForm, line: Line, unit: str) -> Cell:
        if column.show == "label":
            return line.cells.get("label") or words(line.label)
        if not column.terms:
            return line.cells.get(column.show, _BLANK)
        return _BLANK if line.money is None else self.money(column, line.money, unit)

    def money(self, column: ColumnForm, where: Conditions, unit: str) -> Cell:
        """The amount of a column under predicates, with the ledger rows behind it."""
        total = self.sum(column, where)
        rule = f"{total.how} {predicates(where)}".rstrip()
        if total.status.no_figure:
            return Cell(CellKind.MONEY, "", total.status, None, (), rule)
        amount = total.amount
        text = (
            format_amount(amount.fen, MoneyUnit.of(unit), self.form.places) if amount.fen else self.form.zero
        )
        return Cell(
            CellKind.MONEY, text, total.status, amount, Terms(total.parts) if total.parts else (), rule
        )

    def sum(self, column: ColumnForm, where: Conditions) -> Sum:
        """What a money column adds up to under predicates."""
        return add_up(self.selection, Ask(column.terms, column.views), {0: where}, {0: ()})[0, 0]

    @property
    def blank(self) -> Cell:
        """Where nothing is to be filled in."""
        return words(self.form.blank)


def apart(names: Sequence[str]) -> list[str]:
    """The names, each its own: the second of a name is called name（2）."""
    seen: Counter[str] = Counter()
    found = []
    for name in names:
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name}（{seen[name]}）")
    return found


def words(text: str, source: Source | None = None) -> Cell:
    """A cell of words."""
    return Cell(CellKind.TEXT, text, source=source if text else None)


def number(text: str, rule: str = "") -> Cell:
    """A figure that is no money, with how it came about."""
    return Cell(CellKind.COUNT, text, rule=rule)


def points(value: Decimal | None, steps: Iterable[str] = ()) -> Cell:
    """Points with their reckoning, of two decimals at least; 待评 where nobody and nothing has given any."""
    if value is None:
        return number(PENDING, "；".join(steps))
    return number(f"{value:.{max(LEAST_PLACES, -int(value.as_tuple().exponent))}f}", "；".join(steps))


def weight(value: Fraction | None) -> Cell:
    """A weight (分值); blank where the framework leaves it open."""
    return number("" if value is None else show(value))


def rate(points: Decimal | None, weight: Fraction | None) -> Cell:
    """Share of the weight reached (得分率)."""
    if points is None or not weight:
        return number("")
    share = Fraction(points) / weight
    return number(format_percent(share), f"{points} ÷ {show(weight)} = {show(share * 100)}%")

"""What explains a printed figure (出处): its value, state, rule and sources, the same in every output."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from yiheng.facts import YUAN_UOM, CellKind, CellRef, Figure, Source, Status, Table, Term
from yiheng.money import Amount, Interval, Rate
from yiheng.reporting import wording

NARRATIVE: Final = "情况说明"


@dataclass(frozen=True, slots=True)
class Entry:
    """One printed figure with all that explains it."""

    address: str
    printed: str
    where: str
    """The place in words: table, row and column, or the heading above the sentence."""
    unit: str = ""
    status: Status = Status.VALUE
    amount: Amount | None = None
    rate: Rate | None = None
    uom: str = YUAN_UOM
    """元 for money, the counting word for a count."""
    rule: str = ""
    given: bool = False
    terms: Sequence[Term] = ()
    source: Source | None = None

    @property
    def value(self) -> str:
        """The computed value in full; empty for words and for what has no value."""
        if self.rate is not None:
            return wording.rate_text(self.rate)
        return "" if self.amount is None else wording.exact_text(self.amount, self.uom)

    @property
    def bounds(self) -> Interval | None:
        """The exact values that it may have, in fen, counts or as a ratio; None where it is known exactly."""
        if self.rate is not None:
            found = self.rate.interval
            return None if found.lo == found.hi else found
        return None if self.amount is None or self.amount.is_exact else self.amount.interval

    @property
    def interval(self) -> str:
        """The bounds in words; empty where the value is exact."""
        bounds = self.bounds
        if bounds is None:
            return ""
        if self.rate is not None:
            return wording.rates_between(bounds)
        return wording.amounts_between(bounds, self.uom)


def entry(item: CellRef | Figure, where: str = "") -> Entry:
    """The explanation of a cell or of a figure in a sentence; `where` places the latter."""
    return _of_cell(item) if isinstance(item, CellRef) else _of_figure(item, where or NARRATIVE)


def _of_cell(ref: CellRef) -> Entry:
    cell, column = ref.cell, ref.column
    where = " · ".join(
        part for part in (table_name(ref.table), ref.block.title, ref.row.label.strip(), column.label) if part
    )
    return Entry(
        address=ref.address,
        printed=cell.text,
        where=where,
        unit=(column.unit or ref.table.unit) if cell.kind is CellKind.MONEY else column.unit,
        status=cell.status,
        amount=cell.amount,
        uom=_uom(cell.kind is CellKind.COUNT, cell.terms),
        rule=cell.rule,
        given=cell.given,
        terms=cell.terms,
        source=cell.source,
    )


def _of_figure(figure: Figure, where: str) -> Entry:
    return Entry(
        address=figure.address,
        printed=figure.text,
        where=where,
        amount=figure.amount,
        rate=figure.rate,
        uom=_uom(figure.kind == "count", figure.terms),
        rule=figure.rule,
        terms=figure.terms,
    )


def _uom(count: bool, terms: Sequence[Term]) -> str:
    if not count:
        return YUAN_UOM
    return next((term.fact.uom for term in terms if term.fact.uom != YUAN_UOM), "")


def table_name(table: Table, label: str = "") -> str:
    """Number and title of a table; `label` is the number as printed, where it is not the code."""
    number = label or table.code
    return table.title if number in table.title else f"{number} {table.title}"

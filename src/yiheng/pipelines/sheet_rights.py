"""Which kinds of work a sheet belongs to (工作表与工作), and what of it somebody with these rights may take away."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from yiheng.facts.sheets import KEY, Kind, SheetRow, Value
from yiheng.ledger import intake as ledger
from yiheng.people.masking import Viewer
from yiheng.people.models import Work
from yiheng.performance import intake as performance

from .intake import SHEETS

_LEDGER: Final = (Work.BUDGET, Work.EXECUTION, Work.ACCOUNTS)
_OWN: Final[Mapping[str, tuple[Work, ...]]] = {
    "projects": (Work.BUDGET,),
    "costing": (Work.BUDGET,),
    "budget_lines": (Work.BUDGET,),
    "adjustments": (Work.EXECUTION,),
    "payments": (Work.EXECUTION,),
    "procurements": (Work.BUDGET, Work.EXECUTION),
    "contracts": (Work.EXECUTION,),
    "assets": (Work.EXECUTION,),
    "vehicles": (Work.EXECUTION,),
}
WORKS: Final[Mapping[str, tuple[Work, ...]]] = {
    **{sheet.name: _OWN.get(sheet.name, _LEDGER) for sheet in ledger.SHEETS},
    **{sheet.name: (Work.PERFORMANCE,) for sheet in performance.SHEETS},
}
"""Sheet → kinds of work. Units and what both papers print (revenues, balances, reasons, texts) belong to all three."""
NAMES: Final = frozenset({"payee", "supplier", "responsible"})
"""Columns that may name a person."""
Handed = Callable[[str, Sequence[SheetRow]], Sequence[SheetRow]]
"""Sheet and rows → the rows as they are handed out."""


def handed(reads: Collection[str], fills: Collection[str]) -> Handed:
    """The rows for somebody who may read these kinds of work and fill in those: what they fill in as it is, what they
    only read with personal data masked, and nothing else.
    """
    hidden = Viewer()

    def masked(row: SheetRow) -> SheetRow:
        return replace(row, values=dict(_masked(row, hidden)))

    def of(sheet: str, rows: Sequence[SheetRow]) -> Sequence[SheetRow]:
        works = WORKS[sheet]
        if any(work in fills for work in works):
            return rows
        return [masked(row) for row in rows] if any(work in reads for work in works) else ()

    return of


def _masked(row: SheetRow, viewer: Viewer) -> Iterator[tuple[str, Value]]:
    texts = {column.name for column in SHEETS[row.sheet].of_kind(Kind.TEXT)} - {KEY}
    for name, value in row.values.items():
        if isinstance(value, str) and name in texts:
            yield name, viewer.payee(value) if name in NAMES else viewer.free_text(value)
        else:
            yield name, value

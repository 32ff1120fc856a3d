"""A defect of a content, placed by sheet, row and column as users see them."""

from __future__ import annotations

from yiheng.facts.sheets import SheetRow
from yiheng.ledger.sheets import MONEY, shapes, yuan
from yiheng.reading.problems import Problem, shown


def problem(row: SheetRow, kind: str, column: str, reason: str, remedy: str) -> Problem:
    """The problem of one row, at one of its columns ("" for the row as a whole)."""
    shape = shapes()[row.sheet]
    value = row.values.get(column)
    if column in MONEY and isinstance(value, int):
        value = f"{yuan(value)} 元"
    return Problem(
        kind=kind,
        file=row.origin.file,
        reason=reason,
        remedy=remedy,
        sheet=row.origin.sheet or shape.title,
        row=row.number or None,
        column=shape.label(column) if column in shape.place else column,
        cell=row.origin.cell(row.number, column),
        value=shown(value),
    )

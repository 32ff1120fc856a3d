"""Keys of other sheets: each must stand in the files that are read together or already in the ledger."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sized
from typing import Protocol

from yiheng.facts.sheets import Column, Kind, Sheet, SheetRow, SheetSet
from yiheng.reading.problems import Problem, of_row
from yiheng.reading.tables import Reading


class Keys(Container[str], Sized, Protocol):
    """Keys that the ledger already holds."""


def reference_problems(reading: Reading, sheets: SheetSet, known: Mapping[str, Keys]) -> Iterator[Problem]:
    """A problem for each reference that leads nowhere; one for a whole sheet where the sheet itself is missing."""
    for name, rows in reading.rows.items():
        sheet = sheets[name]
        for column in sheet.of_kind(Kind.REFERENCE):
            yield from _column_problems(reading, sheets, sheet, column, rows, known.get(column.refers, ()))


def _column_problems(
    reading: Reading,
    sheets: SheetSet,
    sheet: Sheet,
    column: Column,
    rows: list[SheetRow],
    known: Keys | tuple[()],
) -> Iterator[Problem]:
    target = sheets[column.refers]
    here = {target.identify(row.values) for row in reading.rows.get(target.name, ())}
    here |= reading.refused.get(target.name, set())
    lost = [
        row
        for row in rows
        if (key := row.values[column.name]) is not None and key not in here and key not in known
    ]
    if lost and not here and not known:
        reason = (
            f"“{sheet.title}”有 {len(lost):,} 行引用“{target.title}”，但文件里没有这个工作表，台账里也没有"
        )
        remedy = f"请补上“{target.title}”工作表，或先装载它"
        yield Problem("缺少工作表", lost[0].origin.file, reason, remedy, target.title)
        return
    for row in lost:
        yield of_row(
            row,
            column,
            "引用的键不存在",
            f"“{target.title}”里没有“{row.values[column.name]}”，台账里也没有",
            f"请核对，或在“{target.title}”补上这一行",
        )

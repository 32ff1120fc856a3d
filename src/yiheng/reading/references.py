"""Keys of other sheets: each must stand in the files that are read together or already in the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from functools import cache

from yiheng.facts.sheets import Column, Kind, Sheet, SheetRow, SheetSet
from yiheng.reading.problems import Problem, of_row
from yiheng.reading.tables import Reading


class References:
    """The references of everything that was read; `known` are the keys that the ledger holds, by sheet."""

    def __init__(self, reading: Reading, sheets: SheetSet, known: Mapping[str, Set[str]]) -> None:
        self._reading, self._sheets = reading, sheets
        self._known = cache(lambda target: known.get(target, frozenset()))
        self._read = cache(self._keys_read)

    def problems(self) -> Iterator[Problem]:
        """A problem for each reference that leads nowhere; one for a whole sheet where the sheet itself is missing."""
        for name, rows in self._reading.rows.items():
            sheet = self._sheets[name]
            for column in sheet.of_kind(Kind.REFERENCE):
                lost = [row for row in rows if not self._leads(row, column, refused=True)]
                if lost:
                    yield from self._complaints(sheet, column, lost)

    def settled(self, target: str) -> dict[str, list[SheetRow]]:
        """The rows that can be judged by the row of `target` that they name, since it was read or is known."""
        found = {}
        for name, rows in self._reading.rows.items():
            columns = [c for c in self._sheets[name].of_kind(Kind.REFERENCE) if c.refers == target]
            found[name] = [row for row in rows if all(self._leads(row, c, refused=False) for c in columns)]
        return found

    def _leads(self, row: SheetRow, column: Column, refused: bool) -> bool:
        """Whether a reference leads to a row; with `refused` also to one that was left out for its own problems."""
        key, target = row.values[column.name], column.refers
        if key is None or key in self._read(target) or key in self._known(target):
            return True
        return refused and key in self._reading.refused.get(target, ())

    def _keys_read(self, target: str) -> Set[str]:
        sheet = self._sheets[target]
        return {sheet.identify(row.values) for row in self._reading.rows.get(target, ())}

    def _complaints(self, sheet: Sheet, column: Column, lost: list[SheetRow]) -> Iterator[Problem]:
        target = self._sheets[column.refers]
        refused = self._reading.refused.get(target.name)
        if not (self._read(target.name) or refused or self._known(target.name)):
            many = f"“{sheet.title}”有 {len(lost):,} 行引用“{target.title}”"
            reason = f"{many}，但文件里没有这个工作表的数据，台账里也没有"
            remedy = f"请补上“{target.title}”工作表，或先装载它"
            yield Problem("缺少工作表", lost[0].file, reason, remedy, target.title)
            return
        for row in lost:
            yield of_row(
                row, column, "引用的键不存在", f"“{target.title}”里没有“{row.values[column.name]}”，台账里也没有",
                f"请核对，或在“{target.title}”补上这一行",
            )  # fmt: skip

"""A grid with its spans laid out: at every place the cell that covers it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from yiheng.facts.document import Place
from yiheng.reading.raw import RawCell, RawGrid
from yiheng.reading.structure.words import bare


class Slot(NamedTuple):
    """The cell that covers a place, and where it begins."""

    cell: RawCell
    row: int
    column: int

    @property
    def text(self) -> str:
        return self.cell.text


@dataclass
class Sheet:
    """Rows of slots; None where no cell stands."""

    slots: list[list[Slot | None]]
    place: Place
    pages: list[int]
    """Page of each row; 0 where the format has none."""

    @property
    def height(self) -> int:
        return len(self.slots)

    @property
    def width(self) -> int:
        return len(self.slots[0]) if self.slots else 0

    def bare(self, row: int, column: int) -> str:
        """The text at a place without blanks; empty where nothing stands."""
        slot = self.slots[row][column]
        return bare(slot.cell.text) if slot else ""

    def origins(self, row: int) -> list[Slot]:
        """The cells with text that begin in a row or cover it from above, each once, from the left."""
        found: list[Slot] = []
        for slot in self.slots[row]:
            if slot and slot.cell.text.strip() and (not found or found[-1] != slot):
                found.append(slot)
        return found

    def own(self, row: int) -> list[Slot]:
        """The cells with text that begin in a row."""
        return [slot for slot in self.origins(row) if slot.row == row]

    def begins(self, row: int, column: int) -> bool:
        """Whether the cell at a place begins in that row."""
        slot = self.slots[row][column]
        return slot is not None and slot.row == row


def lay_out(grid: RawGrid, page: int) -> Sheet:
    """The grid with every span filled in and rows that hold nothing left out."""
    height = len(grid.cells)
    width = max((len(row) for row in grid.cells), default=0)
    slots: list[list[Slot | None]] = [[None] * width for _ in range(height)]
    for r, row in enumerate(grid.cells):
        for c, cell in enumerate(row):
            if cell is not None:
                _cover(slots, Slot(cell, r, c))
    return dropped(Sheet(slots, grid.place, [page] * height), _empty_rows(slots))


def _cover(slots: list[list[Slot | None]], slot: Slot) -> None:
    for r in range(slot.row, min(slot.row + max(slot.cell.rows, 1), len(slots))):
        row = slots[r]
        for c in range(slot.column, min(slot.column + max(slot.cell.columns, 1), len(row))):
            if row[c] is None:
                row[c] = slot


def _empty_rows(slots: list[list[Slot | None]]) -> set[int]:
    return {
        r
        for r, row in enumerate(slots)
        if not any(slot and slot.row == r and slot.cell.text.strip() for slot in row)
    }


def dropped(sheet: Sheet, rows: set[int]) -> Sheet:
    """The sheet without some rows. A cell that began in one of them begins in the next row that it covers."""
    if not rows:
        return sheet
    kept = [r for r in range(sheet.height) if r not in rows]
    return taken(sheet, kept)


def taken(sheet: Sheet, kept: list[int]) -> Sheet:
    """Only the rows `kept`, in that order."""
    number = {old: new for new, old in enumerate(kept)}
    slots = [[_moved(slot, number, new) for slot in sheet.slots[old]] for new, old in enumerate(kept)]
    return Sheet(slots, sheet.place, [sheet.pages[r] for r in kept])


def _moved(slot: Slot | None, number: dict[int, int], new: int) -> Slot | None:
    if slot is None:
        return None
    covered = (number[r] for r in range(slot.row, slot.row + max(slot.cell.rows, 1)) if r in number)
    row = next(covered, new)  # the rows that stay keep their order: the first one is the uppermost
    return slot if row == slot.row else slot._replace(row=row)

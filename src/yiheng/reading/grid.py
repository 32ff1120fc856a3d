"""A sheet as rows of raw cells, whatever file it came from, and the ledger of what was found wrong in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from yiheng.facts.sheets import cell_address
from yiheng.reading.cells import CellError
from yiheng.reading.problems import Problem, shown


@dataclass(frozen=True, slots=True)
class Grid:
    """One worksheet or CSV table (表), streamed from its first row on."""

    file: str
    name: str
    """The worksheet's printed name; for a CSV the file's stem."""
    rows: Iterable[Sequence[object]]
    first_column: int = 0
    """How many columns stand left of the first cell of each row."""
    broken: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    """Cells whose formula has an error or no result: row number → index in the row → what stands there."""

    def cell(self, row: int, index: int) -> str:
        """The address of a cell by row number (from 1) and index in the row."""
        return cell_address(row, self.first_column + index)


@dataclass(slots=True)
class Complaints:
    """Collects the problems of one grid, each with its place (问题清单)."""

    grid: Grid
    found: list[Problem] = field(default_factory=list)

    def sheet(self, kind: str, reason: str, remedy: str) -> None:
        """A problem of the whole sheet."""
        self.found.append(Problem(kind, self.grid.file, reason, remedy, self.grid.name))

    def row(self, number: int, kind: str, reason: str, remedy: str, value: object = "") -> None:
        """A problem of a whole row."""
        self.found.append(
            Problem(kind, self.grid.file, reason, remedy, self.grid.name, number, value=shown(value))
        )

    def at(self, number: int, index: int | None, column: str, raw: object, error: CellError) -> None:
        """A problem of one cell; `index` is None where the sheet has no such column."""
        cell = "" if index is None else self.grid.cell(number, index)
        self.found.append(
            Problem(
                error.kind,
                self.grid.file,
                error.reason,
                error.remedy,
                self.grid.name,
                number,
                column,
                cell,
                shown(raw),
            )
        )

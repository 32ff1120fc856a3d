"""What a file holds before its rows are read: its tables, its general unit, and what is wrong with the file itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from yiheng.money import MoneyUnit
from yiheng.reading.grid import Grid
from yiheng.reading.problems import Problem


@dataclass(slots=True)
class SourceFile:
    """A workbook or data package, opened (来源)."""

    file: str
    grids: list[Grid] = field(default_factory=list)
    title: str = ""
    unit: MoneyUnit | None = None
    """The unit declared for the whole file."""
    notes: list[str] = field(default_factory=list)
    """What the reader decided by itself and the user should know, such as the encoding."""
    problems: list[Problem] = field(default_factory=list)

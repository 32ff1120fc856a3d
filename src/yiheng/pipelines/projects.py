"""The project library (项目库): the projects of a unit-year with what they cost, and one project in all its years.

1. take the projects of the unit, those below it and those that its lines name; 2. take their budget lines, costing and
targets; 3. add up by project.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from yiheng.facts.sheets import SheetRow
from yiheng.ledger import queries
from yiheng.ledger.queries import RowVersion
from yiheng.ledger.sheets import shapes

ORDER: Final = ("one_up", "one_down", "two_up", "two_down", "approved", "adjusted")
"""Stages from the first to the last."""


@dataclass(frozen=True, slots=True)
class Project:
    """One project of the library. Amounts in fen, None where nothing was filled in."""

    row: SheetRow
    own: bool
    """Whether it belongs to the unit or one below, and not to one above."""
    functions: tuple[str, ...]
    budget: int | None
    stage: str
    """The latest stage that has lines of it; `budget` is its sum."""
    costing: int | None
    units: tuple[str, ...]
    """The units whose lines name it."""

    @property
    def key(self) -> str:
        return self.row.key

    @property
    def name(self) -> str:
        """As it is called."""
        return self.row.text("name")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for; "" asks nothing."""

    words: str = ""
    unit: str = ""
    function: str = ""
    kind: str = ""
    state: str = ""
    """budgeted: with lines this year; idle: without."""

    def meets(self, project: Project) -> bool:
        """Whether the project is one of those."""
        text = " ".join(str(v) for v in project.row.values.values() if isinstance(v, str)).casefold()
        return (
            all(word in text for word in self.words.casefold().split())
            and (not self.unit or self.unit in (*project.units, project.row.text("department")))
            and (not self.function or any(code.startswith(self.function) for code in project.functions))
            and (not self.kind or project.row.text("project_type") == self.kind)
            and (not self.state or (self.state == "budgeted") == (project.budget is not None))
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything about one project in one year."""

    project: Project
    costing: Sequence[SheetRow]
    lines: Sequence[SheetRow]
    objectives: Sequence[SheetRow]
    indicators: Sequence[SheetRow]
    by_stage: Sequence[tuple[str, int]]
    others: Sequence[Project]
    """The same project as it was declared for other years, by code or else by name."""
    history: Sequence[RowVersion]


def library(unit: str, year: int) -> list[Project]:
    """The projects of a unit-year, in order."""
    units = [each.key for each in queries.unit_tree().below(unit)]
    rows = [row for row, _ in queries.sheet_rows("projects", units, year)]
    lines, costing = _by_project("budget_lines", units, year), _by_project("costing", units, year)
    return [_project(row, units, lines[row.key], costing[row.key]) for row in rows]


def sheet(unit: str, year: int, key: str) -> Sheet | None:
    """One project of a unit-year with its lines; None where the unit-year has no such project."""
    found = next((each for each in library(unit, year) if each.key == key), None)
    if found is None:
        return None
    units = [each.key for each in queries.unit_tree().below(unit)]
    lines = _by_project("budget_lines", units, year)[key]
    sums = {stage: _once([row for row in lines if row.text("stage") == stage]) for stage in _stages(lines)}
    return Sheet(
        found,
        _by_project("costing", units, year)[key],
        lines,
        _by_project("objectives", units, year)[key],
        _by_project("indicators", units, year)[key],
        [(stage, total) for stage, total in sums.items() if total is not None],
        _others(unit, year, found),
        queries.history("projects", key),
    )


def changed(history: Sequence[RowVersion]) -> list[tuple[RowVersion, list[tuple[str, str, str]]]]:
    """Each version of a project with what it changed (column, old, new), the newest first."""
    shape = shapes()["projects"]
    found = []
    before: tuple[object, ...] | None = None
    for version in history:
        after = version.values
        differing = [
            (shape.label(name), shape.show(name, old), shape.show(name, new))
            for name, old, new in zip(shape.columns, before or (), after or (), strict=False)
            if old != new
        ]
        found.append((version, differing))
        before = after
    return found[::-1]


def _others(unit: str, year: int, project: Project) -> list[Project]:
    years = sorted({entry.year for entry in queries.department_years()} - {year})
    code, name = project.row.text("code"), project.name
    return [
        each
        for other in years
        for each in library(unit, other)
        if each.key != project.key and (each.row.text("code") == code if code else each.name == name)
        and each.row.values.get("year") == other
    ]  # fmt: skip


def _project(row: SheetRow, units: Sequence[str], lines: list[SheetRow], costing: list[SheetRow]) -> Project:
    stage = next(iter(reversed(_stages(lines))), "")
    latest = [line for line in lines if line.text("stage") == stage]
    return Project(
        row,
        row.text("department") in units,
        tuple(dict.fromkeys(code for line in latest if (code := line.text("function")))),
        _once(latest),
        stage,
        _sum(costing),
        tuple(dict.fromkeys(line.text("unit") for line in lines)),
    )


def _stages(lines: Iterable[SheetRow]) -> list[str]:
    there = {line.text("stage") for line in lines}
    return [stage for stage in ORDER if stage in there]


def _by_project(sheet: str, units: Sequence[str], year: int) -> dict[str, list[SheetRow]]:
    found: dict[str, list[SheetRow]] = defaultdict(list)
    for row, _ in queries.sheet_rows(sheet, units, year):
        if row.text("project"):
            found[row.text("project")].append(row)
    return found


def _once(lines: Sequence[SheetRow]) -> int | None:
    """The sum of lines; where one amount stands in several views, of the view that knows most of it."""
    views = {line.text("view") for line in lines}
    sums = (_sum(line for line in lines if line.text("view") == view) for view in views)
    return max((each for each in sums if each is not None), default=None)


def _sum(rows: Iterable[SheetRow]) -> int | None:
    amounts = [amount for row in rows if isinstance(amount := row.values.get("amount"), int)]
    return sum(amounts) if amounts else None

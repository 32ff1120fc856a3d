"""One sheet as somebody changed it on the screen (改动的表): read as a workbook is read, and judged as it would be.

Nothing is written here; see `editing`.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, Final

from yiheng.facts.sheets import AMOUNT_UNIT, PLACES, Catalogs, Column, Sheet, SheetRow
from yiheng.ledger import queries
from yiheng.ledger.edits import Conflict, Edit
from yiheng.ledger.operations import Applied
from yiheng.ledger.sheets import QUANTUM, Shape, shapes
from yiheng.ledger.validation import validate
from yiheng.money import MoneyUnit
from yiheng.performance.validation import JUDGED, sheet_problems
from yiheng.pipelines.catalogs import catalogs
from yiheng.pipelines.intake import SHEETS
from yiheng.policy import Policy
from yiheng.reading.grid import Grid
from yiheng.reading.problems import Problem
from yiheng.reading.rows import RowReader

_REMEDIES: Final = {
    "金额不是数字": "请只填数字（千分位可有可无）；没有金额请留空",
    "金额细于一分": "请核对金额，保留到分",
}
"""Remedies that speak of a workbook's own columns and formulas, as they are for a grid."""


SCORED: Final = ("evaluations", "evaluation_rows")
"""The two sheets of a score sheet: its head and its rows."""


@dataclass(frozen=True, slots=True)
class Place:
    """The rows that a grid shows: one sheet of a unit and those below it in a year, and of one stage."""

    sheet: str
    unit: str
    year: int
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """One row as somebody changed it on the screen."""

    row: str
    """How the screen names the row."""
    key: str
    """"" for a new row."""
    version: int
    """The version that the screen showed; 0 for a new row."""
    cells: Mapping[str, str] | None
    """The changed cells as text, amounts in 元; None removes the row."""


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A problem at a cell of the screen; `row` and `column` are "" where no single one is meant."""

    row: str
    column: str
    kind: str
    value: str
    reason: str
    remedy: str


@dataclass(slots=True)
class EditReport:
    """What came of it. `status` is checked, saved, unchanged, refused or conflict."""

    status: str = "checked"
    problems: list[CellProblem] = field(default_factory=list)
    conflicts: list[tuple[str, Conflict]] = field(default_factory=list)
    """Each with the row of the screen."""
    applied: Applied | None = None
    keys: dict[str, str] = field(default_factory=dict)
    """Row of the screen → key of the new row."""


def as_text(row: SheetRow) -> dict[str, str]:
    """The cells of a row as a grid shows and takes them: amounts in 元, codes and keys as they are."""
    shape = shapes()[row.sheet]
    found = shape.text(shape.values(row))
    found.pop(QUANTUM, None)
    return found


def columns_of(sheet: Sheet) -> tuple[Column, ...]:
    """The columns that a grid may show: amounts stand in 元 there, so unit and number of places have no column."""
    return tuple(column for column in sheet.columns if column.name not in (AMOUNT_UNIT, PLACES))


@dataclass(frozen=True, slots=True)
class _Asked:
    """One typed row with its key, its number on the screen, and what the sheet has of it."""

    typed: Typed
    key: str
    number: int
    there: SheetRow | None


class Session:
    """One sheet of a check or save on its way through the steps."""

    """One check or save on its way through the steps."""

    def __init__(self, place: Place, policy: Policy) -> None:
        self.report = EditReport()
        self._place, self._policy = place, policy
        self.sheet: Sheet = SHEETS[place.sheet]
        self._shape: Shape = shapes()[place.sheet]
        self._tree = queries.unit_tree()
        self._units = [unit.key for unit in self._tree.below(place.unit)]
        self._have = queries.sheet_rows(place.sheet, self._units, place.year, place.stage)
        self._names: dict[int, str] = {}
        """Row number → row of the screen."""

    @property
    def label(self) -> str:
        """What the load is called, where nobody says what it is for."""
        unit = self._tree.by_key[self._place.unit]
        return f"网格：{unit.short_name or unit.name}{self._place.year}年{self._shape.title}"

    def read(self, typed: Sequence[Typed]) -> list[Edit]:
        """The edits that the typed rows mean; problems and conflicts go to the report."""
        asked = list(self._asked(typed))
        self._names = {each.number: each.typed.row for each in asked}
        gone = {each.key for each in asked if each.typed.cells is None}
        rows = self._parsed([each for each in asked if each.typed.cells is not None])
        self._judge(rows, gone)
        self.report.keys = {each.typed.row: each.key for each in asked if not each.typed.key}
        return [edit for each in asked if (edit := self._edit(each, rows)) is not None]

    def _asked(self, typed: Sequence[Typed]) -> Iterator[_Asked]:
        """The typed rows beside what is there; rows that are not, or not this unit's, are told of instead."""
        known = {row.key: (number, row) for number, (row, _) in enumerate(self._have, 1)}
        new = [each for each in typed if not each.key]
        prefix = f"{self._place.unit}-{self._place.year}-{self._place.sheet}-"
        keys = iter(queries.free_keys(self._place.sheet, prefix, len(new)))
        numbers = count(len(self._have) + 1)
        for each in typed:
            if not each.key:
                yield _Asked(each, next(keys), next(numbers), None)
            elif each.key not in known:
                self._lost(each)
            elif not self._own(known[each.key][1]):
                reason, remedy = "这个项目由上级单位管理，不能在本单位修改", "请上级单位修改，或刷新页面"
                self._tell(each.row, "", "只读行", reason, remedy)
            else:
                number, there = known[each.key]
                yield _Asked(each, each.key, number, there)

    def _edit(self, asked: _Asked, rows: Mapping[str, SheetRow]) -> Edit | None:
        """Only the columns that were changed, of a new row all of them; None for a row with problems."""
        typed = asked.typed
        if typed.cells is None:
            return Edit(self._place.sheet, asked.key, typed.version, None, asked.number)
        row = rows.get(asked.key)
        if row is None:
            return None
        names = typed.cells if typed.key else row.values
        values = {name: row.values.get(name) for name in names if name in self._shape.place}
        return Edit(self._place.sheet, asked.key, typed.version, values, asked.number)

    def _own(self, row: SheetRow) -> bool:
        return row.text(self._shape.model.unit_column) in self._units

    def _lost(self, each: Typed) -> None:
        """A row that is not there: somebody removed it, or it was never this unit-year's."""
        history = queries.history(self._place.sheet, each.key)
        if history and history[-1].values is None:
            if each.cells is not None:
                last = history[-1]
                self.report.conflicts.append(
                    (each.row, Conflict(self._place.sheet, each.key, "", None, None, None, last.version, last.actor,
                                        last.at, removed=True))
                )  # fmt: skip
            return
        self._tell(each.row, "", "不在本表", "这一行不属于本单位本年度本阶段", "刷新页面后重新填写")

    def _parsed(self, asked: Sequence[_Asked]) -> dict[str, SheetRow]:
        """The whole rows by key, read as rows of a workbook are; rows with problems are left out."""
        columns, found = columns_of(self.sheet), {}
        lines = [[column.title for column in columns]]
        for each in asked:
            there = as_text(each.there) if each.there else self._defaults()
            texts = {**there, **(each.typed.cells or {}), "key": each.key}
            lines.append([texts.get(column.name, "") for column in columns])
        reader = RowReader(
            Grid("", self.sheet.title, lines), self.sheet, catalogs_of(self._policy), MoneyUnit.YUAN
        )
        for read in reader.rows():
            each = asked[read.number - 2]  # the titles are row 1
            row = replace(read, number=each.number, quantum=each.there.quantum if each.there else 0)
            if self._inside(each.typed.row, row):
                found[each.key] = row
        for problem in reader.complaints.found:
            self.complain(asked[problem.row - 2].typed.row if problem.row else "", problem)
        return found

    def _defaults(self) -> dict[str, str]:
        place, values = self._shape.place, {"year": str(self._place.year), "stage": self._place.stage}
        values[self._shape.model.unit_column] = self._place.unit
        return {name: value for name, value in values.items() if name in place and value}

    def _inside(self, name: str, row: SheetRow) -> bool:
        """Whether the row stays within the unit-year and stage that the screen shows."""
        column = self._shape.model.unit_column
        wrong = []
        if row.text(column) not in self._units:
            wrong.append((column, "不是本单位或其下级单位", "从下拉列表中选择单位"))
        if "year" in self._shape.place and row.values.get("year") not in (self._place.year, None):
            wrong.append(("year", f"不是 {self._place.year} 年度", "改回本年度，或到那个年度的页面填写"))
        if self._place.stage and row.text("stage") != self._place.stage:
            wrong.append(("stage", "不是本页的编制阶段", "改回本阶段，或切换到那个阶段填写"))
        for at, reason, remedy in wrong:
            self._tell(name, at, "超出本表范围", reason, remedy, row.text(at))
        return not wrong

    def _judge(self, changed: Mapping[str, SheetRow], gone: set[str]) -> None:
        """Judge the sheet as it would be; what was wrong before is nobody's new mistake."""
        before = [_numbered(row, number) for number, (row, _) in enumerate(self._have, 1)]
        kept = {row.key for row in before}
        after = [changed.get(row.key, row) for row in before if row.key not in gone]
        after += [row for key, row in changed.items() if key not in kept]
        found = self._validated(after, changed)
        if found:
            old = set(self._validated(before, changed))
            for problem in found:
                if problem not in old:
                    self.complain(self.name(problem.row), problem)

    def _validated(self, own: list[SheetRow], changed: Container[str]) -> list[Problem]:
        """What is wrong with the sheet; a row that nobody changed is by itself as it was."""
        sheet = self._place.sheet
        touched = [row for row in own if row.key in changed]
        found = validate({sheet: own}, self._policy, self._tree, {sheet: touched})
        if sheet in JUDGED:
            found += sheet_problems(self._judged_with(own), self._policy, self._tree)
        return found

    def _judged_with(self, rows: list[SheetRow]) -> dict[str, list[SheetRow]]:
        """The rows with the other half of a score sheet, which is judged as a whole."""
        content = {self._place.sheet: rows}
        if self._place.sheet in SCORED:
            for name in SCORED:
                if name not in content:
                    there = queries.sheet_rows(name, self._units, self._place.year)
                    content[name] = [row for row, _ in there]
        return content

    def name(self, number: int | None) -> str:
        if number is None:
            return ""
        if number in self._names:
            return self._names[number]
        return self._have[number - 1][0].key if 0 < number <= len(self._have) else ""

    def complain(self, row: str, problem: Problem) -> None:
        names = (column.name for column in self.sheet.columns if column.title == problem.column)
        remedy = _REMEDIES.get(problem.kind, problem.remedy)
        self._tell(row, next(names, ""), problem.kind, problem.reason, remedy, problem.value)

    def _tell(self, row: str, column: str, kind: str, reason: str, remedy: str, value: str = "") -> None:
        found = CellProblem(row, column, kind, value, reason, remedy)
        if found not in self.report.problems:
            self.report.problems.append(found)


def cell_text(sheet: str, column: str, value: Any) -> str:
    """One value as its cell shows it."""
    shape = shapes()[sheet]
    values = [None] * len(shape.columns)
    values[shape.place[column]] = value
    return shape.text(tuple(values)).get(column, "")


_kept: dict[int, tuple[Policy, Catalogs]] = {}


def catalogs_of(policy: Policy) -> Catalogs:
    """The code lists of a policy, made once for each: they are asked for whenever somebody types."""
    if id(policy) not in _kept:
        _kept.clear()
        _kept[id(policy)] = policy, catalogs(policy)
    return _kept[id(policy)][1]


def _numbered(row: SheetRow, number: int) -> SheetRow:
    """The row with its number; `dataclasses.replace` takes ten times as long, and a sheet has many rows."""
    return SheetRow(row.sheet, number, row.values, row.quantum, row.origin)

"""Changes to single rows (逐行改动), made by several people at once: what each would do, and where two of them meet.

A change names the version of the row that it was made on and only the columns that were changed. Where somebody else
changed other columns meanwhile, both stand; where somebody changed the same cell to something else, the change is
refused and both values are shown. Nothing is written over unseen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.timezone import localtime

from yiheng.facts.sheets import SheetRow, Value
from yiheng.people.chain import canonical, digest
from yiheng.reading.problems import Problem

from .compare import Bases, ledger_state, newest_rows
from .difference import Base, Change, Plan
from .errors import EditConflict, InvalidContent
from .references import unknown_references
from .sheets import QUANTUM, Shape, Values, shapes
from .validation.problem import problem
from .validation.structure import structural_problems
from .versions import RowVersion, newest, versions


@dataclass(frozen=True, slots=True)
class Edit:
    """What one person did to one row (改动)."""

    sheet: str
    key: str
    version: int
    """The version that the person saw; 0 for a row that is new."""
    values: Mapping[str, Value] | None
    """The columns that were changed, typed as in a `SheetRow`; None removes the row. `quantum` may stand among them."""
    number: int = 0
    """The row's number on the person's screen, for messages."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A place where somebody else wrote after the person had looked (冲突). A value of None there is a blank."""

    sheet: str
    key: str
    column: str
    """"" for the row as a whole: somebody else removed it, or changed what was to be removed."""
    was: Any
    """What the person saw."""
    mine: Any
    theirs: Any
    version: int
    """The version to go on from, once the person has decided."""
    actor: str
    at: dt.datetime | None
    removed: bool = False
    """Whether the other person removed the row."""
    number: int = 0

    def describe(self) -> str:
        """One line in Chinese: where, both values, who and when."""
        shape = shapes()[self.sheet]
        when = f"{localtime(self.at):%Y-%m-%d %H:%M}" if self.at else ""
        who = f"{self.actor}（{when}）" if when else self.actor
        row = f"第 {self.number} 行" if self.number else self.key
        if self.removed:
            return f"{shape.title}{row}：{who}已删除这一行"
        if not self.column:
            return f"{shape.title}{row}：{who}又改过这一行"
        mine, theirs = shape.show(self.column, self.mine), shape.show(self.column, self.theirs)
        return f"{shape.title}{row}“{shape.label(self.column)}”：您填 {mine}，{who}已改为 {theirs}"


@dataclass(frozen=True, slots=True)
class _Row:
    """One edit with what the ledger has of its row."""

    edit: Edit
    shape: Shape
    base: Base | None
    present: Values | None
    """The values as they are now, None where the row is not there."""
    version: int


def planned(edits: Sequence[Edit], state: int | None = None) -> Plan:
    """What the edits would do to the ledger as it is now. Nothing is written.

    It may be asked for before the turn is taken: the state of the ledger is read before anything else, so that
    `operations.apply` refuses the plan where somebody wrote since; `state` is the number of the newest load, where the
    edits themselves rest on what was read since that was looked up. Raises `InvalidContent` with every structural
    defect, `EditConflict` with every place where somebody else was first.
    """
    if state is None:
        state = ledger_state()
    if twice := list(_twice(edits)):
        raise InvalidContent(twice)
    rows = list(_looked_up(edits))
    conflicts = [conflict for row in rows for conflict in _conflicts(row)]
    if conflicts:
        raise EditConflict(conflicts)
    merged = {index: _merged(row) for index, row in enumerate(rows) if row.edit.values is not None}
    _judge(list(merged.values()))
    changes = [
        change for index, row in enumerate(rows) if (change := _change(row, merged.get(index))) is not None
    ]
    return Plan(_hash(changes), state, tuple(changes), {})


def _looked_up(edits: Sequence[Edit]) -> Iterator[_Row]:
    known: dict[str, tuple[Bases, Mapping[str, int]]] = {}
    for edit in edits:
        shape = shapes()[edit.sheet]
        if edit.sheet not in known:
            keys = [each.key for each in edits if each.sheet == edit.sheet]
            bases = newest_rows(shape, keys)
            known[edit.sheet] = bases, newest(shape, keys) if shape.is_register else _numbers(bases)
        bases, numbers = known[edit.sheet]
        base, values = bases.get(edit.key, (None, None))
        present = None if base is None or base.withdrawn else values
        yield _Row(edit, shape, base, present, numbers.get(edit.key, 0))


def _numbers(bases: Bases) -> Mapping[str, int]:
    """The number of the newest version of each row of a journal."""
    return {key: base.version for key, (base, _) in bases.items()}


def _twice(edits: Iterable[Edit]) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for edit in edits:
        if (edit.sheet, edit.key) in seen:
            row = SheetRow(edit.sheet, edit.number, {"key": edit.key})
            yield problem(row, "键重复", "key", "同一行在一次保存里出现两次", "刷新页面后重新填写这一行")
        seen.add((edit.sheet, edit.key))


def _conflicts(row: _Row) -> Iterator[Conflict]:
    edit, shape = row.edit, row.shape
    if edit.version == row.version or (edit.values is None and row.present is None):
        return
    history = versions(shape, edit.key)
    last = history[-1] if history else None
    seen = next((each.values for each in history if each.version == edit.version), None)
    if row.present is None:
        if edit.version:  # an added row whose key was once in use goes on from where it was left
            yield _conflict(row, last, "", None, None, None, removed=True)
        return
    if edit.values is None:
        if seen != row.present:
            yield _conflict(row, last, "", None, None, None)
        return
    yield from _cells(row, edit.values, last, seen, row.present)


def _cells(
    row: _Row, wanted: Mapping[str, Value], last: RowVersion | None, seen: Values | None, present: Values
) -> Iterator[Conflict]:
    place = row.shape.place
    for column, value in wanted.items():
        now = present[place[column]]
        was = seen[place[column]] if seen is not None else None
        mine = _kept(value, now)
        if now not in (was, mine):
            yield _conflict(row, last, column, was, mine, now)


def _conflict(
    row: _Row,
    last: RowVersion | None,
    column: str,
    was: Any,
    mine: Any,
    theirs: Any,
    *,
    removed: bool = False,
) -> Conflict:
    return Conflict(
        row.shape.sheet, row.edit.key, column, was, mine, theirs, row.version,
        last.actor if last else "", last.at if last else None, removed, row.edit.number,
    )  # fmt: skip


def overtaken(shape: Shape, key: str, last: RowVersion) -> Conflict:
    """Somebody has changed or removed the row since the load that was to be undone."""
    return Conflict(
        shape.sheet, key, "", None, None, None, last.version, last.actor, last.at, last.values is None
    )


def _kept(value: Value, like: Any) -> Any:
    """A value of a sheet as the database keeps it, for comparing: a blank text is "" there."""
    return "" if value is None and isinstance(like, str) else value


def _merged(row: _Row) -> SheetRow:
    """The row as it would be: what is there, with the person's columns over it."""
    edit, shape = row.edit, row.shape
    there = shape.row(row.present) if row.present is not None else SheetRow(edit.sheet, 0, {})
    values = {**there.values, **(edit.values or {})}
    quantum = values.pop(QUANTUM, there.quantum)
    if "key" in shape.place:
        values["key"] = edit.key
    return replace(
        there, number=edit.number, values=values, quantum=quantum if isinstance(quantum, int) else 0
    )


def _judge(rows: Sequence[SheetRow]) -> None:
    """Raises `InvalidContent` with every defect of the rows by themselves."""
    by_sheet: dict[str, list[SheetRow]] = {}
    for row in rows:
        by_sheet.setdefault(row.sheet, []).append(row)
    if problems := structural_problems(by_sheet):
        raise InvalidContent(problems)
    content = {
        sheet: {row.key: shapes()[sheet].values(row) for row in of_sheet}
        for sheet, of_sheet in by_sheet.items()
    }
    if problems := unknown_references(by_sheet, content):
        raise InvalidContent(problems)


def _change(row: _Row, merged: SheetRow | None) -> Change | None:
    after = None if merged is None else row.shape.values(merged)
    if after == row.present:
        return None
    return Change(row.shape.sheet, row.edit.key, row.present, after, row.base)


def _hash(changes: Iterable[Change]) -> str:
    return digest(canonical([[c.sheet, c.key, None if c.after is None else list(c.after)] for c in changes]))

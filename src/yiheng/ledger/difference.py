"""The difference (差异) between a content and the ledger, by key: what would be added, changed and removed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from .sheets import Shape, Values, shapes

SHOWN: Final = 20
"""How many rows of a difference a text lists; all are in the plan."""
_COUNTED: Final = {"add": "新增", "change": "变更", "remove": "删除", "unchanged": "不变"}


class Act(StrEnum):
    """What happens to a row."""

    ADD = "add"
    CHANGE = "change"
    REMOVE = "remove"

    @property
    def label(self) -> str:
        return _COUNTED[self.value]


@dataclass(frozen=True, slots=True)
class Base:
    """The row in the ledger that a change goes on from: the newest version of its key."""

    pk: int
    version: int
    position: int
    withdrawn: bool
    """A reversed journal row, or a register row that is not active: it does not count, but its key is taken."""


Called = Callable[[str, str, str], str]
"""Sheet, column and code → what people call the code."""


def as_it_is(sheet: str, column: str, code: str) -> str:
    """The code itself, where nobody knows its name."""
    return code


@dataclass(frozen=True, slots=True)
class Change:
    """One row of a difference; `before` and `after` are its values by `Shape.columns`."""

    sheet: str
    key: str
    before: Values | None
    after: Values | None
    base: Base | None = None

    @property
    def act(self) -> Act:
        if self.before is None:
            return Act.ADD
        return Act.REMOVE if self.after is None else Act.CHANGE

    @property
    def fields(self) -> Mapping[str, tuple[Any, Any]]:
        """(old, new) of each column that differs; of an added or removed row, of each that is not blank."""
        columns = shapes()[self.sheet].columns
        old = self.before or (None,) * len(columns)
        new = self.after or (None,) * len(columns)
        return {
            name: (a, b)
            for name, a, b in zip(columns, old, new, strict=True)
            if a != b and not (a in (None, "") and b in (None, ""))
        }

    def describe(self, called: Called = as_it_is) -> str:
        """One line in Chinese: sheet, key, and old and new of each column that differs."""
        shape = shapes()[self.sheet]
        if self.act is not Act.CHANGE:
            return f"{self.act.label} {shape.title} {self.key}"
        parts = "；".join(
            f"{shape.label(name)}：{self._show(shape, name, a, called)} → {self._show(shape, name, b, called)}"
            for name, (a, b) in self.fields.items()
        )
        return f"{self.act.label} {shape.title} {self.key}（{parts}）"

    def _show(self, shape: Shape, column: str, value: Any, called: Called) -> str:
        shown = shape.show(column, value)
        return called(self.sheet, column, shown) if isinstance(value, str) and value else shown


@dataclass(frozen=True, slots=True)
class Plan:
    """What loading a content would do. `state` is the ledger that it was compared with."""

    content_hash: str
    state: int
    changes: tuple[Change, ...]
    unchanged: Mapping[str, int]
    """Number of rows by sheet that are in the ledger as they are in the content."""
    called: Called = as_it_is
    """What people call the codes, where the difference is shown to them."""

    def of(self, act: Act) -> tuple[Change, ...]:
        """The changes of one kind, in the order of sheets and rows."""
        return tuple(change for change in self.changes if change.act is act)

    @property
    def is_empty(self) -> bool:
        """Nothing to do: the ledger has the content already."""
        return not self.changes

    @property
    def needs_confirmation(self) -> bool:
        """Rows that are in the ledger would no longer count as they are."""
        return any(change.before is not None for change in self.changes)

    def counts(self) -> dict[str, dict[str, int]]:
        """By sheet: the number of rows to add, change and remove, and of unchanged ones."""
        found = {
            sheet: {"add": 0, "change": 0, "remove": 0, "unchanged": n} for sheet, n in self.unchanged.items()
        }
        for change in self.changes:
            sheet = found.setdefault(change.sheet, {"add": 0, "change": 0, "remove": 0, "unchanged": 0})
            sheet[change.act.value] += 1
        return found

    def describe(self, limit: int = SHOWN) -> str:
        """The difference in Chinese: numbers by sheet, then the changed and removed rows."""
        return "\n".join([*self._summary(), *self._details(limit)])

    def _summary(self) -> Iterator[str]:
        """A line for each sheet in which something would change."""
        for sheet, n in self.counts().items():
            parts = [f"{word} {n[act]} 行" for act, word in _COUNTED.items() if n[act]]
            if any(n[act] for act in Act):
                yield f"{shapes()[sheet].title}：{'，'.join(parts)}"

    def _details(self, limit: int) -> Iterator[str]:
        weighty = [change for change in self.changes if change.before is not None]
        for change in weighty[:limit]:
            yield f"  {change.describe(self.called)}"
        if len(weighty) > limit:
            yield f"  ……另有 {len(weighty) - limit} 行"


def changes_of(
    shape: Shape, content: Mapping[str, Values], bases: Mapping[str, tuple[Base, Values]]
) -> list[Change]:
    """What makes the ledger's rows (`bases`) equal to the content's, in the content's order."""
    found = []
    for key, after in content.items():
        known = bases.get(key)
        if known is None:
            found.append(Change(shape.sheet, key, None, after))
        elif known[0].withdrawn:
            found.append(Change(shape.sheet, key, None, after, known[0]))
        elif known[1] != after:
            found.append(Change(shape.sheet, key, known[1], after, known[0]))
    return found

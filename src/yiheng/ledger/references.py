"""References to registers (引用): every key that a content names is in the content or in the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from yiheng.facts.sheets import SheetRow
from yiheng.people.prepared import PreparedKeys
from yiheng.reading.problems import Problem

from .compare import Content
from .sheets import shapes
from .validation.problem import problem

_FEW: Final = 900
"""Keys that are asked for by name; SQLite takes at least 999 parameters in one statement."""


def unknown_references(rows: Mapping[str, Sequence[SheetRow]], content: Content) -> list[Problem]:
    """A problem for each cell whose unit, project or document neither the content nor the ledger has."""
    there = {
        target: _there(target, keys - content.get(target, {}).keys()) for target, keys in _named(rows).items()
    }
    found = []
    for sheet, of_sheet in rows.items():
        shape = shapes()[sheet]
        for column, target in shape.references:
            known = content.get(target, {}).keys() | there[target]
            found += [
                problem(
                    row, "引用不存在", column,
                    f"“{shapes()[target].title}”中没有键为“{row.values[column]}”的行",
                    f"在“{shapes()[target].title}”表补上该行，或改正此处的键",
                )
                for row in of_sheet
                if row.values.get(column) is not None and row.values[column] not in known
            ]  # fmt: skip
    return found


def _named(rows: Mapping[str, Sequence[SheetRow]]) -> dict[str, set[str]]:
    """The keys that the rows name, by the sheet that they are of."""
    found: dict[str, set[str]] = {}
    for sheet, of_sheet in rows.items():
        for column, target in shapes()[sheet].references:
            keys = (row.values.get(column) for row in of_sheet)
            found.setdefault(target, set()).update(str(key) for key in keys if key is not None)
    return found


def _there(target: str, named: set[str]) -> set[str]:
    """Which of the keys the ledger has; of very many, all that it has."""
    if not named:
        return set()
    if len(named) > _FEW:
        model: Any = shapes()[target].model
        return set(model.objects.filter(active=True).values_list("key", flat=True))
    return {key for (key,) in _of_keys(target).rows(named)}


@cache
def _of_keys(target: str) -> PreparedKeys:
    model: Any = shapes()[target].model
    return PreparedKeys(lambda keys: model.objects.filter(active=True, key__in=keys).values_list("key"))

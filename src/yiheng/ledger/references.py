"""References to registers (引用): every key that a content names is in the content or in the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from yiheng.facts.sheets import SheetRow
from yiheng.reading.problems import Problem

from .compare import Content
from .sheets import shapes
from .validation.problem import problem


def unknown_references(rows: Mapping[str, Sequence[SheetRow]], content: Content) -> list[Problem]:
    """A problem for each cell whose unit, project or document neither the content nor the ledger has."""
    known: dict[str, set[str]] = {}
    found = []
    for sheet, of_sheet in rows.items():
        shape = shapes()[sheet]
        for column, target in shape.references:
            named = {str(row.values[column]) for row in of_sheet if row.values.get(column) is not None}
            missing = named - _known(known, target, named, content)
            found += [
                problem(
                    row, "引用不存在", column,
                    f"“{shapes()[target].title}”中没有键为“{row.values[column]}”的行",
                    f"在“{shapes()[target].title}”表补上该行，或改正此处的键",
                )
                for row in of_sheet
                if row.values.get(column) in missing
            ]  # fmt: skip
    return found


def _known(cache: dict[str, set[str]], target: str, named: Iterable[str], content: Content) -> set[str]:
    if target not in cache:
        model: Any = shapes()[target].model
        cache[target] = set(content.get(target, ())) | set(
            model.objects.filter(active=True).values_list("key", flat=True)
        )
    return cache[target].intersection(named)

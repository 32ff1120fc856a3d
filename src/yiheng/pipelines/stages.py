"""The stages of a budget (编制阶段): what each amounts to, how two of them differ, and one carried forward to the next.

1. take the budget lines of the unit and those below it; 2. add them up by what they are for; 3. where one is carried
forward, write its lines under new keys as one load.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from yiheng.facts.sheets import SheetRow, Value
from yiheng.ledger import operations, queries
from yiheng.ledger.edits import Edit
from yiheng.ledger.operations import Applied
from yiheng.people.once import once
from yiheng.people.operations import Actor, take_turns

SHEET: Final = "budget_lines"
COMPARED: Final = ("unit", "category", "project", "function", "economic", "fund", "source")
"""What a line of the comparison names."""


class StageRefused(Exception):
    """A stage that cannot be carried forward; the message is Chinese and says what to do."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: how many lines and how much. `total` is in fen."""

    code: str
    lines: int
    total: int


@dataclass(frozen=True, slots=True)
class Difference:
    """One line of a comparison; amounts in fen, None where the stage has no such line."""

    dims: Mapping[str, str]
    left: int | None
    right: int | None

    @property
    def change(self) -> int:
        """By how much the right one is more."""
        return (self.right or 0) - (self.left or 0)


@once
def stages(unit: str, year: int) -> dict[str, Stage]:
    """The stages that have lines. Where rows are of several views, one amount stands in each; so the largest counts."""
    lines: dict[str, int] = defaultdict(int)
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in _lines(unit, year):
        stage, amount = row.text("stage"), row.values.get("amount")
        lines[stage] += 1
        sums[stage][row.text("view")] += amount if isinstance(amount, int) else 0
    return {stage: Stage(stage, lines[stage], max(views.values())) for stage, views in sums.items()}


def compare(unit: str, year: int, left: str, right: str) -> list[Difference]:
    """Every combination of dimensions on which two stages differ, the largest difference first."""
    sums: dict[str, dict[tuple[str, ...], int]] = {left: {}, right: {}}
    for row in _lines(unit, year):
        if (of_stage := sums.get(row.text("stage"))) is not None:
            named = tuple(row.text(name) for name in COMPARED)
            amount = row.values.get("amount")
            of_stage[named] = of_stage.get(named, 0) + (amount if isinstance(amount, int) else 0)
    keys = dict.fromkeys((*sums[left], *sums[right]))
    found = [
        Difference(dict(zip(COMPARED, key, strict=True)), sums[left].get(key), sums[right].get(key))
        for key in keys
        if sums[left].get(key) != sums[right].get(key)
    ]
    return sorted(found, key=lambda each: -abs(each.change))


@transaction.atomic
def carry_forward(unit: str, year: int, source: str, target: str, actor: Actor, label: str) -> Applied:
    """Write the lines of one stage again as lines of another that has none yet, as one load.

    Raises `StageRefused`, and as `ledger.operations.edit` does.
    """
    take_turns()
    rows = _lines(unit, year)
    if source == target:
        raise StageRefused("两个阶段相同。请选择另一个阶段。")
    if any(row.text("stage") == target for row in rows):
        raise StageRefused("目标阶段已有预算行，不能再整体复制。请在那个阶段里修改，或先删去那些行。")
    copied = [row for row in rows if row.text("stage") == source]
    if not copied:
        raise StageRefused("来源阶段还没有预算行，没有可以复制的内容。")
    keys = queries.free_keys(SHEET, f"{unit}-{year}-{SHEET}-", len(copied))
    edits = [
        Edit(SHEET, key, 0, {**_values(row), "stage": target, "quantum": row.quantum}, number)
        for number, (row, key) in enumerate(zip(copied, keys, strict=True), 1)
    ]
    return operations.edit(edits, actor=actor, label=label)


def _values(row: SheetRow) -> dict[str, Value]:
    return {name: value for name, value in row.values.items() if name not in ("key", "document", "place")}


def _lines(unit: str, year: int) -> list[SheetRow]:
    units = [each.key for each in queries.unit_tree().below(unit)]
    return [row for row, _ in queries.sheet_rows(SHEET, units, year)]

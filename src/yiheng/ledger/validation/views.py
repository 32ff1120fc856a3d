"""Views (口径) inside one content: joint or single, never both, with the rows that stand in the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from yiheng.facts import JOINT_VIEW
from yiheng.facts.sheets import SheetRow
from yiheng.reading.problems import Problem

from .context import Rows
from .problem import problem

_VIEWED: Final = ("budget_lines", "adjustments", "payments", "revenues", "procurements")


def view_problems(rows: Rows) -> Iterator[Problem]:
    """A problem for each row of a single view whose unit, year and stage have joint rows too."""
    joint = {sheet: _first_joint(rows, sheet) for sheet in _VIEWED}
    for sheet in _VIEWED:
        for row in rows.get(sheet, ()):
            other = None if row.text("view") == JOINT_VIEW else joint[sheet].get(_whole(row))
            if other is not None:
                yield problem(
                    row, "口径混用", "view",
                    f"同一单位、年度、阶段在第 {other.number} 行等处有完整明细（joint），此行是单一口径，合计会重复",
                    "只留一种：有完整明细的，删去单一口径的行",
                )  # fmt: skip
    yield from _three_public(rows, joint)


def _whole(row: SheetRow) -> tuple[object, ...]:
    values = row.values
    return values.get("unit"), values.get("year"), values.get("stage")


def _first_joint(rows: Rows, sheet: str) -> dict[tuple[object, ...], SheetRow]:
    found: dict[tuple[object, ...], SheetRow] = {}
    for row in rows.get(sheet, ()):
        if row.text("view") == JOINT_VIEW:
            found.setdefault(_whole(row), row)
    return found


def _three_public(rows: Rows, joint: dict[str, dict[tuple[object, ...], SheetRow]]) -> Iterator[Problem]:
    """A problem for each row of 三公 whose figure follows from joint rows already."""
    for row in rows.get("three_public", ()):
        unit, year, stage = _whole(row)
        lines = joint["budget_lines"]
        derived = {
            "budget": lines.get((unit, year, "approved")),
            "adjusted": lines.get((unit, year, "adjusted")) or lines.get((unit, year, "approved")),
            "accounts": joint["payments"].get((unit, year, None)),
        }
        if derived.get(str(stage)) is not None:
            yield problem(
                row, "三公经费重复", "item", "该单位该年度已有完整明细，三公经费由经济分类科目得出，不得另填",
                "删去此行；与明细不符时，核对明细的经济分类科目",
            )  # fmt: skip

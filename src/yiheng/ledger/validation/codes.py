"""Codes (编码): every code is one of its classification in the row's year and jurisdiction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from yiheng.facts.sheets import SheetRow
from yiheng.reading.problems import Problem

from .context import Context, Rows, unit_of, year_of
from .problem import problem

_SPENDING: Final = {
    "view": "view",
    "category": "category",
    "function": "function",
    "economic": "economic",
    "fund": "fund",
    "source": "source",
    "program": "program",
    "basic_kind": "basic_kind",
}
CODED: Final[Mapping[str, Mapping[str, str]]] = {
    "projects": {name: name for name in ("project_type", "period_type", "arrangement", "purpose", "office")},
    "budget_lines": {**_SPENDING, "stage": "stage"},
    "adjustments": _SPENDING,
    "payments": _SPENDING,
    "revenues": {name: name for name in ("view", "function", "fund", "source", "program")},
    "balances": {name: name for name in ("function", "fund", "source", "category")},
    "three_public": {"item": "three_public_item"},
    "procurements": {
        "view": "view",
        "function": "function",
        "item": "procurement",
        "kind": "procurement_kind",
    },
    "contracts": {"kind": "procurement_kind"},
    "transfers": {"function": "function", "level": "transfer_level"},
    "eliminations": {name: name for name in ("category", "function", "fund")},
    "assets": {"kind": "asset_kind"},
    "vehicles": {"kind": "vehicle_kind"},
    "headcounts": {"kind": "headcount_kind"},
    "statistics": {
        **{name: name for name in ("function", "fund", "source", "stage")},
        "category": "category|procurement_kind",
    },
    "tasks": {"category": "category"},
}
"""Sheet → column → classification, of `a|b` either. What decides how the program treats a row is in `structure`."""


def code_problems(rows: Rows, context: Context) -> Iterator[Problem]:
    """A problem for each cell with a code that its classification does not have on that day."""
    reasons: dict[tuple[str, str, int, str], str] = {}
    for sheet, columns in CODED.items():
        for row in rows.get(sheet, ()):
            unit, year = unit_of(row), year_of(row, context)
            if year is None:
                continue
            jurisdiction = context.jurisdiction(unit)
            for column, name in columns.items():
                code = row.text(column)
                if not code:
                    continue
                asked = (name, code, year, jurisdiction)
                if asked not in reasons:
                    reasons[asked] = _why_not(context, name, code, year, unit)
                if reasons[asked]:
                    yield _refused(row, column, reasons[asked])


def _why_not(context: Context, names: str, code: str, year: int, unit: str) -> str:
    reasons = []
    for name in names.split("|"):
        found = context.classification(name, year, unit)
        reasons.append(found if isinstance(found, str) else found.why_not(code))
    return reasons[0] if all(reasons) else ""


def _refused(row: SheetRow, column: str, reason: str) -> Problem:
    remedy = "按该年度的分类改正编码；分类有误或缺少编码的，在自有政策目录补充后重新装载"
    return problem(row, "编码不可用", column, reason, remedy)


def jurisdiction_problems(rows: Rows, context: Context) -> Iterator[Problem]:
    """A problem for each unit of the content that has no jurisdiction, and none above it: no rule can be chosen."""
    for row in rows.get("units", ()):
        if not context.jurisdiction(row.key):
            yield problem(
                row, "地区未填", "jurisdiction", "该单位及其上级都没有填地区，无法确定适用的政策",
                "填写六位行政区划代码，例如 440300",
            )  # fmt: skip
            continue
        if code := row.text("jurisdiction"):
            yield from _known_jurisdiction(row, code, context)


def _known_jurisdiction(row: SheetRow, code: str, context: Context) -> Iterator[Problem]:
    try:
        context.policy.jurisdiction(code)
    except LookupError as error:
        yield problem(
            row, "地区无法识别", "jurisdiction", str(error), "改为已收录的行政区划代码，或在自有政策目录补充"
        )

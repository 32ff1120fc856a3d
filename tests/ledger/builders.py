"""A small department for the tests of the ledger: a bureau (局) with its main unit and a centre, in 2024.

`base()` gives the registers; `row` and `content` add rows with the columns that a test is about. Amounts are fen.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from yiheng.facts import DepartmentYear, Fact
from yiheng.facts.sheets import SheetRow
from yiheng.ledger import operations, queries
from yiheng.ledger.operations import Applied

ACTOR = "测试"
WAN = 1_000_000
"""One 万元 in fen."""

Content = dict[str, list[SheetRow]]

_DEFAULTS: dict[str, dict[str, Any]] = {
    "budget_lines": {"stage": "approved", "view": "joint"},
    "adjustments": {"view": "joint"},
    "payments": {"view": "joint"},
    "revenues": {"stage": "accounts", "view": "joint"},
    "balances": {"kind": "opening", "stage": "accounts"},
    "three_public": {"stage": "budget", "item": "reception"},
    "procurements": {"view": "item"},
    "contracts": {"title": "合同"},
    "headcounts": {"as_of": dt.date(2024, 12, 31), "as_of_precision": "day"},
    "statistics": {"uom": "元"},
}


def row(sheet: str, key: str, number: int = 2, quantum: int = 0, **values: Any) -> SheetRow:
    """A row of the sheet for the centre in 2024, unless it says otherwise."""
    given: dict[str, Any] = {"key": key}
    if sheet not in ("documents", "units", "department_years", "projects", "eliminations"):
        given["unit"] = "centre"
    if sheet not in ("documents", "units", "projects", "assets", "vehicles", "headcounts"):
        given["year"] = 2024
    return SheetRow(sheet, number, {**given, **_DEFAULTS.get(sheet, {}), **values}, quantum)


def base(*kinds: str, year: int = 2024) -> Content:
    """Documents, units, department-years of these kinds, and one project."""
    return {
        "documents": [row("documents", "paper", title="市局部门决算", year=year)],
        "units": [
            row("units", "bureau", 2, code="0102025", name="市局", kind="department", jurisdiction="440300"),
            row(
                "units",
                "main",
                3,
                code="0102025001",
                name="市局",
                short_name="局本级",
                parent="bureau",
                kind="unit",
            ),
            row("units", "centre", 4, name="市中心", parent="bureau", kind="unit"),
        ],
        "department_years": [
            SheetRow("department_years", 2, {"unit": "bureau", "year": year, "kind": kind, "title": "题"})
            for kind in kinds
        ],
        "projects": [row("projects", "p1", name="信息系统", department="bureau", year=year)],
    }


def content(*rows: SheetRow, kinds: tuple[str, ...] = ("accounts",)) -> Content:
    """The registers and these rows."""
    found = base(*kinds)
    for number, each in enumerate(rows, 2):
        same = found.setdefault(each.sheet, [])
        same.append(SheetRow(each.sheet, number, each.values, each.quantum))
    return found


def load(rows: Content, confirmed: bool = False) -> Applied:
    """Plan and apply."""
    return operations.apply(operations.plan(rows), actor=ACTOR, confirmed=confirmed)


def loaded(*rows: SheetRow, kind: str = "accounts") -> DepartmentYear:
    """The bureau's department-year of that kind after loading these rows."""
    load(content(*rows, kinds=(kind,)))
    return queries.department_year("bureau", 2024, kind)


def of(paper: DepartmentYear, measure: str) -> list[Fact]:
    """The facts of one measure."""
    return [fact for fact in paper.facts if fact.measure == measure]


def sums(paper: DepartmentYear) -> dict[str, int]:
    """The sum in fen (or the count) of each measure."""
    found: dict[str, int] = {}
    for fact in paper.facts:
        found[fact.measure] = found.get(fact.measure, 0) + fact.amount
    return found

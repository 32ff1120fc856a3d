"""The leaf rows of an example (examples/…/*.csv) as a department-year, without a database.

Pure tests must not need one. `ledger.queries` reads the same rows from the database; where the two could differ,
the ledger's own tests decide.
"""

import csv
import datetime as dt
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from yiheng.facts import JOINT_VIEW, YUAN_UOM, DepartmentYear, Fact, Record, Source, Unit
from yiheng.money import MoneyUnit, to_fen
from yiheng.policy import Policy

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
REAL = ("szybzx-2020-accounts", "szyb-2021-budget", "szybzx-2023-budget")
"""The department-years that were transcribed from published papers."""

JURISDICTION = "440300"
DIMS = ("function", "economic", "category", "fund", "source", "program", "project", "item", "basic_kind")
RECORDS = {
    "projects": "project",
    "indicators": "indicator",
    "objectives": "objective",
    "tasks": "task",
    "reasons": "reason",
    "texts": "text",
    "accepted_findings": "accepted_finding",
    "costing": "costing",
}
THREE_PUBLIC = {
    "budget": "three_public_budget",
    "adjusted": "three_public_adjusted",
    "accounts": "three_public_spending",
}

Row = dict[str, str]


def rows(folder: Path, sheet: str) -> list[Row]:
    """The rows of one sheet; none where the example does not have it."""
    file = folder / f"{sheet}.csv"
    if not file.exists():
        return []
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def printed(name: str) -> list[Row]:
    """The printed cells of an example's paper: table, row, column, printed, place."""
    return rows(EXAMPLES / name / "printed", "cells")


def printed_errors(name: str) -> list[Row]:
    """The cells that the paper prints wrongly: address, printed, right, reason."""
    return rows(EXAMPLES / name / "printed", "errors")


@cache
def policy() -> Policy:
    """The packaged policy."""
    return Policy.load()


@cache
def example(name: str) -> DepartmentYear:
    """The department-year of one example folder."""
    folder = EXAMPLES / name
    paper = rows(folder, "department_years")[0]
    year = int(paper["year"])
    units = [
        Unit(r["key"], r["code"], r["name"], r["short_name"], r["parent"], r["kind"])
        for r in rows(folder, "units")
    ]
    unit = next(u for u in units if u.key == paper["unit"])
    return DepartmentYear(
        unit=unit,
        year=year,
        kind=paper["kind"],
        jurisdiction=JURISDICTION,
        units=(unit, *(u for u in units if u.parent == unit.key)),
        facts=tuple(_facts(folder, year)),
        records=tuple(_records(folder, year)),
        title=paper["title"],
        document=paper["document"],
        department=next((u for u in units if u.key == unit.parent), None),
    )


def _facts(folder: Path, year: int) -> Iterator[Fact]:
    for row in rows(folder, "budget_lines"):
        measure = "budget" if row["stage"] == "approved" else "budget_adjusted"
        yield from _with_three_public("支出预算", row, measure, "three_public_budget", year)
    for row in rows(folder, "payments"):
        yield from _with_three_public("支付", row, "spending", "three_public_spending", year)
    for row in rows(folder, "revenues"):
        yield _fact("收入", row, "revenue" if row["stage"] == "accounts" else "budget_revenue")
    for row in rows(folder, "three_public"):
        yield _fact("三公经费", {**row, "view": "item"}, THREE_PUBLIC[row["stage"]])
    for row in rows(folder, "procurements"):
        row = {**row, "category": row["kind"]}
        yield _fact("政府采购", row, "procurement")
        for part in ("sme", "micro"):
            if row.get(f"{part}_amount"):
                yield _fact("政府采购", {**row, "amount": row[f"{part}_amount"]}, f"procurement_{part}")
    for row in rows(folder, "transfers"):
        yield _fact("上级专项转移支付", row, "transfer")
    for row in rows(folder, "costing"):
        yield _fact("项目测算", row, "costing")
    for row in rows(folder, "statistics"):
        yield _fact("已公布数", {**row, "amount": row["value"]}, row["measure"])
    for row in rows(folder, "projects"):
        if row.get("total_amount"):
            total = {**row, "amount": row["total_amount"], "unit": row["department"], "project": row["key"]}
            yield _fact("项目", total, "project_total")


def _with_three_public(sheet: str, row: Row, measure: str, part: str, year: int) -> Iterator[Fact]:
    """A spending row, and the 三公 that follows from its economic code."""
    yield _fact(sheet, row, measure)
    if row["view"] in (JOINT_VIEW, "economic") and measure != "budget_adjusted":
        item = _mapped("economic.three-public", row.get("economic", ""), year)
        if item:
            yield _fact(sheet, {**row, "view": "item", "item": item}, part)


def _fact(sheet: str, row: Row, measure: str) -> Fact:
    year = int(row["year"])
    dims = {name: row[name] for name in DIMS if row.get(name)}
    if dims.get("economic") and dims.get("category") == "basic":
        dims.setdefault("basic_kind", _mapped("economic.basic-kind", dims["economic"], year))
    if row.get("project_name"):
        dims["project_name"] = row["project_name"]
    uom = row.get("uom") or YUAN_UOM
    fen, quantum = _amount(row) if uom == YUAN_UOM else (int(row["amount"]), 0)
    source = Source(sheet, row["key"], row.get("document", ""), row.get("place", ""))
    view = row.get("view") or JOINT_VIEW
    return Fact(row["key"], measure, view, row["unit"], year, dims, fen, quantum, source, uom)


def _amount(row: Row) -> tuple[int, int]:
    unit = MoneyUnit.of(row.get("amount_unit") or YUAN_UOM)
    quantum = unit.fen // 10 ** int(row["places"]) if row.get("places") else 0
    return to_fen(row["amount"], unit), quantum


def _mapped(id: str, code: str, year: int) -> str:
    return policy().mapped(id, code, JURISDICTION, dt.date(year, 1, 1)) if code else ""


def _records(folder: Path, year: int) -> Iterator[Record]:
    for sheet, kind in RECORDS.items():
        for row in rows(folder, sheet):
            source = Source(sheet, row["key"], row.get("document", ""), row.get("place", ""))
            yield Record(kind, row["key"], row.get("unit") or row.get("department", ""), year, row, source)

"""Small department-years and table families made by hand."""

from typing import Any

import yaml
from tests.examples.reader import JURISDICTION, policy

from yiheng.facts import JOINT_VIEW, CellRef, DepartmentYear, Fact, Record, Source, Table, Unit
from yiheng.facts.address import Directory
from yiheng.policy import freeze
from yiheng.statements.tables import compute
from yiheng.statements.template import FamilySpec, parse_family

WAN = 1_000_000
"""Fen in one 万元."""
DEPARTMENT = Unit("dept", "0100", "某局", "局系统", "", "department")
MAIN = Unit("main", "0100001", "某局", "局机关", "dept", "unit")
CENTRE = Unit("centre", "", "某中心", "中心", "dept", "unit")
ABSENCE = {"opening_balance": "nothing", "reserve_use": "nothing", "surplus_allocation": "nothing"}


def fact(
    measure: str = "spending",
    wan: int = 1,
    *,
    view: str = JOINT_VIEW,
    unit: str = "centre",
    year: int = 2020,
    key: str = "",
    quantum: int = 0,
    **dims: str,
) -> Fact:
    """A leaf of whole 万元."""
    name = key or f"{measure}-{unit}-{year}-{'-'.join(dims.values())}-{wan}"
    source = Source("手工", name)
    return Fact(name, measure, view, unit, year, dims, wan * WAN, quantum, source)


def record(kind: str, key: str, unit: str = "centre", **fields: str) -> Record:
    return Record(kind, key, unit, 2020, {"key": key, **fields}, Source(kind, key))


def of_centre(*facts: Fact, records: tuple[Record, ...] = (), kind: str = "accounts") -> DepartmentYear:
    """The year 2020 of one unit."""
    return DepartmentYear(
        CENTRE, 2020, kind, JURISDICTION, (CENTRE,), facts, records, title="试验", department=DEPARTMENT
    )


def of_department(*facts: Fact, records: tuple[Record, ...] = (), kind: str = "budget") -> DepartmentYear:
    """The year 2020 of a department with two units, of which the first has its name."""
    units = (DEPARTMENT, MAIN, CENTRE)
    return DepartmentYear(DEPARTMENT, 2020, kind, JURISDICTION, units, facts, records, title="试验")


def family(tables: str, **settings: Any) -> FamilySpec:
    """A table family from the YAML of its `tables`."""
    shared = {"name": "试验表式", "kind": "accounts", "unit": "万元", "places": 0, "zero": "0"}
    return parse_family(freeze({**shared, **settings, "tables": yaml.safe_load(tables)}))


def drawn(department_year: DepartmentYear, spec: FamilySpec) -> tuple[Table, ...]:
    return compute(department_year, spec, policy(), ABSENCE)


def only(department_year: DepartmentYear, tables: str, **settings: Any) -> Table:
    """The one table of a family written as YAML."""
    (table,) = drawn(department_year, family(tables, **settings))
    return table


def cell(table: Table, address: str) -> CellRef:
    """The cell `row, column` of the table."""
    return Directory([table]).resolve(f"{table.code}[{address}]")


def text(table: Table, address: str) -> str:
    return cell(table, address).cell.text


def labels(table: Table, block: int = 0) -> list[str]:
    return [row.label for row in table.blocks[block].rows]

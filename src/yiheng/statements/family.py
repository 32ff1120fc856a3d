"""Choosing and validating table families: the bridge from policy entries to computed tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from yiheng.facts import DepartmentYear, Table
from yiheng.policy import Entry, Policy, Problem
from yiheng.statements.tables import compute
from yiheng.statements.template import FamilySpec, TableSpec, TemplateError, parse_family

MEASURES_ID = "measures.ledger"


@dataclass(frozen=True, slots=True)
class Statements:
    """The computed tables of a department-year with the family that they follow."""

    tables: tuple[Table, ...]
    family: FamilySpec
    entry: Entry
    notice: str
    """Says so where an earlier year's family is carried on (沿用); otherwise empty."""

    def spec(self, code: str) -> TableSpec:
        return self.family.table(code)


def statements(department_year: DepartmentYear, policy: Policy) -> Statements:
    """All statutory tables of the department-year. Raises `PolicyNotInForce` where no family covers the year."""
    kind = "accounts" if department_year.kind == "accounts" else "budget"
    chosen = policy.family(kind, department_year.jurisdiction, department_year.year, department_year.family)
    family = parse_family(chosen.value)
    tables = compute(department_year, family, policy, absence(policy, department_year))
    return Statements(tables, family, chosen.entry, chosen.entry_notice)


def absence(policy: Policy, department_year: DepartmentYear) -> Mapping[str, str]:
    """Per measure, what it means that the ledger holds no row: nothing (无发生额) or unavailable (未录入)."""
    entry = policy.get(MEASURES_ID, department_year.jurisdiction, dt.date(department_year.year, 12, 31))
    return {name: value["absence"] for name, value in entry.value.items()}


def validate(entry: Entry, policy: Policy) -> list[Problem]:
    """What is wrong with a table family entry: unreadable parts, unknown measures, views and codes of columns."""
    try:
        family = parse_family(entry.value)
    except (TemplateError, KeyError, TypeError, AttributeError) as error:
        return [Problem(entry.file, entry.id, "value", f"表式不能解析：{error}", "请对照现有表式改正")]
    known = set(policy.get(MEASURES_ID, entry.jurisdiction, entry.valid_from).value)
    views = set(policy.classification("view", entry.valid_from, entry.jurisdiction).codes)
    problems = []
    for table in family.tables:
        specs = [
            (table.terms, table.views),
            *((c.terms, c.views) for b in table.blocks for c in b.columns),
            *((r.terms, r.views) for b in table.blocks for r in b.rows),
        ]
        for measure in sorted({m for terms, _ in specs for t in terms for m in t.measures} - known):
            reason = f"不认识的口径 {measure}"
            problems.append(Problem(entry.file, entry.id, table.code, reason, "可用口径见 measures.ledger"))
        for view in sorted({v for _, names in specs for v in names} - views):
            problems.append(
                Problem(entry.file, entry.id, table.code, f"不认识的视图 {view}", "可用视图见分类 view")
            )
    return problems

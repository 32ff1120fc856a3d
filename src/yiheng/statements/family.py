"""Choosing and validating table families: the bridge from policy entries to computed tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from yiheng.facts import DepartmentYear, Table, vocabulary
from yiheng.policy import Entry, Policy, Problem
from yiheng.statements.tables import compute
from yiheng.statements.template import FamilySpec, TableSpec, TemplateError, TermSpec, parse_family, walk


@dataclass(frozen=True, slots=True)
class Statements:
    """The computed tables of a department-year with the family that they follow."""

    tables: tuple[Table, ...]
    family: FamilySpec
    entry: Entry
    notice: str
    """Says so where an earlier year's family is carried on (沿用); otherwise empty."""

    def spec(self, code: str) -> TableSpec:
        """The template of one table."""
        return self.family.table(code)


def statements(department_year: DepartmentYear, policy: Policy) -> Statements:
    """All statutory tables of the department-year. Raises `PolicyNotInForce` where no family covers kind and year."""
    chosen = policy.family(
        department_year.kind, department_year.jurisdiction, department_year.year, department_year.family
    )
    family = _parsed(chosen.entry)
    tables = compute(department_year, family, policy, absence(policy, department_year))
    return Statements(tables, family, chosen.entry, chosen.entry_notice)


@lru_cache(maxsize=64)
def _parsed(entry: Entry) -> FamilySpec:
    return parse_family(entry.value)


def absence(policy: Policy, department_year: DepartmentYear) -> Mapping[str, str]:
    """Per measure, what it means that the ledger holds no row: nothing (无发生额) or unavailable (未录入)."""
    found = vocabulary.measures(policy, department_year.jurisdiction, dt.date(department_year.year, 12, 31))
    return {name: value["absence"] for name, value in found.items()}


def validate(entry: Entry, policy: Policy) -> list[Problem]:
    """What is wrong with a table family entry: unreadable parts, unknown measures, views, dimensions and codes."""
    try:
        family = parse_family(entry.value)
    except TemplateError as error:
        return [_problem(entry, str(error))]
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        return [_problem(entry, f"表式不能解析：{error!r}")]
    return [problem for table in family.tables for problem in _table_problems(entry, policy, table)]


def _table_problems(entry: Entry, policy: Policy, table: TableSpec) -> Iterator[Problem]:
    rows = [row for block in table.blocks for row in walk(block.rows)]
    columns = [column for block in table.blocks for column in block.columns]
    terms: list[TermSpec] = [
        *table.terms,
        *(t for c in columns for t in c.terms),
        *(t for r in rows for t in r.terms),
    ]
    views = [*table.views, *(v for c in columns for v in c.views), *(v for r in rows for v in r.views)]
    views += [view for row in rows for _, view in row.views_by]
    measures = [measure for term in terms for measure in term.measures]
    yield from vocabulary.unknown_words(entry, policy, table.code, measures, views)
    where = [table.where, *(c.where for c in columns), *(r.where for r in rows), *(t.where for t in terms)]
    yield from vocabulary.unknown_predicates(entry, policy, table.code, where)
    if any(not c.text and not (c.terms or table.terms) for c in columns) and not any(r.terms for r in rows):
        yield Problem(
            entry.file, entry.id, table.code, "有金额栏没有口径", "在表、栏或行上写 measure 或 terms"
        )


def _problem(entry: Entry, reason: str) -> Problem:
    return Problem(entry.file, entry.id, "value", reason, "请对照现有表式和 docs/table-families.md 改正")

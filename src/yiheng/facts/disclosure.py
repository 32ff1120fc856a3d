"""What the public sees (公开范围), by one rule for every output.

A secret project (涉密项目) loses its name, code, content and targets before anything is computed; its amounts and
function codes stay, as real papers print them. Public papers are then computed from rows down to the budget line:
payments, contracts, persons and other inner rows are added up to totals that name no one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from yiheng.facts.leaf import DepartmentYear, Fact, Record, Source
from yiheng.policy import Policy

RULE_ID = "disclosure.scope"
_SECRET_KEY = "secret-"
_PROJECT_KINDS = frozenset({"costing", "objective", "indicator"})


@dataclass(frozen=True, slots=True)
class Scope:
    """The rule in force: the name a secret project is printed under, and the ledger tables that stay inside."""

    label: str
    inner_tables: frozenset[str]
    inner_records: frozenset[str]


def scope(policy: Policy, department_year: DepartmentYear) -> Scope:
    """The disclosure rule for the department-year's place and year."""
    value = policy.get(RULE_ID, department_year.jurisdiction, dt.date(department_year.year, 12, 31)).value
    return Scope(value["secret_label"], frozenset(value["inner_tables"]), frozenset(value["inner_records"]))


def mask(department_year: DepartmentYear, rule: Scope) -> DepartmentYear:
    """The department-year without what a secret project must not show, for every audience."""
    secret = [r.key for r in department_year.records_of("project") if r.get("secret") == "是"]
    if not secret:
        return department_year
    keys = {key: f"{_SECRET_KEY}{n}" for n, key in enumerate(secret, 1)}
    facts = (
        _mask_fact(f, n, keys, rule) for n, f in enumerate(department_year.facts, 1) if not _inside(f, keys)
    )
    records = (_mask_record(r, keys, rule) for r in department_year.records)
    return replace(
        department_year, facts=tuple(facts), records=tuple(r for r in records if r is not None)
    )


def _inside(fact: Fact, keys: Mapping[str, str]) -> bool:
    """Costing of a secret project names what it buys; no table needs it."""
    return fact.measure == "costing" and fact.dims.get("project") in keys


def _mask_fact(fact: Fact, number: int, keys: Mapping[str, str], rule: Scope) -> Fact:
    key = fact.dims.get("project", "")
    if key not in keys:
        return fact
    dims = {**fact.dims, "project": keys[key]}
    if "project_name" in dims:
        dims["project_name"] = rule.label
    source = Source(fact.source.table, keys[key], fact.source.document)
    return replace(fact, key=f"{keys[key]}-{number}", dims=dims, source=source)


def _mask_record(record: Record, keys: Mapping[str, str], rule: Scope) -> Record | None:
    project = record.key if record.kind == "project" else record.get("project")
    subject = record.get("subject")
    if any(key in subject.split(".") or subject.endswith(key) for key in keys) or (
        project in keys and record.kind in _PROJECT_KINDS
    ):
        return None
    if project not in keys:
        return record
    source = Source(record.source.table, keys[project], record.source.document)
    if record.kind == "project":
        kept = {"name": rule.label, "secret": record.get("secret"), "year": record.get("year")}
        return Record("project", keys[project], record.unit, record.year, kept, source)
    kept = {name: record.get(name) for name in ("order", "year", "unit")}
    return Record(
        record.kind,
        f"{keys[project]}-{record.kind}",
        record.unit,
        record.year,
        {**kept, "name": rule.label, "project": keys[project]},
        source,
    )


def public(department_year: DepartmentYear, rule: Scope) -> DepartmentYear:
    """The masked department-year as the public may see its sources: inner rows added up, persons and firms left out."""
    kept: list[Fact] = []
    inner: dict[tuple[object, ...], list[Fact]] = {}
    for fact in department_year.facts:
        if fact.source.table in rule.inner_tables and not fact.source.document:
            month = (fact.on.month if fact.on else 0) if fact.on_precision in ("day", "month") else 0
            dims = tuple(sorted(fact.dims.items()))
            inner.setdefault(
                (fact.measure, fact.view, fact.unit, fact.year, fact.uom, dims, month), []
            ).append(fact)
        else:
            kept.append(fact)
    records = tuple(r for r in department_year.records if r.kind not in rule.inner_records)
    return replace(department_year, facts=(*kept, *_totals(inner.values())), records=records)


def _totals(groups: Iterable[list[Fact]]) -> Iterable[Fact]:
    for number, group in enumerate(groups, 1):
        first = group[0]
        monthly = first.on is not None and first.on_precision in ("day", "month")
        on = first.on.replace(day=1) if monthly and first.on else None
        source = Source(f"{first.source.table}（汇总）", f"{len(group)} 笔")
        yield replace(
            first,
            key=f"{first.measure}-{number}",
            amount=sum(f.amount for f in group),
            quantum=_quantum(group),
            source=source,
            on=on,
            on_precision="month" if monthly else "",
        )


def _quantum(group: list[Fact]) -> int:
    return (
        group[0].quantum
        if len(group) == 1
        else 0
        if all(f.quantum == 0 for f in group)
        else max(f.quantum for f in group)
    )

"""What the public sees (公开范围), by one rule for every output.

A secret project (涉密项目) loses its name, code, content and targets before anything is computed; its amounts and
function codes stay, as real papers print them. Where another row's text names it, the printed label stands instead.
Public papers are then computed from rows down to the budget line: payments, contracts, persons and other inner rows are
added up to totals that name no one. Why it is done so: docs/decisions/0006-disclosure.md.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from yiheng.facts.leaf import DepartmentYear, Fact, Record, Source
from yiheng.policy import Policy

RULE_ID = "disclosure.scope"
_WHOLE_YEAR = "全年合计"
_SECRET_KEY = "secret-"
_PROJECT_KINDS = frozenset({"costing", "objective", "indicator", "evaluation", "deviation"})
_OWNERS = ("task", "indicator", "evaluation", "deviation")
"""Kinds of records that others belong to, by a field of the same name."""
_SHOWN_OF_SECRET = ("secret", "order", "year", "unit")


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
    masking = _masking(department_year, rule)
    if masking is None:
        return department_year
    facts = (masking.fact(f, n) for n, f in enumerate(department_year.facts, 1))
    records = (masking.record(r, n) for n, r in enumerate(department_year.records, 1))
    return replace(
        department_year,
        facts=tuple(f for f in facts if f is not None),
        records=tuple(r for r in records if r is not None),
    )


def masker(department_year: DepartmentYear, rule: Scope) -> Callable[[Fact], Fact | None]:
    """Masks facts that another question read of the same ledger, as `mask` does: the same fact is the same one.

    None for one of which nothing may be shown.
    """
    masking = _masking(department_year, rule)
    if masking is None:
        return lambda fact: fact
    numbers = {(f.measure, f.view, f.key): n for n, f in enumerate(department_year.facts, 1)}

    def masked(fact: Fact) -> Fact | None:
        own = len(department_year.facts) + len(numbers) + 1
        return masking.fact(fact, numbers.setdefault((fact.measure, fact.view, fact.key), own))

    return masked


def _masking(department_year: DepartmentYear, rule: Scope) -> _Masking | None:
    """What is to be hidden; None where nothing is secret."""
    secret = [r for r in department_year.records_of("project") if r.get("secret") == "是"]
    if not secret:
        return None
    keys = {r.key: f"{_SECRET_KEY}{n}" for n, r in enumerate(secret, 1)}
    owners = frozenset(
        (kind, r.key)
        for kind in _OWNERS
        for r in department_year.records_of(kind)
        if r.get("project") in keys
    )
    owners |= {
        ("deviation", r.key)
        for r in department_year.records_of("deviation")
        if ("indicator", r.get("indicator")) in owners
    }
    return _Masking(keys, owners, _names(secret), rule.label)


def plain(department_year: DepartmentYear, rule: Scope) -> Callable[[str], str]:
    """Puts the printed label in place of the name and code of every secret project, in words made elsewhere."""
    names = _names(r for r in department_year.records_of("project") if r.get("secret") == "是")

    def hidden(text: str) -> str:
        for name in names:
            text = text.replace(name, rule.label)
        return text

    return hidden


def _names(secret: Iterable[Record]) -> tuple[str, ...]:
    """Names and codes, the longest first."""
    names = {r.get(field) for r in secret for field in ("name", "code")} - {""}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


@dataclass(frozen=True, slots=True)
class _Masking:
    """What to hide of the secret projects of one department-year, and behind what."""

    keys: Mapping[str, str]
    """Key of a secret project → the key that stands for it."""
    owners: frozenset[tuple[str, str]]
    """Kind and key of the tasks, indicators, evaluation sheets and deviations of a secret project; what belongs to
    them, such as the objectives of its tasks and the actuals of its indicators, is its content."""
    names: tuple[str, ...]
    """Names and codes, the longest first."""
    label: str

    def fact(self, fact: Fact, number: int) -> Fact | None:
        """The fact as it may be shown; None for costing of a secret project, which names what it buys."""
        key = fact.dims.get("project", "")
        if key not in self.keys:
            return replace(fact, dims=self._plain(fact.dims)) if self._named(fact.dims) else fact
        if fact.measure == "costing":
            return None
        dims = {**fact.dims, "project": self.keys[key]}
        if "project_name" in dims:
            dims["project_name"] = self.label
        return replace(
            fact, key=f"{self.keys[key]}-{number}", dims=self._plain(dims), source=self._source(fact, key)
        )

    def record(self, record: Record, number: int) -> Record | None:
        """The record as it may be shown; None where nothing of it may be."""
        key = record.key if record.kind == "project" else record.get("project")
        if key not in self.keys:
            if self._is_about(record) or self._belongs(record):
                return None
            return (
                replace(record, fields=self._plain(record.fields)) if self._named(record.fields) else record
            )
        if record.kind in _PROJECT_KINDS:
            return None
        shown = self.keys[key]
        fields = {name: record.get(name) for name in _SHOWN_OF_SECRET} | {"name": self.label}
        if record.kind != "project":
            fields["project"] = shown
        own = shown if record.kind == "project" else f"{shown}-{record.kind}-{number}"
        return Record(record.kind, own, record.unit, record.year, fields, self._source(record, key))

    def _source(self, of: Fact | Record, key: str) -> Source:
        return Source(of.source.table, self.keys[key], of.source.document)

    def _is_about(self, record: Record) -> bool:
        """Whether a reason or text belongs to a secret project: its subject is a path with the project's key."""
        path = f".{record.get('subject') or record.get('section')}."
        return any(f".{key}." in path for key in self.keys)

    def _belongs(self, record: Record) -> bool:
        return any((kind, record.get(kind)) in self.owners for kind in _OWNERS)

    def _named(self, texts: Mapping[str, str]) -> bool:
        return any(name in text for text in texts.values() for name in self.names)

    def _plain(self, texts: Mapping[str, str]) -> dict[str, str]:
        found = dict(texts)
        for name in self.names:
            found = {field: text.replace(name, self.label) for field, text in found.items()}
        return found


def public(department_year: DepartmentYear, rule: Scope) -> DepartmentYear:
    """The masked department-year as the public may see its sources: inner rows added up, persons and firms left out.

    Rows that were transcribed from the published paper itself are public already and stay as they are.
    """
    kept: list[Fact] = []
    inner: dict[tuple[object, ...], list[Fact]] = {}
    for number, fact in enumerate(department_year.facts):
        if _is_inner(fact, rule, department_year.document):
            inner.setdefault(_total_of(fact, number), []).append(fact)
        else:
            kept.append(fact)
    records = tuple(r for r in department_year.records if r.kind not in rule.inner_records)
    return replace(department_year, facts=(*kept, *_totals(inner.values())), records=records)


class DayTotals:
    """Rows up to a day as the public may see them: inner ones added up for each unit and project, which tells no more
    than what a paper of that day prints. The same rows are the same total wherever they count.
    """

    def __init__(self, rule: Scope, document: str, day: dt.date) -> None:
        """`document` is that of the department-year."""
        self._rule, self._document, self._day = rule, document, day
        self._totals: dict[tuple[str, ...], Fact] = {}

    def of(self, facts: Iterable[Fact]) -> tuple[Fact, ...]:
        """These masked facts, all of which had happened by the day, for the public."""
        found: list[Fact] = []
        inner: dict[tuple[object, ...], list[Fact]] = {}
        for number, fact in enumerate(facts):
            if _is_inner(fact, self._rule, self._document):
                project = {name: code for name, code in fact.dims.items() if name == "project"}
                only = replace(fact, dims=project)
                inner.setdefault(_total_of(only, number), []).append(only)
            else:
                found.append(fact)
        return (*found, *(self._total(group) for group in inner.values()))

    def _total(self, group: list[Fact]) -> Fact:
        keys = (group[0].measure, *(fact.key for fact in group))
        if keys not in self._totals:
            (total,) = _totals([group])
            self._totals[keys] = replace(
                total,
                key=f"{total.measure}-{len(self._totals) + 1}",
                source=replace(total.source, row=f"{self._day.isoformat()} 以前合计"),
                on=None if total.on is None else self._day,
                on_precision="" if total.on is None else "day",
            )
        return self._totals[keys]


def _is_inner(fact: Fact, rule: Scope, document: str) -> bool:
    """Whether it is of an inner table, and not printed in the department-year's own paper."""
    printed = fact.source.document and fact.source.document == document
    return fact.source.table in rule.inner_tables and not printed


def _total_of(fact: Fact, number: int) -> tuple[object, ...]:
    """What the facts of one total share: all but the day, so that no single payment stands out by its month.

    A rounded amount stays alone: a sum of such is known less finely.
    """
    alone = number if fact.quantum else -1
    dims = tuple(sorted(fact.dims.items()))
    return fact.source.table, fact.measure, fact.view, fact.unit, fact.year, fact.uom, dims, alone


def _totals(groups: Iterable[list[Fact]]) -> Iterable[Fact]:
    for number, group in enumerate(groups, 1):
        first = group[0]
        yield replace(
            first,
            key=f"{first.measure}-{number}",
            amount=sum(f.amount for f in group),
            source=Source(f"{first.source.table}（汇总）", _WHOLE_YEAR),
            on=None if first.on is None else dt.date(first.year, 12, 31),
            on_precision="" if first.on is None else "year",
        )

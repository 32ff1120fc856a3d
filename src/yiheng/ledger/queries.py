"""Every read of the ledger: rows become facts, and nothing else leaves this room.

A department-year is read by a fixed number of queries, however many rows it has.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yiheng import facts
from yiheng.facts.sheets import SheetRow
from yiheng.people.models import LogEntry
from yiheng.people.once import once
from yiheng.policy import Policy

from .coverage import Paper, chain
from .errors import AmbiguousUnit, NoDepartmentYear, UnknownUnit
from .models import DepartmentYear, PaperKind
from .reads import content, others, progress, records, spending, statistics, stocks
from .reads.progress import CouldNotRun, Execution, Period
from .reads.scope import Scope
from .reads.spending import APPROVED
from .reads.state import settled, state
from .reads.units import UnitTree, unit_tree
from .sheets import shapes
from .versions import RowVersion, newest, versions

__all__ = [
    "AmbiguousUnit",
    "CouldNotRun",
    "DepartmentYearEntry",
    "Execution",
    "NoDepartmentYear",
    "Paper",
    "Period",
    "RowVersion",
    "UnitTree",
    "UnknownUnit",
    "chain",
    "content_of",
    "department_year",
    "department_years",
    "execution",
    "free_keys",
    "history",
    "newest_versions",
    "plain_rows",
    "reach_of",
    "resolve_unit",
    "settled",
    "sheet_rows",
    "spending_by_period",
    "state",
    "unit_tree",
    "units",
    "verify_rows",
    "whole_content",
]


@dataclass(frozen=True, slots=True)
class DepartmentYearEntry:
    """One department-year of the ledger (部门年度), without its rows."""

    unit: facts.Unit
    year: int
    kind: str
    title: str
    document: str
    synthetic: bool

    @property
    def label(self) -> str:
        """As users call it: 深圳市医疗保障局2021年部门预算."""
        return f"{self.unit.name}{self.year}年{PaperKind(self.kind).label}"


def units() -> tuple[facts.Unit, ...]:
    """All units in use, in tree order."""
    return unit_tree().units


def resolve_unit(text: str) -> facts.Unit:
    """The unit that a user means by a key, a code, a name or a short name, in this order.

    Raises `AmbiguousUnit` with the candidates (a department and its main unit may share a name), `UnknownUnit` with
    near names.
    """
    return unit_tree().resolve(text)


@once
def department_years() -> tuple[DepartmentYearEntry, ...]:
    """All department-years, by unit in tree order, year and kind."""
    tree = unit_tree()
    order = {unit.key: index for index, unit in enumerate(tree.units)}
    found = [
        DepartmentYearEntry(
            tree.by_key[row.unit_id], row.year, row.kind, row.title, row.document_id or "", row.synthetic
        )
        for row in DepartmentYear.objects.filter(active=True, unit_id__in=order)
    ]
    return tuple(sorted(found, key=lambda entry: (order[entry.unit.key], entry.year, entry.kind)))


def department_year(
    unit_key: str, year: int, kind: str, stage: str = APPROVED, policy: Policy | None = None
) -> facts.DepartmentYear:
    """Everything that the papers of one unit, year and kind are computed from.

    `stage` says which budget lines are the budget. Raises `NoDepartmentYear` when the ledger has none, `UnknownUnit`
    for a key that no unit has, `policy.PolicyUnknown` where a derived dimension needs a rule that is not in force.
    """
    tree = unit_tree()
    if unit_key not in tree.by_key:
        return department_year(tree.resolve(unit_key).key, year, kind, stage, policy)
    paper = DepartmentYear.objects.filter(active=True, unit_id=unit_key, year=year, kind=kind).first()
    if paper is None:
        raise _no_such_paper(tree.by_key[unit_key], year, kind)
    scope = _scope(tree, unit_key, year, kind, stage, policy, paper)
    found = [
        *spending.spending_facts(scope),
        *others.revenue_facts(scope),
        *others.balance_facts(scope),
        *others.procurement_facts(scope),
        *others.contract_facts(scope),
        *others.transfer_facts(scope),
        *others.costing_facts(scope),
        *stocks.stock_facts(scope),
        *statistics.statistic_facts(scope),
    ]
    of_rows = records.journal_records(scope)
    projects = records.projects_of(scope, found, of_rows)
    found += others.project_total_facts(scope, projects)
    of_registers = records.register_records(scope, paper, projects, found)
    return facts.DepartmentYear(
        unit=tree.by_key[unit_key],
        year=year,
        kind=kind,
        jurisdiction=scope.jurisdiction,
        units=tree.below(unit_key),
        facts=tuple(found),
        records=(*of_registers, *of_rows),
        family=paper.family,
        title=paper.title,
        document=paper.document_id or "",
        synthetic=paper.synthetic,
        department=tree.department(unit_key),
    )


def spending_by_period(
    unit_key: str, year: int, by: str = "month", view: str = "function"
) -> tuple[Period, ...] | CouldNotRun:
    """Spending of a unit and those below it by `month` or `quarter`, zero where nothing was paid.

    Of units whose rows are not joint, those of `view` are taken. `CouldNotRun` where a payment's day is known less
    finely than the question asks.
    """
    if by not in progress.periods():
        raise ValueError(f"spending by {by!r}: only {' or '.join(progress.periods())}")
    return progress.spending_by_period(_plain_scope(unit_key, year), by, view)


def execution(
    unit_key: str, year: int, by: str = "project", view: str = "", upto: dt.date | None = None
) -> tuple[Execution, ...] | CouldNotRun:
    """Approved budget, adjusted budget and spending of a unit and those below it, by one dimension.

    Of units whose rows are not joint, those of `view` are taken (by default the view named like the dimension).
    With `upto`, adjustments and payments up to that day; `CouldNotRun` where that cannot be told.
    """
    return progress.execution(_plain_scope(unit_key, year), by, view or by, upto)


def content_of(papers: Iterable[Paper]) -> dict[str, list[SheetRow]]:
    """All rows that these department-years answer for, as a content that can be loaded again."""
    return content.content_of(frozenset(papers))


def sheet_rows(sheet: str, units: Collection[str], year: int, stage: str = "") -> list[tuple[SheetRow, int]]:
    """The rows of one sheet of these units in a year, each with the number of its newest version, in order."""
    return content.sheet_rows(sheet, units, year, stage)


def reach_of(load: int) -> set[tuple[str, str, int | None, str]]:
    """What a load wrote: (sheet, unit, year, stage) of its rows. `Load.DoesNotExist` for one that never was."""
    return content.reach_of(load)


def plain_rows(sheet: str, units: Collection[str], year: int, stage: str = "") -> list[SheetRow]:
    """As `sheet_rows`, without versions: for whoever only reads, however many rows there are."""
    return content.plain_rows(sheet, units, year, stage)


def free_keys(sheet: str, prefix: str, count: int) -> list[str]:
    """New keys of a sheet, numbered on from the highest that was ever used with this prefix."""
    return content.free_keys(sheet, prefix, count)


def whole_content() -> dict[str, list[SheetRow]]:
    """All rows of the ledger that count, as a content that can be loaded again."""
    return content.whole_content()


def history(sheet: str, key: str) -> tuple[RowVersion, ...]:
    """All versions of a row, oldest first: what it was, who made it so and when; see `difference.Change` for two."""
    return versions(shapes()[sheet], key)


def newest_versions(sheet: str, keys: Iterable[str]) -> Mapping[str, int]:
    """The number of the newest version of each key of a sheet, as `operations.edit` wants it."""
    return newest(shapes()[sheet], keys)


def verify_rows() -> Iterator[str]:
    """Every load whose rows are no longer those that were written, in Chinese.

    `people.queries.verify_log` proves the log; this proves the rows by the log.
    """
    for entry in LogEntry.objects.filter(action="load").order_by("pk"):
        shape, written = shapes()[entry.table], entry.after or {}
        model: Any = shape.model
        rows = model.objects.filter(load_id=written["load"]).values_list(
            *shape.attributes, "version", "kind_of_row"
        )
        found = [(tuple(values), version, kind) for *values, version, kind in rows]
        if len(found) != written["rows"] or shape.seal(found) != written["sha256"]:
            yield (
                f"装载批次 {written['load']} 的“{shape.title}”与日志不符："
                f"当时写入 {written['rows']} 行，现有 {len(found)} 行，或内容被改动"
            )


def _scope(
    tree: UnitTree,
    unit_key: str,
    year: int,
    kind: str,
    stage: str,
    policy: Policy | None,
    paper: DepartmentYear | None,
) -> Scope:
    below = tuple(unit.key for unit in tree.below(unit_key))
    last_year = set(
        DepartmentYear.objects.filter(active=True, year=year - 1).values_list("unit_id", flat=True)
    )
    return Scope(
        units=below,
        year=year,
        kind=kind,
        stage=stage,
        jurisdiction=tree.jurisdiction(unit_key),
        policy=policy or Policy.load(),
        document=(paper.document_id or "") if paper else "",
        reported_last_year=frozenset(unit for unit in below if last_year.intersection(tree.chain(unit))),
        reference_day=(paper.approved_on or paper.published_on) if paper else None,
    )


def _plain_scope(unit_key: str, year: int) -> Scope:
    """For questions about movements, which need no department-year."""
    tree = unit_tree()
    key = unit_key if unit_key in tree.by_key else tree.resolve(unit_key).key
    return _scope(tree, key, year, PaperKind.ACCOUNTS.value, APPROVED, None, None)


def _no_such_paper(unit: facts.Unit, year: int, kind: str) -> NoDepartmentYear:
    rows: Sequence[tuple[int, str]] = list(
        DepartmentYear.objects.filter(active=True, unit_id=unit.key)
        .order_by("year", "kind")
        .values_list("year", "kind")
    )
    label = PaperKind(kind).label if kind in PaperKind.values else kind
    present = [f"{at}年{PaperKind(of).label}" for at, of in rows]
    return NoDepartmentYear(f"{unit.name}（{unit.key}）{year}年{label}", present)

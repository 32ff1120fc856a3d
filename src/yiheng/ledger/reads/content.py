"""Rows as a content: what was loaded, in the form in which it can be exported and loaded again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Q

from yiheng.facts.sheets import SheetRow
from yiheng.ledger.compare import coverage_of, is_stock, reach
from yiheng.ledger.coverage import Coverage, Paper, chain
from yiheng.ledger.models import BudgetLine, JournalRow, Load, current
from yiheng.ledger.sheets import Shape, Values, shapes
from yiheng.ledger.versions import newest
from yiheng.people.models import LogEntry
from yiheng.people.once import is_reading

from .kept_rows import register_rows, rows_of


def whole_content() -> dict[str, list[SheetRow]]:
    """All rows that count."""
    return {sheet: [shape.row(values) for values in _read(shape, Q())] for sheet, shape in shapes().items()}


def content_of(papers: frozenset[Paper]) -> dict[str, list[SheetRow]]:
    """The rows that these department-years answer for, and the rows of registers that those name."""
    coverage = replace(coverage_of({}), content=papers)
    below = _below(coverage, {paper.unit for paper in papers})
    found = {
        shape.sheet: _covered(shape, coverage, below) for shape in shapes().values() if not shape.is_register
    }
    papers_shape, projects, units = (shapes()[name] for name in ("department_years", "projects", "units"))
    found["department_years"] = [
        row for row in _read(papers_shape, Q()) if _paper(papers_shape, row) in papers
    ]
    declared = {values[0] for values in _covered(projects, coverage, below)}
    found["projects"] = _of_keys(projects, declared | _named(found, "projects"))
    named = below | _named(found, "units")
    found["units"] = _of_keys(units, {key for unit in named for key in chain(unit, coverage.parents)})
    found["documents"] = _of_keys(shapes()["documents"], _named(found, "documents"))
    return {sheet: [shape.row(values) for values in found[sheet]] for sheet, shape in shapes().items()}


def sheet_rows(sheet: str, units: Collection[str], year: int, stage: str = "") -> list[tuple[SheetRow, int]]:
    """The rows of one sheet of these units in a year, each with the number of its newest version, in order.

    Of a sheet with stages only those of `stage`, where one is given. Projects are also those that belong to a unit
    above and that budget lines of these units name.
    """
    shape = shapes()[sheet]
    if issubclass(shape.model, JournalRow):
        return rows_of(shape, units, year, stage)
    named = None
    if sheet == "projects" and is_reading():
        named = frozenset(row.text("project") for row, _ in rows_of(shapes()["budget_lines"], units, year))

    def read() -> list[tuple[SheetRow, int]]:
        rows = plain_rows(sheet, units, year, stage, named)
        numbers = newest(shape, [row.key for row in rows])
        return [(row, numbers.get(row.key, 0)) for row in rows]

    return register_rows((sheet, frozenset(units), year, stage, named), read)


def plain_rows(
    sheet: str, units: Collection[str], year: int, stage: str = "", named: Collection[str] | None = None
) -> list[SheetRow]:
    """As `sheet_rows`, without versions: for whoever only reads, however many rows there are. `named` are the projects
    of budget lines, where they were read already.
    """
    shape = shapes()[sheet]
    where = Q(**{f"{shape.model.unit_column}__in": units})
    if shape.is_register and "year" in shape.place:
        where &= Q(year=year) | Q(year=None)
    elif "year" in shape.place:
        where &= Q(year=year)
    if stage and "stage" in shape.place:
        where &= Q(stage=stage)
    if named is not None:
        where |= Q(key__in=named)
    elif sheet == "projects":
        lines: Any = current(BudgetLine).filter(unit__in=units, year=year, project__isnull=False)
        where |= Q(key__in=set(lines.values_list("project", flat=True)))
    return [shape.row(values) for values in _read(shape, where)]


def free_keys(sheet: str, prefix: str, count: int) -> list[str]:
    """New keys of a sheet that begin with the prefix and go on from the highest number that was ever used."""
    if not count:
        return []
    model: Any = shapes()[sheet].model
    used = model.objects.filter(key__startswith=prefix).values_list("key", flat=True)
    numbers = [int(tail) for key in used if (tail := key[len(prefix) :]).isascii() and tail.isdigit()]
    first = max(numbers, default=0) + 1
    return [f"{prefix}{number:04d}" for number in range(first, first + count)]


def reach_of(load: int) -> set[tuple[str, str, int | None, str]]:
    """What a load wrote: (sheet, unit, year, stage) of its rows, "" and None where the sheet has no such column."""
    batch = Load.objects.get(pk=load)
    found = set()
    for shape in shapes().values():
        model: Any = shape.model
        if shape.is_register:
            entries = LogEntry.objects.filter(table=shape.sheet, batch=batch.content_hash, at=batch.at)
            rows = model.objects.filter(key__in=entries.values_list("key", flat=True))
        else:
            rows = model.objects.filter(load_id=load)
        columns = [name for name in (shape.model.unit_column, "year", "stage") if name in shape.place]
        for values in rows.order_by().values(*columns).distinct():
            unit = values.get(shape.model.unit_column) or ""
            found.add((shape.sheet, unit, values.get("year"), values.get("stage", "")))
    return found


def _covered(shape: Shape, coverage: Coverage, below: set[str]) -> list[Values]:
    if is_stock(shape):
        return _read(shape, Q(unit__in=below))
    return [values for values in _read(shape, reach(shape, coverage)) if coverage.covers(shape, values)]


def _below(coverage: Coverage, tops: set[str]) -> set[str]:
    return {unit for unit in coverage.parents if tops.intersection(chain(unit, coverage.parents))}


def _paper(shape: Shape, values: Values) -> Paper:
    named = shape.as_dict(values)
    return Paper(named["unit"], named["year"], named["kind"])


def _named(found: Mapping[str, Iterable[Values]], target: str) -> set[str]:
    """The keys of the target sheet that the rows refer to."""
    keys = set()
    for sheet, rows in found.items():
        shape = shapes()[sheet]
        places = [shape.place[column] for column, to in shape.references if to == target]
        keys |= {values[i] for values in rows for i in places if values[i] is not None}
    return keys


def _of_keys(shape: Shape, keys: set[str]) -> list[Values]:
    return _read(shape, Q(key__in=keys))


def _read(shape: Shape, where: Q) -> list[Values]:
    """The rows that count, in order."""
    model: Any = shape.model
    if issubclass(model, JournalRow):
        rows = current(model).filter(where).order_by("position")
    else:
        rows = model.objects.filter(where, active=True).order_by("pk")
    return [tuple(values) for values in rows.values_list(*shape.attributes)]

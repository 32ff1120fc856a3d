"""Rows that are not amounts, as records: every column as text, whichever app the sheet belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Q

from yiheng.facts import Fact, Record, Source
from yiheng.ledger.models import DepartmentYear, Document, JournalRow, Project, Register, Unit, current
from yiheng.ledger.sheets import Shape, Values, shapes

from .scope import Scope


def journal_records(scope: Scope) -> list[Record]:
    """The records of all journal sheets that give records, sheet by sheet in their order."""
    found: list[Record] = []
    for shape in shapes().values():
        if shape.model.record and issubclass(shape.model, JournalRow):
            own_kind = Q(kind=scope.kind) if shape.model.paper_column == "kind" else Q()
            found += sheet_records(shape.model, scope.units, scope.year, own_kind)
    return found


def sheet_records(
    model: type[JournalRow], units: Sequence[str], year: int, where: Q | None = None
) -> tuple[Record, ...]:
    """The rows of one sheet that count, of these units and this year, as records."""
    shape = shapes()[model.sheet]
    rows = current(model).filter(where or Q(), unit__in=units, year=year).order_by("position")
    return tuple(_record(shape, values, year) for values in rows.values_list(*shape.attributes))


def projects_of(scope: Scope, facts: Iterable[Fact], records: Iterable[Record]) -> list[Project]:
    """The projects declared for this year by these units, and those that an amount or a record names."""
    named = {fact.dims["project"] for fact in facts if "project" in fact.dims}
    named |= {record.fields["project"] for record in records if record.get("project")}
    declared = Q(department__in=scope.units, year=scope.year)
    return list(Project.objects.filter(Q(key__in=named) | declared, active=True).order_by("pk"))


def register_records(
    scope: Scope, paper: DepartmentYear, projects: Sequence[Project], facts: Iterable[Fact]
) -> Iterator[Record]:
    """The records of units, the department-year, its projects, and the documents that anything was taken from."""
    sources = {fact.source.document for fact in facts} | {project.document_id for project in projects}
    order = {key: index for index, key in enumerate(scope.units)}
    rows: tuple[tuple[str, Iterable[Register]], ...] = (
        (
            "documents",
            Document.objects.filter(key__in={*sources, paper.document_id} - {"", None}).order_by("pk"),
        ),
        ("units", sorted(Unit.objects.filter(key__in=order), key=lambda unit: order[unit.key])),
        ("department_years", [paper]),
        ("projects", projects),
    )
    for sheet, of_sheet in rows:
        shape = shapes()[sheet]
        for row in of_sheet:
            yield _record(shape, tuple(getattr(row, name) for name in shape.attributes), scope.year)


def _record(shape: Shape, values: Values, year: int) -> Record:
    fields = shape.text(values)
    key = shape.key(values)
    unit = fields.get(shape.model.unit_column, key if shape.sheet == "units" else "")
    source = Source(shape.title, key, fields.get("document", ""), fields.get("place", ""))
    return Record(shape.model.record, key, unit, _year(fields, year), fields, source)


def _year(fields: dict[str, Any], year: int) -> int:
    return int(fields["year"]) if "year" in fields else year
